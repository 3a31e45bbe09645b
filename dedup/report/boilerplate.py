"""Boilerplate, learnt from the archive: passages that many documents share which have little else in common.

Leads, sign-offs, handles, "read more", sponsor lines, pasted background. They are no sign that one text
comes from another, so they are left out of what is measured.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.overlap import match_many
from dedup.comparison.passages import passages_of
from dedup.model import Boilerplate
from dedup.text.fold import fold

UNRELATED = 0.3
"""Jaccard below which two texts have little to do with each other."""

SEVERAL = 5
"""Texts of the sample that must have little to do with one another."""

NAMED = 200
"""Passages that a report names, the most frequent ones."""

_MARK_BITS = 20


class Passage(NamedTuple):
    """What unrelated texts of a sample share.

    Attributes:
        texts: Rows of those texts in the sample.
        shingles: uint64, ascending: of the passage.
        cover: Share of the shingles of those texts that another of them has too, 0 to 1.
    """

    texts: list[int]
    shingles: NDArray[np.uint64]
    cover: float


class SharedPassage(NamedTuple):
    """A passage of boilerplate.

    Attributes:
        documents: Texts that share it.
        text: Number of one of them.
        shingles: uint64, ascending: of the passage.
    """

    documents: int
    text: int
    shingles: NDArray[np.uint64]


def find_boilerplate(values: NDArray[np.uint64], bounds: NDArray[np.int64]) -> Passage | None:
    """Decide from a sample whether what all texts of a crowd share is boilerplate.

    It is where several texts of the sample have little else in common. Texts that are nothing but the passage
    say nothing about it. See `fills_template` for texts that it could be the wording of.

    Args:
        values: Shingle sets of the sample, one after the other, each ascending.
        bounds: Where each begins, and the end of the last.

    Returns:
        The passage, or None: the texts are related, as far as the sample tells.
    """
    unrelated = _unrelated(values, bounds)
    if len(unrelated) < SEVERAL:
        return None
    together = np.concatenate([values[bounds[text] : bounds[text + 1]] for text in unrelated])
    shingles, times = np.unique(together, return_counts=True)
    cover = float(times[times > 1].sum() / together.size)
    return Passage(unrelated, shingles[times == len(unrelated)], cover)


def _unrelated(values: NDArray[np.uint64], bounds: NDArray[np.int64]) -> list[int]:
    """Choose texts that have little to do with each other: each that is unlike all chosen before it."""
    sizes = np.diff(bounds)
    left = np.arange(sizes.size)
    chosen: list[int] = []
    while left.size:
        text, others = left[0], left[1:]
        shared = match_many(values, bounds, left=np.full(others.size, text), right=others)
        chosen.append(int(text))
        left = others[shared < UNRELATED * (sizes[text] + sizes[others] - shared)]
    return chosen


class LearntBoilerplate:
    """The boilerplate of an archive; a value that does not change.

    Attributes:
        passages: What was learnt, the passage that most texts share first.
        shingles: uint64, ascending: those of all passages.
    """

    def __init__(self, passages: Iterable[SharedPassage] = ()) -> None:
        self.passages = sorted(passages, key=lambda passage: (-passage.documents, passage.text))
        every = [np.empty(0, dtype=np.uint64), *(passage.shingles for passage in self.passages)]
        self.shingles = np.unique(np.concatenate(every))
        self._marks = np.zeros(1 << _MARK_BITS, dtype=np.bool_)
        self._marks[self.shingles >> np.uint64(64 - _MARK_BITS)] = True

    def without(
        self, values: NDArray[np.uint64], bounds: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Leave boilerplate out of shingle sets that stand one after the other.

        Args:
            values: Shingle sets.
            bounds: Where each begins, and the end of the last.

        Returns:
            The same for what is left of each set.
        """
        dropped = self.holds(values)
        if not dropped.any():
            return values, bounds
        return values[~dropped], np.append(0, np.cumsum(~dropped))[bounds]

    def holds(self, values: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Tell which shingles are of boilerplate."""
        held: NDArray[np.bool_] = self._marks[values >> np.uint64(64 - _MARK_BITS)]
        likely = np.flatnonzero(held)
        held[likely] = np.isin(values[likely], self.shingles)
        return held


def name_passages(
    passages: Sequence[SharedPassage], texts: Iterable[str], *, letters: int
) -> tuple[Boilerplate, ...]:
    """Name passages of boilerplate, each as one document spells it.

    Args:
        passages: The most frequent first.
        texts: The text that each passage is taken from; no more are read than are needed.
        letters: Window of a shingle.
    """
    named: dict[str, Boilerplate] = {}
    for passage, text in zip(passages, texts, strict=False):
        for start, end in passages_of(fold(text), passage.shingles, letters=letters):
            wording = " ".join(text[start:end].split())
            if not any(wording in other for other in named):
                named[wording] = Boilerplate(wording, passage.documents)
        if len(named) >= NAMED:
            break
    return tuple(named.values())[:NAMED]
