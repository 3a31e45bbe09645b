"""Standard input, output and error, or files instead of them."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from dedup.cli.terminal import on_terminal
from dedup.model.errors import ReadingError, WritingError
from dedup.model.quoting import printable_line
from dedup.output.cells import without_isolates
from dedup.output.whole_files import Content, is_written_in_place, named_errors, write_together


def say(line: str) -> None:
    """Print a line to standard error, if it is open; unsafe characters are escaped."""
    if sys.stderr is not None:
        line = printable_line(line)
        print(line if on_terminal(sys.stderr) else without_isolates(line), file=sys.stderr)


def encoded(text: str) -> bytes:
    """Encode text for standard output, without isolates if that is not a terminal.

    Characters that cannot be encoded become question marks.
    """
    if not on_terminal(sys.stdout):
        text = without_isolates(text)
    return text.encode(getattr(sys.stdout, "encoding", None) or "utf-8", "replace")


def write(path: str, content: Iterable[bytes]) -> None:
    """Write to a file, or to standard output for `-`.

    Raises:
        WritingError: The file or standard output cannot be written.
    """
    write_all([(path, lambda: content)])


def write_all(outputs: Sequence[tuple[str, Content]]) -> None:
    """Write files, all or none; then pipes and devices, each regardless of the others; then standard output.

    Args:
        outputs: Paths, each with a function that makes its content.

    Raises:
        WritingError: The first output that could not be written.
    """
    in_place = [output for output in outputs if output[0] == "-" or is_written_in_place(output[0])]
    failed: WritingError | BrokenPipeError | None = None
    try:
        write_together([output for output in outputs if output not in in_place])
    except WritingError as error:
        failed = error
    for path, make in sorted(in_place, key=lambda output: output[0] == "-"):
        try:
            _write_in_place(path, make())
        except (WritingError, BrokenPipeError) as error:  # the reader of a pipe may have closed it
            failed = failed or error
    if failed is not None:
        raise failed


def _write_in_place(path: str, content: Iterable[bytes]) -> None:
    """Write to a pipe, a device or standard output."""
    if path != "-":
        with named_errors(path), Path(path).open("wb") as file:
            file.writelines(content)
        return
    if sys.stdout is None:
        raise WritingError("standard output is closed; name a file with --json, --csv, --html or --keep")
    try:
        with named_errors(path):
            sys.stdout.buffer.writelines(content)
            sys.stdout.buffer.flush()
    except WritingError:
        leave_quietly()
        raise


def open_input(path: str) -> BinaryIO:
    """Open a file, or standard input for `-`.

    Raises:
        ReadingError: It cannot be opened, or is a URL.
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
