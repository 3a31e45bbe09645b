"""The true pairs: exact Jaccard over word 3-grams, without estimates and without folding.

Texts are split into words at blanks, as the peers do. Two sets can only have a Jaccard of t or more if
they share one of their rarest n - ceil(t n) + 1 members (prefix filter: Chaudhuri, Ganti and Kaushik, "A
primitive operator for similarity joins in data cleaning", 2006), so only such pairs are counted in full.
"""

import math

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

BITS = 21
"""Bits of a word's number in a 3-gram of 63 bits."""


def similar_pairs(texts: list[str], *, bound: float = 0.7) -> list[tuple[int, int]]:
    """List the rows of all pairs with a Jaccard of `bound` or more over word 3-grams, left below right.

    Raises:
        ValueError: More than two million different words.
    """
    sets = gram_sets(texts)
    sizes = np.array([len(grams) for grams in sets])
    candidates = _sharing_a_prefix(sets, bound)
    fewer = np.minimum(sizes[candidates.row], sizes[candidates.col])
    more = np.maximum(sizes[candidates.row], sizes[candidates.col])
    possible = fewer >= bound * more
    pairs = zip(candidates.row[possible].tolist(), candidates.col[possible].tolist(), strict=True)
    return [(left, right) for left, right in sorted(pairs) if _jaccard(sets[left], sets[right]) >= bound]


def gram_sets(texts: list[str]) -> list[NDArray[np.int64]]:
    """Number the word 3-grams of every text, each once, ascending; a text of one or two words is one gram."""
    numbers: dict[str, int] = {}
    sets = []
    for text in texts:
        words = [numbers.setdefault(word, len(numbers) + 1) for word in text.split()]
        if words:
            words += [0] * (3 - len(words))
        row = np.array(words, dtype=np.int64)
        sets.append(np.unique(row[:-2] << 2 * BITS | row[1:-1] << BITS | row[2:]))
    if len(numbers) >= 1 << BITS:
        raise ValueError(
            f"{len(numbers):,} different words do not fit in {BITS} bits; give a smaller archive"
        )
    return sets


def _sharing_a_prefix(sets: list[NDArray[np.int64]], bound: float) -> scipy.sparse.coo_matrix:
    sizes = np.array([len(grams) for grams in sets])
    rows = np.repeat(np.arange(len(sets)), sizes)
    _, columns, counts = np.unique(np.concatenate(sets), return_inverse=True, return_counts=True)
    order = np.lexsort((columns, counts[columns], rows))
    rank = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    kept = order[rank < np.array([size - math.ceil(bound * size) + 1 for size in sizes.tolist()])[rows]]
    ones = np.ones(len(kept), dtype=np.int32)
    incidence = scipy.sparse.csr_matrix((ones, (rows[kept], columns[kept])), shape=(len(sets), len(counts)))
    return scipy.sparse.triu(incidence @ incidence.T, 1).tocoo()


def _jaccard(left: NDArray[np.int64], right: NDArray[np.int64]) -> float:
    both = len(np.intersect1d(left, right, assume_unique=True))
    return both / (len(left) + len(right) - both)
