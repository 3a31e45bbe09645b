"""What every format has: how it is told, and how it is read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dedup.input.byte_source import Limits, Source
from dedup.input.fields import Fields
from dedup.model import Document, Problem


@dataclass(frozen=True, slots=True)
class Task:
    """What a format has to know of an input besides its bytes.

    Attributes:
        path: What reports and ids call it.
        names: Where the parts of a document stand in a record.
        limits: What it may cost.
        records: Whether documents carry the whole record that they were read from.
    """

    path: str
    names: Fields
    limits: Limits
    records: bool = False


def _never(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write stories down.

    Attributes:
        suffixes: How names of such files end, in lower case, without the dot.
        read: Gives the documents and problems of a source; raises ReadingError for what concerns all of it.
        begins: Whether content that begins so (blanks left out) is of this format, where no suffix tells.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Source, Task], Iterator[Document | Problem]]
    begins: Callable[[str], bool] = _never
