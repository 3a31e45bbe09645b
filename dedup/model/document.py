"""Input records: documents, their folded text, and problems."""

import sys
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Self

from dedup.model.errors import quoted
from dedup.model.reason import Reason
from dedup.model.short_repr import short_repr

if TYPE_CHECKING:  # numpy takes 0.1 s to import, and these records come with `import dedup`
    import numpy as np
    from numpy.typing import NDArray


_OPENING = 60
"""Number of letters of a text without a title that its `repr` shows."""


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Document:
    """One story as read.

    Attributes:
        id: Its id in the report; unique in a run.
        text: The original body. Only this is compared.
        title: Headline, for display; empty if unknown.
        source: Agency or newspaper; empty if unknown.
        published: Date as given in the input; empty if unknown.
        url: Address, for display; never fetched.
        path: File that contains it, relative to the input; empty if it came from memory.
        line: Line of that file, from 1; None if the document is the whole file.
        encoding: Python codec name with which it was decoded; empty if it came as text.
        record: The whole input record, including unknown fields, as one line of UTF-8 JSON; empty unless
            requested from the reader.
    """

    id: str
    text: str
    title: str = ""
    source: str = ""
    published: str = ""
    url: str = ""
    path: str = ""
    line: int | None = None
    encoding: str = ""
    record: bytes = b""

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
        # The methods that a frozen dataclass generates look up every field by name for each document: this
        # was half of the cost of an archive line, apart from its JSON (benchmarks/reading.py).
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

    def __repr__(self) -> str:
        """Show the id and other names of the story, or the beginning of a text without a title."""
        shown = {name: getattr(self, name) for name in ("id", "title", "source", "published")}
        return short_repr("Document", shown if self.title else {**shown, "text": self.text[:_OPENING]})


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
    """A text normalised for comparison: variation of print and keyboards is removed.

    Attributes:
        units: uint16, shape (n,): UTF-16 in native order, words separated by single spaces.
        origin: int64, shape (n,): the index in the source text (a `str`) each unit came from.
    """

    units: "NDArray[np.uint16]"
    origin: "NDArray[np.int64]"

    @property
    def letters(self) -> int:
        """Number of units that are not spaces."""
        return self.units.size - int((self.units == _SPACE).sum())

    def __str__(self) -> str:
        return self.units.tobytes().decode(_UTF16, "surrogatepass")


_SPACE = 0x20
_UTF16 = f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the input that could not be used as it is.

    Attributes:
        path: File, as named in the report.
        line: Line in that file, from 1; None if the whole file is concerned.
        reason: The fault and how it was handled, on one line.
        kind: The key under which it is counted: `unreadable`, `skipped`, `too_short`, `wall_page`,
            `duplicate_id` or `undated`.
        id: The document concerned, if it was read; otherwise empty.
        why: `reason` as data, for display in another language; None if the message is in English only. It is
            not compared: problems with the same `reason` are equal.
    """

    path: str
    line: int | None
    reason: str
    kind: str = "unreadable"
    id: str = ""
    why: Reason | None = field(default=None, compare=False)

    @classmethod
    def of_input(cls, path: str, line: int | None, why: Reason, *, kind: str = "unreadable") -> Self:
        """Make a problem of a file, or of a line, from which no document was read."""
        return cls(path, line, str(why), kind, why=why)

    @classmethod
    def of(cls, document: Document, why: Reason, *, kind: str) -> Self:
        """Make a problem of a document that was read."""
        return cls(document.path, document.line, f"{quoted(document.id)}: {why}", kind, document.id, why)
