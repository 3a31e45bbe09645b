"""Compute the times of dates of one form from their digits."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.model.time_zone import time_zone
from dedup.text.dates.calendars import NO_DAY, Calendar, Numbers, days_since_1970
from dedup.text.dates.date_form import DateForm, DayForm, Digits
from dedup.text.dates.iso_dates import DAY, FIRST_YEAR, LAST_YEAR, NO_DATE, NO_ZONE
from dedup.text.dates.time_line import seconds_ahead

HIJRI, LUNAR_HIJRI = (1200, 1499), 1417
"""Range of Hijri years, and the first year in which an all-numeric date is lunar: 1416 is 1995 in the lunar
and 2037 in the solar calendar. From then on, a day that exists only in the solar calendar is solar."""

BIKRAM_SAMBAT = (LAST_YEAR + 1, 2099)
BUDDHIST = (2400, 2600)
_LONGEST_OFFSET = 14 * 3600

type Bools = NDArray[np.bool_]


class DateReadings(NamedTuple):
    """Times of dates, read both with the day first and with the month first.

    Attributes:
        day_first: int64: local seconds since 1970-01-01, with the day first; `NO_DATE` for no date.
        month_first: int64: the same with the month first; equal if the date is unambiguous.
        offsets: int64: seconds by which the local time is ahead of UTC; `NO_ZONE` for a date without a zone.
        shared: int64: position in `zone_names.SHARED`, from 1, of a zone that was assumed;
            `zone_names.UNKNOWN` for an unknown zone; 0 for all others.
    """

    day_first: Numbers
    month_first: Numbers
    offsets: Numbers
    shared: Numbers


def read_fields(form: DateForm, digits: Numbers) -> DateReadings:
    """Compute the times of dates of one form.

    Args:
        form: Positions of their fields.
        digits: int64, shape (n, m): the digits of each date.
    """
    if form.unix:
        moments = _number(digits, form.unix) // form.per_second
        moments[(moments < 0) | (moments >= _FUTURE)] = NO_DATE
        return DateReadings(moments, moments, np.zeros_like(moments), np.zeros_like(moments))
    day_first, month_first = _days(form, digits)
    time, is_time = _clock(form, digits)
    offsets, is_offset = _offsets(form, digits)

    def seconds(days: Numbers) -> Numbers:
        known = (days != NO_DAY) & is_time & is_offset
        return np.where(known, np.where(known, days, 0) * DAY + time, NO_DATE)

    readings = DateReadings(
        seconds(day_first), seconds(month_first), offsets, np.full(digits.shape[0], form.shared)
    )
    return _in_summer_time(readings, form.zone) if form.zone else readings


def _in_summer_time(readings: DateReadings, name: str) -> DateReadings:
    """Set the zone offset of each time; if day and month may be swapped, the day-first time decides."""
    zone = time_zone(name)
    known = [readings.day_first != NO_DATE, readings.month_first != NO_DATE]
    day, month = (
        np.where(there, seconds_ahead(np.where(there, seconds, 0), zone), 0)
        for there, seconds in zip(known, readings[:2], strict=True)
    )
    offsets = np.where(known[0], day, month)
    month_first = np.where(known[1], readings.month_first + offsets - month, NO_DATE)
    return readings._replace(month_first=month_first, offsets=offsets)


def _number(digits: Numbers, field: Digits) -> Numbers:
    number = np.zeros(digits.shape[0], dtype=np.int64)
    for place in range(*field):
        number = number * 10 + digits[:, place]
    return number


def _days(form: DateForm, digits: Numbers) -> tuple[Numbers, Numbers]:
    """Return the days with the day first and with the month first, in the first calendar with this date."""
    readings = [_both_ways(day, digits) for day in form.days]
    day_first, month_first = readings[0]
    for others in readings[1:]:
        missing = (day_first == NO_DAY) & (month_first == NO_DAY)
        day_first, month_first = (
            np.where(missing, other, days)
            for other, days in zip(others, (day_first, month_first), strict=True)
        )
    if form.weekday is not None:
        fits = [(days != NO_DAY) & ((days + 3) % 7 == form.weekday) for days in (day_first, month_first)]
        day_first = np.where(fits[1] & ~fits[0], NO_DAY, day_first)
        month_first = np.where(fits[0] & ~fits[1], NO_DAY, month_first)
    return day_first, month_first


def _both_ways(form: DayForm, digits: Numbers) -> tuple[Numbers, Numbers]:
    year = _number(digits, form.year)
    year += form.added - 100 * ((form.turn > 0) & (year >= form.turn))
    one = np.ones_like(year)
    month = one * form.named_month if form.month is None else _number(digits, form.month)
    if form.month is None and not form.named_month:
        month = one
    day = one if form.day is None else _number(digits, form.day)
    if form.is_ordinal:
        days = _ordinals(year, day)
        return days, days
    if form.is_week:
        days = _weeks(year, month, day)
        return days, days
    day_first = _of_calendar(form.calendar, year, month, day)
    if not form.either:
        return day_first, day_first
    month_first = _of_calendar(form.calendar, year, day, month)
    if form.dotted:  # the day comes first if possible
        day_first = np.where(day_first == NO_DAY, month_first, day_first)
        return day_first, day_first
    return day_first, month_first


def _of_calendar(calendar: Calendar | None, year: Numbers, month: Numbers, day: Numbers) -> Numbers:
    """Return the days of dates in a calendar, or in the calendar to which the year belongs."""
    if calendar not in {None, Calendar.GREGORIAN}:
        return days_since_1970(calendar, year, month, day)

    def days(of: Calendar, first: int, last: int) -> Numbers:
        return np.where((year >= first) & (year <= last), days_since_1970(of, year, month, day), NO_DAY)

    if calendar is Calendar.GREGORIAN:
        return _first_known(
            days(Calendar.GREGORIAN, FIRST_YEAR, BIKRAM_SAMBAT[1]), days(Calendar.BUDDHIST, *BUDDHIST)
        )
    return _first_known(
        days(Calendar.GREGORIAN, FIRST_YEAR, LAST_YEAR),
        days(Calendar.SOLAR_HIJRI, HIJRI[0], LUNAR_HIJRI - 1),
        days(Calendar.LUNAR_HIJRI, LUNAR_HIJRI, HIJRI[1]),
        days(Calendar.SOLAR_HIJRI, LUNAR_HIJRI, HIJRI[1]),
        days(Calendar.BUDDHIST, *BUDDHIST),
        days(Calendar.BIKRAM_SAMBAT, *BIKRAM_SAMBAT),
        days(Calendar.GREGORIAN, *BIKRAM_SAMBAT),
    )


def _first_known(days: Numbers, *others: Numbers) -> Numbers:
    for other in others:
        days = np.where(days == NO_DAY, other, days)
    return days


def _weeks(year: Numbers, week: Numbers, day: Numbers) -> Numbers:
    """Return the days of dates in ISO weeks; the first week of a year contains 4 January."""
    one = np.ones_like(year)
    fourth = _of_calendar(Calendar.GREGORIAN, year, one, 4 * one)
    known = (fourth != NO_DAY) & (week >= 1) & (week <= 53) & (day >= 1) & (day <= 7)  # noqa: PLR2004
    fourth = np.where(known, fourth, 0)
    return np.where(known, fourth - (fourth + 3) % 7 + 7 * (week - 1) + day - 1, NO_DAY)


def _ordinals(year: Numbers, day: Numbers) -> Numbers:
    """Return the days of ordinal dates (year and day of the year)."""
    one = np.ones_like(year)
    first = _of_calendar(Calendar.GREGORIAN, year, one, one)
    last = _of_calendar(Calendar.GREGORIAN, year, 12 * one, 31 * one)
    known = (first != NO_DAY) & (day >= 1)
    first = np.where(known, first, 0)
    return np.where(known & (first + day - 1 <= last), first + day - 1, NO_DAY)


def _clock(form: DateForm, digits: Numbers) -> tuple[Numbers, Bools]:
    """Return the seconds since midnight, and whether the time is valid."""
    fields = [_number(digits, field) for field in form.clock]
    hour, minute, second = (*fields, *(np.zeros(digits.shape[0], dtype=np.int64) for _ in range(3)))[:3]
    if form.half is not None:
        hour = np.where(hour <= 12, hour % 12 + 12 * form.half, hour)  # noqa: PLR2004 - 13:00 pm is 13:00
    time = (hour * 60 + minute) * 60 + second
    known = (hour < 24) & (minute < 60) & (second < 60)  # noqa: PLR2004
    known |= (time == DAY) & (minute % 59 == 0)  # 24:00, or a leap second
    return time, known


def _offsets(form: DateForm, digits: Numbers) -> tuple[Numbers, Bools]:
    """Return the seconds ahead of UTC, and whether the offset is valid."""
    rows = digits.shape[0]
    if not form.offset:
        return np.full(rows, NO_ZONE if form.ahead is None else form.ahead), np.ones(rows, dtype=np.bool_)
    hours, minutes = (*(_number(digits, field) for field in form.offset), np.zeros(rows, dtype=np.int64))[:2]
    offset = (hours * 60 + minutes) * 60
    known = (offset <= _LONGEST_OFFSET) & (minutes < 60)  # noqa: PLR2004
    return form.sign * offset, known


_FUTURE = int(_of_calendar(None, *(np.array([field]) for field in (LAST_YEAR, 12, 31)))[0]) * DAY
