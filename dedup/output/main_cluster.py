"""Pick one cluster for each document, for tables with one row per document.

A document is in several clusters only if it is a roundup, a copy of one, or a close copy of texts that are
not copies of each other.
"""

from typing import NamedTuple

from dedup.model import Cluster, Member, Report


class MainCluster(NamedTuple):
    """The main cluster of a document, and the document as its member."""

    cluster: Cluster
    member: Member


def main_clusters(report: Report) -> dict[str, MainCluster]:
    """Pick the main cluster of each clustered document, by id.

    If there are several, it is the one that the document represents, otherwise the one with the highest
    Jaccard to the representative; the first of equals.
    """
    chosen: dict[str, MainCluster] = {}
    for cluster in report.clusters:
        for member in cluster.members:
            other = chosen.get(member.id)
            if other is None or _closeness(member) > _closeness(other.member):
                chosen[member.id] = MainCluster(cluster, member)
    return chosen


def _closeness(member: Member) -> tuple[bool, float]:
    return member.verdict is None, member.jaccard
