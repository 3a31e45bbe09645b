"""Rows of the short tables in notebooks and Markdown: the verdicts, and the largest clusters."""

from collections.abc import Iterator

from dedup.model import Cluster, Report
from dedup.output.phrases import MEANING, by_kind, counted, percentage
from dedup.output.sanitize import sanitize_line
from dedup.output.summary import Summary

CLUSTERS = 10
"""Maximum number of clusters shown."""

VERDICT_HEADS = ("verdict", "joined", "listed", "meaning")
CLUSTER_HEADS = ("cluster", "documents", "cohesion", "representative", "source", "published")
_TITLE = 100
_KNOWN = 60


def verdict_rows(summary: Summary) -> Iterator[tuple[str, ...]]:
    """Yield the number of documents that joined and of pairs that are listed, by verdict."""
    for verdict, meaning in MEANING.items():
        joined, listed = summary.joined.get(verdict, 0), len(summary.listed.get(verdict, ()))
        if joined or listed:
            yield str(verdict), f"{joined:,}", f"{listed:,}", meaning


def cluster_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """Return the largest clusters; the first words of a story replace a missing title."""
    return (_cluster(cluster, report) for cluster in report.clusters[:CLUSTERS])


def overview_notes(summary: Summary) -> Iterator[str]:
    """Yield notes about clusters beyond the table, and about problems."""
    if summary.clusters > CLUSTERS:
        yield f"\u2026 and {counted(summary.clusters - CLUSTERS, 'more cluster')}"
    if summary.problems:
        total = counted(sum(summary.problems.values()), "problem")
        yield f"{total}: {sanitize_line(by_kind(summary.problems))}"


def _cluster(cluster: Cluster, report: Report) -> tuple[str, ...]:
    first = cluster.members[0]
    title = sanitize_line(first.title, limit=_TITLE).strip() or sanitize_line(
        report.documents[first.id].text, limit=_TITLE
    )
    return (
        f"{cluster.id:,}",
        f"{len(cluster.members):,}",
        percentage(cluster.cohesion),
        title.strip(),
        sanitize_line(first.source, limit=_KNOWN),
        sanitize_line(first.published, limit=_KNOWN),
    )
