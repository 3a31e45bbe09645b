"""Step `candidates`: pairs that share keys -> the pairs that are worth measuring."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.report.pair.buckets import distinct, left_and_right

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


def add_counts(
    pairs: Iterable[NDArray[np.uint64]], times: Iterable[NDArray[np.int64]]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Add up how often each pair occurs in several ranges of fingerprints.

    Returns:
        Pairs, ascending, each once, and the sums.
    """
    every = np.concatenate([np.empty(0, dtype=np.uint64), *pairs])
    counted = np.concatenate([np.empty(0, dtype=np.int64), *times])
    order = np.argsort(every, kind="stable")
    every, counted = every[order], counted[order]
    starts = np.flatnonzero(np.append(True, every[1:] != every[:-1])[: every.size])
    return every[starts], np.add.reduceat(counted, starts) if starts.size else counted


def promising(
    pairs: NDArray[np.uint64],
    times: NDArray[np.int64],
    sizes: NDArray[np.integer],
    *,
    containment: float,
) -> NDArray[np.uint64]:
    """Keep the pairs that share enough fingerprints.

    Args:
        pairs: As `pair` gives them.
        times: Fingerprints that each pair shares.
        sizes: Fingerprints of each text, by number.
        containment: Containment from which a pair is wanted.
    """
    left, right = left_and_right(pairs)
    fewer = np.minimum(sizes[left], sizes[right])
    enough: NDArray[np.bool_] = times >= ESTIMATE_SLACK * containment * fewer
    return pairs[enough]


def strongest(near: NDArray[np.uint64], *, neighbours: int) -> NDArray[np.uint64]:
    """Keep for each text the neighbours that it meets most often: in the most buckets.

    Args:
        near: Pairs of neighbours, once for each bucket.
        neighbours: How many a text keeps, of equals the pairs that come first; a pair stays if either of its
            texts keeps it.

    Returns:
        Pairs, ascending, each once; at most `neighbours` times as many as there are texts.
    """
    pairs, times = np.unique(near, return_counts=True)
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
    """Bring together the pairs of all bands and those that share enough fingerprints."""
    left, right = left_and_right(distinct(np.concatenate([np.empty(0, dtype=np.uint64), *pairs])))
    return Candidates(left, right, cut_buckets, cut_pairs)
