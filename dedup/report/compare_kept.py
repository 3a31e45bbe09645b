"""Cluster, and compare again what is kept of the clusters.

Where many texts share a key, each is paired with some of the others. When their copies are dropped, fewer
texts share it, and a run on what is kept would pair more of them, and might drop more. So those pairs are
compared too, until nothing else is a copy, at most `ROUNDS` times. Where up to `SMALL_FAMILY` texts are in
question all of them are compared, and nothing else is a copy after that.
"""

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.judge_pairs import JudgedPairs, joined_in_order
from dedup.report.cluster import Stars
from dedup.report.pair import Candidates
from dedup.report.pair.counted_pairs import distinct, left_and_right, packed_pairs
from dedup.report.pair.find_candidates import SMALL_FAMILY
from dedup.report.text_groups import TextGroups

ROUNDS = 5
"""Most times that what is kept is compared again. Of prefixes of one text each round drops as many as the one
before, so that time would grow by the square of their number (`benchmarks.hostile --case prefixes`)."""
ANYWAY = SMALL_FAMILY * (SMALL_FAMILY - 1) // 2
"""Pairs of families that are compared as wholes even in a small archive."""

type Numbers = NDArray[np.int64]


class PairSome(Protocol):
    """Pairs some texts."""

    def __call__(self, some: Numbers, *, whole: bool) -> Candidates:
        """Return the candidates among texts, given by number; if `whole`, see `pair_again`."""


class Clustered(NamedTuple):
    """Clusters, and the pairs that they are made of.

    Attributes:
        candidates: All pairs that were compared.
        judged: Those with a verdict.
        groups: Groups of documents with one text.
        stars: The clusters.
    """

    candidates: Candidates
    judged: JudgedPairs
    groups: TextGroups
    stars: Stars


def cluster_and_compare_kept(
    candidates: Candidates,
    judged: JudgedPairs,
    *,
    cluster: Callable[[JudgedPairs], tuple[TextGroups, Stars]],
    pair: PairSome,
    judge: Callable[[Candidates], JudgedPairs],
) -> Clustered:
    """Cluster texts, and compare those that are kept until no other pair joins, or `ROUNDS` times.

    Args:
        candidates: The pairs that were compared.
        judged: Those with a verdict.
        cluster: Clusters judged pairs.
        pair: Pairs some texts.
        judge: Judges pairs.
    """
    groups, stars = cluster(judged)
    before = np.empty(0, dtype=np.int64)
    for _ in range(ROUNDS):
        if not stars.dropped.size:
            break
        kept = _kept(groups, stars)
        candidates, others = _compare(pair(kept, whole=False), candidates, judge)
        judged = _together(judged, others)
        if not others.joins.any():
            break
        # What was dropped for one of these may be kept now: their families are compared as a whole.
        joining = others.where(others.joins)
        family = _family(np.concatenate([joining.left, joining.right]), candidates)
        if not np.array_equal(family, before):
            pairs = pair(family, whole=True)
            if pairs.left.size > max(candidates.left.size, ANYWAY):  # thousands of near-identical texts
                pairs = pair(family, whole=False)
            candidates, more = _compare(pairs, candidates, judge)
            judged, before = _together(judged, more), family
        groups, stars = cluster(judged)
    return Clustered(candidates, judged, groups, stars)


def _compare(
    pairs: Candidates, before: Candidates, judge: Callable[[Candidates], JudgedPairs]
) -> tuple[Candidates, JudgedPairs]:
    """Judge pairs that were not compared before; return all candidates, and those pairs with a verdict."""
    others = _others(pairs, before)
    return _both(before, others), judge(others)


def _together(judged: JudgedPairs, others: JudgedPairs) -> JudgedPairs:
    """Return judged pairs and others in the order of the texts."""
    return joined_in_order([judged, others]) if len(others) else judged


def _kept(groups: TextGroups, stars: Stars) -> Numbers:
    """Return the texts of which a document is kept, ascending."""
    kept = np.ones(groups.texts.size, dtype=np.bool_)
    kept[stars.dropped] = False
    return np.unique(groups.texts[kept])


def _family(texts: Numbers, candidates: Candidates) -> Numbers:
    """Return texts, those compared with one of them, and those compared with one of these."""
    left, right = candidates.left, candidates.right
    marked = np.zeros(int(right.max(initial=-1)) + 1, dtype=np.bool_)
    marked[texts] = True
    for _ in range(2):
        reached = marked[left] | marked[right]
        marked[left[reached]] = marked[right[reached]] = True
    return np.flatnonzero(marked)


def _others(pairs: Candidates, before: Candidates) -> Candidates:
    """Return the pairs that were not compared before."""
    new = np.setdiff1d(
        packed_pairs(pairs.left, pairs.right), packed_pairs(before.left, before.right), assume_unique=True
    )
    return Candidates(*left_and_right(new), 0, 0)


def _both(candidates: Candidates, others: Candidates) -> Candidates:
    pairs = np.concatenate([packed_pairs(each.left, each.right) for each in (candidates, others)])
    left, right = left_and_right(distinct(pairs))
    return Candidates(left, right, candidates.cut_buckets, max(candidates.cut_pairs - others.left.size, 0))
