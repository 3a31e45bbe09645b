"""Two documents, measured: how much they share, and what differs.

Broder, "On the resemblance and containment of documents", 1997, for Jaccard and containment.
"""

import re

import numpy as np
from numpy.typing import NDArray

from dedup.kernel import plain as kernel
from dedup.records import Difference, Overlap

_WORDS = re.compile(r"\d+|[^\W\d]+")


def match(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> Overlap:
    """Measure two shingle sets, neither of them empty."""
    return Overlap(np.intersect1d(left, right, assume_unique=True).size, left.size, right.size)


def match_many(
    values: NDArray[np.uint64],
    bounds: NDArray[np.int64],
    *,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Count what many pairs of shingle sets share.

    Args:
        values: All sets, one after the other.
        bounds: Where each begins, and the end of the last: shape (n + 1,).
        left: Row of one set of each pair, ascending.
        right: Row of the other.

    Returns:
        int64, one count a pair.
    """
    return kernel.shared_counts(values, bounds, left, right)


def difference(left: str, right: str) -> Difference:
    """Find the words and numbers that only one of two folded texts holds."""
    ours, theirs = dict.fromkeys(_WORDS.findall(left)), dict.fromkeys(_WORDS.findall(right))
    left_words, left_numbers = _missing(ours, theirs, right)
    right_words, right_numbers = _missing(theirs, ours, left)
    return Difference(
        left_words,
        right_words,
        len(left_words) / max(len(ours), 1),
        len(right_words) / max(len(theirs), 1),
        left_numbers,
        right_numbers,
        sum(word.isdecimal() for word in ours.keys() & theirs.keys()),
    )


def _missing(
    ours: dict[str, None], theirs: dict[str, None], their_text: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split what only we have into words, spaces aside, and numbers."""
    written = their_text.replace(" ", "")
    new = [word for word in ours if word not in theirs]
    words = tuple(word for word in new if not word.isdecimal() and word not in written)
    return words, tuple(word for word in new if word.isdecimal())
