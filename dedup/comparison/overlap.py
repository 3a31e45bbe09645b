"""How many shingles two texts share.

Jaccard and containment: Broder, "On the resemblance and containment of documents", 1997.
"""

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.model import Overlap

KEPT_WHOLE = 0.85
"""Containment from which one text counts as included whole in another."""


def match(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> Overlap:
    """Measure the overlap of two shingle sets, neither of them empty."""
    return Overlap(np.intersect1d(left, right, assume_unique=True).size, left.size, right.size)


def match_many(
    values: NDArray[np.uint64],
    bounds: NDArray[np.int64],
    *,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Count the shingles that each of many pairs of sets share.

    Args:
        values: All sets, concatenated.
        bounds: Start of each set, and the end of the last: shape (n + 1,).
        left: Row of the first set of each pair, ascending.
        right: Row of the second.

    Returns:
        int64, one count per pair.
    """
    return core.shared_counts(values, bounds, left, right)
