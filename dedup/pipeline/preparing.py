"""One text -> all that finding its copies needs: the part of the road that every document takes alone."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from dedup.errors import SettingError
from dedup.recipe import Recipe
from dedup.stages.fingerprint import fingerprint
from dedup.stages.fold import fold
from dedup.stages.shingle import shingle_sequence
from dedup.stages.sketch import sketch

BATCH = 256
"""Documents that a worker process takes at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A text as the index and the match see it.

    Attributes:
        letters: Folded letters, UTF-16 units without spaces.
        digest: BLAKE2b of the folded text, 16 bytes; equal for identical documents.
        shingles: uint64, ascending, each once.
        fingerprints: uint64, ascending: the winnowed shingles.
        signature: uint32, shape (permutations,).
    """

    letters: int
    digest: bytes
    shingles: NDArray[np.uint64]
    fingerprints: NDArray[np.uint64]
    signature: NDArray[np.uint32]


def prepare(text: str, recipe: Recipe) -> Prepared:
    """Fold, shingle and sketch one text."""
    folded = fold(text)
    sequence = shingle_sequence(folded, letters=recipe.letters)
    shingles = np.unique(sequence)
    return Prepared(
        letters=folded.letters,
        digest=blake2b(folded.units.astype("<u2").tobytes(), digest_size=16).digest(),
        shingles=shingles,
        fingerprints=fingerprint(sequence, window=recipe.winnow),
        signature=sketch(shingles, permutations=recipe.permutations, seed=recipe.seed),
    )


def prepare_all(
    texts: Sequence[str], recipe: Recipe, *, workers: int, progress: Callable[[str, int, int], object]
) -> list[Prepared]:
    """Prepare many texts, in their order, on `workers` processes; SettingError for fewer than 1."""
    if workers < 1:
        raise SettingError("workers", workers, "1 or more")
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    prepared: list[Prepared] = []
    for batch in _mapped(partial(_prepare_batch, recipe=recipe), batches, workers=workers):
        prepared.extend(batch)
        progress("sketch", len(prepared), len(texts))
    return prepared


def _prepare_batch(texts: Sequence[str], *, recipe: Recipe) -> list[Prepared]:
    return [prepare(text, recipe) for text in texts]


def _mapped(
    function: Callable[[Sequence[str]], list[Prepared]], batches: list[Sequence[str]], *, workers: int
) -> Iterator[list[Prepared]]:
    if workers == 1 or len(batches) <= 1:
        yield from map(function, batches)
        return
    with ProcessPoolExecutor(min(workers, len(batches))) as pool:
        yield from pool.map(function, batches)
