"""Documents -> an archive and a sketch store: every text is read and prepared once."""

from collections.abc import Iterable
from typing import NamedTuple

from dedup import core
from dedup.model import Problem
from dedup.model.document_batch import BatchTask, DocumentBatch
from dedup.model.memory import return_freed_memory
from dedup.model.recipe import Recipe
from dedup.report.archive import Archive, StoredBatch
from dedup.report.memory_plan import MemoryPlan
from dedup.report.pair import Sketches, SketchStore
from dedup.report.pair.sketch_store import sketches_of
from dedup.report.progress_notes import Progress
from dedup.report.sketching import sketch_all
from dedup.report.spill import MemoryBudget
from dedup.text.prepare import SketchedBatch


class TakenIn(NamedTuple):
    """The prepared input of a run.

    Attributes:
        archive: Every document.
        sketches: Sketches of the documents.
        problems: Documents that could not be read, or were renamed.
    """

    archive: Archive
    sketches: SketchStore
    problems: list[Problem]


def empty_archive(recipe: Recipe, memory: MemoryBudget | None = None) -> Archive:
    """Begin an archive with the recipe's settings for documents."""
    return Archive(
        preferred=recipe.sources, timezone=recipe.timezone, date_order=recipe.date_order, memory=memory
    )


def take_in(
    reference: Iterable[BatchTask],
    items: Iterable[BatchTask],
    *,
    recipe: Recipe,
    workers: int,
    progress: Progress,
    plan: MemoryPlan | None = None,
) -> TakenIn:
    """Read and prepare every document once, the reference first.

    Args:
        reference: Batches of documents that are known already.
        items: Batches of the others.
        recipe: Every setting.
        workers: Threads or processes.
        progress: See `find_duplicates`.
        plan: Memory budget; None for the default.

    Returns:
        The prepared input. Problems of single list items are not included; they go to the maker of the
        batches.

    Raises:
        SettingError: There is not enough memory for so many documents.
    """
    plan = plan or MemoryPlan(None, ranked=recipe.rank)
    archive, sketch_store = empty_archive(recipe, plan.stored), SketchStore(plan.stored)
    problems: list[Problem] = []

    def store(batch: DocumentBatch, sketched: SketchedBatch) -> tuple[StoredBatch, Sketches]:
        return archive.store_batch(batch, sketched), sketches_of(sketched)

    progress("sketch", 0, 0)  # the first batch may take long
    for tasks in (reference, items):
        archive.references = len(archive)
        for read, (stored, sketches) in sketch_all(tasks, recipe, workers=workers, store=store):
            archive.add_batch(read.documents, stored)
            sketch_store.add(sketches)
            problems += read.problems
            core.warn_if_slow(len(archive))
            plan.check(len(archive))
            progress("sketch", len(archive), 0)
    problems += archive.settle()
    return_freed_memory()
    return TakenIn(archive, sketch_store, problems)
