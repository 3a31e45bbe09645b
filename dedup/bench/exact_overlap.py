"""Pairs of texts that overlap, found by comparing each text with all others, without estimates or an index.

Texts are folded and cut into word 5-grams. A pair counts when its Jaccard is 0.5 or more or its containment
0.7 or more, and its smaller side has 30 different 5-grams or more.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from dedup.text.fold import fold

WORDS, JACCARD, CONTAINMENT, SMALLEST = 5, 0.5, 0.7, 30
_ROWS = 256
"""Texts that are multiplied with all others at once: with 20,000 others, 60 MB at most."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Mixes numbers of words into that of a 5-gram; odd, so that no bit is lost."""


class ExactPairs(NamedTuple):
    """Pairs of rows, left below right.

    Attributes:
        left: int64.
        right: int64.
        jaccard: float64, of 5-grams.
        containment: float64, likewise.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    jaccard: NDArray[np.float64]
    containment: NDArray[np.float64]


def exact_pairs(texts: Sequence[str]) -> Iterator[ExactPairs]:
    """Count what every two texts share; gives the pairs over the bounds, those of some texts at a time."""
    grams, sizes = _grams(texts)
    transposed = grams.T.tocsr()
    for start in range(0, len(texts), _ROWS):
        both = (grams[start : start + _ROWS] @ transposed).tocoo()
        left, right = both.row.astype(np.int64) + start, both.col.astype(np.int64)
        above = left < right
        yield _over_the_bounds(left[above], right[above], both.data[above], sizes)


def _over_the_bounds(
    left: NDArray[np.int64], right: NDArray[np.int64], shared: NDArray[np.int32], sizes: NDArray[np.int64]
) -> ExactPairs:
    fewer = np.minimum(sizes[left], sizes[right])
    jaccard, containment = shared / (sizes[left] + sizes[right] - shared), shared / fewer
    counted = ((jaccard >= JACCARD) | (containment >= CONTAINMENT)) & (fewer >= SMALLEST)
    return ExactPairs(left[counted], right[counted], jaccard[counted], containment[counted])


def _grams(texts: Sequence[str]) -> tuple[scipy.sparse.csr_matrix, NDArray[np.int64]]:
    """Number the 5-grams of every text; a shorter text is one.

    Returns:
        A row a text, a column a 5-gram that several texts have; and how many different ones each text has.
    """
    numbers: dict[str, int] = {}
    grams = [np.empty(0, dtype=np.uint64), *(_mixed(text, numbers) for text in texts)]
    sizes = np.array([row.size for row in grams[1:]], dtype=np.int64)
    _, columns, counts = np.unique(np.concatenate(grams), return_inverse=True, return_counts=True)
    shared = counts[columns] > 1
    rows = np.repeat(np.arange(len(texts)), sizes)[shared]
    ones = np.ones(rows.size, dtype=np.int32)
    return scipy.sparse.csr_matrix((ones, (rows, columns[shared])), shape=(len(texts), counts.size)), sizes


def _mixed(text: str, numbers: dict[str, int]) -> NDArray[np.uint64]:
    """Hash the 5-grams of a text, each once."""
    words = [numbers.setdefault(word, len(numbers) + 1) for word in str(fold(text)).split()]
    row = np.array(words + [0] * (WORDS - len(words)), dtype=np.uint64)
    grams = row[: row.size - WORDS + 1].copy()
    for place in range(1, WORDS):
        grams = (grams ^ (grams >> np.uint64(32))) * _FACTOR
        grams += row[place : row.size - WORDS + 1 + place]
    return np.unique(grams)
