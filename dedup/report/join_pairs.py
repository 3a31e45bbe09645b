"""Judged pairs -> the pairs that join a cluster, and which text of each contains the other."""

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.decide_pairs import CONTAINED
from dedup.comparison.judge_pairs import JudgedPairs
from dedup.comparison.rules import KEPT_WHOLE
from dedup.report.cluster import NOBODY, Joins

CLEARLY_SHORTER = 0.8
"""Length ratio up to which a near-duplicate that another text contains whole may be one of several parts."""


def join_pairs(judged: JudgedPairs, *, old: NDArray[np.bool_]) -> Joins:
    """Choose the pairs whose verdict joins.

    Args:
        judged: Pairs with a verdict.
        old: By text: whether it is of the reference. Two old texts are not joined: each represents its own
            copies. An old text is older than what it contains: that is an excerpt, so it is no container.
    """
    joining = judged.where(judged.joins & ~(old[judged.left] & old[judged.right]))
    overlaps = joining.overlaps
    whole = (overlaps.containment >= KEPT_WHOLE) & (overlaps.length_ratio <= CLEARLY_SHORTER)
    containers = np.where(overlaps.left >= overlaps.right, joining.left, joining.right)
    containers[~((joining.verdicts == CONTAINED) | whole) | old[containers]] = NOBODY
    return Joins(joining.left, joining.right, containers)
