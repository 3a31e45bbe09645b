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


class _Places(NamedTuple):
    """The first row, the position and the bounds of each batch, the bounds one after the other."""

    first_rows: NDArray[np.int64]
    positions: NDArray[np.int64]
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
        self._places: _Places | None = None

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
        self._places = None

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
        starts, sizes = self._spans(np.asarray(rows, dtype=np.int64))
        values = np.frombuffer(self._spill.gather(starts, sizes), self._dtype)
        return values, np.append(0, np.cumsum(sizes)) // self._dtype.itemsize

    def sizes(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the bytes that each of some rows takes."""
        return self._spans(rows)[1]

    def bytes(self, rows: Sequence[int] | NDArray[np.int64]) -> list[bytes]:
        """Load some rows of bytes."""
        values, bounds = self.take(rows)
        data = values.tobytes()
        return [data[start:end] for start, end in pairwise(bounds.tolist())]

    def strings(self, rows: Sequence[int] | NDArray[np.int64]) -> list[str]:
        """Load some rows of UTF-8."""
        return [str(data, "utf-8", "surrogatepass") for data in self.bytes(rows)]

    def _spans(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Positions of some rows, and their sizes in bytes."""
        places = self._places or self._locate()
        batch = np.searchsorted(places.first_rows, rows, side="right") - 1
        at = rows + batch  # a batch has one more bound than rows
        starts = places.bounds[at].astype(np.int64)
        sizes = places.bounds[at + 1].astype(np.int64) - starts
        return places.positions[batch] + self._dtype.itemsize * starts, self._dtype.itemsize * sizes

    def _locate(self) -> _Places:
        """Join the bounds of all batches, so that many rows are found at once."""
        nothing = np.empty(0, dtype=np.uint32)
        bounds = np.concatenate([nothing, *(batch.bounds for batch in self._batches)])
        ends = np.cumsum([batch.bounds.size for batch in self._batches])
        positions = [batch.position for batch in self._batches]
        # The batches become views, else the bounds would be in memory twice.
        self._batches = list(map(StoredColumn, positions, np.split(bounds, ends[:-1])))
        self._places = _Places(
            np.array(self._first_rows[:-1], dtype=np.int64), np.array(positions, dtype=np.int64), bounds
        )
        return self._places
