"""Standard input, output and error, and files in their place."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from dedup.model.errors import ReadingError, WritingError


def say(line: str) -> None:
    """Print a line to standard error, if it is open."""
    if sys.stderr is not None:
        print(line, file=sys.stderr)


def encoded(text: str) -> bytes:
    """Encode text for standard output; characters it cannot encode become question marks."""
    return text.encode(getattr(sys.stdout, "encoding", None) or "utf-8", "replace")


def write(path: str, content: Iterable[bytes]) -> None:
    """Write to a file, or to standard output for `-`.

    Raises:
        WritingError: The file or standard output cannot be written.
    """
    try:
        if path != "-":
            with Path(path).open("wb") as file:
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


def write_all(outputs: Sequence[tuple[str, Callable[[], Iterable[bytes]]]]) -> None:
    """Write files first, since the reader of standard output may leave; one failure costs no other output.

    Args:
        outputs: Paths, each with a function that makes its content.

    Raises:
        WritingError: The first output that could not be written.
    """
    failed = None
    for path, make in sorted(outputs, key=lambda output: output[0] == "-"):
        try:
            write(path, make())
        except WritingError as error:
            failed = failed or error
    if failed is not None:
        raise failed


def open_input(path: str) -> BinaryIO:
    """Open a file, or standard input for `-`.

    Raises:
        ReadingError: It cannot be opened, or is an address.
    """
    if path == "-":
        if sys.stdin is None:
            raise ReadingError("standard input is closed; name a file")
        return open(os.dup(sys.stdin.fileno()), "rb")  # noqa: PTH123 - closing the copy leaves stdin open
    if "://" in path:  # not quoted: it may contain a password
        raise ReadingError("expected a file, got a URL; an index is named with --index")
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise ReadingError(f"{path}: cannot be opened: {error.strerror}") from error


def leave_quietly() -> None:
    """Keep the interpreter from complaining about a closed pipe when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
