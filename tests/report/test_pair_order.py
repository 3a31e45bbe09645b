"""The order in which pairs are read."""

import numpy as np

from dedup.report.pair_order import side_by_side


def ordered(*pairs: tuple[int, int]) -> list[tuple[int, int]]:
    """Order pairs of texts."""
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return [pairs[place] for place in side_by_side(left, right).tolist()]


def test_no_pairs_have_an_order() -> None:
    """It is empty."""
    assert ordered() == []


def test_pairs_of_one_family_are_next_to_each_other() -> None:
    """Texts 0, 5 and 6 are one family, 1, 2 and 7 another: sorted by their numbers they would alternate."""
    pairs = (0, 5), (1, 2), (2, 7), (5, 6), (1, 7), (0, 6)

    assert ordered(*pairs) == [(0, 5), (0, 6), (5, 6), (1, 2), (1, 7), (2, 7)]


def test_the_order_does_not_depend_on_that_of_the_pairs() -> None:
    """Reversed, they come out the same."""
    pairs = (3, 9), (0, 9), (1, 4), (4, 8), (2, 8), (2, 5)

    assert ordered(*pairs[::-1]) == ordered(*pairs)
