"""Rows of columns that are stored batch by batch."""

import numpy as np

from dedup.report.column_store import ColumnStore
from dedup.report.spill import MemoryBudget, Spill


def _column(*batches: list[str], memory: int = 1 << 20) -> ColumnStore[np.uint8]:
    column = ColumnStore(Spill(MemoryBudget(memory)), np.uint8)
    for batch in batches:
        bounds = np.cumsum([0, *(len(each.encode()) for each in batch)])
        data = np.frombuffer("".join(batch).encode(), dtype=np.uint8)
        column.add(column.store(data, bounds))
    return column


def test_rows_of_several_batches_come_in_the_order_asked_for() -> None:
    """Rows are found behind batches of any size, also empty ones."""
    column = _column(["یک", ""], [], ["three"], ["چهار", "5"])

    assert column.strings([4, 0, 2, 1, 3, 0]) == ["5", "یک", "three", "", "چهار", "یک"]


def test_rows_are_the_same_from_a_file() -> None:
    """A store without memory writes to a file, and reads the same rows."""
    column = _column(["one", "two"], ["three"], memory=0)

    assert column.strings([2, 0]) == ["three", "one"]
    assert column.string(1) == "two"


def test_batches_may_follow_after_rows_were_taken() -> None:
    """Rows of a batch that is added later are found like the others."""
    column = _column(["one", "two"])
    assert column.strings([1]) == ["two"]
    column.add(column.store(np.frombuffer(b"three", dtype=np.uint8), np.array([0, 5])))

    assert column.strings([2, 1]) == ["three", "two"]


def test_a_column_without_rows_gives_none() -> None:
    """Nothing is taken from an empty column."""
    assert _column().strings([]) == []
