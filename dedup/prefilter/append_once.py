"""Files to which each line is appended once, even if the same input is run again."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from dedup.model.errors import WritingError

TAG = b', "dedup": {"verdict": '
"""How the tag begins that the filter appends to a line."""
_BLOCK = 1 << 20


class AppendOnceFile:
    """A file of lines, opened when the first line is added.

    A line that the file had before this run is not written again. A last line that a crash cut short is
    removed, since its story will come again. A pipe or a device such as `/dev/null` cannot be read back:
    every line is written to it.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.written = 0
        self._file: BinaryIO | None = None
        self._earlier: Counter[bytes] = Counter()

    def add(self, line: bytes, *, base: bytes) -> None:
        """Append a line, given without its newline, unless the file has it already.

        Args:
            line: What to write.
            base: The line without its tag; lines are compared by their base.
        """
        file = self._file or self._open()
        digest = _line_digest(base)
        if self._earlier[digest]:
            self._earlier[digest] -= 1
            return
        self._earlier.pop(digest, None)
        with named_errors(self.path):
            file.write(line + b"\n")
        self.written += 1

    def contains(self, base: bytes) -> bool:
        """Whether the file had the line before this run, and the line has not been added again yet."""
        if self._file is None and self.path.is_file():
            self._open()
        return self._earlier[_line_digest(base)] > 0

    def flush(self, *, sync: bool = False) -> None:
        """Write buffered lines to the operating system, and with `sync` to the disk."""
        if self._file is not None:
            with named_errors(self.path):
                self._file.flush()
                if sync and self.path.is_file():
                    os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file, if it was opened."""
        file, self._file = self._file, None
        if file is not None:
            with named_errors(self.path):
                file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self) -> BinaryIO:
        with named_errors(self.path):
            if self.path.exists() and not self.path.is_file():
                self._file = self.path.open("wb")
                return self._file
            file: BinaryIO = self.path.open("a+b")
            self._file = file
            end, line = 0, b"\n"
            file.seek(0)
            for line in file:
                if line.endswith(b"\n") or _is_whole(line):
                    self._earlier[_line_digest(_untagged(line.removesuffix(b"\n")))] += 1
                    end += len(line)
            file.truncate(end)
            if end and not line.endswith(b"\n") and _is_whole(line):
                file.write(b"\n")
        return file


@contextmanager
def named_errors(place: Path | str) -> Iterator[None]:
    """Turn an OSError into a WritingError that names `place`, except for a closed pipe."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WritingError(f"{place}: cannot be written: {error.strerror}") from error


def _untagged(line: bytes) -> bytes:
    """Remove the tag at the end of a line; the same bytes elsewhere belong to the story."""
    own, found, tag = line.rpartition(TAG)
    return own + b"}" if found and _is_whole(b'{"verdict": ' + tag.rstrip()[:-1]) else line


def _is_whole(line: bytes) -> bool:
    """Whether a line without a newline is a complete JSON object: another program may have written it."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _line_digest(base: bytes) -> bytes:
    """Digest of a line, ignoring spaces before its last brace."""
    return blake2b(base.removesuffix(b"}").rstrip(), digest_size=12).digest()


def lines_at_hand(stream: BinaryIO, *, most: int, max_bytes: int) -> Iterator[list[bytes | None]]:
    """Yield batches of at most `most` lines as they arrive, never waiting to fill a batch.

    A line of more than `max_bytes` is yielded as None; no more than that is kept in memory.
    """
    take = getattr(stream, "read1", stream.read)
    parts: list[bytes] = []
    size = 0
    while chunk := take(_BLOCK):
        *ends, rest = chunk.split(b"\n")
        lines: list[bytes | None] = []
        for end in ends:
            parts.append(end)
            lines.append(None if size + len(end) > max_bytes else b"".join(parts))
            parts, size = [], 0
            if len(lines) == most:
                yield lines
                lines = []
        if lines:
            yield lines
        size += len(rest)
        parts = [*parts, rest] if size <= max_bytes else []
    if size:
        yield [None if size > max_bytes else b"".join(parts)]
