"""Format a report as lines for a terminal, and its problems as lines for standard error."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from textwrap import wrap

from dedup.model import Cluster, Member, Pair, Problem, Report, Verdict
from dedup.model.rows import without_credits
from dedup.output.cells import cells, isolated, shown
from dedup.output.changed_figures import changed_lines
from dedup.output.legible_reasons import reasons_of_pair
from dedup.output.phrases import by_kind, counted, percentage
from dedup.output.sanitize import sanitize_line
from dedup.output.summary import Summary, kinds, summarise
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
    tallies,
    terms,
    warnings,
)

NARROWEST = 40
NARROW = 72
"""Width in cells below which sentences are wrapped."""

_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_DIM = "\x1b[2m"
_COLOURS = {
    Verdict.IDENTICAL: "\x1b[32m",
    Verdict.NEAR_DUPLICATE: "\x1b[36m",
    Verdict.CONTAINED: "\x1b[34m",
    Verdict.TEMPLATE: "\x1b[33m",
    Verdict.PARTIAL: "\x1b[35m",
}
_VERDICT_CELLS = max(len(verdict) for verdict in Verdict)


def to_terminal(report: Report, *, colour: bool, width: int, summary: Summary | None = None) -> str:
    """Format `report` for people: the figures, the clusters, the strongest of the listed pairs.

    Args:
        report: The report.
        colour: Whether to use ANSI colours; without them there are no escape sequences.
        width: Width in cells to which document text is shortened, at least 40.
        summary: Summary of the report, if it was computed already.

    Returns:
        Lines that end with a newline. Document text is sanitized, shortened and, unless it is ASCII, enclosed
        in U+2068 and U+2069, so that right-to-left words do not reorder the line. Problems are only counted;
        `problem_lines` lists them.
    """
    page = _Page(colour=colour, width=max(width, NARROWEST))
    summary = summary or summarise(report)
    lines = list(_head(page, summary))
    for cluster in without_credits(report.clusters)[:CLUSTERS]:
        lines += ["", *_cluster(page, cluster)]
    if len(report.clusters) > CLUSTERS:
        more = counted(len(report.clusters) - CLUSTERS, "more cluster")
        lines += ["", page.dim(f"\u2026 and {more}; see --html")]
    if changed := changed_lines(report, room=page.width):
        lines += ["", page.bold(changed[0]), *changed[1:]]
    lines += _series(page, report)
    if summary.listed:
        lines += ["", page.bold("Listed, not joined"), *_listed(page, summary, report)]
    return "\n".join(lines) + "\n"


def problem_lines(problems: Sequence[Problem], *, limit: int) -> list[str]:
    """Format the first `limit` problems as `path:line: reason`, and count the rest by kind."""
    lines = [_problem(problem) for problem in problems[:limit]]
    rest = problems[limit:]
    if rest:
        lines.append(
            f"\u2026 and {counted(len(rest), 'more problem')}: {sanitize_line(by_kind(kinds(rest)))}"
        )
    return lines


def _problem(problem: Problem) -> str:
    place = [isolated(sanitize_line(problem.path))] if problem.path else []
    number = [str(problem.line)] if problem.line is not None else []
    where = ":".join(place + number)
    return (
        f"{where}: {isolated(sanitize_line(problem.reason))}"
        if where
        else isolated(sanitize_line(problem.reason))
    )


@dataclass(frozen=True, slots=True)
class _Page:
    colour: bool
    width: int

    def paint(self, text: str, code: str) -> str:
        return f"{code}{text}{_RESET}" if self.colour else text

    def wrapped(self, sentence: str) -> list[str]:
        """Wrap a sentence, where the terminal would break it inside a word."""
        if self.width >= NARROW or cells(sentence) <= self.width:
            return [sentence]
        return wrap(sentence, self.width, subsequent_indent="  ")

    def bold(self, text: str) -> str:
        return self.paint(text, _BOLD)

    def dim(self, text: str) -> str:
        return self.paint(text, _DIM)


def _head(page: _Page, summary: Summary) -> Iterator[str]:
    first, *rest = page.wrapped(headline(summary))
    yield page.bold(first)
    yield from map(page.bold, rest)
    if by_verdict := tallies(summary):
        yield from page.wrapped(by_verdict)
    if summary.reference:
        yield from page.wrapped(reference_line(summary))
    for warning in warnings(summary):
        yield from (page.bold(isolated(line)) for line in page.wrapped(warning))
    for note in notes(summary, width=page.width):
        yield from page.wrapped(note)


def _cluster(page: _Page, cluster: Cluster) -> Iterator[str]:
    size = counted(len(cluster.members), "document")
    head = f"Cluster {cluster.id:,} \u00b7 {size} \u00b7 cohesion {percentage(cluster.cohesion)}"
    yield page.bold(head)
    if cluster.shared_terms:
        yield page.dim(terms("  shared: ", cluster.shared_terms, room=page.width))
    for member in cluster.members[:MEMBERS]:
        yield from _member(page, member, cluster=cluster)
    if len(cluster.members) > MEMBERS:
        yield page.dim(f"  \u2026 and {counted(len(cluster.members) - MEMBERS, 'more member')}; see --html")


def _member(page: _Page, member: Member, *, cluster: Cluster) -> Iterator[str]:
    known = partial(provenance, member.source, member.published)
    if member.verdict is None:
        figures = f"represents: {shown(str(cluster.reason), page.width - len('  \u25cf represents: '))}"
        yield f"  {page.bold('\u25cf')} {figures}"
        if where := known(room=page.width - 4):
            yield page.dim(f"    {where}")
    else:
        figures = _figures(member.jaccard, member.containment, tfidf=member.tfidf)
        room = page.width - _FIGURED - len(figures)
        *above, head = _headed(page, "  \u25cb ", member.verdict, figures=figures)
        yield from above
        beside = room >= _ROOM_FOR_SOURCE
        where = known(room=room - 3 if beside else page.width - 4)
        yield head + (page.dim(f"   {where}") if where and beside else "")
        if where and not beside:
            yield page.dim(f"    {where}")
    yield "    " + named(member, room=page.width - 4)
    yield from _caveats(page, member)
    if member.own_terms:
        yield page.dim(terms("    own: ", member.own_terms, room=page.width))


def _caveats(page: _Page, judged: Member | Pair) -> Iterator[str]:
    return (terms(f"    {label}", words, room=page.width) for label, words in caveats(judged))


_ROOM_FOR_SOURCE = 32
_FIGURED = 4 + _VERDICT_CELLS + 2


def _headed(page: _Page, mark: str, verdict: Verdict, *, figures: str) -> list[str]:
    """Format a verdict and its figures on one line, or on two if they do not fit."""
    if page.width < _FIGURED + len(figures):
        return [mark + page.paint(verdict, _COLOURS[verdict]), f"    {figures}"]
    return [f"{mark}{page.paint(f'{verdict:<{_VERDICT_CELLS}}', _COLOURS[verdict])}  {figures}"]


def _figures(jaccard: float, containment: float, *, tfidf: float | None) -> str:
    shares = [("J", jaccard), ("C", containment)] + ([] if tfidf is None else [("TF-IDF", tfidf)])
    return "  ".join(f"{name} {percentage(share):>5}" for name, share in shares)


def _series(page: _Page, report: Report) -> Iterator[str]:
    for series in report.series[:SERIES]:
        head, *lines = series_lines(series, room=page.width)
        yield from ("", page.bold(head), *lines)
    if len(report.series) > SERIES:
        yield ""
        yield page.dim(f"\u2026 and {len(report.series) - SERIES:,} more series; see --html")


def _listed(page: _Page, summary: Summary, report: Report) -> Iterator[str]:
    for verdict, pairs in summary.listed.items():
        for pair in pairs[:PAIRS]:
            yield from _pair(page, pair, report=report)
        if len(pairs) > PAIRS:
            more = counted(len(pairs) - PAIRS, "more pair")
            yield page.dim(f"  \u2026 and {more} listed as {verdict}; see --html")


def _pair(page: _Page, pair: Pair, *, report: Report) -> Iterator[str]:
    figures = _figures(pair.jaccard, pair.containment, tfidf=pair.tfidf)
    yield from _headed(page, "    ", pair.verdict, figures=figures)
    for mark, side, name in ((" ", "left", pair.left), ("~", "right", pair.right)):
        note = in_reference(pair, side)
        document = named(report.documents[name], room=page.width - 4 - len(note))
        yield f"  {mark} {document}{page.dim(note)}"
    yield from _caveats(page, pair)
    if pair.reasons:
        reasons = reasons_of_pair(pair, report.documents)
        yield page.dim(terms("    because: ", map(str, reasons), room=page.width))
