"""One text -> all that finding its copies needs: the part of the road that every document takes alone."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from dedup import kernel
from dedup.errors import SettingError
from dedup.recipe import Recipe
from dedup.stages.sketch import permutation_parameters

BATCH = 256
"""Documents that a worker takes at a time."""

_DIGEST = 16


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
    return _prepare_batch([text], recipe=recipe)[0]


def prepare_all(
    texts: Sequence[str], recipe: Recipe, *, workers: int, progress: Callable[[str, int, int], object]
) -> list[Prepared]:
    """Prepare many texts, in their order; SettingError for fewer than 1 worker."""
    if workers < 1:
        raise SettingError("workers", workers, "1 or more")
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    prepared: list[Prepared] = []
    for batch in _mapped(partial(_prepare_batch, recipe=recipe), batches, workers=workers):
        prepared.extend(batch)
        progress("sketch", len(prepared), len(texts))
    return prepared


def _prepare_batch(texts: Sequence[str], *, recipe: Recipe) -> list[Prepared]:
    a, b = permutation_parameters(recipe.permutations, recipe.seed)
    letters, digests, shingles, ends, prints, print_ends, signatures = kernel.prepare_many(
        texts, letters=recipe.letters, window=recipe.winnow, a=a, b=b
    )
    return [
        Prepared(
            letters=int(letters[row]),
            digest=digests[row * _DIGEST : (row + 1) * _DIGEST],
            shingles=shingles[ends[row] : ends[row + 1]],
            fingerprints=prints[print_ends[row] : print_ends[row + 1]],
            signature=signatures[row],
        )
        for row in range(len(texts))
    ]


def _mapped(
    function: Callable[[Sequence[str]], list[Prepared]], batches: list[Sequence[str]], *, workers: int
) -> Iterator[list[Prepared]]:
    if workers == 1 or len(batches) <= 1:
        yield from map(function, batches)
        return
    pools = (
        ThreadPoolExecutor if kernel.NAME == "compiled" else ProcessPoolExecutor
    )  # the former frees the GIL
    with pools(min(workers, len(batches))) as pool:
        yield from pool.map(function, batches)
