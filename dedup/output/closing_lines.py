"""The last lines of a summary, which stay on the screen: the totals, a legend, and next steps."""

from collections.abc import Collection, Iterator
from textwrap import wrap

from dedup.output.summary import Summary
from dedup.output.summary_lines import headline, tallies

SCREEN = 24
"""Number of lines of a summary above which its totals are repeated at the end."""

LEGEND = (
    "J: Jaccard, what both texts share of their words together; C: containment, what the longer text has of "
    "the shorter one"
)
_RANKED = "; TF-IDF: how alike their words are, rare ones count more"

_NEXT = {
    "html": "--html report.html writes a page with the evidence",
    "keep": "--keep kept.jsonl writes the archive without its copies",
}


def closing_lines(summary: Summary, *, above: int, width: int, ranked: bool, given: Collection[str]) -> str:
    """Format the last lines of a summary.

    Args:
        summary: Summary of the report.
        above: Number of lines above these.
        width: Width of a line in cells.
        ranked: Whether TF-IDF was measured.
        given: Names of the requested outputs.

    Returns:
        Lines that end with a newline, after an empty line; empty if there are no copies.
    """
    if not (summary.clusters or summary.listed):
        return ""
    return "".join(
        f"{line}\n"
        for paragraph in _paragraphs(summary, above=above, ranked=ranked, given=given)
        for line in (wrap(paragraph, width, subsequent_indent="  ") or [""])
    )


def _paragraphs(summary: Summary, *, above: int, ranked: bool, given: Collection[str]) -> Iterator[str]:
    yield ""
    if above > SCREEN:
        yield headline(summary)
        yield tallies(summary)
    yield LEGEND + (_RANKED if ranked else "")
    steps = [step for name, step in _NEXT.items() if name not in given]
    yield "Next: " + "; ".join([*steps, "dedup compare A B --archive INPUT explains a pair by its ids"])
