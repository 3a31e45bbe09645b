"""Pairs of texts as columns, with the number of occurrences of each."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TEXT_BITS = np.uint64(32)
"""A pair is one integer: its left text in the upper half, its right text in the lower half."""

PENDING = 1 << 20
"""Approximate number of rows buffered before they are summed: 16 MB, and three times that while summing."""


class CountedPairs(NamedTuple):
    """Pairs of texts.

    Attributes:
        pairs: uint64: left << 32 | right, left below right; ascending, each once.
        times: int64: number of occurrences of each.
    """

    pairs: NDArray[np.uint64]
    times: NDArray[np.int64]


def packed_pairs(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Pack each pair into one integer; they sort by left, then right."""
    return left.astype(np.uint64) << TEXT_BITS | right.astype(np.uint64)


def left_and_right(pairs: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Undo `packed_pairs`."""
    return (pairs >> TEXT_BITS).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)


def distinct(pairs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Sort pairs and drop repeated ones; sorts in place, unlike `np.unique`."""
    pairs.sort()
    new: NDArray[np.bool_] = np.append(True, pairs[1:] != pairs[:-1])[: pairs.size]
    return pairs[new]


def count(parts: Sequence[NDArray[np.uint64]]) -> CountedPairs:
    """Count how often each pair occurs."""
    return CountedPairs(
        *np.unique(np.concatenate([np.empty(0, dtype=np.uint64), *parts]), return_counts=True)
    )


class PairCounter:
    """Sums the occurrences of each pair over several parts; few parts are in memory at a time."""

    def __init__(self) -> None:
        self._total = count([])
        self._waiting: list[CountedPairs] = []
        self._rows = 0

    def add(self, part: CountedPairs) -> None:
        """Add one part."""
        self._waiting.append(part)
        self._rows += part.pairs.size
        if self._rows > max(PENDING, self._total.pairs.size):
            self.total()

    def total(self) -> CountedPairs:
        """Return the sums of all parts so far."""
        if self._waiting:
            self._total = _sum([self._total, *self._waiting])
            self._waiting, self._rows = [], 0
        return self._total


def _sum(parts: Sequence[CountedPairs]) -> CountedPairs:
    pairs = np.concatenate([part.pairs for part in parts])
    times = np.concatenate([part.times for part in parts])
    order = np.argsort(pairs, kind="stable")
    pairs, times = pairs[order], times[order]
    starts = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1])[: pairs.size])
    return CountedPairs(pairs[starts], np.add.reduceat(times, starts) if starts.size else times)
