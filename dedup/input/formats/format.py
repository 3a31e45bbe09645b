"""The common interface of formats."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from dedup.input.byte_source import Limits, Source
from dedup.input.fields import Fields
from dedup.model import Document, Problem
from dedup.model.document_batch import BatchTask


@dataclass(frozen=True, slots=True)
class Task:
    """How to read an input.

    Attributes:
        path: Its name in reports and ids.
        names: Names of the fields for each part of a document.
        limits: Limits on its size.
        records: Whether documents keep the whole record that they were read from.
    """

    path: str
    names: Fields
    limits: Limits
    records: bool = False


def _never(_: str) -> bool:
    return False


class ReadLine(Protocol):
    """Strict parser of one line."""

    def __call__(self, line: bytes, task: Task, *, number: int, encoding: str) -> Document | Problem | None:
        """Return the document or the problem of a line; None if it is blank."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    Attributes:
        suffixes: Suffixes of file names, in lower case, without the dot.
        read: Yields the documents and problems of a source; raises ReadingError if all of it is unreadable.
        what: What becomes a document, for the documentation.
        limits: Limits besides `Limits`, for the documentation.
        extra: The extra of this package that installs the library it needs; empty for none.
        begins: Recognises the format by the beginning of the content, without leading blanks.
        batches: Yields the same as `read` in batches; None if the format has no faster way.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Source, Task], Iterator[Document | Problem]]
    what: str
    limits: str = ""
    extra: str = ""
    begins: Callable[[str], bool] = _never
    batches: Callable[[Source, Task], Iterator[Document | Problem | BatchTask]] | None = None


type ReaderChoice[Entry] = Callable[[Format], Callable[[Source, Task], Iterator[Entry]]]
"""`document_reader` or `batch_reader`."""


def document_reader(form: Format) -> Callable[[Source, Task], Iterator[Document | Problem]]:
    """Return the function that reads documents one by one."""
    return form.read


def batch_reader(form: Format) -> Callable[[Source, Task], Iterator[Document | Problem | BatchTask]]:
    """Return the function that reads batches, where the format has one."""
    return form.batches or form.read
