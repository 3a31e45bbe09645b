"""Which document represents a cluster, and the reason."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.model import Reason, ReasonKind

UNDATED = np.iinfo(np.int64).max
"""Date of an undated document: after all others."""

IN_REFERENCE = -2
"""Source rank of a reference document: before all others."""

CHOSEN = -1
"""Source rank of a document that a user decided to keep: before all others of the archive."""

_GROUNDS = {
    "earliest": (ReasonKind.PREFERRED_SOURCE, ReasonKind.EARLIEST, ReasonKind.LONGEST),
    "latest": (ReasonKind.PREFERRED_SOURCE, ReasonKind.LATEST, ReasonKind.LONGEST),
    "longest": (ReasonKind.PREFERRED_SOURCE, ReasonKind.LONGEST, ReasonKind.EARLIEST),
}

type SortKey = tuple[int, ...]
"""A row of `representative_sort_keys`."""


def representative_sort_keys(
    sources: NDArray[np.int64],
    dates: NDArray[np.int64],
    letters: NDArray[np.int64],
    names: NDArray[np.int64],
    *,
    policy: str,
) -> NDArray[np.int64]:
    """Return sort keys, shape (n, 4), compared from the left; the smallest key of a cluster represents it.

    Args:
        sources: Rank of each document's source among the preferred ones; other sources rank after them,
            reference documents before all, at `IN_REFERENCE`.
        dates: Publication time of each; undated documents come after all others.
        letters: Length of each folded text.
        names: Rank of each id in sorted order.
        policy: `earliest`, `latest` or `longest`.
    """
    if policy == "latest":
        dates = np.where(dates == UNDATED, UNDATED, -dates)
    grounds = (-letters, dates) if policy == "longest" else (dates, -letters)
    return np.stack((sources, *grounds, names), axis=1)


def reason(first: SortKey, others: Sequence[SortKey], *, roundups: Sequence[bool], policy: str) -> Reason:
    """Say why the document with the key `first` represents those with the keys `others`.

    Args:
        first: Key of the representative.
        others: Keys of the members.
        roundups: Whether each member is a roundup.
        policy: As for `representative_sort_keys`.
    """
    before = [roundup for other, roundup in zip(others, roundups, strict=True) if other < first]
    if before:
        return Reason(ReasonKind.ROUNDUP_STORY if all(before) else ReasonKind.MOST_ALIKE)
    if first[0] == IN_REFERENCE:
        return Reason(ReasonKind.IN_REFERENCE)
    if first[0] == CHOSEN:
        return Reason(ReasonKind.CHOSEN)
    for depth, ground in enumerate(_GROUNDS[policy], start=1):
        if all(first[:depth] < other[:depth] for other in others):
            return Reason(ground)
    return Reason(ReasonKind.FIRST_ID)
