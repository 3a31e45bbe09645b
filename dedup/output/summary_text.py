"""A report -> the few lines that say what was found, for a person at a Python prompt."""

from dedup.model import Report
from dedup.output.cells import without_isolates
from dedup.output.summary import summarise
from dedup.output.summary_lines import found, held_against, notes, tallies, warnings

_WIDTH = 100


def summary_text(report: Report) -> str:
    """Write the figures, the verdicts, the warnings and what could not be used, a line each."""
    summary = summarise(report)
    lines = [found(summary), tallies(summary)]
    if summary.reference:
        lines.append(held_against(summary))
    lines += [*warnings(summary), *notes(summary, width=_WIDTH)]
    return without_isolates("\n".join(filter(None, lines)))
