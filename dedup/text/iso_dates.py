"""Dates in the usual forms of ISO 8601, many at once."""

import numpy as np
from numpy.typing import NDArray

from dedup.model.document_batch import StringColumn

UNUSUAL = -2
"""What stands for a date in any other form."""

_TIMED, _UTC, _OFFSET = 19, 20, 25
"""Bytes of 2024-03-01T09:30:05, the same with Z, and with +03:30; a day alone has 10."""
_PLACES = np.array([0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 23, 24])
_MINUS, _COLON, _ZERO = ord("-"), ord(":"), ord("0")
_CLOCK = np.array([24, 60, 60])
_SECONDS = np.array([3600, 60, 1])
_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def iso_dates(written: StringColumn) -> NDArray[np.int64]:
    """Read dates as `parse_date` does, with offsets applied.

    Returns:
        int64, shape (n,): the digits of year, month, day, hour, minute and second, such as 20240301093005;
        `UNUSUAL` for a string in another form, a day or time that the calendar lacks and an empty string.
    """
    dates = np.full(len(written), UNUSUAL, dtype=np.int64)
    lengths = written.lengths
    for size in (10, _TIMED, _UTC, _OFFSET):
        rows = np.flatnonzero(lengths == size)
        if rows.size:
            letters = written.data[written.bounds[rows][:, None] + np.arange(size)]
            dates[rows] = _read(letters, size)
    return dates


def _read(letters: NDArray[np.uint8], size: int) -> NDArray[np.int64]:
    """Read dates of one length, a row of letters each."""
    digits = letters[:, _PLACES[size > _PLACES]].astype(np.int64) - _ZERO
    usual = ((digits >= 0) & (digits < 10)).all(axis=1) & _has_signs(letters, size)  # noqa: PLR2004
    pairs = digits[:, ::2] * 10 + digits[:, 1::2]
    pairs[~usual] = 1
    year, month, day = pairs[:, 0] * 100 + pairs[:, 1], pairs[:, 2], pairs[:, 3]
    clock = pairs[:, 4:7] if size >= _TIMED else np.zeros((year.size, 3), dtype=np.int64)
    usual &= _is_day(year, month, day) & (clock < _CLOCK).all(axis=1)
    offset = np.zeros_like(year)
    if size == _OFFSET:
        usual &= (pairs[:, 7:] < _CLOCK[:2]).all(axis=1)
        offset = (pairs[:, 7] * 60 + pairs[:, 8]) * np.where(letters[:, 19] == _MINUS, -60, 60)
    days = _days(year, np.where(usual, month, 1), day)
    stamp = days.astype("M8[s]") + (clock @ _SECONDS - offset).astype("m8[s]")
    return np.where(usual, _as_digits(stamp), UNUSUAL)


def _is_day(year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether the Gregorian calendar has a day; not at its very ends, which an offset may leave."""
    leap = (month == 2) & (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))  # noqa: PLR2004
    named = (year > 1) & (year < 9999) & (month >= 1) & (month <= 12)  # noqa: PLR2004
    is_day: NDArray[np.bool_] = named & (day >= 1) & (day <= _MONTH_DAYS[np.where(named, month, 0)] + leap)
    return is_day


def _days(
    year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]
) -> NDArray[np.datetime64]:
    months = (year - 1970).astype("M8[Y]").astype("M8[M]") + (month - 1).astype("m8[M]")
    days: NDArray[np.datetime64] = months.astype("M8[D]") + (day - 1).astype("m8[D]")
    return days


def _as_digits(stamp: NDArray[np.datetime64]) -> NDArray[np.int64]:
    days, months = stamp.astype("M8[D]"), stamp.astype("M8[M]")
    month = months.astype(np.int64)
    second = (stamp - days).astype(np.int64)
    date = (1970 + month // 12) * 10_000 + (month % 12 + 1) * 100 + (days - months).astype(np.int64) + 1
    digits: NDArray[np.int64] = date * 10**6 + second // 3600 * 10_000 + second // 60 % 60 * 100 + second % 60
    return digits


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
