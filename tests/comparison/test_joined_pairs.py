"""Judged pairs of several batches are put together column by column."""

import weakref
from itertools import pairwise

import numpy as np
import pytest

from dedup.comparison import pair_columns
from dedup.comparison.judge_pairs import JudgedPairs, joined, joined_in_order
from dedup.comparison.pair_columns import Overlaps, columns_of
from dedup.model import ExchangedFact
from dedup.report.packed_results import JUDGED
from tests.judged_samples import Sample, judged_pairs

SAMPLES = [
    Sample(2, 5, 3, confidence=0.75),
    Sample(0, 4, 1, drops=False, changed=(ExchangedFact("3", "4", 0, 1), ExchangedFact("9", "8", 2, 2))),
    Sample(1, 2, 2, changed=(ExchangedFact("خرداد", "تیر", 1, 0),)),
    Sample(0, 3, 2),
]


def same(one: JudgedPairs, other: JudgedPairs) -> bool:
    """Whether all columns are equal."""
    columns = JUDGED.pack(one), JUDGED.pack(other)
    return columns[0].keys() == columns[1].keys() and all(
        np.array_equal(column, columns[1][name], equal_nan=column.dtype.kind == "f")
        for name, column in columns[0].items()
    )


@pytest.mark.parametrize("cuts", [(0, 4), (0, 1, 4), (0, 2, 2, 3, 4)])
@pytest.mark.parametrize("many", [1, 1 << 16])
def test_batches_are_put_in_the_order_of_their_texts(
    cuts: tuple[int, ...], many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However they were cut, and whether or not memory is returned in between."""
    monkeypatch.setattr(pair_columns, "MANY", many)
    parts = [judged_pairs(SAMPLES[start:end]) for start, end in pairwise(cuts)]

    pairs = joined_in_order(parts)

    assert same(pairs, judged_pairs([SAMPLES[row] for row in (3, 1, 2, 0)]))
    assert parts == []


def test_batches_without_an_order_stay_as_they_come() -> None:
    """One after the other; none at all give no pairs."""
    assert same(joined([judged_pairs(SAMPLES[:1]), judged_pairs(SAMPLES[1:])]), judged_pairs(SAMPLES))
    assert len(joined_in_order([])) == 0


def test_the_pieces_of_a_joined_column_are_freed() -> None:
    """Before those of the next one are read, so that only one column is in memory twice."""
    parts = [Overlaps(*(np.arange(2) for _ in range(3))) for _ in range(2)]
    pieces = [weakref.ref(part.shared) for part in parts]
    columns = columns_of(Overlaps, parts)

    whole = np.concatenate(next(columns))

    assert whole.tolist() == [0, 1, 0, 1]
    assert [piece() for piece in pieces] == [None, None]
    assert len(list(columns)) == 2
