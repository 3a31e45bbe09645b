"""What every format has: how it is recognised, and how it is read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from dedup.input.byte_source import Limits, Source
from dedup.input.fields import Fields
from dedup.model import Document, Problem
from dedup.model.document_batch import BatchTask


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


class ReadLine(Protocol):
    """Reads one line strictly."""

    def __call__(self, line: bytes, task: Task, *, number: int, encoding: str) -> Document | Problem | None:
        """Return the document or the problem of a line; None for a blank one."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write stories down.

    Attributes:
        suffixes: How names of such files end, in lower case, without the dot.
        read: Gives the documents and problems of a source; raises ReadingError for what concerns all of it.
        what: What a document is, for the table of the documentation.
        limits: What more is refused than `Limits` says, likewise.
        extra: The extra of this package that installs what it needs; empty for none.
        batches: Gives the same, many documents at once; None where they come one by one.
        begins: Whether content that begins so (blanks left out) is of this format, where no suffix tells.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Source, Task], Iterator[Document | Problem]]
    what: str
    limits: str = ""
    extra: str = ""
    begins: Callable[[str], bool] = _never
    batches: Callable[[Source, Task], Iterator[Document | Problem | BatchTask]] | None = None
