"""The documents of one run as columns: small ones stay in arrays, large ones are stored and loaded by row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.model import Document, Problem
from dedup.model.document_batch import NO_LINE, CodedColumn, DocumentBatch, StringColumn
from dedup.model.document_like import renamed
from dedup.model.errors import quoted
from dedup.model.reason import Reason, ReasonKind
from dedup.model.time_zone import time_zone
from dedup.report.archive_dates import ArchiveDates
from dedup.report.column_store import StoredColumn
from dedup.report.id_order import order_ids
from dedup.report.representative import CHOSEN, IN_REFERENCE, UNDATED, representative_sort_keys
from dedup.report.spill import MemoryBudget
from dedup.report.stored_columns import StoredColumns
from dedup.text.prepare import SketchedBatch

type Numbers = NDArray[np.int64]

BYTES_AT_ONCE = 1 << 18
"""Bytes of texts and records that are loaded together, unless one document has more."""


class StoredBatch(NamedTuple):
    """A batch whose large columns are stored.

    Attributes:
        letters: Of the folded texts.
        digests: Likewise.
        closings: uint64: the last shingle of each text, 0 for none.
        sizes: int64: shingles of each.
        columns: The columns that are loaded by row, by name.
    """

    letters: NDArray[np.int64]
    digests: NDArray[np.uint64]
    closings: NDArray[np.uint64]
    sizes: NDArray[np.int64]
    columns: dict[str, StoredColumn]


class Archive(StoredColumns):
    """Every document of a run, by row. Rows follow the order of arrival, which does not affect the report.

    Attributes:
        ids: Unique once `settle` has run.
        encodings: Documents by the encoding their bytes were read in.
        references: Number of reference documents; they come first.

    Set by `settle`, one value per document:
        letters: int64: of the folded text.
        digests: uint64, shape (n, 2): equal for equal folded texts.
        closings: uint64: the last shingle of each text, 0 for none.
        sizes: int64: shingles.
        dates: int64: seconds since 1970-01-01 UTC, whatever calendar they are in; `UNDATED` for none.
        date_orders: Whether day or month comes first in all-numeric dates, by source.
        assumed_zones: Dates by the name of their zone, where several zones have that name.
        unknown_zones: The abbreviation of a zone that is not known, and the dates with any such zone.
        sources: int64: rank among the preferred sources, `IN_REFERENCE` in the reference, `CHOSEN` for a
            document that a user decided to keep.
        source_numbers: int64: index into `source_names`.
        names_source: bool, one value per source: whether it has a name.
        id_ranks: int64: rank in the order of the ids.
    """

    def __init__(
        self,
        *,
        preferred: Sequence[str] = (),
        timezone: str = "",
        date_order: str = "archive",
        memory: MemoryBudget | None = None,
    ) -> None:
        """Begin an empty archive.

        Args:
            preferred: Sources whose documents are the first choice as representatives, in this order.
            timezone: See `Recipe`.
            date_order: See `Recipe`.
            memory: Budget for data kept in memory; None for the default budget of a run.
        """
        super().__init__(memory)
        self._preferred = preferred
        self.references = 0
        self.ids: list[str] = []
        self.encodings: Counter[str] = Counter()
        self._batches: list[StoredBatch] = []
        self._ids: list[StringColumn] = []
        self._dates = ArchiveDates(zone=time_zone(timezone), order=date_order)
        self._sources, self._paths, self._encodings = _Numbers(), _Numbers(), _Numbers()
        self._lines: list[NDArray[np.int64]] = []

    def __len__(self) -> int:
        return len(self.ids)

    def store_batch(self, batch: DocumentBatch, sketched: SketchedBatch) -> StoredBatch:
        """Store the large columns of a batch; thread-safe, in any order.

        Raises:
            WritingError: There is no room.
        """
        sizes = np.diff(sketched.shingle_bounds)
        columns = self.store(batch, sketched)
        return StoredBatch(sketched.letters, sketched.digests, sketched.closings, sizes, columns)

    def add_batch(self, batch: DocumentBatch, stored: StoredBatch) -> None:
        """Add the documents of a stored batch."""
        self.add(stored.columns)
        self._batches.append(stored._replace(columns={}))
        self._ids.append(batch.ids)
        self.ids += batch.ids.strings()
        sources = self._sources.add_strings(batch.sources)
        self._dates.add(batch.published, sources)
        self._paths.add(batch.paths)
        self._encodings.add(batch.encodings)
        self._lines.append(batch.lines)

    def settle(self) -> list[Problem]:
        """Close the archive: make the ids unique, and return a problem for each document that was renamed."""
        nothing = np.empty(0, dtype=np.int64)
        self.letters = np.concatenate([nothing, *(batch.letters for batch in self._batches)])
        self.sizes = np.concatenate([nothing, *(batch.sizes for batch in self._batches)])
        no_digest = np.empty((0, 2), dtype=np.uint64)
        self.digests = np.concatenate([no_digest, *(batch.digests for batch in self._batches)])
        no_shingle = np.empty(0, dtype=np.uint64)
        self.closings = np.concatenate([no_shingle, *(batch.closings for batch in self._batches)])
        self._line_of = np.concatenate([nothing, *self._lines])
        self._settle_sources()
        self.dates, self._unread, self.date_orders = self._dates.settle(self.source_names)
        self.assumed_zones = self._dates.assumed_zones()
        self.unknown_zones = self._dates.unknown_zones()
        self._path_names, self._path_of = self._paths.settle()
        self._encoding_names, self._encoding_of = self._encodings.settle()
        counts = np.bincount(self._encoding_of, minlength=len(self._encoding_names)).tolist()
        named = zip(self._encoding_names, counts, strict=True)
        self.encodings.update({name: count for name, count in named if name})
        problems = self._settle_ids()
        del self._batches, self._ids, self._lines
        return problems

    def _settle_sources(self) -> None:
        self.source_names, self.source_numbers = self._sources.settle()
        ranks = {source: rank for rank, source in reversed(list(enumerate(self._preferred)))}
        others = len(self._preferred)
        rank_of = np.array([ranks.get(name, others) for name in self.source_names], dtype=np.int64)
        self.sources = rank_of[self.source_numbers] if rank_of.size else self.source_numbers
        self.sources[: self.references] = IN_REFERENCE
        self.names_source = np.array([bool(name) for name in self.source_names], dtype=np.bool_)

    def _settle_ids(self) -> list[Problem]:
        order, repeats = order_ids(StringColumn.concatenated(self._ids))
        problems: list[Problem] = []
        if repeats.any():
            problems = list(self._rename())
            order, _ = order_ids(StringColumn.of(self.ids))
        self.id_ranks = np.empty(order.size, dtype=np.int64)
        self.id_ranks[order] = np.arange(order.size)
        return problems

    def _rename(self) -> Iterator[Problem]:
        for row, name in list(renamed(self.ids, self.document, references=self.references)):
            document = self.document(row)
            self.ids[row] = name
            yield Problem.of(document, Reason(ReasonKind.DUPLICATE_ID, (quoted(name),)), kind="duplicate_id")

    def choose(self, rows: Sequence[int]) -> None:
        """Make some documents the first choice as representatives, after the reference."""
        chosen = np.asarray(rows, dtype=np.int64)
        self.sources[chosen[chosen >= self.references]] = CHOSEN

    def span(self) -> tuple[int, int] | None:
        """Return the first and the last date; None if no document is dated."""
        dated = self.dates[self.dates != UNDATED]
        return (int(dated.min()), int(dated.max())) if dated.size else None

    def unread_dates(self) -> Iterator[Problem]:
        """Return a problem for each date that cannot be read."""
        for row in self._unread.tolist():
            document = self.document(row, whole=False)
            written = quoted(document.published[:40])
            yield Problem.of(document, Reason(ReasonKind.UNREAD_DATE, (written,)), kind="undated")

    def document(self, row: int, *, whole: bool = True, recorded: bool = False) -> Document:
        """Load a document, with its text if `whole` and with its record if `recorded`."""
        line = int(self._line_of[row])
        return Document(
            self.ids[row],
            self.text(row) if whole else "",
            self.strings["titles"].string(row),
            self.source_names[self.source_numbers[row]],
            self.strings["published"].string(row),
            self.strings["urls"].string(row),
            self._path_names[self._path_of[row]],
            None if line == NO_LINE else line,
            self._encoding_names[self._encoding_of[row]],
            self.strings["records"].values(row).tobytes() if recorded else b"",
        )

    def heads(self, rows: NDArray[np.int64]) -> list[Document]:
        """Load documents without their texts."""
        return list(self._documents(rows, repeat(""), repeat(b"")))

    def documents(self, rows: NDArray[np.int64]) -> Iterator[Document]:
        """Load documents with their texts and records, some at a time."""
        texts, records = (self.strings[name] for name in ("texts", "records"))
        ends = np.cumsum(texts.sizes(rows) + records.sizes(rows))
        start = 0
        while start < rows.size:
            before = int(ends[start - 1]) if start else 0
            end = max(int(np.searchsorted(ends, before + BYTES_AT_ONCE, side="right")), start + 1)
            some = rows[start:end]
            yield from self._documents(some, texts.strings(some), records.bytes(some))
            start = end

    def _documents(
        self, rows: NDArray[np.int64], texts: Iterable[str], records: Iterable[bytes]
    ) -> Iterator[Document]:
        strings = [self.strings[name].strings(rows) for name in ("titles", "published", "urls")]
        numbers = [
            column[rows].tolist()
            for column in (self.source_numbers, self._path_of, self._line_of, self._encoding_of)
        ]
        rest = zip(*strings, *numbers, strict=True)
        for row, text, record, each in zip(rows.tolist(), texts, records, rest, strict=False):
            title, published, url, source, path, line, encoding = each
            yield Document(
                self.ids[row],
                text,
                title,
                self.source_names[source],
                published,
                url,
                self._path_names[path],
                None if line == NO_LINE else line,
                self._encoding_names[encoding],
                record,
            )

    def text(self, row: int) -> str:
        """Load the text of a document."""
        return self.strings["texts"].string(row)

    def sort_keys(self, rows: Sequence[int] | Numbers | None = None, *, policy: str) -> NDArray[np.int64]:
        """Return the representative sort keys of some documents, or of all."""
        some = slice(None) if rows is None else rows
        return representative_sort_keys(
            self.sources[some], self.dates[some], self.letters[some], self.id_ranks[some], policy=policy
        )


class _Numbers:
    """Distinct strings of a column with few values, and the index of each row's string."""

    def __init__(self) -> None:
        self._number_of: dict[str, int] = {}
        self._numbers: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]

    def _number(self, values: Iterable[str]) -> NDArray[np.int64]:
        number_of = self._number_of
        return np.array([number_of.setdefault(value, len(number_of)) for value in values], dtype=np.int64)

    def add(self, column: CodedColumn) -> NDArray[np.int64]:
        """Add the rows of a batch, and return their numbers."""
        numbers = self._number(column.values)[column.codes]
        self._numbers.append(numbers)
        return numbers

    def add_strings(self, column: StringColumn) -> NDArray[np.int64]:
        """Add the rows of a batch that are not numbered yet, and return their numbers."""
        return self.add(CodedColumn.of(column.strings()))

    def settle(self) -> tuple[list[str], NDArray[np.int64]]:
        """Return the strings, and the number of each row."""
        numbers, self._numbers = np.concatenate(self._numbers), []
        return [*self._number_of], numbers
