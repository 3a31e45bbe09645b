"""Read a source by lines or by numbers of bytes."""

from dedup.input.byte_source import Source


class ByteReader:
    """Reads a source by lines or by numbers of bytes; bytes that were read are not kept."""

    def __init__(self, source: Source) -> None:
        self._chunks = iter(source)
        self._buffer = b""
        self._at = 0

    def line(self, *, max_bytes: int) -> bytes | None:
        """Return the next line with its end, cut at `max_bytes`; None at the end of the source."""
        while (end := self._buffer.find(b"\n", self._at, self._at + max_bytes)) < 0:
            if len(self._buffer) - self._at >= max_bytes or not self._more():
                return self._take(max_bytes) or None
        return self._take(end + 1 - self._at)

    def back(self, line: bytes) -> None:
        """Put back the last line."""
        self._at -= len(line)

    def read(self, size: int) -> bytes:
        """Return `size` bytes, fewer at the end of the source."""
        parts = [self._take(size)]
        missing = size - len(parts[0])
        while missing > 0 and self._more():
            parts.append(self._take(missing))
            missing -= len(parts[-1])
        return b"".join(parts)

    def skip(self, size: int) -> int:
        """Skip up to `size` bytes and return how many were skipped."""
        left = size - len(self._take(size))
        while left > 0 and self._more():
            left -= len(self._take(left))
        return size - left

    def _more(self) -> bool:
        chunk = next(self._chunks, b"")
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        return bool(chunk)

    def _take(self, size: int) -> bytes:
        taken = self._buffer[self._at : self._at + size]
        self._at += len(taken)
        return taken
