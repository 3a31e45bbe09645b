"""A report -> lines for a terminal, and its problems -> lines for stderr."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dedup.records import Cluster, Member, Pair, Problem, Report, Verdict
from dedup.reporting.cells import cells, isolated, shorten, shown
from dedup.reporting.inert import inert
from dedup.reporting.summary import Summary, kinds, summarise
from dedup.reporting.wording import by_kind, counted, percentage

CLUSTERS = 100
"""Clusters shown, at most; JSON, CSV and the page hold more."""

MEMBERS = 20
"""Members shown of one cluster, at most."""

PAIRS = 10
"""Pairs shown of one verdict that is listed, at most."""

NARROWEST = 40

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


def to_terminal(report: Report, *, colour: bool, width: int) -> str:
    """Write `report` for people: the figures, the clusters, the strongest of the listed pairs.

    Args:
        report: What a run found.
        colour: Whether ANSI colours are wanted; without them the text holds no escape sequence.
        width: Cells that document text is shortened to; below 40 counts as 40.

    Returns:
        Lines that end with a newline. Document text is inert, shortened and, where it is not ASCII, wrapped
        in U+2068 and U+2069, so that right-to-left words do not reorder the line. Of the problems only the
        count: `problem_lines` holds the rest.
    """
    page = _Page(colour=colour, width=max(width, NARROWEST))
    summary = summarise(report)
    lines = list(_head(page, summary))
    for cluster in report.clusters[:CLUSTERS]:
        lines += ["", *_cluster(page, cluster)]
    if len(report.clusters) > CLUSTERS:
        lines += ["", page.dim(f"\u2026 and {counted(len(report.clusters) - CLUSTERS, 'more cluster')}")]
    if summary.listed:
        lines += ["", page.bold("Listed, not joined"), *_listed(page, summary, report)]
    return "\n".join(lines) + "\n"


def problem_lines(problems: Sequence[Problem], *, limit: int) -> list[str]:
    """Write `problems` as `path:line: reason`, the first `limit` of them, then the rest counted by kind."""
    lines = [_problem(problem) for problem in problems[:limit]]
    rest = problems[limit:]
    if rest:
        lines.append(f"\u2026 and {counted(len(rest), 'more problem')}: {inert(by_kind(kinds(rest)))}")
    return lines


def _problem(problem: Problem) -> str:
    place = [isolated(inert(problem.path))] if problem.path else []
    number = [str(problem.line)] if problem.line is not None else []
    where = ":".join(place + number)
    return f"{where}: {isolated(inert(problem.reason))}" if where else isolated(inert(problem.reason))


@dataclass(frozen=True, slots=True)
class _Page:
    colour: bool
    width: int

    def paint(self, text: str, code: str) -> str:
        return f"{code}{text}{_RESET}" if self.colour else text

    def bold(self, text: str) -> str:
        return self.paint(text, _BOLD)

    def dim(self, text: str) -> str:
        return self.paint(text, _DIM)


def _head(page: _Page, summary: Summary) -> Iterator[str]:
    if not summary.documents:
        yield page.bold("no documents: nothing to compare")
    else:
        yield page.bold(" \u00b7 ".join((counted(summary.documents, "document"), _copies(summary))))
    tallies = [f"{count:,} {verdict}" for verdict, count in summary.joined.items()]
    tallies += [f"{len(pairs):,} listed as {verdict}" for verdict, pairs in summary.listed.items()]
    if tallies:
        yield " \u00b7 ".join(tallies)
    yield from _heeded(page, summary)
    if summary.problems:
        total = counted(sum(summary.problems.values()), "problem")
        yield f"{total}: {inert(by_kind(summary.problems))}"
    if summary.unclustered:
        alone = counted(summary.unclustered, "document")
        yield f"{alone} in no cluster: copies of a member, but not of its representative"
    if summary.unlisted_pairs:
        pairs = counted(summary.unlisted_pairs, "pair")
        yield f"{pairs} between copies of one text left out of the list; the clusters hold every copy"
    if summary.boilerplate:
        passages = counted(len(summary.boilerplate), "recurring passage")
        first = summary.boilerplate[0]
        yield f"{passages} left out of the comparison; the most frequent, in {first.documents:,} documents:"
        yield f"  {shown(first.text, page.width - 2)}"
    if summary.guessed:
        guesses = ", ".join(f"{count:,} {name}" for name, count in summary.guessed.items())
        yield f"encodings other than UTF-8: {inert(guesses)}"
    if summary.cut_buckets:
        buckets = counted(summary.cut_buckets, "crowded bucket")
        yield f"{buckets} swept instead of paired whole: up to {summary.cut_pairs:,} pairs were not compared"


def _heeded(page: _Page, summary: Summary) -> Iterator[str]:
    """Say what the documents were held against, and what to look at first."""
    if summary.reference:
        new = counted(summary.documents - summary.reference, "new document")
        held = f"held against a reference of {counted(summary.reference, 'document')}"
        yield f"{new} {held}: {summary.known:,} with a copy there"
    for warning in summary.warnings:
        yield page.bold(f"warning: {isolated(inert(warning))}")


def _copies(summary: Summary) -> str:
    if not summary.clusters:
        return "no copies found"
    return f"{summary.copies:,} of them copies of one another, in {counted(summary.clusters, 'cluster')}"


def _cluster(page: _Page, cluster: Cluster) -> Iterator[str]:
    size = counted(len(cluster.members), "document")
    head = f"Cluster {cluster.id:,} \u00b7 {size} \u00b7 cohesion {percentage(cluster.cohesion)}"
    yield page.bold(head)
    if cluster.shared_terms:
        yield page.dim(_terms("  shared: ", cluster.shared_terms, room=page.width))
    for member in cluster.members[:MEMBERS]:
        yield from _member(page, member, cluster=cluster)
    if len(cluster.members) > MEMBERS:
        yield page.dim(f"  \u2026 and {counted(len(cluster.members) - MEMBERS, 'more member')}")


def _member(page: _Page, member: Member, *, cluster: Cluster) -> Iterator[str]:
    known = [text for text in (member.source, member.published) if text.strip()]
    if member.verdict is None:
        figures = f"represents: {shown(cluster.reason, page.width - len('  \u25cf represents: '))}"
        yield f"  {page.bold('\u25cf')} {figures}"
        if known:
            yield page.dim(_terms("    ", known, room=page.width))
    else:
        figures = _figures(member.jaccard, member.containment, tfidf=member.tfidf)
        head = f"  \u25cb {_verdict(page, member.verdict)}  {figures}"
        room = page.width - _FIGURED - len(figures)
        yield head + (page.dim(_terms("   ", known, room=room)) if known and room >= _ROOM_FOR_SOURCE else "")
        if known and room < _ROOM_FOR_SOURCE:
            yield page.dim(_terms("    ", known, room=page.width))
    yield "    " + _named(member.id, member.title, room=page.width - 4)
    if member.own_terms:
        yield page.dim(_terms("    own: ", member.own_terms, room=page.width))


_FIGURED = 4 + _VERDICT_CELLS + 2
_ROOM_FOR_SOURCE = 16


def _verdict(page: _Page, verdict: Verdict) -> str:
    return page.paint(f"{verdict:<{_VERDICT_CELLS}}", _COLOURS[verdict])


def _figures(jaccard: float, containment: float, *, tfidf: float | None) -> str:
    shares = [("J", jaccard), ("C", containment)] + ([] if tfidf is None else [("TF-IDF", tfidf)])
    return "  ".join(f"{name} {percentage(share):>5}" for name, share in shares)


def _named(name: str, title: str, *, room: int) -> str:
    if not title.strip():
        return shown(name, room)
    name = shown(name, room // 2)
    headline = shorten(inert(title).strip(), room - cells(name) - len("  \u00ab\u00bb"))
    return f"{name}  {isolated(f'\u00ab{headline}\u00bb')}"


def _terms(label: str, terms: Iterable[str], *, room: int) -> str:
    line = label
    for term in terms:
        gap = "" if line == label else " \u00b7 "
        piece = gap + shown(term, room - len(label))
        if cells(line) + cells(piece) > room:
            break
        line += piece
    return line


def _listed(page: _Page, summary: Summary, report: Report) -> Iterator[str]:
    for verdict, pairs in summary.listed.items():
        for pair in pairs[:PAIRS]:
            yield from _pair(page, pair, report=report)
        if len(pairs) > PAIRS:
            more = counted(len(pairs) - PAIRS, "more pair")
            yield page.dim(f"  \u2026 and {more} listed as {verdict}; the JSON holds all")


def _pair(page: _Page, pair: Pair, *, report: Report) -> Iterator[str]:
    figures = _figures(pair.jaccard, pair.containment, tfidf=pair.tfidf)
    yield f"    {_verdict(page, pair.verdict)}  {figures}"
    for mark, side, name in ((" ", "left", pair.left), ("~", "right", pair.right)):
        said = "  in the reference" if pair.reference == side else ""
        named = _named(name, report.documents[name].title, room=page.width - 4 - len(said))
        yield f"  {mark} {named}{page.dim(said)}"
    if pair.reasons:
        yield page.dim(_terms("    because: ", pair.reasons, room=page.width))
