"""Files to which each line is appended once, even if the same input is run again."""

import io
import json
import os
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from dedup.output.whole_files import locked, named_errors

TAG = b', "dedup": {"verdict": '
"""Beginning of the tag that the filter appends to a line."""
_BLOCK = 1 << 20


class AppendOnceFile:
    """A file of lines, opened when the first line is added.

    A line that the file had before this run is not written again. A last line that a crash cut short is
    removed, since its story will come again. Lines are written when the file is flushed, all or none, and
    those of several processes do not mix. A pipe or a device such as `/dev/null` cannot be read back: every
    line is written to it.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._file: io.FileIO | None = None
        self._is_regular = True
        self._waiting: list[bytes] = []
        self._earlier: Counter[bytes] = Counter()

    def add(self, line: bytes, *, base: bytes) -> None:
        """Append a line, given without its newline, unless the file has it already.

        Args:
            line: What to write.
            base: The line without its tag; lines are compared by their base.
        """
        if self._file is None:
            self._open()
        digest = _line_digest(base)
        if self._earlier[digest]:
            self._earlier[digest] -= 1
            return
        self._earlier.pop(digest, None)
        self._waiting.append(line + b"\n")

    def contains(self, base: bytes) -> bool:
        """Whether the file had the line before this run, and the line has not been added again yet."""
        if self._file is None and self.path.is_file():
            self._open()
        return self._earlier[_line_digest(base)] > 0

    def flush(self, *, sync: bool = False) -> None:
        """Write the lines that were added to the operating system, and with `sync` to the disk."""
        content, self._waiting = b"".join(self._waiting), []
        if self._file is None or not content:
            return
        with named_errors(self.path):
            if self._is_regular:
                _append(self._file, content, sync=sync)
            else:
                _write(self._file, content)

    def close(self) -> None:
        """Write what was added, and close the file, if it was opened."""
        try:
            self.flush()
        finally:
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

    def _open(self) -> None:
        with named_errors(self.path):
            self._is_regular = not self.path.exists() or self.path.is_file()
            self._file = io.FileIO(self.path, "a+" if self._is_regular else "w")
            if not self._is_regular:
                return
            with locked(self._file):
                _end_whole(self._file)
                self._file.seek(0)
                reader = io.BufferedReader(self._file)
                for line in reader:
                    self._earlier[_line_digest(_untagged(line.removesuffix(b"\n")))] += 1
                reader.detach()  # otherwise it would close the file


def _append(file: io.FileIO, content: bytes, *, sync: bool) -> None:
    """Append all lines or none, even if other processes append to the file."""
    with locked(file):
        end = _end_whole(file)
        try:
            _write(file, content)
            if sync:
                os.fsync(file.fileno())
        except BaseException:
            file.truncate(end)
            raise


def _write(file: io.FileIO, content: bytes) -> None:
    """Write all of it: a system call may write only part."""
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) :]


def _end_whole(file: io.FileIO) -> int:
    """Remove a truncated last line, or complete one that only lacks its newline; returns the size."""
    size = start = file.seek(0, os.SEEK_END)
    file.seek(max(size - 1, 0))
    if file.read(1) in {b"", b"\n"}:
        return size
    tail = b""
    while start and b"\n" not in tail:
        end, start = start, max(start - _BLOCK, 0)
        file.seek(start)
        tail = file.read(end - start) + tail
    line = tail.rpartition(b"\n")[2]
    if _is_whole(line):
        _write(file, b"\n")
        return size + 1
    file.truncate(size - len(line))
    return size - len(line)


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
