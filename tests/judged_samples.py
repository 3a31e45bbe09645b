"""Judged pairs made by hand; no tests in here."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from dedup.comparison.judge_pairs import NOT_ALIGNED, JudgedPairs
from dedup.comparison.pair_columns import Differences, Overlaps, joined_alignments
from dedup.model import Verdict
from dedup.model.rows import VERDICTS


class Sample(NamedTuple):
    """Two texts of three shingles each; a quarter of the words are new on the left, half on the right."""

    left: int
    right: int
    shared: int = 1
    verdict: Verdict = Verdict.NEAR_DUPLICATE
    confidence: float = 1.0
    drops: bool = True


def judged_pairs(samples: Iterable[Sample] = ()) -> JudgedPairs:
    """Write samples in columns; none was aligned."""
    pairs = list(samples)
    size = len(pairs)
    threes = np.full(size, 3)
    return JudgedPairs(
        left=np.array([pair.left for pair in pairs], dtype=np.int64),
        right=np.array([pair.right for pair in pairs], dtype=np.int64),
        verdicts=np.array([VERDICTS.index(pair.verdict) for pair in pairs], dtype=np.uint8),
        overlaps=Overlaps(np.array([pair.shared for pair in pairs], dtype=np.int64), threes, threes),
        differences=Differences(np.tile([1, 2, 4, 4, 0], (size, 1)), [()] * size, [()] * size),
        aligned=np.full(size, NOT_ALIGNED),
        alignments=joined_alignments([]),
        confidence=np.array([pair.confidence for pair in pairs], dtype=np.float32),
        drops=np.array([pair.verdict.joins and pair.drops for pair in pairs], dtype=np.bool_),
    )
