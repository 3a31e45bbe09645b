"""Files that lines are appended to, each once, however often the same input is run through."""

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
"""How the object that the filter adds begins."""
_BLOCK = 1 << 20


class SavedLines:
    """A file of lines, opened when the first one comes.

    A line that stood in the file before this run is not written again; one that a crash cut off at the
    end of the file is taken out, since its story will be offered again. What is no regular file, such as
    a pipe or `/dev/null`, cannot be looked into: there every line is written.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.written = 0
        self._file: BinaryIO | None = None
        self._there: Counter[bytes] = Counter()

    def add(self, line: bytes, *, base: bytes) -> None:
        """Append a line, without its end, unless it is there already.

        Args:
            line: What to write.
            base: The same without its tag: another tag makes no other line.
        """
        file = self._file or self._open()
        mark = _mark(base)
        if self._there[mark]:
            self._there[mark] -= 1
            return
        self._there.pop(mark, None)
        with naming(self.path):
            file.write(line + b"\n")
        self.written += 1

    def holds(self, base: bytes) -> bool:
        """Whether the line stood in the file before this run, and was not offered again yet."""
        if self._file is None and self.path.is_file():
            self._open()
        return self._there[_mark(base)] > 0

    def flush(self, *, sync: bool = False) -> None:
        """Hand everything to the system, and with `sync` to the disk."""
        if self._file is not None:
            with naming(self.path):
                self._file.flush()
                if sync and self.path.is_file():
                    os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file, if there is one."""
        file, self._file = self._file, None
        if file is not None:
            with naming(self.path):
                file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self) -> BinaryIO:
        with naming(self.path):
            if self.path.exists() and not self.path.is_file():
                self._file = self.path.open("wb")
                return self._file
            file: BinaryIO = self.path.open("a+b")
            self._file = file
            end, line = 0, b"\n"
            file.seek(0)
            for line in file:
                if line.endswith(b"\n") or _is_whole(line):
                    self._there[_mark(_untagged(line.removesuffix(b"\n")))] += 1
                    end += len(line)
            file.truncate(end)
            if end and not line.endswith(b"\n") and _is_whole(line):
                file.write(b"\n")
        return file


@contextmanager
def naming(place: Path | str) -> Iterator[None]:
    """Name the place of an error of writing; a pipe that was closed is none."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WritingError(f"{place}: cannot be written: {error.strerror}") from error


def _untagged(line: bytes) -> bytes:
    """Take the tag off a line; one further inside is the story's own."""
    own, found, tag = line.rpartition(TAG)
    return own + b"}" if found and _is_whole(b'{"verdict": ' + tag.rstrip()[:-1]) else line


def _is_whole(line: bytes) -> bool:
    """Whether a line without its end lacks nothing else: another program may have written it."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _mark(base: bytes) -> bytes:
    """Give what tells one line from another, blanks before its last brace aside."""
    return blake2b(base.removesuffix(b"}").rstrip(), digest_size=12).digest()


def lines_at_hand(stream: BinaryIO, *, most: int, max_bytes: int) -> Iterator[list[bytes | None]]:
    """Yield the lines of a stream as they come, up to `most` at once, without waiting for more of them.

    None stands for a line of more than `max_bytes`, of which no more than that is ever held.
    """
    take = getattr(stream, "read1", stream.read)
    held: list[bytes] = []
    size = 0
    while chunk := take(_BLOCK):
        *ends, rest = chunk.split(b"\n")
        lines: list[bytes | None] = []
        for end in ends:
            held.append(end)
            lines.append(None if size + len(end) > max_bytes else b"".join(held))
            held, size = [], 0
            if len(lines) == most:
                yield lines
                lines = []
        if lines:
            yield lines
        size += len(rest)
        held = [*held, rest] if size <= max_bytes else []
    if size:
        yield [None if size > max_bytes else b"".join(held)]
