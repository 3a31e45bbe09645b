"""Parse dates in the common forms of ISO 8601, many at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.model.document_batch import StringColumn
from dedup.text.dates.calendars import NO_DAY, Calendar, days_since_1970

NO_DATE = NO_DAY
"""Value of `seconds` for a string that is not a date."""

NO_ZONE = np.iinfo(np.int64).max
"""Offset of a date without a zone."""

FIRST_YEAR, LAST_YEAR = 1600, 2044
"""Years that are always Gregorian; those before and after them may belong to another calendar."""

_TIMED, _UTC, _OFFSET = 19, 20, 25
"""Length in bytes of 2024-03-01T09:30:05, of the same with Z, and with +03:30; a date alone has 10."""
_PLACES = np.array([0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 23, 24])
_MINUS, _COLON, _ZERO = ord("-"), ord(":"), ord("0")
_CLOCK = np.array([24, 60, 60])
_SECONDS = np.array([3600, 60, 1])
DAY = 86_400
"""Number of seconds in a day."""


class ClockTimes(NamedTuple):
    """Local times of dates.

    Attributes:
        seconds: int64: local seconds since 1970-01-01; `NO_DATE` for no date.
        offsets: int64: seconds by which the local time is ahead of UTC; `NO_ZONE` for a date without a zone.
    """

    seconds: NDArray[np.int64]
    offsets: NDArray[np.int64]


def iso_dates(written: StringColumn) -> ClockTimes:
    """Parse dates like `read_dates`, but only in the common forms.

    Returns:
        One row per string; `NO_DATE` for other forms, invalid days and times, years that may belong to
        another calendar, and empty strings.
    """
    times = ClockTimes(
        np.full(len(written), NO_DATE, dtype=np.int64), np.full(len(written), NO_ZONE, dtype=np.int64)
    )
    lengths = written.lengths
    for size in (10, _TIMED, _UTC, _OFFSET):
        rows = np.flatnonzero(lengths == size)
        if rows.size:
            letters = written.data[written.bounds[rows][:, None] + np.arange(size)]
            times.seconds[rows], times.offsets[rows] = _read(letters, size)
    return times


def _read(letters: NDArray[np.uint8], size: int) -> ClockTimes:
    """Read dates of one length, given as rows of letters."""
    digits = letters[:, _PLACES[size > _PLACES]].astype(np.int64) - _ZERO
    usual = ((digits >= 0) & (digits < 10)).all(axis=1) & _has_signs(letters, size)  # noqa: PLR2004
    pairs = digits[:, ::2] * 10 + digits[:, 1::2]
    year, month, day = pairs[:, 0] * 100 + pairs[:, 1], pairs[:, 2], pairs[:, 3]
    clock = pairs[:, 4:7] if size >= _TIMED else np.zeros((year.size, 3), dtype=np.int64)
    usual &= (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (clock < _CLOCK).all(axis=1)
    offsets = np.full(year.size, NO_ZONE if size <= _TIMED else 0, dtype=np.int64)
    if size == _OFFSET:
        usual &= (pairs[:, 7:] < _CLOCK[:2]).all(axis=1)
        offsets = (pairs[:, 7] * 60 + pairs[:, 8]) * np.where(letters[:, 19] == _MINUS, -60, 60)
    days = days_since_1970(Calendar.GREGORIAN, year, month, day)
    usual &= days != NO_DAY
    seconds = np.where(usual, days, 0) * DAY + clock @ _SECONDS
    return ClockTimes(np.where(usual, seconds, NO_DATE), np.where(usual, offsets, NO_ZONE))


def _has_signs(letters: NDArray[np.uint8], size: int) -> NDArray[np.bool_]:
    there: NDArray[np.bool_] = (letters[:, 4] == _MINUS) & (letters[:, 7] == _MINUS)
    if size >= _TIMED:
        there &= (letters[:, 10] == ord("T")) | (letters[:, 10] == ord(" "))
        there &= (letters[:, 13] == _COLON) & (letters[:, 16] == _COLON)
    if size == _UTC:
        there &= letters[:, 19] == ord("Z")
    if size == _OFFSET:
        there &= ((letters[:, 19] == ord("+")) | (letters[:, 19] == _MINUS)) & (letters[:, 22] == _COLON)
    return there
