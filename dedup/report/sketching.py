"""Per-document work of a report, batch by batch: fold, shingle, fingerprint, MinHash."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from itertools import chain, islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.model import Document
from dedup.model.recipe import Recipe
from dedup.report.pair import HEAD, Sketches
from dedup.text.minhash import permutation_parameters

BATCH = 512
"""Documents that a worker takes at a time, at most."""

BATCH_LETTERS = 1 << 20
"""Code points after which a batch is full."""


class Columns(NamedTuple):
    """Many texts, prepared: a row each.

    Attributes:
        letters: int64: folded letters of each.
        digests: 16 bytes each, one after the other.
        shingles: uint64: those of all texts, one after the other.
        shingle_ends: int64, shape (n + 1,): where those of each begin.
        written: The texts in UTF-16, one after the other.
        written_ends: int64, shape (n + 1,): where the bytes of each begin.
        sketches: What the index keeps.
    """

    letters: NDArray[np.int64]
    digests: bytes
    shingles: NDArray[np.uint64]
    shingle_ends: NDArray[np.int64]
    written: bytes
    written_ends: NDArray[np.int64]
    sketches: Sketches


def prepare_all[T](
    documents: Iterable[Document], recipe: Recipe, *, workers: int, then: Callable[[Columns], T]
) -> Iterator[tuple[list[Document], T]]:
    """Prepare a stream of documents batch by batch, in their order; few batches are held at a time.

    Args:
        documents: Read no faster than they are prepared.
        recipe: How.
        workers: Threads or processes, 1 or more.
        then: What is done with each batch, in the thread that prepared it if there are threads.
    """
    batches = _batches(documents)
    first = list(islice(batches, 2))

    def finished(texts: list[str]) -> T:
        return then(_columns(texts, recipe))

    if workers == 1 or len(first) <= 1:
        for batch in chain(first, batches):
            yield batch, finished([document.text for document in batch])
    elif core.NAME == "compiled":  # it leaves the GIL to others
        with ThreadPoolExecutor(workers) as threads:
            yield from _ahead(threads, finished, chain(first, batches), most=2 * workers)
    else:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - a tenth of the start

        with ProcessPoolExecutor(workers) as processes:
            alone = partial(_columns, recipe=recipe)
            for batch, columns in _ahead(processes, alone, chain(first, batches), most=2 * workers):
                yield batch, then(columns)


def _ahead[T](
    pool: Executor, function: Callable[[list[str]], T], batches: Iterable[list[Document]], *, most: int
) -> Iterator[tuple[list[Document], T]]:
    """Map batches in their order, `most` of them at a time."""
    waiting: deque[tuple[list[Document], Future[T]]] = deque()
    for batch in batches:
        waiting.append((batch, pool.submit(function, [document.text for document in batch])))
        if len(waiting) > most:
            done, result = waiting.popleft()
            yield done, result.result()
    yield from ((done, result.result()) for done, result in waiting)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    letters = 0
    for document in documents:
        batch.append(document)
        letters += len(document.text)
        if len(batch) == BATCH or letters >= BATCH_LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def _columns(texts: Sequence[str], recipe: Recipe) -> Columns:
    a, b = permutation_parameters(recipe.permutations, recipe.seed)
    letters, digests, shingles, ends, prints, print_ends, signatures = core.prepare_many(
        texts, letters=recipe.letters, window=recipe.winnow, a=a, b=b
    )
    keys = core.band_keys(signatures, rows=recipe.rows)
    sketches = Sketches(keys, signatures[:, :HEAD].copy(), prints, np.diff(print_ends).astype(np.int32))
    return Columns(letters, digests, shingles, ends, *core.utf16(texts), sketches)
