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
    """Load and prepare a stream of batches, in their order; few batches are in memory at a time.

    Args:
        tasks: Taken no faster than they are prepared.
        recipe: How.
        workers: Threads or processes, 1 or more.
        store: What is done with each prepared batch, in the thread that prepared it if there are threads.
    """
    waiting = iter(tasks)
    first = list(islice(waiting, 2))
    work = partial(_sketched, recipe=recipe)

    def finished(task: BatchTask) -> tuple[ReadBatch, T]:
        read, sketched = work(task)
        return read, store(read.documents, sketched)

    if workers == 1 or len(first) <= 1:
        yield from map(finished, chain(first, waiting))
    elif core.NAME == "compiled":  # it leaves the GIL to others
        with ThreadPoolExecutor(workers) as threads:
            yield from _ahead(threads, finished, chain(first, waiting), most=2 * workers)
    else:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - a tenth of the start

        with ProcessPoolExecutor(workers) as processes:
            for read, sketched in _ahead(processes, work, chain(first, waiting), most=2 * workers):
                yield read, store(read.documents, sketched)


def _sketched(task: BatchTask, *, recipe: Recipe) -> tuple[ReadBatch, SketchedBatch]:
    read = load(task)
    return read, prepare(read.documents, recipe)


def _ahead[T](
    pool: Executor, function: Callable[[BatchTask], T], tasks: Iterable[BatchTask], *, most: int
) -> Iterator[T]:
    """Map tasks in their order, `most` of them at a time."""
    waiting: deque[Future[T]] = deque()
    for task in tasks:
        waiting.append(pool.submit(function, task))
        if len(waiting) > most:
            yield waiting.popleft().result()
    yield from (future.result() for future in waiting)
