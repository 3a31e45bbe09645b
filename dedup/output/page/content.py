"""Collect the content of the page: a core for the first view, and pieces that other views load.

The core has columns of numbers, not records, and no headlines, so that browsers parse one of 100,000
documents in a tenth of a second.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import batched

from dedup import __version__
from dedup.core.numerals import DATES, NUMERALS
from dedup.model import Boilerplate, Problem, Report, ReportWarning
from dedup.model.errors import QUOTED
from dedup.model.reason_phrases import PHRASES
from dedup.model.time_zone import time_zone
from dedup.output.legible_reasons import reasons_of_pair
from dedup.output.page.page_clusters import (
    CLUSTERS_TOGETHER,
    KINDS,
    VERDICTS,
    cluster_columns,
    cluster_details,
    coded,
    codes,
    pair_columns,
    sanitized,
)
from dedup.output.page.page_dates import PageDates
from dedup.output.page.page_documents import PageDocuments, folded_key
from dedup.output.page.page_packing import Json, packed
from dedup.output.page.page_series import series_details, series_list, shown_series
from dedup.output.sanitize import sanitize_line
from dedup.output.summary import Summary

LISTED = 50_000
"""Maximum number of pairs shown of each verdict, and of problems."""

DATE_ORDERS = 200
"""Maximum number of sources whose date order the page shows."""

SHORTEST_PASSAGE = 8
"""Minimum number of letters of a boilerplate passage that the page greys."""

PAIRS_TOGETHER = 250
"""Number of pairs whose reasons are packed together."""


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a page, packed.

    Attributes:
        language: Language of most documents, among those of the page.
        pieces: Packed pieces by name; `core` comes first.
    """

    language: str
    pieces: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PageHead:
    """Origin of a page.

    Attributes:
        name: Name of the archive, such as its file; empty if unknown.
        command: The command that made the page; empty if unknown.
    """

    name: str = ""
    command: str = ""


def gather(report: Report, summary: Summary, head: PageHead) -> Content:
    """Collect the content of the page of `report`."""
    dates = PageDates(report)
    documents = PageDocuments(report.documents, dates)
    clusters = cluster_columns(report.clusters, documents, zone=time_zone(report.recipe.timezone))
    pairs = [pair for listed in summary.listed.values() for pair in listed[:LISTED]]
    listed = pair_columns(pairs, documents)
    documents.close()
    series = shown_series(report.series, report.documents)
    core = _core(report, summary, head, documents, dates) | {
        "clusters": clusters,
        "pairs": listed,
        "series": series_list(series, more=len(report.series) - len(series)),
    }
    pieces = {"core": packed(core), "documents": packed(documents.columns.of_lists())}
    pieces["about"] = packed(_about(report))
    pieces |= _numbered("cluster", cluster_details(report, documents))
    pieces |= _numbered(
        "pair",
        (
            [codes(reasons_of_pair(pair, report.documents)) for pair in batch]
            for batch in batched(pairs, PAIRS_TOGETHER)
        ),
    )
    pieces |= _numbered("series", series_details(series, dates))
    pieces |= {f"text-{number}": chunk for number, chunk in enumerate(documents.chunks)}
    return Content(documents.language, pieces)


def _core(
    report: Report, summary: Summary, head: PageHead, documents: PageDocuments, dates: PageDates
) -> dict[str, Json]:
    """Return what the first view needs, but for the lists."""
    return {
        "head": asdict(head) | {"span": dates.span(report.span), "version": __version__},
        "counts": _figures(report, summary, documents),
        "source_figures": _source_figures(report, documents),
        "warnings": [_warning(warning) for warning in report.warnings],
        "documents": documents.columns.of_every_view(),
        "chunk_starts": list(documents.chunk_starts),
        "cut": list(documents.cut),
        "verdicts": [verdict.value for verdict in VERDICTS],
        "kinds": [kind.value for kind in KINDS],
        "phrases": phrase_tables(),
        "more": {verdict.value: len(pairs) - LISTED for verdict, pairs in summary.listed.items()},
        "alphabet": documents.alphabet(),
        "furniture": documents.boilerplate_sentences(),
        "boilerplate": _keys(report.boilerplate),
        "numerals": [*sorted(NUMERALS)],
        "dates": [*sorted(DATES)],
        "letters": report.recipe.letters,
        "together": [CLUSTERS_TOGETHER, PAIRS_TOGETHER],
        "sources": list(documents.sources),
    }


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


def _source_figures(report: Report, documents: PageDocuments) -> list[Json]:
    """Return one row per source: its number, counts, median delay in minutes or -1, credits, own names."""
    return [
        [
            documents.source_number(source.name),
            source.documents,
            source.copies,
            source.first,
            source.followed,
            source.unordered,
            source.repeated,
            -1 if source.delay is None else source.delay // 60,
            source.changed,
            source.uncredited,
            [[sanitize_line(name), count] for name, count in source.credits],
            sanitized(source.own_names),
        ]
        for source in report.sources
    ]


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
    """Return passages in the form in which the page finds them: folded, without spaces, not too short."""
    keys = {folded_key(passage.text) for passage in boilerplate}
    return [*sorted(key for key in keys if len(key) >= SHORTEST_PASSAGE)]


def _problem(problem: Problem) -> list[Json]:
    """Return file, line and kind of a problem, then an English sentence, or a document id and a reason."""
    sentence: list[Json] = (
        [sanitize_line(problem.reason)]
        if problem.why is None
        else [sanitize_line(problem.id), coded(problem.why)]
    )
    return [sanitize_line(problem.path), problem.line, sanitize_line(problem.kind), *sentence]


def _warning(warning: ReportWarning) -> list[Json]:
    return [warning.kind, sanitize_line(warning.name, limit=QUOTED), warning.documents, warning.of]


def _inert_keys(counts: Mapping[str, int]) -> dict[str, Json]:
    return {sanitize_line(name): count for name, count in counts.items()}


def phrase_tables() -> dict[str, Json]:
    """Return the phrases of each language; those of the reasons in the order of `KINDS`."""
    return {
        language: asdict(phrases) | {"reasons": [phrases.reasons[kind] for kind in KINDS]}
        for language, phrases in PHRASES.items()
    }
