"""Runs with a work folder, which reuse the results of earlier runs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import batched
from pathlib import Path

from dedup.model.document_batch import BatchTask
from dedup.model.recipe import Recipe
from dedup.report.memory_plan import MemoryPlan
from dedup.report.pair import SketchStore
from dedup.report.progress_notes import Progress
from dedup.report.run_steps import Codec, Material, Step
from dedup.report.sketching import map_ahead
from dedup.report.spill import UNLIMITED, MemoryBudget
from dedup.report.take_in import TakenIn, empty_archive
from dedup.report.work.arrays_file import read_arrays, write_arrays
from dedup.report.work.document_parts import Made, make_parts, open_part
from dedup.report.work.work_folder import WorkFolder

TASKS_OF_A_PART = 16
"""Batches per part: some 5,000 stories, 50 MB. Smaller parts would need too many open files; larger ones lose
more work in a crash."""


def in_groups(tasks: Iterable[BatchTask]) -> Iterator[Sequence[BatchTask]]:
    """Group the batches of an input by the part that they make."""
    return batched(tasks, TASKS_OF_A_PART)


def parts_in_threads(
    tasks: Iterable[BatchTask], *, folder: WorkFolder, recipe: Recipe, workers: int
) -> Iterator[Made]:
    """Make the parts of an input on this machine, in their order."""
    make = partial(make_parts, folder=folder.documents, recipe=recipe)
    return map_ahead(make, in_groups(tasks), workers=workers)


def take_in_parts(
    reference: Iterable[Made],
    items: Iterable[Made],
    *,
    folder: WorkFolder,
    recipe: Recipe,
    progress: Progress,
    plan: MemoryPlan | None = None,
) -> TakenIn:
    """Wait for all parts, those of the reference first, and open them.

    Raises:
        SettingError: There is not enough memory for so many documents.
        WorkFolderError: The folder belongs to a run over other documents, or the disk is full.
    """
    plan = plan or MemoryPlan(None, ranked=recipe.rank)
    made: list[list[Made]] = []
    documents = 0
    progress("sketch", 0, 0)
    for parts in (reference, items):
        made.append([])
        for each in parts:
            made[-1].append(each)
            documents += each.documents
            plan.check(documents)
            progress("sketch", documents, 0)
    keys = [[key for each in side for key in each.keys] for side in made]
    folder.settle_documents(*keys)
    archive, sketches = empty_archive(recipe, MemoryBudget(UNLIMITED)), SketchStore(MemoryBudget(UNLIMITED))
    for side in keys:
        archive.references = len(archive)
        for path in map(folder.part, side):
            batch, sketched, run = open_part(path)
            archive.add_batch(batch, archive.store_batch(batch, sketched))
            sketches.add_run(run)
    problems = [problem for side in made for each in side for problem in each.problems]
    return TakenIn(archive, sketches, [*problems, *archive.settle()])


class FolderRunner:
    """Runs tasks in threads of this process, and saves their results in a work folder."""

    def __init__(self, folder: WorkFolder, *, workers: int) -> None:
        self._folder = folder
        self._workers = workers

    def run[Task, Result](
        self, step: Step[Task, Result], tasks: Sequence[Task], material: Material
    ) -> Iterator[Result]:
        """Return the results of tasks, in order; existing ones are read."""
        paths = [self._folder.result(step.name, number) for number in range(len(tasks))]

        def done(path: Path, task: Task) -> Result:
            make_result(path, step, material, task)
            return step.codec.unpack(read_arrays(path))

        with ThreadPoolExecutor(self._workers) as threads:
            yield from threads.map(done, paths, tasks)

    def once[Result](self, name: str, codec: Codec[Result], make: Callable[[], Result]) -> Result:
        """Return a result, computing it in this process unless it exists."""
        return kept_once(self._folder.result(name, 0), codec, make)


def make_result[Task, Result](path: Path, step: Step[Task, Result], material: Material, task: Task) -> None:
    """Do a task unless its result exists."""
    if not path.exists():
        write_arrays(path, step.codec.pack(step.work(material, task)))


def kept_once[Result](path: Path, codec: Codec[Result], make: Callable[[], Result]) -> Result:
    """Read a result, or compute and save it."""
    if not path.exists():
        write_arrays(path, codec.pack(make()))
    return codec.unpack(read_arrays(path))
