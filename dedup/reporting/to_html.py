"""A report -> one page that needs nothing: no script, no network, one style sheet inside.

Document text is escaped by construction: the page is a tree of elements and the serialiser writes it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from xml.etree.ElementTree import Element, SubElement, tostring

from dedup.records import Cluster, Document, Member, Pair, Problem, Report, Verdict
from dedup.reporting.markup import add, address, after, foreign, named, share, table, terms, verdict
from dedup.reporting.style import POLICY, STYLE
from dedup.reporting.summary import Summary, summarise
from dedup.reporting.wording import MEANING, by_kind, counted, percentage

ROWS = 5_000
"""Members shown on the page, at most; 5,000 rows are about 9 MB."""

CLUSTER_ROWS = 200
"""Members shown of one cluster, at most."""

LISTED = 2_000
"""Pairs shown of one verdict, and problems, at most."""

_TITLE = "Copied news"
_SCOPE = (
    "This report finds copied text, whole or in part. "
    "It does not claim to find the same event told again in other words."
)
_MEMBER_COLUMNS = (
    *("Document", "Verdict", "Jaccard", "Containment", "TF-IDF"),
    *("Rank", "Source", "Published", "Own terms"),
)
_PAIR_COLUMNS = ("Documents", "Jaccard", "Containment", "TF-IDF", "Reasons")


def to_html(report: Report) -> bytes:
    """Write `report` as a self-contained UTF-8 page, at most `ROWS` members and `LISTED` of each list.

    Light and dark, narrow and print. Document text cannot act: it is escaped, its control and direction
    characters are gone, and only http and https addresses are links.
    """
    summary = summarise(report)
    root = Element("html", {"lang": "en"})
    _head(SubElement(root, "head"))
    body = SubElement(root, "body")
    add(body, "a", "Skip to the clusters", class_="skip", href="#clusters")
    _opening(body, summary)
    main = add(body, "main")
    _clusters(main, report)
    for kind, pairs in summary.listed.items():
        _listed(main, kind, pairs=pairs, documents=report.documents)
    if report.problems:
        _problems(main, report.problems)
    _method(add(body, "footer"), report)
    page = tostring(root, encoding="unicode", method="html")
    return f"<!DOCTYPE html>\n{page}\n".encode()


def _head(head: Element) -> None:
    add(head, "meta", charset="utf-8")
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    add(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    add(head, "meta", name="color-scheme", content="light dark")
    add(head, "meta", name="referrer", content="no-referrer")
    add(head, "title", _TITLE)
    SubElement(head, "style").text = STYLE


def _opening(body: Element, summary: Summary) -> None:
    header = add(body, "header")
    add(header, "h1", _TITLE)
    add(header, "p", _lead(summary), class_="lead")
    figures = add(header, "dl", class_="figures")
    for name, value in _figures(summary):
        tile = add(figures, "div")
        add(tile, "dt", name)
        add(tile, "dd", f"{value:,}")
    sections = add(add(header, "nav", aria_label="Sections"), "ul")
    for anchor, name in _sections(summary):
        add(add(sections, "li"), "a", name, href=f"#{anchor}")


def _lead(summary: Summary) -> str:
    if not summary.documents:
        return "No documents: nothing to compare."
    if not summary.clusters:
        return f"No copies found among {counted(summary.documents, 'document')}."
    copies, documents = f"{summary.copies:,}", counted(summary.documents, "document")
    clusters = counted(summary.clusters, "cluster")
    return f"{copies} of {documents} are copies of one another, in {clusters}."


def _figures(summary: Summary) -> Iterator[tuple[str, int]]:
    yield "documents", summary.documents
    yield "clusters", summary.clusters
    yield from ((kind.value, count) for kind, count in summary.joined.items())
    yield from ((f"listed as {kind}", len(pairs)) for kind, pairs in summary.listed.items())
    if summary.problems:
        yield "problems", sum(summary.problems.values())


def _sections(summary: Summary) -> Iterator[tuple[str, str]]:
    yield "clusters", "Clusters"
    yield from ((f"listed-{kind}", f"Listed as {kind}") for kind in summary.listed)
    if summary.problems:
        yield "problems", f"Problems ({by_kind(summary.problems)})"
    yield "method", "How this was found"


def _section(main: Element, anchor: str, *, name: str, note: str) -> Element:
    section = add(main, "section", aria_labelledby=anchor)
    add(section, "h2", name, id=anchor)
    add(section, "p", note, class_="note")
    return section


def _clusters(main: Element, report: Report) -> None:
    note = "Members are measured against the representative of their cluster, the most alike first."
    if not report.clusters:
        note = "No copies found."
    section = _section(main, "clusters", name="Clusters", note=note)
    left, shown = ROWS, 0
    for cluster in report.clusters:
        if not left:
            break
        members = cluster.members[: min(left, CLUSTER_ROWS)]
        _cluster(section, cluster, members=members)
        left -= len(members)
        shown += 1
    _more(section, len(report.clusters) - shown, noun="cluster")


def _cluster(section: Element, cluster: Cluster, *, members: Sequence[Member]) -> None:
    anchor = f"cluster-{cluster.id}"
    card = add(section, "article", class_="card", aria_labelledby=anchor)
    head = add(card, "h3", f"Cluster {cluster.id:,} \u00b7 ", id=anchor)
    foreign(head, members[0].title if members[0].title.strip() else cluster.representative)
    size = counted(len(cluster.members), "document")
    facts = add(card, "p", f"{size} \u00b7 cohesion {percentage(cluster.cohesion)} \u00b7 ", class_="note")
    foreign(facts, cluster.representative)
    after(facts[0], " represents: ")
    foreign(facts, cluster.reason)
    if cluster.shared_terms:
        shared = add(card, "div", class_="shared")
        add(shared, "span", "Shared terms:", class_="note")
        terms(shared, cluster.shared_terms, label="Shared terms")
    body = table(card, f"Documents of cluster {cluster.id:,}", _MEMBER_COLUMNS)
    for member in members:
        _member(add(body, "tr"), member)
    _more(card, len(cluster.members) - len(members), noun="member")


def _member(row: Element, member: Member) -> None:
    document = named(add(row, "th", scope="row"), member.id, title=member.title)
    if not member.id.startswith(member.path):
        foreign(add(document, "span", class_="small"), member.path)
    if member.url:
        address(add(document, "span", class_="small"), member.url)
    judged = add(add(row, "td", data_label="Verdict"), "div")
    verdict(judged, member.verdict)
    for reason in member.reasons:
        foreign(add(judged, "span", class_="small"), reason)
    share(row, member.jaccard, label="Jaccard")
    share(row, member.containment, label="Containment")
    share(row, member.tfidf, label="TF-IDF")
    add(row, "td", f"{member.rank:,}", class_="share", data_label="Rank")
    for label, text in (("Source", member.source), ("Published", member.published)):
        cell = add(row, "td", data_label=label)
        if text:
            foreign(add(cell, "div"), text)
    own = add(row, "td", data_label="Own terms")
    if member.own_terms:
        terms(own, member.own_terms, label="Own terms")


def _listed(
    main: Element, kind: Verdict, *, pairs: Sequence[Pair], documents: Mapping[str, Document]
) -> None:
    note = f"{counted(len(pairs), 'pair')}, not joined: {MEANING[kind]}."
    section = _section(main, f"listed-{kind}", name=f"Listed as {kind}", note=note)
    card = add(section, "div", class_="card")
    body = table(card, f"Pairs listed as {kind}, strongest first", _PAIR_COLUMNS)
    for pair in pairs[:LISTED]:
        row = add(body, "tr")
        both = add(row, "th", scope="row")
        named(both, pair.left, title=documents[pair.left].title)
        named(both, pair.right, title=documents[pair.right].title, class_="other")
        share(row, pair.jaccard, label="Jaccard")
        share(row, pair.containment, label="Containment")
        share(row, pair.tfidf, label="TF-IDF")
        because = add(add(row, "td", data_label="Reasons"), "div")
        for reason in pair.reasons:
            foreign(add(because, "div"), reason)
    _more(card, len(pairs) - LISTED, noun="pair")


def _problems(main: Element, problems: Sequence[Problem]) -> None:
    note = "Input that could not be used as it stood."
    card = add(_section(main, "problems", name="Problems", note=note), "div", class_="card")
    body = table(card, "Problems by file and line", ("File", "Line", "Kind", "Reason"))
    for problem in problems[:LISTED]:
        row = add(body, "tr")
        foreign(add(row, "th", scope="row"), problem.path)
        add(row, "td", "" if problem.line is None else str(problem.line), data_label="Line")
        add(row, "td", problem.kind.replace("_", " "), data_label="Kind")
        foreign(add(add(row, "td", data_label="Reason"), "div"), problem.reason)
    _more(card, len(problems) - LISTED, noun="problem")


def _more(parent: Element, count: int, *, noun: str) -> None:
    if count > 0:
        add(parent, "p", f"{counted(count, f'more {noun}')} in the JSON.", class_="note")


def _method(footer: Element, report: Report) -> None:
    details = add(footer, "details", id="method")
    add(details, "summary", "How this was found")
    groups: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("Recipe", asdict(report.recipe)),
        ("Counts", report.counts),
        ("Documents by encoding", report.encodings),
        ("Documents by tokeniser", report.tokenisers),
    )
    for name, facts in groups:
        if facts:
            add(details, "h3", name)
            rows = add(details, "dl", class_="settings")
            for key, value in facts.items():
                row = add(rows, "div")
                add(row, "dt", key)
                add(row, "dd", str(value))
    add(footer, "p", _SCOPE)
