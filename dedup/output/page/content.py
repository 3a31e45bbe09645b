"""A report -> what the page holds: a core that every view needs, and pieces that some of them ask for.

Columns of numbers, not records: a core of 100,000 documents is read in a tenth of a second.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import batched

from dedup.comparison.reasons import percent
from dedup.core.numerals import DATES, NUMERALS
from dedup.model import (
    Boilerplate,
    Cluster,
    Pair,
    Problem,
    Reason,
    ReasonKind,
    Report,
    ReportWarning,
    Verdict,
)
from dedup.model.errors import QUOTED
from dedup.model.reason import Value
from dedup.model.reason_phrases import PHRASES
from dedup.output.page.page_dates import PageDates
from dedup.output.page.page_documents import PageDocuments, folded_key
from dedup.output.page.page_packing import Json, packed
from dedup.output.page.page_series import series_details, series_list
from dedup.output.sanitize import sanitize_line
from dedup.output.summary import Summary

LISTED = 5_000
"""Pairs shown of one verdict, and problems, at most."""

BETWEEN = 200
"""Measured pairs of members shown of one cluster, beside those with the representative, at most."""

DATE_ORDERS = 200
"""Sources of which the page says whether they write the day first, at most."""

SHORTEST_PASSAGE = 8
"""Letters of a recurring passage that the page greys, at least."""

CLUSTERS_TOGETHER = 50
PAIRS_TOGETHER = 250
"""How many have their reasons packed together."""

VERDICTS = tuple(Verdict)
KINDS = tuple(ReasonKind)


@dataclass(frozen=True, slots=True)
class Content:
    """What a page holds, packed.

    Attributes:
        persian: Whether the page opens in Persian.
        pieces: By the name the page asks for them; `core` first, then what it can wait for.
    """

    persian: bool
    pieces: Mapping[str, str]


def gather(report: Report, summary: Summary) -> Content:
    """Gather what a page of `report` holds."""
    dates = PageDates(report)
    documents = PageDocuments(report.documents, dates)
    clusters = _clusters(report.clusters, documents)
    pairs = [pair for listed in summary.listed.values() for pair in listed[:LISTED]]
    listed = _pairs(pairs, documents)
    documents.close()
    core: dict[str, Json] = {
        "counts": _figures(report, summary, documents),
        "warnings": [_warning(warning) for warning in report.warnings],
        "sources": list(documents.sources),
        "documents": documents.columns.as_json(),
        "chunk_starts": list(documents.chunk_starts),
        "cut": list(documents.cut),
        "verdicts": [verdict.value for verdict in VERDICTS],
        "phrases": phrase_tables(),
        "clusters": clusters,
        "pairs": listed,
        "more": {verdict.value: len(pairs) - LISTED for verdict, pairs in summary.listed.items()},
        "series": series_list(report.series),
        "alphabet": documents.alphabet(),
        "furniture": documents.furniture(),
        "boilerplate": _keys(report.boilerplate),
        "numerals": [*sorted(NUMERALS)],
        "dates": [*sorted(DATES)],
        "letters": report.recipe.letters,
        "together": [CLUSTERS_TOGETHER, PAIRS_TOGETHER],
    }
    pieces = {"core": packed(core), "about": packed(_about(report))}
    pieces |= _numbered("cluster", _cluster_details(report, documents))
    pieces |= _numbered(
        "pair", ([_codes(pair.reasons) for pair in batch] for batch in batched(pairs, PAIRS_TOGETHER))
    )
    pieces |= _numbered("series", series_details(report.series, dates))
    pieces |= {f"text-{number}": chunk for number, chunk in enumerate(documents.chunks)}
    return Content(documents.persian, pieces)


def _numbered(name: str, contents: Iterable[list[Json]]) -> dict[str, str]:
    return {f"{name}-{number}": packed(content) for number, content in enumerate(contents)}


def _figures(report: Report, summary: Summary, documents: PageDocuments) -> dict[str, Json]:
    spared = sorted(report.copies)
    return {
        "documents": summary.documents,
        "clusters": summary.clusters,
        "copies": summary.copies,
        "spared": len(spared),
        "spared_bytes": sum(documents.bytes[number] for number in documents.add(spared)),
        "listed": {verdict.value: len(pairs) for verdict, pairs in summary.listed.items()},
        "problems": dict(summary.problems),
        "unclustered": summary.unclustered,
        "boilerplate": len(summary.boilerplate),
        "cut_pairs": summary.cut_pairs,
        "unlisted_pairs": summary.unlisted_pairs,
        "without_text": documents.without_text,
    }


def _clusters(clusters: Sequence[Cluster], documents: PageDocuments) -> dict[str, Json]:
    """Members of all clusters one after the other, each cluster's representative first."""
    columns: dict[str, list[Json]] = {
        name: []
        for name in ("sizes", "cohesion", "reason", "members", "verdict", "jaccard", "containment", "tfidf")
    }
    for cluster in clusters:
        columns["sizes"].append(len(cluster.members))
        columns["cohesion"].append(percent(cluster.cohesion))
        columns["reason"].append(_coded(cluster.reason))
        columns["members"].extend(documents.add(cluster.members))
        for member in cluster.members:
            columns["verdict"].append(_verdict_code(member.verdict))
            _score(columns, member.jaccard, member.containment, tfidf=member.tfidf)
    return {name: column for name, column in columns.items()}  # noqa: C416 - a dict of lists is not yet Json


