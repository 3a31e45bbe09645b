"""Format a report as tables for a terminal; to_terminal is for pipes and narrow terminals."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dedup.model import Cluster, Document, Member, Pair, Report, Verdict
from dedup.model.rows import without_credits
from dedup.output.cells import isolated
from dedup.output.changed_figures import changed_lines
from dedup.output.legible_reasons import reasons_of_pair
from dedup.output.phrases import MEANING, counted, percentage
from dedup.output.summary import Summary, summarise
from dedup.output.summary_lines import (
    CLUSTERS,
    MEMBERS,
    PAIRS,
    SERIES,
    caveats,
    headline,
    in_reference,
    named,
    notes,
    provenance,
    reference_line,
    series_lines,
    terms,
    warnings,
)

_STYLES = {
    Verdict.IDENTICAL: "green",
    Verdict.NEAR_DUPLICATE: "cyan",
    Verdict.CONTAINED: "blue",
    Verdict.TEMPLATE: "yellow",
    Verdict.PARTIAL: "magenta",
}
_PADDING = re.compile(r"(?: |\x1b\[[\d;]*m)+$")
_VERDICT_CELLS = max(map(len, Verdict))
_SCORES = (("J", 5), ("C", 5), ("TF-IDF", 6))
_BETWEEN = 3
"""Number of cells between two columns: a space on either side of the border, which is also a space."""


def to_tables(report: Report, *, colour: bool, width: int, summary: Summary | None = None) -> str:
    """Format `report` for people, with one table per cluster.

    Args:
        report: The report.
        colour: Whether to use colours, besides bold and dim.
        width: Width of a line in cells, at least 72; on narrower terminals `to_terminal` is easier to read.
        summary: Summary of the report, if it was computed already.

    Returns:
        Lines that end with a newline, none wider than `width`. Document text is sanitized, shortened and,
        unless it is ASCII, isolated, as in `to_terminal`, which has the same content without tables.
    """
    output = StringIO()
    console = Console(
        file=output,
        width=width,
        force_terminal=True,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    summary = summary or summarise(report)
    layout = _Layout(width=width, ranked=report.recipe.rank)
    console.print(Text(headline(summary), "bold"))
    if summary.joined or summary.listed:
        console.print(_verdicts(summary, width))
    if summary.reference:
        console.print(Text(reference_line(summary)), soft_wrap=True)
    for warning in warnings(summary):
        console.print(Text(isolated(warning), "bold"), soft_wrap=True)
    for note in notes(summary, width=width):
        console.print(Text(note), soft_wrap=True)
    for cluster in without_credits(report.clusters)[:CLUSTERS]:
        console.print("", _cluster(layout, cluster), sep="\n")
    if len(report.clusters) > CLUSTERS:
        more = counted(len(report.clusters) - CLUSTERS, "more cluster")
        console.print("", Text(f"\u2026 and {more}; see --html", "dim"), sep="\n")
    _print_sections(console, report)
    if summary.listed:
        console.print("", _listed(layout, summary, report), sep="\n")
    lines = output.getvalue().split("\n")
    return "\n".join(_PADDING.sub(_without_blanks, line) for line in lines)


def _print_sections(console: Console, report: Report) -> None:
    """Print the sections that are not tables: changed figures, and series."""
    series = (series_lines(each, room=console.width) for each in report.series[:SERIES])
    for section in filter(None, (changed_lines(report, room=console.width), *map(list, series))):
        console.print("", Text(section[0], "bold"), *map(Text, section[1:]), sep="\n", soft_wrap=True)
    if len(report.series) > SERIES:
        more = f"\u2026 and {len(report.series) - SERIES:,} more series; see --html"
        console.print("", Text(more, "dim"), sep="\n")


def _without_blanks(padding: re.Match[str]) -> str:
    return padding[0].replace(" ", "")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Widths of the columns: those of the scores are fixed, the documents get the rest."""

    width: int
    ranked: bool

    @property
    def scores(self) -> tuple[tuple[str, int], ...]:
        return _SCORES if self.ranked else _SCORES[:-1]

    @property
    def room(self) -> int:
        return self.width - sum(cells + _BETWEEN for _, cells in self.scores)

    def table(self, heading: str) -> Table:
        table = _bare()
        table.add_column(Text(heading), width=self.room, no_wrap=True, overflow="ignore")
        for name, cells in self.scores:
            table.add_column(Text(name), width=cells, justify="right", no_wrap=True)
        return table

    def figures(self, jaccard: float, containment: float, tfidf: float | None) -> list[str]:
        return [percentage(score) for score in (jaccard, containment, tfidf)][: len(self.scores)]

    def fitted(self, make: Callable[[int], str]) -> str:
        """Make a line that fits by rich's measure too: if rich cut it, its isolates would stay open."""
        rooms = range(self.room, 0, -1)
        return next((line for line in map(make, rooms) if cell_len(line) <= self.room), "")


