"""For one-row-per-document tables: pick one cluster for each document.

Only a roundup, copies of it, and a close copy of texts that are not copies of each other belong to several.
"""

from typing import NamedTuple

from dedup.model import Cluster, Member, Report


class MainCluster(NamedTuple):
    """The cluster that a table shows a document in, and the document as its member."""

    cluster: Cluster
    member: Member


def main_clusters(report: Report) -> dict[str, MainCluster]:
    """Pick the main cluster of each clustered document, by id.

    If there are several, it is the one that the document represents, else the one whose representative it
    resembles most by Jaccard; the first of equals.
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
