"""Step `prepare`: texts -> folded letters, shingles, fingerprints and sketches."""

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
    """What later steps need of the texts of a batch, one row per text.

    Attributes:
        letters: int64, shape (n,): folded letters, counted as `Recipe.min_letters` counts them.
        digests: uint64, shape (n, 2): BLAKE2b-128 of the folded text; equal for equal folded texts.
        shingles: uint64: the shingle sets of all texts, concatenated, each ascending.
        shingle_bounds: int64, shape (n + 1,): start of each set, and the end of the last.
        fingerprints: uint64: winnowed shingles, stored in the same way.
        fingerprint_bounds: int64, shape (n + 1,).
        openings: uint64: shingles at the beginning of a line, stored in the same way.
        opening_bounds: int64, shape (n + 1,).
        closings: uint64, shape (n,): the last shingle of each text, 0 for a text without shingles.
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
    """Fold, shingle and sketch the texts of a batch; each row depends on its own text only."""
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
    """Fold, shingle and sketch texts that are not part of a batch."""
    a, b = permutation_parameters(recipe.permutations, recipe.seed)
    return core.prepare_many(texts, letters=recipe.letters, window=recipe.winnow, a=a, b=b)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Shingles and sketch of one text.

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
