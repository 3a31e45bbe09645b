"""The documents of one run: what the stages ask of each stands in arrays, the rest is spilled."""

import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from dedup.documents import renamed
from dedup.pipeline.preparing import Columns
from dedup.pipeline.spill import Spill
from dedup.pipeline.standing import Place, standing
from dedup.records import Document, Problem
from dedup.stages.date import moment

UNDATED = np.iinfo(np.int64).max
"""The date of a document that has none: after all others."""

_HEAD = struct.Struct("=8q")  # code points of each field, bytes of all, the line
_FIELDS = ("title", "source", "published", "url", "path", "encoding")
_UTF16 = ("utf-16-le", "surrogatepass")


class Archive:
    """Every document of a run, by its row: the order of arrival, which leaves no trace in the report.

    Attributes:
        ids: Unique once `settle` has run.
        encodings: Documents by the encoding their bytes were read in.
    """

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.encodings: Counter[str] = Counter()
        self._dates: list[int] = []
        self._unread_dates: list[int] = []
        self._letters: list[NDArray[np.int64]] = []
        self._digests: list[bytes] = []
        self._sizes: list[NDArray[np.int64]] = []
        self._texts, self._text_ends = Spill(), [0]
        self._shingles = Spill()

    def add(self, documents: Sequence[Document], columns: Columns) -> None:
        """Take over a batch of documents and what was prepared of them.

        Raises:
            WritingError: There is no room for the texts.
        """
        packed = []
        for document in documents:
            self._dates.append(self._date(document))
            self.ids.append(document.id)
            packed.append(_packed(document))
            self._text_ends.append(self._text_ends[-1] + len(packed[-1]))
        self.encodings.update(document.encoding for document in documents if document.encoding)
        self._texts.append(b"".join(packed))
        self._letters.append(columns.letters)
        self._digests.append(columns.digests)
        self._sizes.append(np.diff(columns.shingle_ends))
        self._shingles.append(columns.shingles)

    def _date(self, document: Document) -> int:
        if not document.published:
            return UNDATED
        when = moment(document.published)
        if when is None:
            self._unread_dates.append(len(self.ids))
            return UNDATED
        return reduce(lambda date, field: 100 * date + field, when)

    def settle(self) -> list[Problem]:
        """Close the archive: make the ids unique, and name the documents that had to take another."""
        self.dates = np.array(self._dates, dtype=np.int64)
        self.letters = np.concatenate([np.empty(0, dtype=np.int64), *self._letters])
        self.digests = np.frombuffer(b"".join(self._digests), dtype=np.uint64).reshape(-1, 2)
        self.sizes = np.concatenate([np.empty(0, dtype=np.int64), *self._sizes])
        self._shingle_ends = np.append(0, np.cumsum(self.sizes * 8))
        self._ends = np.array(self._text_ends, dtype=np.int64)
        del self._dates, self._letters, self._digests, self._sizes, self._text_ends
        problems = list(self._rename())
        by_id = sorted(range(len(self.ids)), key=self.ids.__getitem__)
        self.places = np.empty(len(by_id), dtype=np.int64)
        self.places[by_id] = np.arange(len(by_id))
        return problems

    def _rename(self) -> Iterator[Problem]:
        for row, name in list(renamed(self.ids, self.document)):
            document = self.document(row)
            self.ids[row] = name
            kept = f"another document has the id {document.id!r} too; this one is kept as {name!r}"
            yield Problem(document.path, document.line, kept, "duplicate_id")

    def unread_dates(self) -> Iterator[Problem]:
        """Name the dates that cannot be read."""
        for row in self._unread_dates:
            document = self.document(row)
            written = document.published[:40]
            reason = f"{document.id!r} has a date that cannot be read, {written!r}; taken as undated"
            yield Problem(document.path, document.line, reason, "undated")

    def document(self, row: int, *, whole: bool = True) -> Document:
        """Load a document; unless it is to be `whole`, without its text."""
        packed = self._texts.read(int(self._ends[row]), int(self._ends[row + 1]))
        *lengths, size, line = _HEAD.unpack_from(packed)
        text_start = _HEAD.size + size
        written = packed[_HEAD.size : text_start].decode(*_UTF16)
        fields: dict[str, str] = {}
        start = 0
        for name, length in zip(_FIELDS, lengths, strict=True):
            fields[name] = written[start : start + length]
            start += length
        text = packed[text_start:].decode(*_UTF16) if whole else ""
        return Document(self.ids[row], text, line=line if line >= 0 else None, **fields)

    def text(self, row: int) -> str:
        """Load the text of a document."""
        packed = self._texts.read(int(self._ends[row]), int(self._ends[row + 1]))
        return packed[_HEAD.size + _HEAD.unpack_from(packed)[-2] :].decode(*_UTF16)

    def place(self, row: int, *, policy: str) -> Place:
        """Give the place of a document among those that could represent it."""
        (place,) = standing(
            self.dates[row : row + 1], self.letters[row : row + 1], self.places[row : row + 1], policy=policy
        ).tolist()
        return tuple(place)

    def shingles(self, rows: Sequence[int]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Load the shingles of some documents, one after the other, and where those of each begin."""
        sizes = self.sizes[np.asarray(rows, dtype=np.int64)]
        bounds = np.append(0, np.cumsum(sizes))
        values = np.empty(bounds[-1], dtype=np.uint64)
        room = memoryview(values).cast("B") if values.size else memoryview(b"")
        for row, start, end in zip(rows, (bounds[:-1] * 8).tolist(), (bounds[1:] * 8).tolist(), strict=True):
            self._shingles.read_into(room[start:end], int(self._shingle_ends[row]))
        return values, bounds


class Documents(Mapping[str, Document]):
    """The documents that a report names, by id; loaded when asked for."""

    def __init__(self, archive: Archive, rows: Mapping[str, int]) -> None:
        self._archive = archive
        self._rows = rows

    def __getitem__(self, name: str) -> Document:
        return self._archive.document(self._rows[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _packed(document: Document) -> bytes:
    fields = [getattr(document, name) for name in _FIELDS]
    written = "".join(fields).encode(*_UTF16)
    line = -1 if document.line is None else document.line
    return b"".join(
        (_HEAD.pack(*map(len, fields), len(written), line), written, document.text.encode(*_UTF16))
    )
