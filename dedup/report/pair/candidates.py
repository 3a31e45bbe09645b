"""Sketches -> candidates."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedup.report.pair.buckets import added_up, distinct, paired, paired_crowd
from dedup.report.pair.sketch_store import Runs, Sketches
from dedup.report.spill import MemoryBudget

ESTIMATE_SLACK = 0.4
"""Share of the `partial` containment that the estimate from fingerprints must reach; with it
benchmarks/recall.py misses no pair."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth measuring, each once.

    Attributes:
        left: int64, shape (n,), ascending: one text.
        right: int64, shape (n,): the other, above `left`.
        cut_buckets: Buckets larger than the cap.
        cut_pairs: Pairs of those buckets that were not taken from them, at most; others may hold them.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    cut_buckets: int
    cut_pairs: int


class MemoryIndex:
    """The sketches of documents, in the order of arrival."""

    def __init__(self, memory: MemoryBudget | None = None) -> None:
        """Begin empty; `memory` is what may stay in memory, None for a budget of its own."""
        self._runs = Runs(memory)

    def add(self, sketches: Sketches) -> None:
        """Take over the sketches of a batch.

        Raises:
            WritingError: There is no room.
        """
        self._runs.add(sketches)

    def candidates(
        self,
        rows: NDArray[np.int64],
        *,
        cap: int,
        containment: float,
        workers: int = 1,
        many: int = 0,
        boilerplate: Callable[[NDArray[np.int64]], bool] = bool,
    ) -> Candidates:
        """Pair the documents that share a band or enough fingerprints.

        Args:
            rows: The documents to pair, by their order of arrival; one that would represent another
                stands before it. A pair names places in this array.
            cap: Documents in a bucket that are all paired with each other. Those of a larger one meet
                its first; those of a larger band also their next cap / 2 in the order of signatures.
            containment: Containment from which a pair is wanted.
            workers: Threads.
            many: Documents from which a crowd that shares a fingerprint is asked about; 0 for never.
            boilerplate: Tells of such a crowd whether what it shares says nothing; then it is not paired.
        """
        if not rows.size:
            nothing = np.empty(0, dtype=np.int64)
            return Candidates(nothing, nothing, 0, 0)
        texts = self._runs.texts(rows)
        with ThreadPoolExecutor(workers) as pool:
            banded = list(
                pool.map(lambda band: paired(texts.band(band), texts, cap, reach=cap // 2), texts.bands)
            )
            printed = list(
                pool.map(lambda part: paired(texts.part(part), texts, cap, many=many), texts.parts)
            )
        printed += [
            paired_crowd(crowd, texts, cap)
            for part in tuple(printed)
            for crowd in part.crowds
            if not boilerplate(crowd)
        ]
        found, shared = added_up([part.pairs for part in printed], [part.times for part in printed])
        sizes = texts.sizes()
        fewer = np.minimum(sizes[found // rows.size], sizes[found % rows.size])
        likely = found[shared >= ESTIMATE_SLACK * containment * fewer]
        every = distinct(np.concatenate([likely, *(band.pairs for band in banded)]))
        every_part = (*banded, *printed)
        return Candidates(
            left=every // rows.size,
            right=every % rows.size,
            cut_buckets=sum(part.cut_buckets for part in every_part),
            cut_pairs=min(
                sum(part.cut_pairs for part in every_part), rows.size * (rows.size - 1) // 2 - every.size
            ),
        )
