"""Judged texts -> their clusters: runs the step `cluster` on one machine."""

import numpy as np

from dedup.comparison.judge_pairs import JudgedPairs
from dedup.model.memory import return_freed_memory
from dedup.model.recipe import Recipe
from dedup.report.archive import Archive
from dedup.report.cluster import Stars, cluster
from dedup.report.identical_texts import DistinctTexts
from dedup.report.join_pairs import join_pairs
from dedup.report.pair import Candidates
from dedup.report.scope import Scope
from dedup.report.text_groups import TextGroups


def cluster_all(
    archive: Archive,
    texts: DistinctTexts,
    judged: JudgedPairs,
    *,
    not_compared: Candidates,
    recipe: Recipe,
    scope: Scope,
) -> tuple[TextGroups, Stars]:
    """Cluster the texts, or groups of documents where a run does not compare all pairs.

    Returns:
        The groups, and their stars.
    """
    groups = scope.text_groups(texts, sort_keys=archive.sort_keys(policy=recipe.representative))
    first = groups.documents.first
    old = first < archive.references
    joins = join_pairs(judged, groups, scope=scope, old=old)
    if not recipe.keep_changed:
        every = np.ones(joins.left.size, dtype=np.bool_)
        joins = joins._replace(drops=every, drops_left=every)
    # Candidates have something in common, even if it was not measured.
    one, other, _ = groups.of_pairs(
        np.concatenate([judged.left, not_compared.left]), np.concatenate([judged.right, not_compared.right])
    )
    same = groups.within_texts()
    stars = cluster(
        joins,
        related=(np.concatenate([one, same[0]]), np.concatenate([other, same[1]])),
        dates=archive.dates[first],
        copied=scope.texts_with_copies(groups.documents),
        old=old,
    )
    return_freed_memory()
    return groups, stars
