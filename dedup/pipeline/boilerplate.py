"""Boilerplate, learnt from the archive: passages that stand in many documents which share little else.

Leads, sign-offs, handles, "read more", sponsor lines, pasted background. They are no sign that one text
comes from another, so they are left out of what the match measures.
"""

import numpy as np
from numpy.typing import NDArray

from dedup.pipeline.archive import Archive
from dedup.records import Boilerplate
from dedup.stages.evidence import passages_of
from dedup.stages.fold import fold
from dedup.stages.match import match_many

SAMPLE = 8
"""Documents of a crowd that are looked at."""

UNRELATED = 0.3
"""Median Jaccard of a crowd below which its documents have little to do with each other."""

NAMED = 200
"""Passages that a report names, the most frequent ones."""

_MARK_BITS = 20


class Learner:
    """Learns what says nothing about where a text comes from, and leaves it out."""

    def __init__(self, archive: Archive, first: NDArray[np.int64]) -> None:
        self._archive = archive
        self._first = first
        self._answers: dict[bytes, bool] = {}
        self._found: list[tuple[int, int, NDArray[np.uint64]]] = []
        self._shingles: set[int] = set()
        self._marks = np.zeros(1 << _MARK_BITS, dtype=np.bool_)

    def learn(self, crowd: NDArray[np.int64]) -> bool:
        """Tell whether the passage that all texts of a crowd share is boilerplate, and remember it.

        Args:
            crowd: Numbers of the texts, ascending.
        """
        sample = crowd[np.linspace(0, crowd.size - 1, SAMPLE).astype(np.int64)]
        key = sample.tobytes()
        if key not in self._answers:
            self._answers[key] = self._learn(sample, crowd.size)
        return self._answers[key]

    def _learn(self, sample: NDArray[np.int64], size: int) -> bool:
        rows = self._first[sample].tolist()
        values, bounds = self._archive.shingles(rows)
        left, right = (side.astype(np.int64) for side in np.triu_indices(SAMPLE, 1))
        shared = match_many(values, bounds, left=left, right=right)
        sizes = np.diff(bounds)
        if np.median(shared / (sizes[left] + sizes[right] - shared)) >= UNRELATED:
            return False
        shingles, times = np.unique(values, return_counts=True)
        common = shingles[times > SAMPLE // 2]
        self._marks[common >> np.uint64(64 - _MARK_BITS)] = True
        self._shingles.update(common.tolist())
        self._found.append((size, rows[0], common))
        return True

    def shingles(self, texts: NDArray[np.int64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Load the shingles of some texts without boilerplate, and where those of each begin."""
        values, bounds = self._archive.shingles(self._first[texts].tolist())
        maybe = np.flatnonzero(self._marks[values >> np.uint64(64 - _MARK_BITS)])
        gone = maybe[[value in self._shingles for value in values[maybe].tolist()]]
        if not gone.size:
            return values, bounds
        keep = np.ones(values.size, dtype=np.bool_)
        keep[gone] = False
        return values[keep], np.append(0, np.cumsum(keep))[bounds]

    def boilerplate(self, *, letters: int) -> tuple[Boilerplate, ...]:
        """Name the passages that were found, the most frequent first, each as one document spells it.

        Args:
            letters: Window of a shingle.
        """
        named: dict[str, Boilerplate] = {}
        for size, row, shingles in sorted(self._found, key=lambda found: (-found[0], found[1])):
            if len(named) == NAMED:
                break
            text = self._archive.text(row)
            for start, end in passages_of(fold(text), shingles, letters=letters):
                passage = " ".join(text[start:end].split())
                if not any(passage in other for other in named):
                    named[passage] = Boilerplate(passage, size)
        return tuple(named.values())[:NAMED]
