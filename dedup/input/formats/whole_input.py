"""Read an input in one piece."""

from dedup.input.byte_source import Source
from dedup.input.decoding import decode, without_partial_character
from dedup.input.unread_file import UnreadFileError
from dedup.model import ReasonKind
from dedup.model.errors import ReadingError


def read_whole(source: Source, *, max_bytes: int) -> bytes:
    """Return all bytes; if the stream breaks off, the bytes before.

    Raises:
        ReadingError: There are more than `max_bytes`, or unpacking exceeded a limit.
    """
    data = source.whole(max_bytes=max_bytes)
    if data is None:
        raise UnreadFileError(ReasonKind.FILE_TOO_LARGE, str(max_bytes))
    if source.bomb:
        raise ReadingError(source.bomb)
    return data


def decode_whole(source: Source, data: bytes, *, encoding: str) -> tuple[str, str]:
    """Decode the result of `read_whole`, without an incomplete last character if the source is damaged."""
    return decode(without_partial_character(data, encoding) if source.damage else data, encoding)
