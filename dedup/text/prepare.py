"""Texts -> everything that finding their copies needs: fold, words, shingle, sketch."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core.numpy_kernel import PreparedTexts
from dedup.model.document_batch import DocumentBatch
from dedup.model.recipe import Recipe
from dedup.text.minhash import permutation_parameters, similarity_order


class SketchedBatch(NamedTuple):
    """The texts of a batch as every later step sees them, a row each.

    Attributes:
        letters: int64, shape (n,): folded letters, counted as `Recipe.min_letters` counts them.
        digests: uint64, shape (n, 2): BLAKE2b-128 of the folded text; equal for equal folded texts.
        shingles: uint64: of each text ascending, each once.
        shingle_bounds: int64, shape (n + 1,).
        fingerprints: uint64: the winnowed shingles, of each text ascending, each once.
        fingerprint_bounds: int64, shape (n + 1,).
        openings: uint64: the shingles that open a line, of each text ascending, each once.
        opening_bounds: int64, shape (n + 1,).
        closings: uint64, shape (n,): the last shingle of each text, 0 for a text without any.
        band_keys: uint64, shape (bands, n): a hash of each band of each signature.
        order: uint64, shape (n,): sorting by it puts similar texts next to each other.
    """

    letters: NDArray[np.int64]
    digests: NDArray[np.uint64]
    shingles: NDArray[np.uint64]
    shingle_bounds: NDArray[np.int64]
    fingerprints: NDArray[np.uint64]
    fingerprint_bounds: NDArray[np.int64]
    openings: NDArray[np.uint64]
    opening_bounds: NDArray[np.int64]
    closings: NDArray[np.uint64]
    band_keys: NDArray[np.uint64]
    order: NDArray[np.uint64]


def prepare(batch: DocumentBatch, recipe: Recipe) -> SketchedBatch:
    """Fold, shingle and sketch the texts of a batch; each row depends on its own text alone."""
    a, b = permutation_parameters(recipe.permutations, recipe.seed)
    texts = core.TextColumn(batch.texts.data, batch.texts.bounds)
    many = core.prepare_many(texts, letters=recipe.letters, window=recipe.winnow, a=a, b=b)
    return SketchedBatch(
        letters=many.letters,
        digests=np.frombuffer(many.digests, dtype=np.uint64).reshape(-1, 2),
        shingles=many.shingles,
        shingle_bounds=many.shingle_bounds,
        fingerprints=many.fingerprints,
        fingerprint_bounds=many.fingerprint_bounds,
        openings=many.openings,
        opening_bounds=many.opening_bounds,
        closings=many.closings,
        band_keys=core.band_keys(many.signatures, rows=recipe.rows),
        order=similarity_order(many.signatures),
    )


def prepare_texts(texts: core.Texts, recipe: Recipe) -> PreparedTexts:
    """Fold, shingle and sketch texts that come alone."""
    a, b = permutation_parameters(recipe.permutations, recipe.seed)
    return core.prepare_many(texts, letters=recipe.letters, window=recipe.winnow, a=a, b=b)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """One text, prepared.

    Attributes:
        letters: Folded letters, counted as `Recipe.min_letters` counts them.
        digest: BLAKE2b of the folded text, 16 bytes; equal for equal folded texts.
        shingles: uint64, ascending, each once.
        fingerprints: uint64, ascending: the winnowed shingles.
        signature: uint32, shape (permutations,).
    """

    letters: int
    digest: bytes
    shingles: NDArray[np.uint64]
    fingerprints: NDArray[np.uint64]
    signature: NDArray[np.uint32]


def prepare_text(text: str, recipe: Recipe) -> Prepared:
    """Fold, shingle and sketch one text."""
    a, b = permutation_parameters(recipe.permutations, recipe.seed)
    one = core.prepare_many([text], letters=recipe.letters, window=recipe.winnow, a=a, b=b)
    return Prepared(int(one.letters[0]), one.digests, one.shingles, one.fingerprints, one.signatures[0])
