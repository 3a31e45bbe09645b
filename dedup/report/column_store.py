"""Columns of variable-length values, stored batch by batch and loaded by row."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.report.spill import Spill

_NARROW = 2**32
"""Bounds below this are stored as 32-bit integers."""


class StoredColumn(NamedTuple):
    """A column of one batch: the position of its values, and the bounds of its rows, counted in values."""

    position: int
    bounds: NDArray[np.uint32] | NDArray[np.int64]


class ColumnStore[T: np.generic]:
    """One column of all documents, such as their texts or their shingles."""

    def __init__(self, spill: Spill, dtype: type[T]) -> None:
        """Begin an empty column.

        Args:
            spill: Storage of the values; several columns may share it.
            dtype: Type of the values.
        """
        self._spill = spill
        self._dtype = np.dtype(dtype)
        self._batches: list[StoredColumn] = []
        self._first_rows = [0]
        self._spans: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None

    def store(self, values: NDArray[T], bounds: NDArray[np.int64]) -> StoredColumn:
        """Store the values of a batch; thread-safe, in any order.

        Raises:
            WritingError: There is no room.
        """
        narrow = bounds.astype(np.uint32) if bounds[-1] < _NARROW else bounds
        return StoredColumn(self._spill.append(values), narrow)

    def add(self, stored: StoredColumn) -> None:
        """Add the rows of a batch, in the order of the rows."""
        self._batches.append(stored)
        self._first_rows.append(self._first_rows[-1] + stored.bounds.size - 1)
        self._spans = None

    def __len__(self) -> int:
        return self._first_rows[-1]

    def _span(self, row: int) -> tuple[int, int]:
        """Positions of the first and last byte of a row."""
        at = bisect_right(self._first_rows, row) - 1
        batch, inside = self._batches[at], row - self._first_rows[at]
        size = self._dtype.itemsize
        start, end = batch.bounds[inside : inside + 2].tolist()
        return batch.position + size * start, batch.position + size * end

    def values(self, row: int) -> NDArray[T]:
        """Load the values of one row; treat them as read-only."""
        return np.frombuffer(self._spill.read(*self._span(row)), dtype=self._dtype)

    def string(self, row: int) -> str:
        """Load a row of UTF-8."""
        return str(self._spill.read(*self._span(row)), "utf-8", "surrogatepass")

    def batches(self) -> Iterator[tuple[NDArray[T], NDArray[np.int64]]]:
        """Load all rows, batch by batch: their values, and the bounds of each row."""
        for position, bounds in self._batches:
            end = position + int(bounds[-1]) * self._dtype.itemsize
            yield np.frombuffer(self._spill.read(position, end), dtype=self._dtype), bounds.astype(np.int64)

    def count_values(self) -> int:
        """Count the values of all rows."""
        return sum(int(batch.bounds[-1]) for batch in self._batches)

    def take(self, rows: Sequence[int] | NDArray[np.int64]) -> tuple[NDArray[T], NDArray[np.int64]]:
        """Load some rows.

        Returns:
            The concatenated values, and the bounds of each row: int64, shape (n + 1,).
        """
        starts, sizes = self._every_span()
        wanted = np.asarray(rows, dtype=np.int64)
        starts, sizes = starts[wanted], sizes[wanted]
        values = np.frombuffer(self._spill.gather(starts, sizes), self._dtype)
        return values, np.append(0, np.cumsum(sizes)) // self._dtype.itemsize

    def sizes(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the bytes that each of some rows takes."""
        _, sizes = self._every_span()
        return sizes[rows]

    def bytes(self, rows: Sequence[int] | NDArray[np.int64]) -> list[bytes]:
        """Load some rows of bytes."""
        values, bounds = self.take(rows)
        data = values.tobytes()
        return [data[start:end] for start, end in pairwise(bounds.tolist())]

    def strings(self, rows: Sequence[int] | NDArray[np.int64]) -> list[str]:
        """Load some rows of UTF-8."""
        return [str(data, "utf-8", "surrogatepass") for data in self.bytes(rows)]

    def _every_span(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Positions of all rows and their sizes in bytes, computed on first use."""
        if self._spans is None:
            size = self._dtype.itemsize
            nothing = np.empty(0, dtype=np.int64)
            starts = (batch.position + size * batch.bounds[:-1].astype(np.int64) for batch in self._batches)
            sizes = (size * np.diff(batch.bounds).astype(np.int64) for batch in self._batches)
            self._spans = np.concatenate([nothing, *starts]), np.concatenate([nothing, *sizes])
        return self._spans
