"""A report -> a piece of HTML for a notebook: the figures, the verdicts, the largest clusters.

It has no colours, style sheet or program: notebooks bring the first two, light or dark, and take the last
two out of a page that they do not trust.
"""

from collections.abc import Iterable, Iterator
from html import escape

from dedup.model import Cluster, Report
from dedup.output.phrases import MEANING, by_kind, counted, percentage
from dedup.output.sanitize import sanitize_line
from dedup.output.summary import Summary, summarise

CLUSTERS = 10
"""Clusters shown, at most."""

_TITLE = 100
_KNOWN = 60
_CLASSES = "dedup-report tex2jax_ignore mathjax_ignore"
"""Dollars in a title are no formula; pandas names these classes for the same reason."""
_START = ' style="text-align: start"'


def to_notebook(report: Report) -> str:
    """Write what a notebook shows of `report`: a `div` that stands anywhere in a page.

    Document text is sanitized, shortened and escaped, and its direction is its own. A story without a title
    is shown by its first words.
    """
    summary = summarise(report)
    parts = [f"<p><strong>{escape(_lead(summary))}</strong></p>"]
    if summary.joined or summary.listed:
        parts.append(_table(("verdict", "joined", "listed", "meaning"), _verdicts(summary)))
    if report.clusters:
        heads = ("cluster", "documents", "cohesion", "representative", "source", "published")
        parts.append(_table(heads, (_cluster(cluster, report) for cluster in report.clusters[:CLUSTERS])))
    parts += (f"<p>{escape(line)}</p>" for line in _notes(summary))
    return f'<div class="{_CLASSES}">{"".join(parts)}</div>'


def _lead(summary: Summary) -> str:
    if not summary.documents:
        return "no documents: nothing to compare"
    documents = counted(summary.documents, "document")
    if not summary.clusters:
        return f"{documents}, no copies found"
    clusters = counted(summary.clusters, "cluster")
    return f"{documents}, {summary.copies:,} of them copies of one another, in {clusters}"


def _notes(summary: Summary) -> Iterator[str]:
    if summary.clusters > CLUSTERS:
        yield f"\u2026 and {counted(summary.clusters - CLUSTERS, 'more cluster')}"
    if summary.problems:
        total = counted(sum(summary.problems.values()), "problem")
        yield f"{total}: {sanitize_line(by_kind(summary.problems))}"


def _verdicts(summary: Summary) -> Iterator[tuple[str, ...]]:
    for verdict, meaning in MEANING.items():
        joined, listed = summary.joined.get(verdict, 0), len(summary.listed.get(verdict, ()))
        if joined or listed:
            yield str(verdict), f"{joined:,}", f"{listed:,}", meaning


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


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    head = "".join(f'<th scope="col"{_START}>{name}</th>' for name in heads)
    body = "".join(
        f"<tr>{''.join(f'<td dir="auto"{_START}>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
