"""Write a report as Markdown for an issue, a wiki or the summary of a CI job.

Source: GitHub Flavored Markdown, section 4.10 (tables) and 2.4 (backslash escapes).
"""

import re
from collections.abc import Iterable, Iterator

from dedup.model import Report
from dedup.output.overview_rows import (
    CLUSTER_HEADS,
    VERDICT_HEADS,
    cluster_rows,
    overview_notes,
    verdict_rows,
)
from dedup.output.summary import summarise
from dedup.output.summary_lines import headline, reference_line

_ACTING = re.compile(r"[\\`*_{}\[\]()<>|~$:&@#]|(?<=www)\.")
"""Characters with a meaning in Markdown, HTML or on GitHub, as in mentions, formulas and bare URLs."""
_MENTIONS = {"@": "@&#8203;", "#": "#&#8203;"}
"""GitHub finds mentions after it decodes entities, so a zero-width space separates the sign from the name."""


def to_markdown(report: Report) -> bytes:
    """Write the figures, the warnings, the verdicts and the ten largest clusters as GitHub's Markdown, UTF-8.

    Document text is sanitized, shortened and escaped, so that it makes no link, mention or markup.
    """
    return ("\n\n".join(_blocks(report)) + "\n").encode("utf-8", "replace")


def _blocks(report: Report) -> Iterator[str]:
    summary = summarise(report)
    yield f"**{headline(summary)}**"
    if summary.reference:
        yield reference_line(summary)
    yield from (f"> **Warning:** {_escaped(warning)}" for warning in summary.warnings)
    if summary.joined or summary.listed:
        yield _table(VERDICT_HEADS, verdict_rows(summary))
    if report.clusters:
        yield _table(CLUSTER_HEADS, cluster_rows(report))
    yield from map(_escaped, overview_notes(summary))


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    heads = [*heads]
    lines = [_row(heads), _row(["---"] * len(heads)), *(_row(map(_escaped, row)) for row in rows)]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """Escape the characters of a line that have a meaning in Markdown or on GitHub."""
    return _ACTING.sub(lambda acting: _MENTIONS.get(acting[0]) or f"&#{ord(acting[0])};", text)
