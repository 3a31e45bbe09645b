"""Step `candidates`: pairs that share keys -> the pairs that are worth measuring."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.report.pair.counted_pairs import CountedPairs, distinct, left_and_right

ESTIMATE_SLACK = 0.4
"""Share of the `partial` containment that the estimate from fingerprints must reach; with it
benchmarks/recall.py misses no pair."""


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


def promising(shared: CountedPairs, sizes: NDArray[np.integer], *, containment: float) -> NDArray[np.uint64]:
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
    return pairs[enough]


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
