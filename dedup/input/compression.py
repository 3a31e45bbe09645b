"""Unpack gzip, bzip2, xz and Zstandard, chunk by chunk.

No chunk is larger than requested, and no decoder gets more than `_MEMORY` for its window, whatever a file
claims about itself.
"""

import bz2
import gzip
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Protocol, cast

from dedup.model.extras import optional
from dedup.model.memory import is_out_of_memory
from dedup.model.quoting import why

_MEMORY = 256 * 1024 * 1024
"""Maximum memory of an xz decoder in bytes. Zstandard's own limit is a window of 128 MiB."""
_NO_MEMORY = "not enough memory"
"""Part of the message by which Zstandard reports that it ran out of memory."""
_PACKED_CHUNK = 64 * 1024


class DamageError(Exception):
    """Compressed data cannot be unpacked any further; the message says why."""


class _Unpacker(Protocol):
    """The common interface of the decompressors of bz2, lzma and compression.zstd."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Packing:
    """A compression format.

    Attributes:
        name: Its name.
        suffix: Suffix of file names, without the dot.
        magic: The first bytes of the data.
        tool: The command that unpacks it to standard output.
        unpack: Yields the unpacked bytes of a stream in chunks of a maximum size; raises DamageError, or
            ReadingError if a library is missing.
    """

    name: str
    suffix: str
    magic: bytes
    tool: str
    unpack: Callable[[BinaryIO, int], Iterator[bytes]]


def packing_of(suffix: str) -> Packing | None:
    """Return the packing of a suffix (lower case, without the dot)."""
    return next((packing for packing in PACKINGS if packing.suffix == suffix), None)


def packing_at(head: bytes) -> Packing | None:
    """Recognise the packing of data by its first bytes."""
    return next((packing for packing in PACKINGS if head.startswith(packing.magic)), None)


def _gzip(stream: BinaryIO, size: int) -> Iterator[bytes]:
    unpacked = gzip.GzipFile(fileobj=stream, mode="rb")
    try:
        # read1 returns what was unpacked so far, so that damage does not cost the bytes before it.
        while chunk := unpacked.read1(size):
            yield chunk
    except (OSError, EOFError, zlib.error) as error:
        if is_out_of_memory(error):
            raise
        raise DamageError(why(error)) from None


def _bzip2(stream: BinaryIO, size: int) -> Iterator[bytes]:
    return _members(stream, bz2.BZ2Decompressor, size=size, error=OSError)


def _xz(stream: BinaryIO, size: int) -> Iterator[bytes]:
    return _members(stream, partial(lzma.LZMADecompressor, memlimit=_MEMORY), size=size, error=lzma.LZMAError)


def _zstandard(stream: BinaryIO, size: int) -> Iterator[bytes]:
    home = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
    zstd = optional(home, what="Zstandard data (.zst)", library="backports.zstd", extra="zstd")
    return _members(stream, zstd.ZstdDecompressor, size=size, error=zstd.ZstdError)


def _members(
    stream: BinaryIO, new: Callable[[], object], *, size: int, error: type[Exception]
) -> Iterator[bytes]:
    """Unpack concatenated members, as `cat` makes them; empty input has none."""
    data = stream.read(_PACKED_CHUNK)
    if not data:
        return
    unpacker = cast("_Unpacker", new())
    try:
        while data or not unpacker.needs_input:
            if chunk := unpacker.decompress(data, size):
                yield chunk
            if unpacker.eof:
                data = unpacker.unused_data.lstrip(b"\0") or stream.read(_PACKED_CHUNK).lstrip(b"\0")
                if not data:
                    return
                unpacker = cast("_Unpacker", new())
            else:
                data = stream.read(_PACKED_CHUNK) if unpacker.needs_input else b""
    except (OSError, EOFError, ValueError, error) as failed:
        if is_out_of_memory(failed):
            raise
        if _NO_MEMORY in str(failed):
            raise MemoryError from None
        raise DamageError(why(failed)) from None
    raise DamageError("it ends before the end of the packed data")


PACKINGS = (
    Packing("gzip", "gz", b"\x1f\x8b", "zcat", _gzip),
    Packing("bzip2", "bz2", b"BZh", "bzcat", _bzip2),
    Packing("xz", "xz", b"\xfd7zXZ\0", "xzcat", _xz),
    Packing("Zstandard", "zst", b"\x28\xb5\x2f\xfd", "zstdcat", _zstandard),
)
