"""How long after the first of its cluster each member was published."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo

import numpy as np

from dedup.output.page.page_packing import Json
from dedup.text.dates.publication_order import came_later

NO_DATE, SAME_TIME = -1, -2
"""Delays of members without a date, and of those whose date does not say that they came after the first."""

_MINUTE = 60


def delays(clusters: Iterable[Sequence[int | None]], zone: tzinfo) -> list[Json]:
    """Count the minutes by which members were published after the first of their cluster, which has 0.

    Args:
        clusters: When the members of each were published, seconds since 1970-01-01 UTC; None if unknown.
        zone: Zone of dates that name none.

    Returns:
        Minutes, `NO_DATE` or `SAME_TIME`, of all members one after the other.
    """
    minutes: list[Json] = []
    places, firsts, others = list[int](), list[int](), list[int]()
    for moments in clusters:
        first = min((moment for moment in moments if moment is not None), default=None)
        leader = len(minutes) + moments.index(first)
        for place, moment in enumerate(moments, start=len(minutes)):
            if first is None or moment is None:
                minutes.append(NO_DATE)
            elif place == leader:
                minutes.append(0)
            else:
                minutes.append(SAME_TIME)
                places.append(place)
                firsts.append(first)
                others.append(moment)
    later = came_later(np.array(firsts, dtype=np.int64), np.array(others, dtype=np.int64), zone=zone)
    for row in np.flatnonzero(later).tolist():
        minutes[places[row]] = (others[row] - firsts[row]) // _MINUTE
    return minutes
