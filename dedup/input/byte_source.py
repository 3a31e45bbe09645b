"""Byte streams, compressed or not, that report damage instead of raising, and their lines."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from dedup.input.compression import DamageError, Packing
from dedup.input.guess_encoding import guess_encoding
from dedup.model.errors import ReadingError, SettingError
from dedup.model.memory import is_out_of_memory
from dedup.model.quoting import why

HEAD = 64 * 1024
"""Number of bytes from which encoding and format are recognised."""
MAX_BYTES = 256 * 1024 * 1024
MAX_RATIO = 250
MAX_UNPACKED = 64 * 1024**3

PLAIN_CHUNK = 256 * 1024
_PACKED_CHUNK = 64 * 1024
"""Size in bytes of unpacked chunks: damage costs at most one chunk of the data before it."""
_RATIO_FROM = 64 * 1024 * 1024
"""Unpacked size in bytes above which the ratio is checked: below, an archive of equal lines is harmless."""
_NAMED_RATIO_FROM = 1024 * 1024
"""The same if the user chose a ratio other than `MAX_RATIO`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on the size of one input.

    Attributes:
        max_bytes: Unpacked size in bytes of one line, one record, or one whole text, page or JSON file.
        max_ratio: Ratio of unpacked to packed size, checked above 64 MiB unpacked, or above 1 MiB for a ratio
            other than `MAX_RATIO`. News is typically compressed 3 to 10 times.
        max_unpacked: Unpacked size in bytes of one packed file.

    Raises:
        SettingError: A limit is below 1.
    """

    max_bytes: int = MAX_BYTES
    max_ratio: int = MAX_RATIO
    max_unpacked: int = MAX_UNPACKED

    def __post_init__(self) -> None:
        for name in ("max_bytes", "max_ratio", "max_unpacked"):
            if getattr(self, name) < 1:
                raise SettingError(name, getattr(self, name), "expected at least 1")

    def bomb(self, size: int, *, packed: int) -> str:
        """Return why unpacking has to stop at `size` bytes from `packed` bytes; empty if it may continue."""
        if size > self.max_unpacked:
            return f"the packed data holds more than the {self.max_unpacked} bytes allowed"
        floor = _RATIO_FROM if self.max_ratio == MAX_RATIO else _NAMED_RATIO_FROM
        if size > floor and size > self.max_ratio * packed:
            times = f"more than {self.max_ratio} times its size"
            return f"the packed data unpacks to {times}, like a decompression bomb"
        return ""


class _Counted:
    """A stream that counts the bytes read from it, and keeps the first eight."""

    def __init__(self, stream: BinaryIO) -> None:
        self._take = stream.read
        self.count = 0
        self.first = b""

    def read(self, size: int = -1) -> bytes:
        """Read from the stream."""
        data = self._take(size)
        if not self.count:
            self.first = data[:8]
        self.count += len(data)
        return data


class Source:
    """The bytes of one input, in chunks.

    Attributes:
        head: The first `HEAD` bytes or more, or all bytes if there are fewer.
        damage: How the stream broke off; empty until the iteration gets there.
        bomb: Why unpacking stopped; empty if no limit was exceeded.
        date_fields: Fields of its records that look like publication dates, if no date is read.

    Raises:
        ReadingError: A library that unpacks it is missing.
    """

    def __init__(self, stream: BinaryIO, *, packing: Packing | None, limits: Limits) -> None:
        self.damage = ""
        self.bomb = ""
        self.date_fields: tuple[str, ...] = ()
        self._broken = ""
        self._stream = stream
        self._packing = packing
        self._limits = limits
        self._chunks = self._unpack(packing) if packing else self._read()
        self.head = b""
        while len(self.head) < HEAD and (chunk := next(self._chunks, b"")):
            self.head += chunk

    def __iter__(self) -> Iterator[bytes]:
        """Yield every chunk once, then set `damage` if the stream broke off."""
        yield self.head
        yield from self._chunks
        self.damage = self._broken

    def guessed(self) -> str:
        """Return the encoding of the lines of the head that are not UTF-8; empty if it is unknown."""
        end = self.head.rfind(b"\n") + 1 if len(self.head) >= HEAD else 0
        return guess_encoding(self.head[: end or None])

    def whole(self, *, max_bytes: int) -> bytes | None:
        """Return all bytes, or None if there are more than `max_bytes`; reading stops there."""
        chunks: list[bytes] = []
        size = 0
        for chunk in self:
            size += len(chunk)
            if size > max_bytes:
                return None
            chunks.append(chunk)
        return b"".join(chunks)

    @contextmanager
    def seekable_file(self) -> Iterator[BinaryIO]:
        """Return a seekable file of the same bytes; this uses up the source.

        Compressed input and pipes are copied to a temporary file, which is removed when it is closed.

        Raises:
            ReadingError: The stream broke off.
        """
        if not self._packing and self._stream.seekable():
            self._stream.seek(0)
            yield self._stream
            return
        with TemporaryFile() as file:
            size = 0
            for chunk in self:
                size += len(chunk)
                if size > self._limits.max_unpacked:
                    raise ReadingError(f"it is larger than the {self._limits.max_unpacked} bytes allowed")
                file.write(chunk)
            if self.damage:
                raise ReadingError(self.damage)
            file.seek(0)
            yield cast("BinaryIO", file)

    def _read(self) -> Iterator[bytes]:
        # read1 returns what is available, without waiting for more from a pipe.
        take: Callable[[int], bytes] = getattr(self._stream, "read1", self._stream.read)
        try:
            while chunk := take(PLAIN_CHUNK):
                yield chunk
        except (OSError, EOFError, ValueError) as error:
            if is_out_of_memory(error):
                raise
            self._broken = f"reading broke off ({why(error)})"

    def _unpack(self, packing: Packing) -> Iterator[bytes]:
        counted = _Counted(self._stream)
        size = 0
        try:
            for chunk in packing.unpack(cast("BinaryIO", counted), _PACKED_CHUNK):
                size += len(chunk)
                self.bomb = self._broken = self._limits.bomb(size, packed=counted.count)
                if self.bomb:
                    return
                yield chunk
        except DamageError as error:
            is_other = not (size or counted.first.startswith(packing.magic))
            what = f"it is not {packing.name} data" if is_other else str(error)
            self._broken = f"the packed data is damaged ({what})"


def split_lines(chunks: Iterable[bytes], *, max_bytes: int) -> Iterator[bytes | None]:
    r"""Split at b"\n" only, without the line ends; None replaces a line of more than `max_bytes`.

    At most `max_bytes` of a line and one chunk are in memory.
    """
    pieces: list[bytes] = []
    size = 0
    for chunk in chunks:
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            if size + len(end) > max_bytes:
                yield None
            elif size:
                yield b"".join((*pieces, end))
            else:
                yield end
            if size:
                pieces.clear()
                size = 0
        size += len(rest)
        if size > max_bytes:
            pieces.clear()
        else:
            pieces.append(rest)
    if size:
        yield None if size > max_bytes else b"".join(pieces)
