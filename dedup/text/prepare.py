"""One text -> everything that finding its copies needs: shingles, fingerprints, signature, digest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.model.recipe import Recipe
from dedup.text.minhash import permutation_parameters


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
    a, b = permutation_parameters(recipe.permutations, recipe.seed)
    letters, digest, shingles, _, fingerprints, _, signatures = core.prepare_many(
        [text], letters=recipe.letters, window=recipe.winnow, a=a, b=b
    )
    return Prepared(int(letters[0]), digest, shingles, fingerprints, signatures[0])
