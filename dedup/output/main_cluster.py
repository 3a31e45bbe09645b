"""A report -> the one cluster each document stands in, for tables that have a row a document.

Only a roundup, and its copies, stand in several.
"""

from typing import NamedTuple

from dedup.model import Cluster, Member, Report


class Home(NamedTuple):
    """A cluster, and the document in it."""

    cluster: Cluster
    member: Member


def homes(report: Report) -> dict[str, Home]:
    """Give the home of each document of a cluster, by id.

    Of several it is the one whose representative the document resembles most by Jaccard, first of all
    itself; then the one that comes first.
    """
    found: dict[str, Home] = {}
    for cluster in report.clusters:
        for member in cluster.members:
            other = found.get(member.id)
            if other is None or _nearness(member) > _nearness(other.member):
                found[member.id] = Home(cluster, member)
    return found


def _nearness(member: Member) -> tuple[bool, float]:
    return member.verdict is None, member.jaccard
