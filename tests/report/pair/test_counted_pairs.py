"""Pairs as columns: packed, counted, added up."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.report.pair import counted_pairs
from dedup.report.pair.counted_pairs import PairCounter, count, left_and_right, packed_pairs

numbers = st.integers(0, 2**32 - 1)


@given(st.lists(st.tuples(numbers, numbers)))
def test_a_packed_pair_is_unpacked(pairs: list[tuple[int, int]]) -> None:
    """Numbers of 32 bits; sorted, the pairs go by left, then right."""
    left, right = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T

    packed = packed_pairs(left, right)

    assert [each.tolist() for each in left_and_right(packed)] == [left.tolist(), right.tolist()]
    assert packed.tolist() == sorted(packed.tolist())


@pytest.mark.parametrize("pending", [0, 3, 1000])
@given(st.lists(st.lists(st.integers(0, 9), max_size=8), max_size=6))
def test_counts_of_several_parts_are_added(pending: int, parts: list[list[int]]) -> None:
    """As one count over all of them, whether few or many rows wait at a time."""
    expected = Counter(pair for part in parts for pair in part)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counted_pairs, "PENDING", pending)
        counter = PairCounter()
        for part in parts:
            counter.add(count([np.array(part, dtype=np.uint64)]))
        total = counter.total()

    assert dict(zip(total.pairs.tolist(), total.times.tolist(), strict=True)) == expected
    assert total.pairs.tolist() == sorted(expected)
