"""An input that is read in one piece."""

from dedup.input.byte_source import Source
from dedup.input.decoding import decode, without_stump
from dedup.input.unread_file import UnreadFileError
from dedup.model import ReasonKind
from dedup.model.errors import ReadingError


def whole(source: Source, *, max_bytes: int) -> bytes:
    """Return all bytes; of a stream that breaks off, those before.

    Raises:
        ReadingError: There are more than `max_bytes`, or than a packed input may hold: the beginning of a
            bomb is no story.
    """
    data = source.whole(max_bytes=max_bytes)
    if data is None:
        raise UnreadFileError(ReasonKind.FILE_TOO_LARGE, str(max_bytes))
    if source.bomb:
        raise ReadingError(source.bomb)
    return data


def decoded(source: Source, data: bytes, *, encoding: str) -> tuple[str, str]:
    """Decode all that `whole` gave; where damage cut a character in two, without that."""
    return decode(without_stump(data, encoding) if source.damage else data, encoding)
