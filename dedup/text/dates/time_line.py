"""Convert local times to UTC."""

from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

from dedup.text.dates.iso_dates import NO_DATE, NO_ZONE

_STEP = 900
"""Seconds: clocks change at quarters of an hour."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_seconds(
    seconds: NDArray[np.int64], offsets: NDArray[np.int64], zone: tzinfo = UTC
) -> NDArray[np.int64]:
    """Return seconds since 1970-01-01 UTC.

    Args:
        seconds: int64: local seconds since 1970-01-01; `NO_DATE` is kept.
        offsets: int64: seconds by which the local time is ahead of UTC; `NO_ZONE` for times in `zone`.
        zone: Zone of dates without one. Of an hour that occurs twice in a night, the first is used.
    """
    known = seconds != NO_DATE
    ahead = np.where(offsets == NO_ZONE, 0, offsets)
    if zone is not UTC:
        local = np.flatnonzero(known & (offsets == NO_ZONE))
        ahead[local] = seconds_ahead(seconds[local], zone)
    return np.where(known, seconds - ahead, NO_DATE)


def seconds_ahead(seconds: NDArray[np.int64], zone: tzinfo) -> NDArray[np.int64]:
    """Return the seconds by which a zone is ahead of UTC at its local times."""
    quarters, places = np.unique(seconds // _STEP, return_inverse=True)
    ahead = [_ahead(each * _STEP, zone) for each in quarters.tolist()]
    return np.array(ahead, dtype=np.int64)[places]


def local_seconds(moments: NDArray[np.int64], zone: tzinfo) -> NDArray[np.int64]:
    """Return the local time of a zone at each moment, in seconds since 1970-01-01; `NO_DATE` is kept."""
    known = moments != NO_DATE
    quarters, places = np.unique(np.where(known, moments, 0) // _STEP, return_inverse=True)
    ahead = [
        _seconds((_EPOCH + timedelta(seconds=each * _STEP)).astimezone(zone)) for each in quarters.tolist()
    ]
    return np.where(known, moments + np.array(ahead, dtype=np.int64)[places], NO_DATE)


def _ahead(clock: int, zone: tzinfo) -> int:
    return _seconds((_EPOCH + timedelta(seconds=clock)).replace(tzinfo=zone))


def _seconds(when: datetime) -> int:
    return (when.utcoffset() or timedelta()) // timedelta(seconds=1)
