"""Clusters, judged pairs and ranking of an archive -> its report."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from dedup.model import Boilerplate, Problem, Report
from dedup.model.known_boilerplate import without_repetition
from dedup.model.time_zone import time_zone
from dedup.report.archive import Archive
from dedup.report.boilerplate import LearntBoilerplate, name_passages
from dedup.report.compare_kept import Clustered
from dedup.report.credit_names import CreditNames
from dedup.report.find_series import find_series, series_rows
from dedup.report.known_passages import KeptPassages, text_with_passage
from dedup.report.rank import Ranking
from dedup.report.report_counts import count_all, kept_documents, named_documents
from dedup.report.report_rows import list_clusters, list_pairs
from dedup.report.report_warnings import cautions
from dedup.report.request import Request
from dedup.report.scope import Scope
from dedup.report.set_aside import Comparable
from dedup.report.source_table import SourceTable
from dedup.report.star_rows import star_rows
from dedup.report.stored_documents import DocumentRows, Documents
from dedup.report.versions import find_versions


def build_report(
    archive: Archive,
    compared: Comparable,
    clustered: Clustered,
    learnt: LearntBoilerplate,
    ranking: Ranking | None,
    *,
    request: Request,
    scope: Scope,
    problems: Sequence[Problem],
) -> Report:
    """Put together what a report lists; most of it is made when somebody reads it.

    Args:
        archive: The documents.
        compared: Their texts that were compared.
        clustered: The clusters of these, and the pairs that they are made of.
        learnt: Boilerplate of the archive.
        ranking: Of pairs and clusters; None when ranking is off.
        request: What the report is asked for.
        scope: Which documents are compared.
        problems: Of the input.
    """
    texts, judged, recipe = compared.texts, clustered.judged, request.recipe
    members = star_rows(clustered.stars, judged, texts=clustered.groups.texts)
    documents = clustered.groups.documents
    kept = kept_documents(archive, documents, dropped=clustered.stars.dropped, scope=scope)
    clusters = list_clusters(
        archive,
        documents,
        members,
        judged=judged,
        ranking=ranking,
        kept=kept,
        policy=recipe.representative,
        scope=scope,
    )
    clusters = replace(clusters, versions=find_versions(clusters, archive, learnt))
    pairs = list_pairs(archive, texts, judged, stars=members, ranking=ranking, recipe=recipe, scope=scope)
    series = series_rows(archive, texts.first, find_series(judged))
    listed = Documents(archive, named_documents(archive, clusters, pairs, series))
    credited = CreditNames(archive, clusters.documents)
    clusters = replace(clusters, stories=listed, credits=credited.of_rows)
    every_problem = sorted((*problems, *compared.problems, *archive.unread_dates()), key=_place)
    named, known = _passages(
        learnt, partial(text_with_passage, archive, texts.first, request.boilerplate), letters=recipe.letters
    )
    return Report(
        recipe=recipe,
        counts=count_all(
            len(archive.ids),
            clusters,
            pairs,
            problems=every_problem,
            candidates=clustered.candidates,
            series=series,
            unlisted=scope.count_pairs(texts, judged.left, judged.right) - len(pairs),
        ),
        clusters=clusters,
        pairs=pairs,
        problems=tuple(every_problem),
        boilerplate=named,
        known_boilerplate=known,
        documents=listed,
        encodings=dict(sorted(archive.encodings.items())),
        tokenisers={} if ranking is None else ranking.tokenisers,
        series=series,
        warnings=cautions(archive, clusters, kept, walls=compared.walls, cross_source=scope.cross_source),
        date_orders=archive.date_orders,
        scope=scope.as_json,
        kept=DocumentRows(archive, kept),
        sources=SourceTable(archive, clusters, credited, time_zone(recipe.timezone)),
        span=archive.span(),
    )


def _passages(
    learnt: LearntBoilerplate, text_of: Callable[[int], str], *, letters: int
) -> tuple[tuple[Boilerplate, ...], KeptPassages]:
    """Return the learnt passages for readers, and for later runs."""
    named = name_passages(
        learnt.passages, (text_of(passage.text) for passage in learnt.passages), letters=letters
    )
    once = without_repetition(learnt.passages, lambda passage: passage.shingles.tolist())
    return named, KeptPassages(once, text_of, letters)


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line or 0, problem.reason
