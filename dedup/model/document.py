"""What is read: documents, their folded text, and what could not be used."""

import sys
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Self

from dedup.model.errors import quoted
from dedup.model.reason import Reason

if TYPE_CHECKING:  # numpy takes 0.1 s to import, and these records come with `import dedup`
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, init=False)
class Document:
    """One story as it was read.

    Attributes:
        id: What the report calls it; unique in a run.
        text: The body, as its publisher spelt it. Only this is compared.
        title: Headline, for people; empty when unknown.
        source: Agency or newspaper; empty when unknown.
        published: Date as the input gave it; empty when unknown.
        url: Address, for people; never fetched.
        path: File that held it, relative to the input; empty when it came from memory.
        line: Line of that file, from 1; None when the document is the whole file.
        encoding: How its bytes were read, a Python codec name; empty when it came as text.
        record: The whole record it was read from, fields that are not known here included, as one line of
            JSON in UTF-8; empty unless the reader was asked for it.
    """

    id: str
    text: str = field(repr=False)
    title: str = ""
    source: str = ""
    published: str = ""
    url: str = ""
    path: str = ""
    line: int | None = None
    encoding: str = ""
    record: bytes = field(default=b"", repr=False)

    def __init__(  # noqa: PLR0917 - as a dataclass has it
        self,
        id: str,  # noqa: A002 - the name of the field
        text: str,
        title: str = "",
        source: str = "",
        published: str = "",
        url: str = "",
        path: str = "",
        line: int | None = None,
        encoding: str = "",
        record: bytes = b"",
    ) -> None:
        # What a frozen dataclass generates looks every field up by name for each document: beside its JSON,
        # that was half of what a line of an archive cost (benchmarks/reading.py).
        _set_id(self, id)
        _set_text(self, text)
        _set_title(self, title)
        _set_source(self, source)
        _set_published(self, published)
        _set_url(self, url)
        _set_path(self, path)
        _set_line(self, line)
        _set_encoding(self, encoding)
        _set_record(self, record)


(
    _set_id,
    _set_text,
    _set_title,
    _set_source,
    _set_published,
    _set_url,
    _set_path,
    _set_line,
    _set_encoding,
    _set_record,
) = (getattr(Document, each.name).__set__ for each in fields(Document))


@dataclass(frozen=True, slots=True, eq=False)
class FoldedText:
    """A text with all that print and keyboards vary taken out; for comparison only.

    Attributes:
        units: uint16, shape (n,): UTF-16 in native order, words separated by single spaces.
        origin: int64, shape (n,): the index in the source text (a `str`) each unit came from.
    """

    units: "NDArray[np.uint16]"
    origin: "NDArray[np.int64]"

    @property
    def letters(self) -> int:
        """How many of the units are no spaces."""
        return self.units.size - int((self.units == _SPACE).sum())

    def __str__(self) -> str:
        return self.units.tobytes().decode(_UTF16, "surrogatepass")


_SPACE = 0x20
_UTF16 = f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the input that could not be used as it stood.

    Attributes:
        path: File, as the report names it.
        line: Line in that file, from 1; None when it concerns the whole file.
        reason: What is wrong and what was done about it, in one line.
        kind: The key it is counted under: `unreadable`, `skipped`, `too_short`, `wall_page`, `duplicate_id`
            or `undated`.
        id: The document that it concerns, where it was read; empty otherwise.
        why: `reason` as data, to be shown in another language; None where a file or a record could not be
            read, which is told in English.
    """

    path: str
    line: int | None
    reason: str
    kind: str = "unreadable"
    id: str = ""
    why: Reason | None = None

    @classmethod
    def of(cls, document: Document, why: Reason, *, kind: str) -> Self:
        """Name what is wrong with a document that was read."""
        return cls(document.path, document.line, f"{quoted(document.id)}: {why}", kind, document.id, why)
