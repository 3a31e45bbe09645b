"""Step `candidates`: pairs that share keys -> the pairs that are worth measuring."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.report.pair.counted_pairs import CountedPairs, distinct, left_and_right

ESTIMATE_SLACK = 0.4
"""Share of the `partial` containment that the estimate from fingerprints must reach; with it
benchmarks/recall.py misses no pair."""


REACHING_OUT = 8
"""Words that a shingle reaches over, about: as many of a run have no shingle inside it."""

LIFTED_LEAST = 2
"""Fingerprints that a lifted passage leaves, at least."""

LIFTED_MOST = 16
"""Texts that one text is compared with because of a lifted passage: those that share most with it."""


class Candidates(NamedTuple):
    """Pairs worth measuring, each once.

    Attributes:
        left: int64, shape (n,), ascending: number of one text.
        right: int64, shape (n,): number of the other, above `left`; ascending for one left text.
        cut_buckets: Buckets larger than the cap.
        cut_pairs: Pairs of those buckets that were left out of them, at most; other buckets may hold them.
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
        containment: Containment from which a pair is wanted.
    """
    pairs, times = shared
    left, right = left_and_right(pairs)
    fewer = np.minimum(sizes[left], sizes[right])
    enough: NDArray[np.bool_] = times >= ESTIMATE_SLACK * containment * fewer
    return CountedPairs(pairs[enough], times[enough])


def lifted(own: CountedPairs, sure: NDArray[np.uint64], *, words: int, winnow: int) -> NDArray[np.uint64]:
    """Keep the other pairs that may share a run of words, however long the rest of both is.

    All shingles of a run stand in both texts, but for those of its last words, which reach out of it. Every
    `winnow` consecutive ones leave a fingerprint, and the same one for `winnow` such windows at most.

    Args:
        own: Pairs, with the number of fingerprints besides boilerplate that each shares.
        sure: Pairs that are promising anyway, ascending.
        words: Of the run; 0 for no pairs.
        winnow: Shingles of which one is kept as a fingerprint.

    Returns:
        Pairs, ascending: of each text those that share most, `LIFTED_MOST` at least where there are so many.
    """
    if not words:
        return own.pairs[:0]
    windows = max(words - REACHING_OUT - winnow + 1, 1)
    enough = np.flatnonzero(own.times >= max(-(-windows // winnow), LIFTED_LEAST))
    enough = enough[~np.isin(own.pairs[enough], sure, assume_unique=True)]
    return strongest(CountedPairs(own.pairs[enough], own.times[enough]), neighbours=LIFTED_MOST)


def thin_out(sure: CountedPairs, *, cap: int, neighbours: int) -> NDArray[np.uint64]:
    """Leave pairs of crowded texts out: of texts that have more than `cap` partners each.

    Buckets below the cap can still make a family of any size, in which everyone meets hundreds of others:
    pages that differ in one number. Each keeps its neighbours, and the partner that would represent it: the
    first of those that it shares half as many keys with as with the nearest.

    Args:
        sure: Pairs, with the number of keys that each shares.
        cap: Partners of a text that are all kept.
        neighbours: Partners of a crowded text that are kept, those it shares most keys with; 0 for all.

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
    _, first = np.unique(right[alike], return_index=True)  # pairs ascend: that with the lowest left text
    near = strongest(within, neighbours=neighbours)
    return distinct(np.concatenate([sure.pairs[~dense], within.pairs[alike[first]], near]))


def strongest(near: CountedPairs, *, neighbours: int) -> NDArray[np.uint64]:
    """Keep for each text the neighbours that it meets most often: in the most buckets.

    Args:
        near: Pairs of neighbours, with the number of buckets.
        neighbours: How many a text keeps, of equals the pairs that come first; a pair stays if either of its
            texts keeps it.

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
    """Bring together the pairs of the bands and those that share enough fingerprints."""
    left, right = left_and_right(distinct(np.concatenate([np.empty(0, dtype=np.uint64), *pairs])))
    return Candidates(left, right, cut_buckets, cut_pairs)
