"""Judged pairs made by hand; no tests in here."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from dedup.comparison.contexts import Contexts
from dedup.comparison.judge_pairs import JudgedPairs
from dedup.comparison.pair_columns import Overlaps
from dedup.core.alignment import AlignmentCount as Count
from dedup.model import ExchangedFact, Verdict
from dedup.model.rows import VERDICTS
from tests.aligned_samples import alignments

FOUR_WORDS = {
    Count.WHOLE_WORDS: (4, 4),
    Count.WORDS: (4, 4),
    Count.KEPT: 2,
    Count.NEW: (1, 2),
    Count.FRESH: (1, 2),
}
"""Two texts of four words."""


class Sample(NamedTuple):
    """Two texts of three shingles and four words each, of which one is new on the left, two on the right."""

    left: int
    right: int
    shared: int = 1
    verdict: Verdict = Verdict.NEAR_DUPLICATE
    confidence: float = 1.0
    drops: bool = True
    changed: tuple[ExchangedFact, ...] = ()


def judged_pairs(samples: Iterable[Sample] = ()) -> JudgedPairs:
    """Write samples in columns; nothing is known of when and where the texts appeared."""
    pairs = list(samples)
    size = len(pairs)
    threes = np.full(size, 3)
    return JudgedPairs(
        left=np.array([pair.left for pair in pairs], dtype=np.int64),
        right=np.array([pair.right for pair in pairs], dtype=np.int64),
        verdicts=np.array([VERDICTS.index(pair.verdict) for pair in pairs], dtype=np.uint8),
        overlaps=Overlaps(np.array([pair.shared for pair in pairs], dtype=np.int64), threes, threes),
        alignments=alignments(
            *({**FOUR_WORDS, Count.EXCHANGED: len(pair.changed)} for pair in pairs),
            examples=[pair.changed for pair in pairs],
        ),
        contexts=Contexts.unknown(size),
        confidence=np.array([pair.confidence for pair in pairs], dtype=np.float32),
        drops=np.array([pair.verdict.joins and pair.drops for pair in pairs], dtype=np.bool_),
    )
