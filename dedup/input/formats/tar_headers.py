"""Headers of TAR archives, read strictly: tarfile takes a damaged one for the end of the archive."""

from collections.abc import Callable
from tarfile import HeaderError, ReadError, TarInfo
from typing import Self


def strict_headers(on_blank: Callable[[], object]) -> type[TarInfo]:
    """Return a class for `tarfile.open(tarinfo=, ignore_zeros=True)` that reads the headers of one archive.

    An archive that was appended to another is read as part of it. Reading raises ReadError where a header is
    damaged, or the archive ends without its end mark: files may be missing then.

    Args:
        on_blank: Called at each block of zeros: an end mark may be padded with any number of them.
    """
    has_begun = has_ended = False

    class StrictHeader(TarInfo):
        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
            nonlocal has_begun, has_ended
            if has_begun and not has_ended and not buf:
                raise ReadError("it has no end mark")
            try:
                header = super().frombuf(buf, encoding, errors)
            except HeaderError as error:
                if not any(buf):  # a block of the end mark, or the end of the data
                    has_ended = has_begun
                    on_blank()
                    raise
                what = "what follows its end mark is not an archive" if has_ended else str(error)
                raise ReadError(what) from None
            has_begun, has_ended = True, False
            return header

    return StrictHeader