def _pairs(pairs: Sequence[Pair], documents: PageDocuments) -> dict[str, Json]:
    columns: dict[str, list[Json]] = {
        name: [] for name in ("left", "right", "verdict", "jaccard", "containment", "tfidf")
    }
    for pair in pairs:
        left, right = documents.add((pair.left, pair.right))
        columns["left"].append(left)
        columns["right"].append(right)
        columns["verdict"].append(_verdict_code(pair.verdict))
        _score(columns, pair.jaccard, pair.containment, tfidf=pair.tfidf)
    return {name: column for name, column in columns.items()}  # noqa: C416 - as above


def _score(
    columns: Mapping[str, list[Json]], jaccard: float, containment: float, *, tfidf: float | None
) -> None:
    """Add whole percents; -1 is not measured."""
    columns["jaccard"].append(percent(jaccard))
    columns["containment"].append(percent(containment))
    columns["tfidf"].append(-1 if tfidf is None else percent(tfidf))


def _verdict_code(verdict: Verdict | None) -> int:
    return -1 if verdict is None else VERDICTS.index(verdict)


def _cluster_details(report: Report, documents: PageDocuments) -> Iterable[list[Json]]:
    between = _between(report)
    for batch in batched(report.clusters, CLUSTERS_TOGETHER):
        yield [
            {
                "terms": _sanitized(cluster.shared_terms),
                "own": [_sanitized(member.own_terms) for member in cluster.members],
                "reasons": [_codes(member.reasons) for member in cluster.members],
                "versions": [*documents.add(cluster.versions)],
                "between": [
                    [
                        *documents.add((pair.left, pair.right)),
                        _verdict_code(pair.verdict),
                        percent(pair.jaccard),
                        percent(pair.containment),
                        -1 if pair.tfidf is None else percent(pair.tfidf),
                    ]
                    for pair in between.get(cluster.id, [])
                ],
            }
            for cluster in batch
        ]


def _between(report: Report) -> dict[int, list[Pair]]:
    """Measured pairs of members that are both no representative, by cluster."""
    homes: dict[str, int] = {}
    for cluster in report.clusters:
        for member in cluster.members[1:]:
            homes.setdefault(member.id, cluster.id)
    found: dict[int, list[Pair]] = {}
    for pair in report.pairs:
        home = homes.get(pair.left)
        if home is not None and home == homes.get(pair.right) and len(found.setdefault(home, [])) < BETWEEN:
            found[home].append(pair)
    return found


def _about(report: Report) -> dict[str, Json]:
    return {
        "recipe": {name: str(value) for name, value in report.recipe.as_json().items()},
        "counts": _inert_keys(report.counts),
        "encodings": _inert_keys(report.encodings),
        "tokenisers": _inert_keys(report.tokenisers),
        "date_orders": {
            sanitize_line(order.source): f"{order.first} first, {order.dates} dates, proof: {order.proof}"
            for order in report.date_orders[:DATE_ORDERS]
        },
        "boilerplate": [[sanitize_line(passage.text), passage.documents] for passage in report.boilerplate],
        "problems": [_problem(problem) for problem in report.problems[:LISTED]],
        "more_problems": len(report.problems) - LISTED,
    }


def _keys(boilerplate: Iterable[Boilerplate]) -> list[Json]:
    """Write passages as the page finds them in a text: folded, without spaces, no lone words."""
    keys = {folded_key(passage.text) for passage in boilerplate}
    return [*sorted(found for found in keys if len(found) >= SHORTEST_PASSAGE)]


def _problem(problem: Problem) -> list[Json]:
    return [
        sanitize_line(problem.path),
        problem.line,
        sanitize_line(problem.kind),
        sanitize_line(problem.reason),
    ]


def _warning(warning: ReportWarning) -> list[Json]:
    return [warning.kind, sanitize_line(warning.name, limit=QUOTED), warning.documents, warning.of]


def _inert_keys(counts: Mapping[str, int]) -> dict[str, Json]:
    return {sanitize_line(name): count for name, count in counts.items()}


def _codes(reasons: Iterable[Reason]) -> list[Json]:
    return [_coded(reason) for reason in reasons]


def _coded(reason: Reason) -> list[Json]:
    """Write a reason as the place of its kind, then its values; the page fills the phrase (`reasons.js`)."""
    return [KINDS.index(reason.kind), *map(_inert_value, reason.values)]


def _inert_value(value: Value) -> Json:
    if isinstance(value, str):
        return sanitize_line(value)
    return value if isinstance(value, int) else [_inert_value(item) for item in value]


def phrase_tables() -> dict[str, Json]:
    """Give the phrases of each language; the phrase of a kind is at the place of the kind in `KINDS`."""
    return {
        language: asdict(phrases) | {"reasons": [phrases.reasons[kind] for kind in KINDS]}
        for language, phrases in PHRASES.items()
    }


def _sanitized(words: Iterable[str]) -> list[Json]:
    return [sanitize_line(word) for word in words]
