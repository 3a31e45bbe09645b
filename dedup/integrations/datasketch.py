"""Signatures to and from datasketch 2, and an archive as a ready `MinHashLSH`.

For systems that already run on datasketch. Its own importing takes a second, so nothing else here
loads it.
"""

from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dedup.model.document_like import DocumentLike, as_documents, renamed
from dedup.model.errors import SettingError
from dedup.model.recipe import Recipe
from dedup.text.prepare import prepare_text

if TYPE_CHECKING:
    from datasketch import LeanMinHash, MinHashLSH

SCHEME = "affine32"
"""The permutations of datasketch 2; signatures of 1.x do not compare with them."""


def to_lean_minhash(signature: NDArray[np.uint32], *, seed: int = 1) -> "LeanMinHash":
    """Make a `datasketch.LeanMinHash` of a signature.

    Args:
        signature: Output of `sketch`.
        seed: The seed it was made with.
    """
    from datasketch import LeanMinHash  # noqa: PLC0415 - takes a second

    return LeanMinHash(seed=seed, hashvalues=signature, scheme=SCHEME)


def from_lean_minhash(minhash: "LeanMinHash") -> NDArray[np.uint32]:
    """Give the signature of a `datasketch.LeanMinHash` or `MinHash`: uint32, shape (permutations,).

    Raises:
        SettingError: It was made by another scheme than `affine32`.
    """
    if minhash.scheme != SCHEME:
        raise SettingError("scheme", minhash.scheme, f"only {SCHEME} signatures compare with ours")
    return np.array(minhash.hashvalues, dtype=np.uint32)


def to_minhash_lsh(
    documents: Iterable[DocumentLike], *, recipe: Recipe | None = None, threshold: float = 0.5
) -> "MinHashLSH":
    """Index documents in a `datasketch.MinHashLSH`, by id; those too short to compare are left out.

    Args:
        documents: As for `find_duplicates`.
        recipe: Its letters, permutations, seed and min_letters are used.
        threshold: Jaccard that the bands of `MinHashLSH` are cut for.

    Returns:
        An index to query with `to_lean_minhash(sketch(shingle(fold(text))))`.
    """
    from datasketch import MinHashLSH  # noqa: PLC0415 - takes a second

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
