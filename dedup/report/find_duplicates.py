"""The report's road.

documents > fold > shingle > sketch > index > match > verdict > cluster > rank > report
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.input import Fields
from dedup.model import Problem, Report
from dedup.model.document_batch import DocumentBatch
from dedup.model.errors import SettingError
from dedup.model.recipe import Recipe
from dedup.report.archive import Archive, StoredBatch
from dedup.report.boilerplate import LearntBoilerplate, name_passages
from dedup.report.build_report import list_clusters, list_pairs
from dedup.report.clustering import cluster_all
from dedup.report.credit_names import CreditNames
from dedup.report.find_series import find_series, series_rows
from dedup.report.given_documents import Documentary, batches_of
from dedup.report.judge_candidates import judge_all
from dedup.report.learn_boilerplate import learn_by_place
from dedup.report.pair import Candidates, Sketches, SketchStore
from dedup.report.pair.find_candidates import find_candidates
from dedup.report.pair.sketch_store import sketches_of
from dedup.report.ranking import rank_all
from dedup.report.report_counts import count_all, kept_documents, named_documents
from dedup.report.report_warnings import cautions
from dedup.report.scope import Scope
from dedup.report.set_aside import comparable
from dedup.report.sketching import sketch_all
from dedup.report.source_table import SourceTable
from dedup.report.spill import MemoryBudget
from dedup.report.star_rows import star_rows
from dedup.report.stored_documents import Documents, Rows
from dedup.report.versions import find_versions
from dedup.text.prepare import SketchedBatch

type Progress = Callable[[str, int, int], object]
"""Hears the stage, how much of it is done, and how much there is."""


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def find_duplicates(
    documents: Documentary,
    *,
    reference: Documentary = (),
    cross_source: bool = False,
    text: str | None = None,
    fields: Mapping[str, str] | None = None,
    threshold: float | None = None,
    recipe: Recipe | None = None,
    workers: int | None = None,
    progress: Progress = _silent,
) -> Report:
    """Find the copies among documents.

    Args:
        documents: The path of a folder or a file, see `read`; records, mappings with `text`, plain strings;
            problems pass into the report. Or a data frame whose columns are named so, see `from_frame`.
        reference: Documents that are known already, such as an old archive. They represent before all
            others, and no two of them are compared with each other.
        cross_source: Whether only documents of different sources are compared; those that name no source
            count as one source.
        text: The field, key or column that holds the text, such as `body`; None for `text`.
        fields: The same for all parts of a document, such as `{"text": "body", "title": "headline"}`.
        threshold: Jaccard below which no two texts are near-duplicates, 0 to 1; None for that of the recipe.
        recipe: Every setting that shapes the result; None for the defaults.
        workers: Threads, or processes with the numpy kernel, that prepare the texts, 1 or more; the
            result does not depend on it.
        progress: Called when a stage begins (`sketch`, `index`, `match`, `cluster`, `rank`, `report`) and
            now and then while it goes on.

    Returns:
        The same report for the same documents, whatever their order.

    Raises:
        SettingError: `workers` is below 1, `threshold` is no share, or `fields` names no part of a document.
        ReadingError: What was given is no archive: there is no such file, a data frame has no column `text`.
    """
    recipe = recipe or Recipe()
    if threshold is not None:
        recipe = replace(recipe, threshold=threshold)
    names = Fields.of(fields if text is None else {**(fields or {}), "text": text})
    workers = _workers(workers)
    archive, sketches, problems = _take_in(
        documents, reference, names=names, recipe=recipe, workers=workers, progress=progress
    )
    compared = comparable(archive, recipe)
    texts = compared.texts
    scope = Scope(archive.source_numbers, references=archive.references, cross_source=cross_source)

    progress("index", 0, 0)
    first = texts.first
    found, boilerplate = _paired(archive, sketches, first, recipe=recipe, workers=workers)
    del sketches  # its file can go
    candidates, not_compared = scope.split_candidates(texts, found)
    judged = judge_all(
        archive, texts, candidates, recipe, boilerplate=boilerplate, workers=workers, progress=progress
    )
    progress("cluster", 0, 0)
    groups, stars = cluster_all(archive, texts, judged, not_compared=not_compared, recipe=recipe, scope=scope)
    first = groups.documents.first
    ranking = (
        rank_all(
            archive,
            texts,
            judged,
            clusters=[first[star].tolist() for star in stars.texts()],
            recipe=recipe,
            workers=workers,
            progress=progress,
        )
        if recipe.rank
        else None
    )

    progress("report", 0, 0)
    members = star_rows(stars, judged, texts=groups.texts)
    kept = kept_documents(archive, groups.documents, dropped=stars.dropped, scope=scope)
    clusters = list_clusters(
        archive,
        groups.documents,
        members,
        judged=judged,
        ranking=ranking,
        kept=kept,
        policy=recipe.representative,
        scope=scope,
    )
    clusters = replace(clusters, versions=find_versions(clusters, archive, boilerplate))
    pairs = list_pairs(archive, texts, judged, stars=members, ranking=ranking, recipe=recipe, scope=scope)
    series = series_rows(archive, texts.first, find_series(judged))
    every_problem = sorted((*problems, *compared.problems, *archive.unread_dates()), key=_place)
    documents_by_id = Documents(archive, named_documents(archive, clusters, pairs, series))
    credited = CreditNames(archive, clusters.documents)
    clusters = replace(clusters, stories=documents_by_id, credits=credited.of_rows)
    return Report(
        recipe=recipe,
        counts=count_all(
            len(archive.ids),
            clusters,
            pairs,
            problems=every_problem,
            candidates=candidates,
            series=series,
            unlisted=scope.count_pairs(texts, judged.left, judged.right) - len(pairs),
        ),
        clusters=clusters,
        pairs=pairs,
        problems=tuple(every_problem),
        boilerplate=name_passages(
            boilerplate.passages,
            (archive.text(int(texts.first[passage.text])) for passage in boilerplate.passages),
            letters=recipe.letters,
        ),
        documents=documents_by_id,
        encodings=dict(sorted(archive.encodings.items())),
        tokenisers={} if ranking is None else ranking.tokenisers,
        series=series,
        warnings=cautions(archive, clusters, kept, walls=compared.walls, cross_source=cross_source),
        date_orders=archive.date_orders,
        scope=scope.as_json,
        kept=Rows(archive, kept),
        sources=SourceTable(archive, clusters, credited),
        span=archive.span(),
    )


def learn_boilerplate(
    documents: Documentary, *, recipe: Recipe | None = None, workers: int | None = None
) -> LearntBoilerplate:
    """Learn the boilerplate of an archive, as a report on it does, for pairs that are judged without one.

    Args:
        documents: See `find_duplicates`.
        recipe: Likewise.
        workers: Likewise.
    """
    recipe, workers = recipe or Recipe(), _workers(workers)
    archive, sketches, _ = _take_in(
        documents, (), names=Fields(), recipe=recipe, workers=workers, progress=_silent
    )
    first = comparable(archive, recipe).texts.first
    return _paired(archive, sketches, first, recipe=recipe, workers=workers)[1]


def _paired(
    archive: Archive,
    sketches: SketchStore,
    first: NDArray[np.int64],
    *,
    recipe: Recipe,
    workers: int,
) -> tuple[Candidates, LearntBoilerplate]:
    """Find the candidates among the texts of an archive, and its boilerplate."""
    return find_candidates(
        sketches.view(first),
        recipe,
        shingles_of=lambda numbers: archive.shingles(first[numbers].tolist()),
        by_place=learn_by_place(archive, first, letters=recipe.letters, crowd=recipe.boilerplate),
        workers=workers,
    )


def _workers(wanted: int | None) -> int:
    workers = _processors() if wanted is None else wanted
    if workers < 1:
        raise SettingError("workers", workers, "1 or more")
    return workers


def _processors() -> int:
    if core.NAME == "numpy":
        from multiprocessing import get_start_method  # noqa: PLC0415 - compiled, nobody asks

        if get_start_method() != "fork":
            return 1  # processes would run the caller's script again: never unasked
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS and Windows do not say which of them are ours


def _take_in(
    items: Documentary,
    reference: Documentary,
    *,
    names: Fields,
    recipe: Recipe,
    workers: int,
    progress: Progress,
) -> tuple[Archive, SketchStore, list[Problem]]:
    """Read and prepare every document once, the reference first, into an archive and a store of sketches."""
    problems: list[Problem] = []
    memory = MemoryBudget()
    archive = Archive(
        preferred=recipe.sources, timezone=recipe.timezone, date_order=recipe.date_order, memory=memory
    )
    sketch_store = SketchStore(memory)

    def store(batch: DocumentBatch, sketched: SketchedBatch) -> tuple[StoredBatch, Sketches]:
        return archive.store_batch(batch, sketched), sketches_of(sketched)

    progress("sketch", 0, 0)  # the first batch may be long in coming
    known = batches_of(reference, problems, fields=names, prefix="reference:")
    for tasks in (known, batches_of(items, problems, fields=names)):
        archive.references = len(archive)
        for read, (stored, sketches) in sketch_all(tasks, recipe, workers=workers, store=store):
            archive.add_batch(read.documents, stored)
            sketch_store.add(sketches)
            problems += read.problems
            core.warn_if_slow(len(archive))
            progress("sketch", len(archive), 0)
    return archive, sketch_store, [*problems, *archive.settle()]


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line or 0, problem.reason
