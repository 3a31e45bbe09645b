"""Per-document work of a report, batch by batch: parse, fold, shingle, fingerprint, MinHash."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from itertools import chain, islice

from dedup import core
from dedup.model.document_batch import BatchTask, DocumentBatch, ReadBatch, load
from dedup.model.recipe import Recipe
from dedup.text.prepare import SketchedBatch, prepare


def sketch_all[T](
    tasks: Iterable[BatchTask],
    recipe: Recipe,
    *,
    workers: int,
    store: Callable[[DocumentBatch, SketchedBatch], T],
) -> Iterator[tuple[ReadBatch, T]]:
    """Load and prepare a stream of batches in order; few batches are in memory at a time.

    Args:
        tasks: The batches to load, consumed no faster than they are prepared.
        recipe: Every setting.
        workers: Number of threads or processes, at least 1.
        store: Called with each prepared batch, in the thread that prepared it (with threads).
    """
    waiting = iter(tasks)
    first = list(islice(waiting, 2))
    work = partial(_sketched, recipe=recipe)

    def finished(task: BatchTask) -> tuple[ReadBatch, T]:
        read, sketched = work(task)
        return read, store(read.documents, sketched)

    if workers == 1 or len(first) <= 1:
        yield from map(finished, chain(first, waiting))
    elif core.NAME == "compiled":
        yield from map_ahead(finished, chain(first, waiting), workers=workers)
    else:
        for read, sketched in map_ahead(work, chain(first, waiting), workers=workers):
            yield read, store(read.documents, sketched)


def _sketched(task: BatchTask, *, recipe: Recipe) -> tuple[ReadBatch, SketchedBatch]:
    read = load(task)
    return read, prepare(read.documents, recipe)


def map_ahead[Task, Result](
    function: Callable[[Task], Result], tasks: Iterable[Task], *, workers: int
) -> Iterator[Result]:
    """Map a stream of tasks in order: in threads, or in processes if the kernel holds the GIL.

    Args:
        function: A module-level function, so that it can be pickled.
        tasks: Consumed no faster than they are done.
        workers: Number of threads or processes, at least 1.
    """
    if workers == 1:
        yield from map(function, tasks)
    else:
        with _pool(workers) as pool:
            yield from _ahead(pool, function, tasks, most=2 * workers)


def _pool(workers: int) -> Executor:
    if core.NAME == "compiled":  # it releases the GIL
        return ThreadPoolExecutor(workers)
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - a tenth of the start

    return ProcessPoolExecutor(workers)


def _ahead[Task, Result](
    pool: Executor, function: Callable[[Task], Result], tasks: Iterable[Task], *, most: int
) -> Iterator[Result]:
    """Map tasks in order, at most `most` of them at a time."""
    waiting: deque[Future[Result]] = deque()
    for task in tasks:
        waiting.append(pool.submit(function, task))
        if len(waiting) > most:
            yield waiting.popleft().result()
    yield from (future.result() for future in waiting)
