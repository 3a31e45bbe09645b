"""Judged pairs -> the pairs that join a cluster, and which text of each contains the other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.rules import KEPT_WHOLE
from dedup.model import Verdict
from dedup.report.cluster import NOBODY, Joins
from dedup.report.judge_candidates import Judged

CLEARLY_SHORTER = 0.8
"""Length ratio up to which a near-duplicate that another text contains whole may be one of several parts."""


def join_pairs(judged: Sequence[Judged], *, old: NDArray[np.bool_]) -> Joins:
    """Choose the pairs whose verdict joins.

    Args:
        judged: Pairs with a verdict.
        old: By text: whether it is of the reference. Two old texts are not joined: each represents its own
            copies. An old text is older than what it contains: that is an excerpt, so it is no container.
    """
    joining = [pair for pair in judged if pair.verdict.joins and not (old[pair.left] and old[pair.right])]
    containers = [_container(pair) for pair in joining]
    return Joins(
        np.array([pair.left for pair in joining], dtype=np.int64),
        np.array([pair.right for pair in joining], dtype=np.int64),
        np.array([NOBODY if text == NOBODY or old[text] else text for text in containers], dtype=np.int64),
    )


def _container(pair: Judged) -> int:
    """Give the text that is clearly longer, if it contains the other whole, or `NOBODY`."""
    whole = pair.overlap.containment >= KEPT_WHOLE and pair.overlap.length_ratio <= CLEARLY_SHORTER
    if pair.verdict is not Verdict.CONTAINED and not whole:
        return NOBODY
    return pair.left if pair.overlap.left >= pair.overlap.right else pair.right
