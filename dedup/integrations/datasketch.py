"""Convert signatures to and from datasketch 2, and index an archive in its `MinHashLSH`.

Importing datasketch takes a second, so no other module imports it, or this one.
"""

from collections.abc import Iterable
from operator import itemgetter

import numpy as np
from datasketch import LeanMinHash, MinHashLSH
from numpy.typing import NDArray

from dedup.model.document_like import DocumentLike, as_documents, renamed
from dedup.model.errors import SettingError
from dedup.model.recipe import Recipe
from dedup.text.prepare import prepare_text

SCHEME = "affine32"
"""The hash scheme of datasketch 2; its signatures cannot be compared with those of 1.x."""


def to_lean_minhash(signature: NDArray[np.uint32], *, seed: int = 1) -> LeanMinHash:
    """Make a `datasketch.LeanMinHash` of a signature.

    Args:
        signature: Output of `sketch`.
        seed: The seed that `sketch` used.
    """
    return LeanMinHash(seed=seed, hashvalues=signature, scheme=SCHEME)


def from_lean_minhash(minhash: LeanMinHash) -> NDArray[np.uint32]:
    """Return the signature of a `datasketch.LeanMinHash` or `MinHash`: uint32, shape (permutations,).

    Raises:
        SettingError: It was made with a scheme other than `affine32`.
    """
    if minhash.scheme != SCHEME:
        raise SettingError("scheme", minhash.scheme, f"expected {SCHEME}, the scheme of datasketch 2")
    return np.array(minhash.hashvalues, dtype=np.uint32)


def to_minhash_lsh(
    documents: Iterable[DocumentLike], *, recipe: Recipe | None = None, threshold: float = 0.5
) -> MinHashLSH:
    """Index documents in a `datasketch.MinHashLSH`, by id, except those too short to compare.

    Args:
        documents: As for `find_duplicates`.
        recipe: Its letters, permutations, seed and min_letters are used.
        threshold: The Jaccard similarity for which `MinHashLSH` chooses its bands.

    Returns:
        An index to query with `to_lean_minhash(sketch(shingle(fold(text))))`.
    """
    recipe = recipe or Recipe()
    index = MinHashLSH(threshold=threshold, num_perm=recipe.permutations)
    listed = list(as_documents(documents, []))
    names = [document.id for document in listed]
    for row, name in list(renamed(names, listed.__getitem__)):
        names[row] = name
    for name, document in sorted(zip(names, listed, strict=True), key=itemgetter(0)):
        prepared = prepare_text(document.text, recipe)
        if prepared.letters >= recipe.min_letters:
            index.insert(name, to_lean_minhash(prepared.signature, seed=recipe.seed))
    return index
