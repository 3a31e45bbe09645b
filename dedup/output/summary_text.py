"""Summarise a report in a few lines, for the Python prompt."""

from dedup.model import Report
from dedup.output.cells import without_isolates
from dedup.output.summary import summarise
from dedup.output.summary_lines import headline, notes, reference_line, tallies, warnings

_WIDTH = 100


def summary_text(report: Report) -> str:
    """Format the figures, the verdicts, the warnings and the notes, one per line."""
    summary = summarise(report)
    lines = [headline(summary), tallies(summary)]
    if summary.reference:
        lines.append(reference_line(summary))
    lines += [*warnings(summary), *notes(summary, width=_WIDTH)]
    return without_isolates("\n".join(filter(None, lines)))
