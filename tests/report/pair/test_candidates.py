"""Pairs that share keys to candidates."""

import numpy as np
from numpy.typing import NDArray

from dedup.report.pair.candidates import candidates, lifted, promising, strongest, thin_out
from dedup.report.pair.counted_pairs import CountedPairs, count, left_and_right, packed_pairs


def packed(*pairs: tuple[int, int]) -> NDArray[np.uint64]:
    """Pack pairs in the order given."""
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return packed_pairs(left, right)


def unpacked(pairs: NDArray[np.uint64]) -> list[tuple[int, int]]:
    """List pairs."""
    left, right = left_and_right(pairs)
    return list(zip(left.tolist(), right.tolist(), strict=True))


def kept(*near: tuple[int, int], neighbours: int) -> list[tuple[int, int]]:
    """Keep the strongest of pairs that are given once for each bucket."""
    return unpacked(strongest(count([packed(*near)]), neighbours=neighbours))


def test_the_strongest_neighbours_are_those_met_most_often() -> None:
    """Text 2 met 3 twice and 0 and 1 once, so 3 is its one neighbour; 0 and 1 keep the first they met."""
    assert kept((0, 1), (2, 3), (1, 2), (0, 2), (2, 3), neighbours=1) == [(0, 1), (2, 3)]


def test_a_pair_stays_if_one_of_its_texts_keeps_it() -> None:
    """Nine texts have only 0 to meet, which keeps the first two of them."""
    star = [(0, other) for other in range(1, 10)]

    assert kept(*star, neighbours=2) == star


def test_neighbours_grow_no_faster_than_texts() -> None:
    """Of all 780 pairs of 40 texts, at most three a text stay."""
    every = [(one, other) for one in range(40) for other in range(one + 1, 40)]

    assert len(kept(*every, neighbours=3)) <= 3 * 40


def test_nobody_near_leaves_nobody() -> None:
    """An empty column."""
    assert kept(neighbours=3) == []


def test_a_promising_pair_shares_enough_of_the_smaller_text() -> None:
    """At a containment of 0.5 a fifth: two of ten fingerprints, not one; one of five."""
    sizes = np.array([10, 100, 100, 5])
    pairs = packed((0, 1), (0, 2), (1, 3))

    shared = CountedPairs(pairs, np.array([2, 1, 1]))

    assert unpacked(promising(shared, sizes, containment=0.5).pairs) == [(0, 1), (1, 3)]


def test_candidates_are_each_pair_once() -> None:
    """By left, then right, whichever band they come from."""
    chosen = candidates([packed((1, 2), (0, 3)), packed((0, 1), (1, 2))])

    assert list(zip(chosen.left.tolist(), chosen.right.tolist(), strict=True)) == [(0, 1), (0, 3), (1, 2)]


def test_a_lifted_passage_leaves_fingerprints() -> None:
    """Forty words have 32 shingles, 25 windows of eight, so four fingerprints; 39 have three, 0 no pairs."""
    own = CountedPairs(packed((0, 1), (0, 2), (0, 3)), np.array([4, 3, 9]))

    assert unpacked(lifted(own, packed((0, 3)), words=40, winnow=8)) == [(0, 1)]
    assert unpacked(lifted(own, packed((0, 3)), words=39, winnow=8)) == [(0, 1), (0, 2)]
    assert unpacked(lifted(own, packed((0, 3)), words=0, winnow=8)) == []


def test_one_shared_fingerprint_is_no_lifted_passage() -> None:
    """A run of ten words has a single window of shingles, but two fingerprints are required all the same."""
    own = CountedPairs(packed((0, 1), (0, 2)), np.array([1, 2]))

    assert unpacked(lifted(own, packed(), words=10, winnow=8)) == [(0, 2)]


def test_a_text_is_compared_for_the_passages_it_shares_most() -> None:
    """Forty texts that all lifted from each other: each keeps its pairs with the first sixteen others."""
    every = [(one, other) for one in range(40) for other in range(one + 1, 40)]

    own = CountedPairs(packed(*every), np.full(len(every), 4))
    chosen = lifted(own, packed(), words=40, winnow=8)

    assert unpacked(chosen) == [pair for pair in every if pair[0] < 16]


def thinned(times: dict[tuple[int, int], int], *, cap: int, neighbours: int) -> list[tuple[int, int]]:
    """Thin out pairs that share so many keys."""
    pairs = CountedPairs(packed(*sorted(times)), np.array([times[pair] for pair in sorted(times)]))
    return unpacked(thin_out(pairs, cap=cap, neighbours=neighbours))


def test_crowded_texts_keep_the_first_and_their_neighbours() -> None:
    """Four texts all meet, more than two. Nearest are 2 and 3, and 0 and 1; each meets the first."""
    times = {(0, 1): 9, (0, 2): 5, (0, 3): 5, (1, 2): 1, (1, 3): 1, (2, 3): 9}

    assert thinned(times, cap=2, neighbours=1) == [(0, 1), (0, 2), (0, 3), (2, 3)]


def test_the_first_is_one_that_is_alike() -> None:
    """2 and 3 share nine keys and four with 0, less than half: it would not represent them."""
    times = {(0, 1): 9, (0, 2): 4, (0, 3): 4, (1, 2): 1, (1, 3): 1, (2, 3): 9}

    assert thinned(times, cap=2, neighbours=1) == [(0, 1), (2, 3)]


def test_a_text_with_few_partners_keeps_them() -> None:
    """Text 0 is paired with five, which are in no other pair: a star is no crowd."""
    star = {(0, other): 1 for other in range(1, 6)}

    assert thinned(star, cap=2, neighbours=1) == sorted(star)


def test_nothing_is_thinned_out_where_all_neighbours_are_wanted() -> None:
    """Zero is for all."""
    every = {(one, other): 1 for one in range(5) for other in range(one + 1, 5)}

    assert thinned(every, cap=2, neighbours=0) == sorted(every)
