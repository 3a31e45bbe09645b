"""Decide from two dates whether one document was published after another."""

from datetime import tzinfo

import numpy as np
from numpy.typing import NDArray

from dedup.text.dates.time_line import local_seconds

SAME_TIME = 60
"""Seconds below which two documents count as published at the same time."""

_DAY = 86_400


def came_later(
    first: NDArray[np.int64], other: NDArray[np.int64], *, zone: tzinfo | None = None
) -> NDArray[np.bool_]:
    """Whether each of `other` was published after its earlier document in `first`.

    A date without a time is read as midnight. It does not say whether its document came before another one of
    the same day.

    Args:
        first: Moments of the earlier documents, seconds since 1970-01-01 UTC, shape (n,).
        other: Moments of the others, none before its earlier document, shape (n,).
        zone: Zone of dates that name none; UTC by default.

    Returns:
        bool, shape (n,).
    """
    clocks = (first, other) if zone is None else (local_seconds(first, zone), local_seconds(other, zone))
    days, other_days = (clock // _DAY for clock in clocks)
    is_same_day = (clocks[0] % _DAY == 0) & (days == other_days)
    later: NDArray[np.bool_] = (other - first >= SAME_TIME) & ~is_same_day
    return later
