"""The policy for the representative: which document of a cluster comes first, and what sets it apart."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

UNDATED = np.iinfo(np.int64).max
"""The date of a document that has none: after all others."""

IN_REFERENCE = -1
"""The source of a document of the reference, among the preferred ones: before all others."""

_GROUNDS = {
    "earliest": ("preferred source", "earliest published", "longest"),
    "latest": ("preferred source", "latest published", "longest"),
    "longest": ("preferred source", "longest", "earliest published"),
}

type Place = tuple[int, ...]
"""What documents are ordered by: the smallest represents."""


def standing(
    sources: NDArray[np.int64],
    dates: NDArray[np.int64],
    letters: NDArray[np.int64],
    names: NDArray[np.int64],
    *,
    policy: str,
) -> NDArray[np.int64]:
    """Give the place of each document: shape (n, 4), to be ordered by its columns from the left.

    Args:
        sources: Place of its source among the preferred ones; the others come after them. What stands in
            the reference comes before all, at `IN_REFERENCE`.
        dates: When each was published; undated ones come after all others.
        letters: Length of its folded text.
        names: Its place in the order of the ids.
        policy: `earliest`, `latest` or `longest`.
    """
    if policy == "latest":
        dates = np.where(dates == UNDATED, UNDATED, -dates)
    grounds = (-letters, dates) if policy == "longest" else (dates, -letters)
    return np.stack((sources, *grounds, names), axis=1)


def reason(first: Place, others: Sequence[Place], *, policy: str) -> str:
    """Say why the document that stands at `first` represents those that stand at `others`."""
    if any(other < first for other in others):
        return "a story that the roundup holds"
    if first[0] == IN_REFERENCE:
        return "stands in the reference"
    for depth, ground in enumerate(_GROUNDS[policy], start=1):
        if all(first[:depth] < other[:depth] for other in others):
            return ground
    return "first by id among equals"
