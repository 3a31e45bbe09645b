"""Step `candidates`: pairs that share keys -> the pairs worth measuring."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.report.pair.counted_pairs import CountedPairs, distinct, left_and_right

ESTIMATE_SLACK = 0.4
"""Fraction of the `partial` containment that the estimate from fingerprints must reach; with this value
benchmarks/recall.py misses no pair."""


REACHING_OUT = 8
"""Approximate length of a shingle in words: this many words at the end of a run start no shingle inside
it."""

LIFTED_LEAST = 2
"""Minimum number of fingerprints of a lifted passage."""

LIFTED_MOST = 16
"""Maximum number of texts with which a text is compared because of a lifted passage: those that share
most."""


class Candidates(NamedTuple):
    """Pairs worth measuring, each once.

    Attributes:
        left: int64, shape (n,), ascending: number of one text.
        right: int64, shape (n,): number of the other, greater than `left`; ascending for each left text.
        cut_buckets: Buckets larger than the cap.
        cut_pairs: Upper bound on the pairs of those buckets that were left out; they may occur in other
            buckets.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    cut_buckets: int
    cut_pairs: int


def promising(shared: CountedPairs, sizes: NDArray[np.integer], *, containment: float) -> CountedPairs:
    """Keep the pairs that share enough fingerprints.

    Args:
        shared: Pairs, with the number of fingerprints that each shares.
        sizes: Fingerprints of each text, by number.
        containment: Minimum containment of wanted pairs.
    """
    pairs, times = shared
    left, right = left_and_right(pairs)
    fewer = np.minimum(sizes[left], sizes[right])
    enough: NDArray[np.bool_] = times >= ESTIMATE_SLACK * containment * fewer
    return CountedPairs(pairs[enough], times[enough])


def lifted(own: CountedPairs, sure: NDArray[np.uint64], *, words: int, winnow: int) -> NDArray[np.uint64]:
    """Keep other pairs that may share a run of words, however long the rest of the texts is.

    All shingles of a run are in both texts, except those of its last words, which extend beyond it. Every
    `winnow` consecutive shingles yield a fingerprint, and at most `winnow` such windows yield the same one.

    Args:
        own: Pairs, with the number of shared fingerprints excluding boilerplate.
        sure: Pairs that are promising anyway, ascending.
        words: Length of the run; 0 for no pairs.
        winnow: One of so many consecutive shingles is kept as a fingerprint.

    Returns:
        Pairs, ascending: for each text those that share most, at least `LIFTED_MOST` where available.
    """
    if not words:
        return own.pairs[:0]
    windows = max(words - REACHING_OUT - winnow + 1, 1)
    enough = np.flatnonzero(own.times >= max(-(-windows // winnow), LIFTED_LEAST))
    enough = enough[~np.isin(own.pairs[enough], sure, assume_unique=True)]
    return strongest(CountedPairs(own.pairs[enough], own.times[enough]), neighbours=LIFTED_MOST)


def thin_out(sure: CountedPairs, *, cap: int, neighbours: int) -> NDArray[np.uint64]:
    """Drop pairs of crowded texts: texts with more than `cap` partners each.

    Buckets below the cap can still form a family of any size, in which every text is paired with hundreds of
        others, such as pages that differ in one number. Each text keeps its neighbours and the partner that
        would represent it: the first with which it shares at least half as many keys as with the nearest.

    Args:
        sure: Pairs, with the number of shared keys.
        cap: Maximum number of partners that are all kept.
        neighbours: Number of partners kept for a crowded text, those with most shared keys; 0 for all.

    Returns:
        Pairs, ascending.
    """
    if not neighbours or not sure.pairs.size:
        return sure.pairs
    left, right = left_and_right(sure.pairs)
    crowded = np.bincount(np.concatenate([left, right])) > cap
    dense = crowded[left] & crowded[right]
    if not dense.any():
        return sure.pairs
    within = CountedPairs(sure.pairs[dense], sure.times[dense])
    left, right = left[dense], right[dense]
    most = np.zeros(crowded.size, dtype=np.int64)
    for side in (left, right):
        np.maximum.at(most, side, within.times)
    alike = np.flatnonzero(2 * within.times >= most[right])
    _, first = np.unique(right[alike], return_index=True)  # pairs ascend: the one with the lowest left text
    near = strongest(within, neighbours=neighbours)
    return distinct(np.concatenate([sure.pairs[~dense], within.pairs[alike[first]], near]))


def strongest(near: CountedPairs, *, neighbours: int) -> NDArray[np.uint64]:
    """Keep for each text its most frequent neighbours: those it shares the most buckets with.

    Args:
        near: Pairs of neighbours, with the number of buckets.
        neighbours: Number kept per text; ties go to the pair that comes first. A pair stays if either text
            keeps it.

    Returns:
        Pairs, ascending, each once; at most `neighbours` times as many as there are texts.
    """
    pairs, times = near
    texts = np.concatenate(left_and_right(pairs))
    places = np.tile(np.arange(pairs.size), 2)
    order = np.lexsort((places, -times[places], texts))
    texts = texts[order]
    starts = np.flatnonzero(np.append(True, texts[1:] != texts[:-1])[: texts.size])
    rank = np.arange(texts.size) - np.repeat(starts, np.diff(np.append(starts, texts.size)))
    kept = np.zeros(pairs.size, dtype=np.bool_)
    kept[places[order[rank < neighbours]]] = True
    return pairs[kept]


def candidates(
    pairs: Iterable[NDArray[np.uint64]], *, cut_buckets: int = 0, cut_pairs: int = 0
) -> Candidates:
    """Merge the pairs of the bands and those that share enough fingerprints."""
    left, right = left_and_right(distinct(np.concatenate([np.empty(0, dtype=np.uint64), *pairs])))
    return Candidates(left, right, cut_buckets, cut_pairs)
