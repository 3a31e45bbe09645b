"""Judged pairs -> the pairs with a joining verdict, and which text of each contains the other."""

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.judge_pairs import JudgedPairs
from dedup.comparison.overlap import KEPT_WHOLE
from dedup.comparison.verdict_model import spares
from dedup.model.rows import CONTAINED
from dedup.report.join_graph import NOBODY, Joins
from dedup.report.scope import Scope
from dedup.report.text_groups import TextGroups

CLEARLY_SHORTER = 0.8
"""Length ratio up to which a near-duplicate that is contained in another text may be one of its several
parts."""


def join_pairs(judged: JudgedPairs, groups: TextGroups, *, scope: Scope, old: NDArray[np.bool_]) -> Joins:
    """Choose the pairs of text groups that are compared and join, including groups of the same text.

    Args:
        judged: Pairs of texts with a verdict.
        groups: Groups of their documents.
        scope: Which documents are compared. Two reference documents are not: each represents its own copies.
        old: By group: whether it is in the reference. A reference text is older than any text that it
            contains, which is therefore an excerpt, so it is not a container.
    """
    joining = np.flatnonzero(judged.joins)  # of a few columns: the words of all pairs are large
    left, right, rows = groups.of_pairs(judged.left[joining], judged.right[joining])
    overlaps = judged.overlaps.where(joining)
    whole = (overlaps.containment >= KEPT_WHOLE) & (overlaps.length_ratio <= CLEARLY_SHORTER)
    containing = ((judged.verdicts[joining] == CONTAINED) | whole)[rows]
    containers = np.where((overlaps.left >= overlaps.right)[rows], left, right)
    containers[~containing | old[containers]] = NOBODY
    one, other = groups.within_texts()
    same = np.ones(one.size)
    joins = Joins(
        np.concatenate([left, one]),
        np.concatenate([right, other]),
        np.concatenate([containers, np.full(one.size, NOBODY)]),
        np.concatenate([overlaps.jaccard[rows], same]),
        np.concatenate([overlaps.containment[rows], same]),
        np.concatenate([judged.drops[joining][rows], same.astype(np.bool_)]),
        np.concatenate([spares(judged.alignments, judged.contexts)[joining, 0][rows], same.astype(np.bool_)]),
    )
    first = groups.documents.first
    return joins.where(scope.compares_pairs(first[joins.left], first[joins.right]))
