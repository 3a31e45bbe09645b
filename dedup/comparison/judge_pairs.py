"""The step `judge`: pairs of texts -> the measures and the verdict of each, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.decide_pairs import (
    JOINING,
    NONE,
    OPEN,
    Codes,
    verdicts_from_alignments,
    verdicts_from_counts,
)
from dedup.comparison.pair_columns import (
    Alignments,
    Differences,
    Overlaps,
    alignments,
    differences,
    joined_alignments,
    joined_differences,
    joined_overlaps,
)
from dedup.core import Texts, WordColumn
from dedup.model import Alignment, Verdict
from dedup.model.recipe import Recipe
from dedup.model.rows import VERDICTS

type Numbers = NDArray[np.int64]

NOT_ALIGNED = -1


@dataclass(frozen=True, slots=True, eq=False)
class JudgedPairs:
    """Pairs of texts with a verdict, a row each.

    Attributes:
        left: int64: number of the text that would represent the other.
        right: int64: number of the other.
        verdicts: uint8: places in `VERDICTS`.
        overlaps: Of their shingle sets.
        differences: What one of them lacks.
        aligned: int64: the row of `alignments` that the verdict was read from, `NOT_ALIGNED` where counts
            sufficed.
        alignments: Of the pairs that were aligned.
        confidence: float32: how likely the verdict is right, 0 to 1.
        drops: Whether one of the two can be dropped for the other without losing a news fact; True only where
            the verdict joins.
    """

    left: Numbers
    right: Numbers
    verdicts: Codes
    overlaps: Overlaps
    differences: Differences
    aligned: Numbers
    alignments: Alignments
    confidence: NDArray[np.float32]
    drops: NDArray[np.bool_]

    def __len__(self) -> int:
        return self.left.size

    @property
    def joins(self) -> NDArray[np.bool_]:
        """Whether the verdict of each pair joins."""
        joins: NDArray[np.bool_] = JOINING[self.verdicts]
        return joins

    def verdict(self, row: int) -> Verdict:
        """Give the verdict of one pair."""
        return VERDICTS[int(self.verdicts[row])]

    def alignment(self, row: int) -> Alignment | None:
        """Make the alignment of one pair; None where counts sufficed."""
        place = int(self.aligned[row])
        return None if place == NOT_ALIGNED else self.alignments.record(place)

    def where(self, wanted: NDArray[np.bool_]) -> "JudgedPairs":
        """Give the rows that are wanted; the alignments stay as they are."""
        return replace(
            self,
            left=self.left[wanted],
            right=self.right[wanted],
            verdicts=self.verdicts[wanted],
            overlaps=self.overlaps.where(wanted),
            differences=self.differences.where(wanted),
            aligned=self.aligned[wanted],
            confidence=self.confidence[wanted],
            drops=self.drops[wanted],
        )


def judge_pairs(
    texts: Texts, left: Numbers, right: Numbers, *, overlaps: Overlaps, recipe: Recipe
) -> JudgedPairs:
    """Judge pairs of texts that are not equal; those without a verdict are left out.

    Args:
        texts: As they were written, or folded.
        left: Which of the texts is the left one of each pair.
        right: Which is the right one.
        overlaps: Of their shingle sets.
        recipe: Its `threshold`, `containment` and `partial` are the bounds.
    """
    words = WordColumn(texts)
    differing = differences(words, left=left, right=right)
    codes = verdicts_from_counts(overlaps, differing, recipe)
    undecided = codes == OPEN
    aligned = alignments(words, left=left[undecided], right=right[undecided])
    codes[undecided] = verdicts_from_alignments(overlaps.where(undecided), aligned, recipe)
    places = np.full(codes.size, NOT_ALIGNED, dtype=np.int64)
    places[undecided] = np.arange(len(aligned.counts))
    confidence = np.ones(codes.size, dtype=np.float32)
    drops = np.isin(codes, np.flatnonzero(JOINING))
    judged = JudgedPairs(left, right, codes, overlaps, differing, places, aligned, confidence, drops)
    return judged if (codes != NONE).all() else judged.where(codes != NONE)


def joined(parts: Sequence[JudgedPairs]) -> JudgedPairs:
    """Put judged pairs one after the other."""
    nothing = np.empty(0, dtype=np.int64)
    starts = np.cumsum([0, *(len(part.alignments.counts) for part in parts)])
    aligned = (
        np.where(part.aligned == NOT_ALIGNED, NOT_ALIGNED, part.aligned + start)
        for part, start in zip(parts, starts.tolist(), strict=False)
    )
    return JudgedPairs(
        np.concatenate([nothing, *(part.left for part in parts)]),
        np.concatenate([nothing, *(part.right for part in parts)]),
        np.concatenate([np.empty(0, dtype=np.uint8), *(part.verdicts for part in parts)]),
        joined_overlaps([part.overlaps for part in parts]),
        joined_differences([part.differences for part in parts]),
        np.concatenate([nothing, *aligned]),
        joined_alignments([part.alignments for part in parts]),
        np.concatenate([np.empty(0, dtype=np.float32), *(part.confidence for part in parts)]),
        np.concatenate([np.empty(0, dtype=np.bool_), *(part.drops for part in parts)]),
    )
