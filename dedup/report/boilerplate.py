"""Boilerplate, learnt from the archive: passages that stand in many documents which share little else.

Leads, sign-offs, handles, "read more", sponsor lines, pasted background. They are no sign that one text
comes from another, so they are left out of what the match measures.
"""

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.overlap import match_many
from dedup.comparison.passages import passages_of
from dedup.model import Boilerplate
from dedup.report.archive import Archive
from dedup.text.fold import fold

SAMPLE = 16
"""Texts of a crowd that are looked at."""

UNRELATED = 0.3
"""Jaccard below which two texts have little to do with each other."""

SEVERAL = 5
"""Texts of the sample that must have little to do with one another."""

STORY = 40
"""Shingles from which a passage that is nearly the whole of a text is a story, which others hold."""

NEARLY_WHOLE = 0.8

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
        sample = crowd[np.unique(np.linspace(0, crowd.size - 1, SAMPLE).astype(np.int64))]
        key = sample.tobytes()
        if key not in self._answers:
            self._answers[key] = self._learn(sample, crowd)
        return self._answers[key]

    def _learn(self, sample: NDArray[np.int64], crowd: NDArray[np.int64]) -> bool:
        values, bounds = self._archive.shingles(self._first[sample].tolist())
        kept = _unrelated(values, bounds)
        if len(kept) < SEVERAL:
            return False
        held = np.concatenate([values[bounds[text] : bounds[text + 1]] for text in kept])
        shingles, times = np.unique(held, return_counts=True)
        common = shingles[times == len(kept)]
        sizes = self._archive.sizes[self._first[crowd]]
        if common.size >= STORY and (common.size >= NEARLY_WHOLE * sizes).any():
            return False
        self._marks[common >> np.uint64(64 - _MARK_BITS)] = True
        self._shingles.update(common.tolist())
        self._found.append((crowd.size, int(sample[kept[0]]), common))
        return True

    def shingles(self, texts: NDArray[np.int64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Load the shingles of some texts without boilerplate, and where those of each begin."""
        return self.telling(*self._archive.shingles(self._first[texts].tolist()))

    def telling(
        self, values: NDArray[np.uint64], bounds: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Leave boilerplate out of some shingle sets that stand one after the other."""
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
        for size, number, shingles in sorted(self._found, key=lambda found: (-found[0], found[1])):
            if len(named) == NAMED:
                break
            text = self._archive.text(int(self._first[number]))
            for start, end in passages_of(fold(text), shingles, letters=letters):
                passage = " ".join(text[start:end].split())
                if not any(passage in other for other in named):
                    named[passage] = Boilerplate(passage, size)
        return tuple(named.values())[:NAMED]


def _unrelated(values: NDArray[np.uint64], bounds: NDArray[np.int64]) -> list[int]:
    """Choose texts that have little to do with each other: each that is unlike all chosen before it."""
    sizes = np.diff(bounds)
    one, other = np.triu_indices(sizes.size, 1)
    shared = match_many(values, bounds, left=one, right=other)
    alike = np.zeros((sizes.size, sizes.size), dtype=np.bool_)
    alike[other, one] = shared >= UNRELATED * (sizes[one] + sizes[other] - shared)
    kept: list[int] = []
    for text in range(sizes.size):
        if not alike[text, kept].any():
            kept.append(text)
    return kept
