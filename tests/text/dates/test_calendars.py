"""Days of other calendars, counted from 1970-01-01."""

import json
from datetime import date

import numpy as np
import pytest

from dedup.text.dates.calendars import NO_DAY, Calendar, days_since_1970
from dedup.text.dates.date_tables import TABLES, collect_names, make_tables


def counted(calendar: Calendar, *fields: int) -> int:
    """Count the days to one day."""
    return int(days_since_1970(calendar, *(np.array([field]) for field in fields))[0])


@pytest.mark.parametrize(
    ("calendar", "fields"),
    [
        (Calendar.GREGORIAN, (2024, 1, 8)),
        (Calendar.SOLAR_HIJRI, (1402, 10, 18)),
        (Calendar.LUNAR_HIJRI, (1445, 6, 26)),
        (Calendar.BIKRAM_SAMBAT, (2080, 9, 23)),
        (Calendar.BUDDHIST, (2567, 1, 8)),
    ],
)
def test_one_day_has_a_date_in_every_calendar(calendar: Calendar, fields: tuple[int, ...]) -> None:
    """8 January 2024 is day 19,730: 54 years of 365 days, 13 leap days and 7 days after 1970-01-01."""
    assert counted(calendar, *fields) == 54 * 365 + 13 + 7


@pytest.mark.parametrize(
    ("calendar", "last", "after"),
    [
        (Calendar.GREGORIAN, (2024, 2, 29), (2024, 2, 30)),
        (Calendar.GREGORIAN, (2023, 2, 28), (2023, 2, 29)),
        (Calendar.GREGORIAN, (2000, 2, 29), (1900, 2, 29)),
        (Calendar.SOLAR_HIJRI, (1403, 12, 30), (1402, 12, 30)),
        (Calendar.SOLAR_HIJRI, (1405, 6, 31), (1405, 7, 31)),
        (Calendar.LUNAR_HIJRI, (1445, 6, 29), (1445, 6, 31)),
        (Calendar.BIKRAM_SAMBAT, (2080, 3, 31), (2080, 3, 33)),
    ],
)
def test_a_day_that_the_calendar_lacks_is_none(
    calendar: Calendar, last: tuple[int, ...], after: tuple[int, ...]
) -> None:
    """Months and leap years have their own lengths."""
    assert counted(calendar, *last) != NO_DAY
    assert counted(calendar, *after) == NO_DAY


@pytest.mark.parametrize("calendar", Calendar)
@pytest.mark.parametrize("fields", [(0, 1, 1), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0), (11_000, 1, 1)])
def test_fields_out_of_range_are_none(calendar: Calendar, fields: tuple[int, ...]) -> None:
    """A month or day of zero, a year outside the table."""
    assert counted(calendar, *fields) == NO_DAY


def test_the_first_day_of_a_year_follows_the_last_of_the_year_before() -> None:
    """1 Farvardin 1403 is 20 March 2024."""
    assert counted(Calendar.SOLAR_HIJRI, 1402, 12, 29) + 1 == counted(Calendar.SOLAR_HIJRI, 1403, 1, 1)
    assert counted(Calendar.SOLAR_HIJRI, 1403, 1, 1) == (date(2024, 3, 20) - date(1970, 1, 1)).days


def test_the_packaged_tables_are_what_the_libraries_say() -> None:
    """Nobody edited them by hand."""
    for library in ("babel", "hijridate", "jdatetime", "nepali_datetime"):
        pytest.importorskip(library)

    assert json.loads(TABLES.read_text(encoding="utf-8")) == make_tables()


def test_a_name_that_is_two_months_is_an_error() -> None:
    """The tables are not made then: who added it must choose."""
    pytest.importorskip("babel")

    with pytest.raises(ValueError, match="march is both 2 and 3 of months"):
        collect_names("months", ["one", "two", "three", "march", "five"])
