"""The large columns of a run's documents: stored batch by batch, loaded by row."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.core import TextColumn
from dedup.model.document_batch import DocumentBatch, StringColumn
from dedup.report.column_store import ColumnStore, StoredColumn
from dedup.report.spill import MemoryBudget, Spill
from dedup.text.prepare import SketchedBatch

_STRINGS = ("texts", "titles", "published", "urls")
"""Columns of a batch that are stored under the same names."""


class StoredColumns:
    """Columns whose rows are loaded singly or several at a time.

    Attributes:
        strings: Texts and other string fields by name, including `records`.
        openings: Shingles that open a line, for each document.
    """

    def __init__(self, memory: MemoryBudget | None = None) -> None:
        """Begin empty, with a memory budget; None for a separate one."""
        spill = Spill(memory)
        self.strings = {name: ColumnStore(spill, np.uint8) for name in (*_STRINGS, "records")}
        self._shingles = ColumnStore(spill, np.uint64)
        self.openings = ColumnStore(spill, np.uint64)

    def store(self, batch: DocumentBatch, sketched: SketchedBatch) -> dict[str, StoredColumn]:
        """Store the large columns of a batch; thread-safe, in any order.

        Raises:
            WritingError: There is no room.
        """
        strings = {name: getattr(batch, name) for name in _STRINGS}
        strings["records"] = batch.records or StringColumn.empty(len(batch))
        columns = {
            name: self.strings[name].store(column.data, column.bounds) for name, column in strings.items()
        }
        columns["shingles"] = self._shingles.store(sketched.shingles, sketched.shingle_bounds)
        columns["openings"] = self.openings.store(sketched.openings, sketched.opening_bounds)
        return columns

    def add(self, columns: Mapping[str, StoredColumn]) -> None:
        """Add the rows of a stored batch."""
        for name, column in self.strings.items():
            column.add(columns[name])
        self._shingles.add(columns["shingles"])
        self.openings.add(columns["openings"])

    def texts(self, rows: Sequence[int] | NDArray[np.int64]) -> TextColumn:
        """Load original texts."""
        return TextColumn(*self.strings["texts"].take(rows))

    def titles(self, rows: Sequence[int] | NDArray[np.int64]) -> list[str]:
        """Load titles."""
        return self.strings["titles"].strings(rows)

    def urls(self, rows: Sequence[int] | NDArray[np.int64]) -> list[str]:
        """Load addresses."""
        return self.strings["urls"].strings(rows)

    def shingles(
        self, rows: Sequence[int] | NDArray[np.int64]
    ) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Load the concatenated shingles of some documents, and the bounds of each."""
        return self._shingles.take(rows)
