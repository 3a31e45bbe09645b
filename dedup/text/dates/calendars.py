"""Convert the year, month and day of a calendar to days since 1970-01-01 (Gregorian)."""

from enum import IntEnum
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.text.dates.date_tables import load_tables

NO_DAY = np.iinfo(np.int64).min
"""Result for a day that does not exist in its calendar."""

_BUDDHA = 543
"""Years by which the Thai Buddhist era is ahead of the common era; the months are the same."""

_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])

type Numbers = NDArray[np.int64]


class Calendar(IntEnum):
    """Calendars in which dates are read."""

    GREGORIAN = 0
    SOLAR_HIJRI = 1
    LUNAR_HIJRI = 2
    BIKRAM_SAMBAT = 3
    BUDDHIST = 4


class _Months(NamedTuple):
    """Months of a calendar; `starts` has one more value, the end of the last month."""

    first_year: int
    starts: Numbers


def days_since_1970(calendar: Calendar, year: Numbers, month: Numbers, day: Numbers) -> Numbers:
    """Return days since 1970-01-01.

    Returns:
        int64, shape (n,): `NO_DAY` for a day that the calendar lacks, and for years outside its table:
        Solar Hijri 1200 to 1499, lunar Hijri (Umm al-Qura) 1343 to 1499, Bikram Sambat 1975 to 2099,
        Gregorian 1 to 9999, Buddhist 544 to 10542.
    """
    if calendar is Calendar.BUDDHIST:
        return _gregorian(year - _BUDDHA, month, day)
    if calendar is Calendar.GREGORIAN:
        return _gregorian(year, month, day)
    first_year, starts = _months_of(calendar)
    number = (year - first_year) * 12 + month - 1
    known = (month >= 1) & (month <= 12) & (number >= 0) & (number < starts.size - 1)  # noqa: PLR2004
    number = np.where(known, number, 0)
    known &= (day >= 1) & (day <= starts[number + 1] - starts[number])
    return np.where(known, starts[number] + day - 1, NO_DAY)


def _gregorian(year: Numbers, month: Numbers, day: Numbers) -> Numbers:
    leap = (month == 2) & (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))  # noqa: PLR2004
    known = (year >= 1) & (year <= 9999) & (month >= 1) & (month <= 12)  # noqa: PLR2004
    known &= (day >= 1) & (day <= _MONTH_DAYS[np.where(known, month, 0)] + leap)
    months = (np.where(known, year, 1970) - 1970) * 12 + np.where(known, month, 1) - 1
    starts = months.astype("M8[M]").astype("M8[D]").astype(np.int64)
    return np.where(known, starts + day - 1, NO_DAY)


@cache
def _months_of(calendar: Calendar) -> _Months:
    table = load_tables()["calendars"][calendar.name.lower()]
    lengths = [int(days) for year in table["month_days"] for days in year.split()]
    return _Months(table["first_year"], np.cumsum([table["first_day"], *lengths], dtype=np.int64))