def _bare() -> Table:
    return Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold", border_style="dim")


def _verdicts(summary: Summary, width: int) -> Table:
    """Count by verdict, and explain each verdict."""
    rows = [(verdict, counted(count, "document"), "") for verdict, count in summary.joined.items()]
    rows += [(verdict, counted(len(pairs), "pair"), "listed: ") for verdict, pairs in summary.listed.items()]
    cells = max(len(count) for _, count, _ in rows)
    table = _bare()
    table.show_header = False
    table.add_column(width=_VERDICT_CELLS)
    table.add_column(width=cells, justify="right")
    table.add_column(width=width - _VERDICT_CELLS - cells - 2 * _BETWEEN)
    for verdict, count, listed in rows:
        table.add_row(Text(verdict, _STYLES[verdict]), count, Text(listed + MEANING[verdict], "dim"))
    return table


def _cluster(layout: _Layout, cluster: Cluster) -> Table:
    size = counted(len(cluster.members), "document")
    table = layout.table(
        f"Cluster {cluster.id:,} \u00b7 {size} \u00b7 cohesion {percentage(cluster.cohesion)}"
    )
    for member in cluster.members[:MEMBERS]:
        if member.verdict is None:
            table.add_row(_representative(layout, member, cluster))
        else:
            figures = layout.figures(member.jaccard, member.containment, member.tfidf)
            table.add_row(_copy(layout, member, member.verdict), *figures)
    if len(cluster.members) > MEMBERS:
        more = counted(len(cluster.members) - MEMBERS, "more member")
        table.add_row(Text(f"\u2026 and {more}; see --html", "dim"))
    return table


def _representative(layout: _Layout, member: Member, cluster: Cluster) -> Text:
    represents = layout.fitted(partial(_terms, "\u25cf represents: ", [str(cluster.reason)]))
    shared = [("  shared: ", cluster.shared_terms)] if cluster.shared_terms else []
    return _stacked(layout, Text.assemble((represents, "bold")), member, extra=shared)


def _copy(layout: _Layout, member: Member, verdict: Verdict) -> Text:
    return _stacked(layout, Text.assemble("\u25cb ", (verdict, _STYLES[verdict])), member, extra=[])


def _stacked(
    layout: _Layout, cell: Text, member: Member, *, extra: Iterable[tuple[str, Iterable[str]]]
) -> Text:
    """Format a member: its verdict, and below it the title, the source and its own terms."""
    cell.no_wrap, cell.overflow = True, "ignore"
    cell.append("\n" + layout.fitted(partial(_marked, " ", member)))
    if member.source.strip() or member.published.strip():
        cell.append("\n" + layout.fitted(partial(_provenance, member)), "dim")
    for label, words in (*_caveats(member), *extra, ("  own: ", member.own_terms)):
        if words:
            cell.append("\n" + layout.fitted(partial(_terms, label, words)), "dim")
    return cell


def _provenance(member: Member, room: int) -> str:
    return f"  {provenance(member.source, member.published, room=room - 2)}"


def _caveats(judged: Member | Pair) -> Iterable[tuple[str, Iterable[str]]]:
    return ((f"  {label}", words) for label, words in caveats(judged))


def _terms(label: str, words: Iterable[str], room: int) -> str:
    return terms(label, words, room=room)


def _listed(layout: _Layout, summary: Summary, report: Report) -> Table:
    table = layout.table("Listed, not joined")
    for verdict, pairs in summary.listed.items():
        for pair in pairs[:PAIRS]:
            figures = layout.figures(pair.jaccard, pair.containment, pair.tfidf)
            table.add_row(_pair(layout, pair, report), *figures)
        if len(pairs) > PAIRS:
            more = counted(len(pairs) - PAIRS, "more pair")
            table.add_row(Text(f"\u2026 and {more} listed as {verdict}; see --html", "dim"))
    return table


def _pair(layout: _Layout, pair: Pair, report: Report) -> Text:
    cell = Text.assemble("  ", (pair.verdict, _STYLES[pair.verdict]), no_wrap=True, overflow="ignore")
    for mark, side, name in ((" ", "left", pair.left), ("~", "right", pair.right)):
        line = partial(_marked, mark, report.documents[name], note=in_reference(pair, side))
        cell.append("\n" + layout.fitted(line))
    reasons = [*map(str, reasons_of_pair(pair, report.documents))]
    for label, pieces in (*_caveats(pair), ("  because: ", reasons)):
        if pieces:
            cell.append("\n" + layout.fitted(partial(_terms, label, pieces)), "dim")
    return cell


def _marked(mark: str, story: Document | Member, room: int, *, note: str = "") -> str:
    return f"{mark} {named(story, room=room - 2 - len(note))}{note}"
