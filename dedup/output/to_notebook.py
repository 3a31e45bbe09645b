"""Write a report as an HTML fragment for a notebook: the figures, the verdicts, the largest clusters.

It has no colours, style sheet or script: notebooks have their own light or dark style, and remove style
sheets and scripts from pages that they do not trust.
"""

from collections.abc import Iterable
from html import escape

from dedup.model import Report
from dedup.output.overview_rows import (
    CLUSTER_HEADS,
    VERDICT_HEADS,
    cluster_rows,
    overview_notes,
    verdict_rows,
)
from dedup.output.summary import summarise
from dedup.output.summary_lines import headline

_CLASSES = "dedup-report tex2jax_ignore mathjax_ignore"
"""Classes that keep dollar signs in titles from being rendered as formulas; pandas uses them too."""
_START = ' style="text-align: start"'


def to_notebook(report: Report) -> str:
    """Write a report as a `div` that can be placed anywhere in a page.

    Document text is sanitized, shortened and escaped, and keeps its own direction. The first words of a story
    replace a missing title.
    """
    summary = summarise(report)
    parts = [f"<p><strong>{escape(headline(summary))}</strong></p>"]
    if summary.joined or summary.listed:
        parts.append(_table(VERDICT_HEADS, verdict_rows(summary)))
    if report.clusters:
        parts.append(_table(CLUSTER_HEADS, cluster_rows(report)))
    parts += (f"<p>{escape(line)}</p>" for line in overview_notes(summary))
    return f'<div class="{_CLASSES}">{"".join(parts)}</div>'


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    head = "".join(f'<th scope="col"{_START}>{name}</th>' for name in heads)
    body = "".join(
        f"<tr>{''.join(f'<td dir="auto"{_START}>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
