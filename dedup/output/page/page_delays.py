"""Compute how long after the first of its cluster each member was published."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo

import numpy as np

from dedup.output.page.page_packing import Json
from dedup.text.dates.publication_order import came_later

NO_DATE, SAME_TIME = -1, -2
"""Delays of members without a date, and of members whose date does not prove that they came later."""

_MINUTE = 60


def delays(clusters: Iterable[Sequence[int | None]], zone: tzinfo) -> list[Json]:
    """Return the delay of each member after the first of its cluster, which has 0.

    Args:
        clusters: Publication times of the members of each cluster, in seconds since 1970-01-01 UTC; None if
            unknown.
        zone: Zone of dates without one.

    Returns:
        Minutes, `NO_DATE` or `SAME_TIME` for the members of all clusters, concatenated.
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
