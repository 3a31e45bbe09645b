"""A byte stream, packed or not, that says how it broke instead of raising; and its lines."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from dedup.reading.files import why

HEAD = 64 * 1024
"""Bytes that are looked at to tell encoding and format."""

_PLAIN_CHUNK = 256 * 1024
_PACKED_CHUNK = 64 * 1024
"""Unpacked bytes asked for at once: damage costs at most one chunk of what stood before it."""


class Source:
    """The bytes of one input, in chunks.

    Attributes:
        head: The first `HEAD` bytes or more; all there is when there is less.
        damage: How the stream broke off, in words; empty until the iteration has come to that place.
    """

    def __init__(self, stream: BinaryIO, *, packed: bool) -> None:
        self.damage = ""
        self._broken = ""
        self._packed = packed
        self._chunks = self._read(gzip.GzipFile(fileobj=stream) if packed else stream)
        self.head = b""
        while len(self.head) < HEAD and (chunk := next(self._chunks, b"")):
            self.head += chunk

    def __iter__(self) -> Iterator[bytes]:
        """Yield every chunk once, then set `damage` if the stream broke off."""
        yield self.head
        yield from self._chunks
        self.damage = self._broken

    def whole(self, *, max_bytes: int) -> bytes | None:
        """Give all bytes, or None when there are more than `max_bytes`, of which no more is then read."""
        chunks: list[bytes] = []
        size = 0
        for chunk in self:
            size += len(chunk)
            if size > max_bytes:
                return None
            chunks.append(chunk)
        return b"".join(chunks)

    def _read(self, stream: BinaryIO | gzip.GzipFile) -> Iterator[bytes]:
        # read1 hands over what it has: a pipe does not wait, and damage does not take good bytes with it.
        take: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        size = _PACKED_CHUNK if self._packed else _PLAIN_CHUNK
        try:
            while chunk := take(size):
                yield chunk
        except (OSError, EOFError, ValueError, zlib.error) as error:
            what = "the packed data is damaged" if self._packed else "reading broke off"
            self._broken = f"{what} ({why(error)})"


def split_lines(chunks: Iterable[bytes], *, max_bytes: int) -> Iterator[bytes | None]:
    r"""Split at b"\n" alone, which is left out; None stands for a line of more than `max_bytes`.

    Never holds more of a line than `max_bytes` and one chunk.
    """
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            if size + len(end) > max_bytes:
                yield None
            elif size:
                yield b"".join((*held, end))
            else:
                yield end
            if size:
                held.clear()
                size = 0
        size += len(rest)
        if size > max_bytes:
            held.clear()
        else:
            held.append(rest)
    if size:
        yield None if size > max_bytes else b"".join(held)
