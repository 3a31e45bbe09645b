"""What every command says: to standard output, to files, at the width of the terminal."""

import os
import sys

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TextIO


def write(path: str, content: "Iterable[bytes]") -> None:
    """Write to a file, or to standard output for `-`.

    Raises:
        WritingError: It cannot be done.
    """
    from dedup.model.errors import WritingError  # noqa: PLC0415

    try:
        if path != "-":
            with open(path, "wb") as file:  # noqa: PTH123
                file.writelines(content)
        elif sys.stdout is None:
            raise WritingError("standard output is closed; name a file with --json, --csv, --html or --keep")
        else:
            sys.stdout.buffer.writelines(content)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        if path == "-":
            leave_quietly()
        raise WritingError(f"{path}: cannot be written: {error.strerror}") from error


def write_all(outputs: "Sequence[tuple[str, Callable[[], Iterable[bytes]]]]") -> None:
    """Write files first, for the reader of standard output may leave; what fails costs no other output.

    Args:
        outputs: Paths, and what makes the content of each when its turn comes.

    Raises:
        WritingError: One could not be written: the first that failed.
    """
    from dedup.model.errors import WritingError  # noqa: PLC0415

    failed = None
    for path, make in sorted(outputs, key=lambda output: output[0] == "-"):
        try:
            write(path, make())
        except WritingError as error:
            failed = failed or error
    if failed is not None:
        raise failed


def encoded(text: str) -> bytes:
    """Give the bytes that standard output takes."""
    return text.encode(getattr(sys.stdout, "encoding", None) or "utf-8", "replace")


def width() -> int:
    """Cells of a line; shutil has the same, for a tenth of what `--help` takes."""
    try:
        return int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        pass
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (AttributeError, OSError, ValueError):  # no standard output, or no terminal
        return 80


def on_terminal(stream: "TextIO | None") -> bool:
    """Tell whether a stream is a terminal that can do more than print lines (TERM=dumb cannot)."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def colour() -> bool:
    """Tell whether colours are wanted: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    return on_terminal(sys.stdout) and not os.environ.get("NO_COLOR")


def leave_quietly() -> None:
    """Keep the interpreter from complaining about a closed pipe when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
