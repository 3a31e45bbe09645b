"""The documents of one run: what the stages ask of each stands in arrays, the rest is spilled."""

import json
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from sys import intern
from typing import Any, NamedTuple, overload

import numpy as np
import orjson
from numpy.typing import NDArray

from dedup.core.numpy_kernel import UTF16
from dedup.model import Document, Problem
from dedup.model.document_like import renamed
from dedup.model.errors import quoted
from dedup.report.representative import IN_REFERENCE, UNDATED, representative_sort_keys
from dedup.report.sketching import Columns
from dedup.report.spill import Spill
from dedup.text.date import moment

IN_A_YEAR = 100**5
"""Between two years, as `Archive.dates` counts: two digits each for month, day, hour, minute and second."""


class Stored(NamedTuple):
    """A batch of texts whose bulk is spilled."""

    letters: NDArray[np.int64]
    digests: bytes
    sizes: NDArray[np.int64]
    shingles: NDArray[np.int64]
    texts: NDArray[np.int64]


class Archive:
    """Every document of a run, by its row: the order of arrival, which leaves no trace in the report.

    Attributes:
        ids: Unique once `settle` has run.
        encodings: Documents by the encoding their bytes were read in.
        references: How many documents, the first ones, are of the reference.
    """

    def __init__(self, *, preferred: Sequence[str] = ()) -> None:
        """Begin an empty archive.

        Args:
            preferred: Sources whose documents represent before all others, in this order.
        """
        self._preferred = {source: place for place, source in reversed(list(enumerate(preferred)))}
        self._sources: list[int] = []
        self._named_sources: dict[str, int] = {}
        self._source_numbers: list[int] = []
        self.references = 0
        self.ids: list[str] = []
        self.encodings: Counter[str] = Counter()
        self._dates: list[int] = []
        self._unread_dates: list[int] = []
        self._stored: list[Stored] = []
        self._heads, self._texts, self._shingles, self._records = Spill(), Spill(), Spill(), Spill()
        self._head_ends = [0]
        self._record_ends = array("q", [0])

    def store(self, columns: Columns) -> Stored:
        """Spill the bulk of a batch; safe in many threads, in any order.

        Raises:
            WritingError: There is no room.
        """
        return Stored(
            columns.letters,
            columns.digests,
            np.diff(columns.shingle_ends),
            self._shingles.append(columns.shingles) + 8 * columns.shingle_ends[:-1],
            self._texts.append(columns.written) + columns.written_ends,
        )

    def add(self, documents: Sequence[Document], stored: Stored) -> None:
        """Take over the documents of a batch."""
        heads = [_head(document) for document in documents]
        self._head_ends += accumulate(map(len, heads), initial=self._head_ends.pop())
        self._heads.append(b"".join(heads))
        self._stored.append(stored)
        records = [document.record for document in documents]
        self._record_ends.extend(accumulate(map(len, records), initial=self._record_ends.pop()))
        self._records.append(b"".join(records))
        named = self._named_sources
        for document in documents:
            self._dates.append(self._date(document))
            self._sources.append(self._preferred.get(document.source, len(self._preferred)))
            self._source_numbers.append(named.setdefault(document.source, len(named)))
            self.ids.append(document.id)
        self.encodings.update(document.encoding for document in documents if document.encoding)

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
        self.sources = np.array(self._sources, dtype=np.int64)
        self.sources[: self.references] = IN_REFERENCE
        self.source_numbers = np.array(self._source_numbers, dtype=np.int64)
        self.source_names = [*self._named_sources]
        nothing = np.empty(0, dtype=np.int64)
        self.letters = np.concatenate([nothing, *(batch.letters for batch in self._stored)])
        self.sizes = np.concatenate([nothing, *(batch.sizes for batch in self._stored)])
        self._shingle_starts = np.concatenate([nothing, *(batch.shingles for batch in self._stored)])
        self._text_starts = np.concatenate([nothing, *(batch.texts[:-1] for batch in self._stored)])
        self._text_ends = np.concatenate([nothing, *(batch.texts[1:] for batch in self._stored)])
        digests = b"".join(batch.digests for batch in self._stored)
        self.digests = np.frombuffer(digests, dtype=np.uint64).reshape(-1, 2)
        self._head_bounds = np.array(self._head_ends, dtype=np.int64)
        del self._dates, self._sources, self._source_numbers, self._stored, self._head_ends
        problems = list(self._rename())
        by_id = sorted(range(len(self.ids)), key=self.ids.__getitem__)
        self.names = np.empty(len(by_id), dtype=np.int64)
        self.names[by_id] = np.arange(len(by_id))
        return problems

    def _rename(self) -> Iterator[Problem]:
        for row, name in list(renamed(self.ids, self.document, references=self.references)):
            document = self.document(row)
            self.ids[row] = name
            kept = (
                f"another document has the id {quoted(document.id)} too; this one is kept as {quoted(name)}"
            )
            yield Problem(document.path, document.line, kept, "duplicate_id")

    def unread_dates(self) -> Iterator[Problem]:
        """Name the dates that cannot be read."""
        for row in self._unread_dates:
            document = self.document(row)
            written = document.published[:40]
            reason = f"{quoted(document.id)} has a date that cannot be read, {written!r}; taken as undated"
            yield Problem(document.path, document.line, reason, "undated")

    def document(self, row: int, *, whole: bool = True, recorded: bool = False) -> Document:
        """Load a document: without its text unless it is to be `whole`, with its record if `recorded`."""
        written = self._heads.read(int(self._head_bounds[row]), int(self._head_bounds[row + 1]))
        title, source, published, url, path, line, encoding = _fields(written)
        text = self.text(row) if whole else ""
        record = self._records.read(*self._record_ends[row : row + 2]) if recorded else b""
        source, path, encoding = map(intern, (source, path, encoding))  # few strings, each many times
        return Document(self.ids[row], text, title, source, published, url, path, line, encoding, record)

    def text(self, row: int) -> str:
        """Load the text of a document."""
        written = self._texts.read(int(self._text_starts[row]), int(self._text_ends[row]))
        return written.decode(UTF16, "surrogatepass")

    def sort_keys(self, rows: Sequence[int] | None = None, *, policy: str) -> NDArray[np.int64]:
        """Give the places of documents among those that could represent them; of all, unless said."""
        some = slice(None) if rows is None else rows
        return representative_sort_keys(
            self.sources[some], self.dates[some], self.letters[some], self.names[some], policy=policy
        )

    def shingles(self, rows: Sequence[int]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Load the shingles of some documents, one after the other, and where those of each begin."""
        sizes = self.sizes[np.asarray(rows, dtype=np.int64)]
        bounds = np.append(0, np.cumsum(sizes))
        values = np.empty(bounds[-1], dtype=np.uint64)
        room = memoryview(values).cast("B")
        for row, start, end in zip(rows, (bounds[:-1] * 8).tolist(), (bounds[1:] * 8).tolist(), strict=True):
            self._shingles.read_into(room[start:end], int(self._shingle_starts[row]))
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

    def __reduce__(self) -> tuple[type, tuple[dict[str, Document]]]:
        """Pickle the documents themselves: the archive is open files."""
        return dict, (dict(self),)


class Rows(Sequence[Document]):
    """Some documents of an archive with their records, loaded when asked for."""

    def __init__(self, archive: Archive, rows: NDArray[np.int64]) -> None:
        self._archive = archive
        self._rows = rows

    @overload
    def __getitem__(self, place: int) -> Document: ...
    @overload
    def __getitem__(self, place: slice) -> "Rows": ...
    def __getitem__(self, place: int | slice) -> "Document | Rows":
        if isinstance(place, slice):
            return Rows(self._archive, self._rows[place])
        return self._archive.document(int(self._rows[place]), recorded=True)

    def __len__(self) -> int:
        return int(self._rows.size)

    def __reduce__(self) -> tuple[type, tuple[tuple[Document, ...]]]:
        """Pickle the documents themselves: the archive is open files."""
        return tuple, (tuple(self),)


def _head(document: Document) -> bytes:
    head = (
        document.title,
        document.source,
        document.published,
        document.url,
        document.path,
        document.line,
        document.encoding,
    )
    try:
        return orjson.dumps(head)
    except TypeError:  # half a character, which only the standard library writes
        return json.dumps(head).encode()


def _fields(head: bytes) -> list[Any]:
    try:
        fields: list[Any] = orjson.loads(head)
    except orjson.JSONDecodeError:
        fields = json.loads(head)
    return fields
