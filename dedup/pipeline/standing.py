"""The policy for the representative: which document of a cluster comes first, and what sets it apart."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_GROUNDS = {
    "earliest": ("earliest published", "longest"),
    "longest": ("longest", "earliest published"),
}

type Place = tuple[int, ...]
"""What documents are ordered by: the smallest represents."""


def standing(
    dates: NDArray[np.int64], letters: NDArray[np.int64], names: NDArray[np.int64], *, policy: str
) -> NDArray[np.int64]:
    """Give the place of each document: shape (n, 3), to be ordered by its columns from the left.

    Args:
        dates: When each was published; undated ones come after all others.
        letters: Length of its folded text.
        names: Its place in the order of the ids.
        policy: `earliest` or `longest`; the other decides between equals, then the id.
    """
    grounds = (dates, -letters) if policy == "earliest" else (-letters, dates)
    return np.stack((*grounds, names), axis=1)


def reason(first: Place, others: Sequence[Place], *, policy: str) -> str:
    """Say why the document that stands at `first` represents those that stand at `others`."""
    if any(other < first for other in others):
        return "a story that the roundup holds"
    for depth, ground in enumerate(_GROUNDS[policy], start=1):
        if all(first[:depth] < other[:depth] for other in others):
            return ground
    return "first by id among equals"
