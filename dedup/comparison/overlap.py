"""Shingle sets, measured: how much they share.

Broder, "On the resemblance and containment of documents", 1997, for Jaccard and containment.
"""

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.model import Overlap

KEPT_WHOLE = 0.85
"""Containment from which a text stands whole in another."""


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
    return core.shared_counts(values, bounds, left, right)
