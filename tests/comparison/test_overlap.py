"""How much two shingle sets share: worked examples."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup.comparison.overlap import match, match_many
from dedup.model import Overlap


def a_set(*values: int) -> NDArray[np.uint64]:
    """Write a shingle set."""
    return np.array(values, dtype=np.uint64)


def test_two_sets_are_measured() -> None:
    """{1, 2, 3} and {2, 3, 5, 7} share two."""
    assert match(a_set(1, 2, 3), a_set(2, 3, 5, 7)) == Overlap(2, 3, 4)


def test_jaccard_is_shared_over_all() -> None:
    """Two shared, five in all: 0.4."""
    assert Overlap(2, 3, 4).jaccard == 0.4


def test_containment_is_shared_over_the_smaller() -> None:
    """Two shared of the three that the smaller has, whichever side it is on."""
    assert Overlap(2, 3, 4).containment == Overlap(2, 4, 3).containment == 2 / 3


def test_length_ratio_is_the_smaller_over_the_larger() -> None:
    """Three to four is 0.75 from either side."""
    assert Overlap(2, 3, 4).length_ratio == Overlap(2, 4, 3).length_ratio == 0.75


def test_disjoint_and_equal_sets_are_the_ends_of_the_scale() -> None:
    """Nothing shared is 0 and all shared is 1, in both measures."""
    nothing, everything = match(a_set(1), a_set(2, 3)), match(a_set(4, 5), a_set(4, 5))

    assert (nothing.jaccard, nothing.containment) == (0, 0)
    assert (everything.jaccard, everything.containment, everything.length_ratio) == (1, 1, 1)


def test_a_mirrored_overlap_exchanges_the_sides() -> None:
    """What is shared stays."""
    assert Overlap(2, 3, 4).mirrored() == Overlap(2, 4, 3)


def test_many_pairs_are_counted_at_once() -> None:
    """Of {1, 2, 3}, {2, 3, 5, 7}, {9} and {}, the first two share two values; pairs keep their order."""
    values, bounds = a_set(1, 2, 3, 2, 3, 5, 7, 9), np.array([0, 3, 7, 8, 8])
    left, right = np.array([0, 0, 0, 1, 2]), np.array([2, 1, 3, 2, 3])

    assert match_many(values, bounds, left=left, right=right).tolist() == [0, 2, 0, 0, 0]


def test_no_pairs_give_no_counts() -> None:
    """An archive without candidates is measured too."""
    nothing = np.empty(0, dtype=np.int64)

    assert match_many(a_set(1), np.array([0, 1]), left=nothing, right=nothing).tolist() == []


@settings(deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 12)), min_size=2, max_size=5))
def test_many_pairs_count_as_one_pair_does(sets: list[frozenset[int]]) -> None:
    """Every pair of random sets shares what the intersection of Python sets holds."""
    values = a_set(*(value for each in sets for value in sorted(each)))
    bounds = np.cumsum([0, *map(len, sets)])
    left, right = np.triu_indices(len(sets), 1)

    counts = match_many(values, bounds, left=left, right=right)

    pairs = zip(left.tolist(), right.tolist(), strict=True)
    assert counts.tolist() == [len(sets[one] & sets[other]) for one, other in pairs]
