"""The report on one machine.

documents > fold > shingle > sketch > index > match > verdict > cluster > rank > report
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from dedup.input import Fields
from dedup.model import Problem, Report
from dedup.model.decisions import NO_DECISIONS, Decisions
from dedup.model.keyword_hints import names_keywords
from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe
from dedup.report.boilerplate import LearntBoilerplate
from dedup.report.build_report import build_report
from dedup.report.cluster_archive import cluster_archive
from dedup.report.decide import choose, equal_texts_apart
from dedup.report.given_documents import DocumentInput, batches_of, having_documents
from dedup.report.memory_plan import A_BATCH, A_PART, MemoryPlan
from dedup.report.pair_texts import pair_texts
from dedup.report.progress_notes import Progress, silent
from dedup.report.ranking import rank_all
from dedup.report.request import Request
from dedup.report.run_steps import Material, Runner, ThreadRunner
from dedup.report.scope import Scope
from dedup.report.set_aside import comparable
from dedup.report.take_in import TakenIn, take_in
from dedup.report.work.folder_runner import FolderRunner, parts_in_threads, take_in_parts
from dedup.report.work.run_settings import settings_of
from dedup.report.work.work_folder import WorkFolder
from dedup.report.worker_count import usable_workers


@names_keywords
def find_duplicates(
    documents: DocumentInput,
    *,
    reference: DocumentInput = (),
    cross_source: bool = False,
    text: str | None = None,
    fields: Fields | Mapping[str, str] | None = None,
    threshold: float | None = None,
    recipe: Recipe | None = None,
    decisions: Decisions = NO_DECISIONS,
    boilerplate: Sequence[KnownPassage] = (),
    workers: int | None = None,
    work_dir: str | os.PathLike[str] | None = None,
    memory: int | None = None,
    progress: Progress = silent,
) -> Report:
    """Find the copies among documents.

    Args:
        documents: The path of a folder or a file, or a list of paths, see `read`; records, mappings with
            `text`, or plain strings, in a list or by their ids in a mapping; problems among them go into the
            report. Or a data frame with such columns, see `from_frame`. A string in a list is a text, a
            string alone is a path.
        reference: Documents that are known already, such as an old archive. They are the first choice as
            representatives, and are not compared with each other.
        cross_source: Whether only documents of different sources are compared; those without a source count
            as one source.
        text: The field, key or column that holds the text, such as `body`; None for `text`.
        fields: Likewise for any part of a document, such as `{"text": "body", "title": "headline"}`, or
            `dedup.input.preset("ninjs")`.
        threshold: Minimum Jaccard of near-duplicates, 0 to 1; None for the recipe's.
        recipe: Every setting that shapes the result; None for the defaults.
        decisions: Decisions of users: which documents represent their clusters, and which pairs are not
            copies.
        boilerplate: Boilerplate known beforehand, such as `known_boilerplate` of the report that produced
            these documents; more is learnt from the documents.
        workers: Number of threads (processes with the numpy kernel) that prepare the texts, at least 1; the
            result does not depend on it.
        work_dir: Folder for intermediate results. An interrupted run continues from it when started again
            with the same documents in the same order. Texts are read from it instead of kept in memory, by
            the report too. None to save nothing. Needs pyarrow.
        memory: Memory budget of the whole run in bytes. Fewer workers run if theirs would not fit, and texts
            beyond a fraction of it go to disk; if the columns that must stay in memory would not fit, the run
            fails before it computes. The operating system does not enforce it. None for no limit.
        progress: Called when a stage (`sketch`, `index`, `match`, `cluster`, `rank`, `report`) begins, and
            periodically during it.

    Returns:
        The same report for the same documents, whatever their order.

    Raises:
        SettingError: `workers` is below 1, `threshold` is not between 0 and 1, `fields` names something that
            is not part of a document, or there are too many documents or pairs for `memory`.
        ReadingError: The input cannot be read as documents: the file does not exist, a data frame has no
            column `text`, or no record has a field that was named.
        WorkFolderError: The folder belongs to another run, is in use or has no room.
    """
    recipe = recipe or Recipe()
    if threshold is not None:
        recipe = replace(recipe, threshold=threshold)
    request = Request(recipe=recipe, cross_source=cross_source, decisions=decisions, boilerplate=boilerplate)
    names = Fields.of(fields)
    if text is not None:
        names = replace(names, text=Fields.of({"text": text}).text)
    plan = MemoryPlan(
        memory,
        ranked=recipe.rank,
        workers=usable_workers(workers),
        each=A_BATCH if work_dir is None else A_PART,
    )
    problems: list[Problem] = []
    known = batches_of(reference, problems, fields=names, prefix="reference:")
    new = batches_of(documents, problems, fields=names)
    report = partial(
        report_on, request=request, problems=problems, workers=plan.workers, progress=progress, plan=plan
    )
    if work_dir is None:
        taken = take_in(known, new, recipe=recipe, workers=plan.workers, progress=progress, plan=plan)
        return having_documents(report(taken, runner=ThreadRunner(plan.workers)), fields=names)
    with WorkFolder(Path(work_dir), settings_of(request)) as folder:
        make = partial(parts_in_threads, folder=folder, recipe=recipe, workers=plan.workers)
        taken = take_in_parts(
            make(known), make(new), folder=folder, recipe=recipe, progress=progress, plan=plan
        )
        found = report(taken, runner=FolderRunner(folder, workers=plan.workers))
    return having_documents(found, fields=names)


def report_on(
    taken: TakenIn,
    request: Request,
    *,
    problems: list[Problem],
    runner: Runner,
    workers: int,
    progress: Progress,
    plan: MemoryPlan | None = None,
) -> Report:
    """Report on prepared documents.

    Args:
        taken: The documents, their sketches, and their problems.
        request: What the report is asked for.
        problems: Other problems of the input.
        runner: Runs the tasks of the large steps.
        workers: Threads of this process for the other steps.
        progress: See `find_duplicates`.
        plan: Memory budget, checked once the pairs to measure are known.

    Raises:
        SettingError: There is not enough memory for the pairs.
    """
    archive, read_problems, recipe = taken.archive, taken.problems, request.recipe
    choose(archive, request.decisions)
    compared = comparable(archive, recipe)
    texts = compared.texts
    scope = Scope(
        archive.source_numbers,
        references=archive.references,
        cross_source=request.cross_source,
        apart=equal_texts_apart(archive, texts, request.decisions),
    )

    clustered, learnt, material = cluster_archive(
        archive,
        taken.sketches,
        texts,
        request=request,
        scope=scope,
        runner=runner,
        workers=workers,
        progress=progress,
        plan=plan,
    )
    del taken  # no later step needs the file of sketches
    ranking = None
    if recipe.rank:
        first = clustered.groups.documents.first
        ranking = rank_all(
            archive,
            texts,
            clustered.judged,
            clusters=[first[star].tolist() for star in clustered.stars.texts()],
            material=material,
            recipe=recipe,
            runner=runner,
            progress=progress,
        )

    progress("report", 0, 0)
    return build_report(
        archive,
        compared,
        clustered,
        learnt,
        ranking,
        request=request,
        scope=scope,
        problems=[*problems, *read_problems],
    )


def learn_boilerplate(
    documents: DocumentInput,
    *,
    boilerplate: Sequence[KnownPassage] = (),
    recipe: Recipe | None = None,
    workers: int | None = None,
) -> LearntBoilerplate:
    """Learn the boilerplate of an archive, as a report on it does, to judge pairs without a report.

    Args:
        documents: See `find_duplicates`.
        boilerplate: Likewise.
        recipe: Likewise.
        workers: Likewise.
    """
    recipe, workers = recipe or Recipe(), usable_workers(workers)
    batches = batches_of(documents, [], fields=Fields())
    taken = take_in((), batches, recipe=recipe, workers=workers, progress=silent)
    first = comparable(taken.archive, recipe).texts.first
    material = Material(taken.sketches.view(first), taken.archive, first)
    return pair_texts(
        taken.archive,
        material,
        known=boilerplate,
        recipe=recipe,
        runner=ThreadRunner(workers),
        workers=workers,
    )[1]
