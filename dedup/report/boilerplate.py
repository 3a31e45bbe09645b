"""Boilerplate, learnt from the archive: passages shared by many documents that have little else in common.

Leads, sign-offs, handles, "read more", sponsor lines, pasted background. They do not show that one text was
copied from another, so measurements exclude them.
"""

from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.overlap import match_many
from dedup.comparison.passages import passages_of
from dedup.model import Boilerplate
from dedup.text.fold import fold

UNRELATED = 0.3
"""Jaccard below which two texts count as unrelated."""

SEVERAL = 5
"""Minimum number of mutually unrelated texts in the sample."""

NAMED = 200
"""Maximum number of passages that a report lists; the most frequent are listed."""

_MARK_BITS = 20


every_pair = cache(partial(np.triu_indices, k=1))
"""Return the rows of every pair of so many texts, left before right; not to be written to."""


class Passage(NamedTuple):
    """A passage shared by unrelated texts of a sample.

    Attributes:
        texts: Rows of those texts in the sample.
        shingles: uint64, ascending: of the passage.
        cover: Fraction of the shingles of those texts that occur in another of them, 0 to 1.
    """

    texts: list[int]
    shingles: NDArray[np.uint64]
    cover: float


class SharedPassage(NamedTuple):
    """A passage of boilerplate.

    Attributes:
        documents: Number of texts that share it.
        text: Index of one of these texts.
        shingles: uint64, ascending: of the passage.
    """

    documents: int
    text: int
    shingles: NDArray[np.uint64]


def find_boilerplate(values: NDArray[np.uint64], bounds: NDArray[np.int64]) -> Passage | None:
    """Decide from a sample whether the passage shared by a crowd of texts is boilerplate.

    It is boilerplate if several texts of the sample have little else in common. Texts that consist of the
    passage alone are not counted. Texts that fill a template are told apart by `fills_template`.

    Args:
        values: Shingle sets of the sample, one after the other, each ascending.
        bounds: Where each begins, and the end of the last.

    Returns:
        The passage, or None if the sample shows related texts.
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
    left, right = every_pair(sizes.size)
    shared = match_many(values, bounds, left=left, right=right)
    unlike = np.ones((sizes.size, sizes.size), dtype=np.bool_)
    unlike[left, right] = shared < UNRELATED * (sizes[left] + sizes[right] - shared)
    candidates = np.ones(sizes.size, dtype=np.bool_)
    chosen: list[int] = []
    for text in range(sizes.size):
        if candidates[text]:
            chosen.append(text)
            candidates &= unlike[text]
    return chosen


class LearntBoilerplate:
    """The boilerplate of an archive; immutable.

    Attributes:
        passages: The learnt passages, most widely shared first.
        shingles: uint64, ascending: the shingles of all passages.
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
        """Remove boilerplate from concatenated shingle sets.

        Args:
            values: Shingle sets.
            bounds: Where each begins, and the end of the last.

        Returns:
            The remaining shingles and their bounds, in the same layout.
        """
        dropped = self.holds(values)
        if not dropped.any():
            return values, bounds
        return values[~dropped], np.append(0, np.cumsum(~dropped))[bounds]

    def holds(self, values: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Return which shingles belong to boilerplate."""
        known: NDArray[np.bool_] = self._marks[values >> np.uint64(64 - _MARK_BITS)]
        likely = np.flatnonzero(known)
        known[likely] = np.isin(values[likely], self.shingles)
        return known


def name_passages(
    passages: Sequence[SharedPassage], texts: Iterable[str], *, letters: int
) -> tuple[Boilerplate, ...]:
    """Return the text of boilerplate passages, each as spelt in one document.

    Args:
        passages: The most frequent first.
        texts: The text to take each passage from; read only as far as needed.
        letters: Window of a shingle.
    """
    named: dict[str, Boilerplate] = {}
    known = ""
    for passage, text in zip(passages, texts, strict=False):
        for start, end in passages_of(fold(text), passage.shingles, letters=letters):
            wording = " ".join(text[start:end].split())
            if wording not in known:
                named[wording] = Boilerplate(wording, passage.documents)
                known += f"{wording}\n"
        if len(named) >= NAMED:
            break
    return tuple(named.values())[:NAMED]
