"""Dates as each language writes them, zones that they name, and less usual forms."""

import itertools
from datetime import UTC, datetime

import numpy as np
import pytest

from dedup.model.document_batch import StringColumn
from dedup.model.time_zone import time_zone
from dedup.text.dates import date_tables
from dedup.text.dates.iso_dates import NO_DATE, NO_ZONE
from dedup.text.dates.read_dates import DateReader


def read(written: str) -> str | None:
    """Read a date that leaves no choice; hours ahead of UTC are added."""
    day_first, month_first, offset, _ = (
        int(column[0]) for column in DateReader().read(StringColumn.of([written]))
    )
    assert day_first == month_first
    if day_first == NO_DATE:
        return None
    shown = str(np.datetime64(day_first, "s")).replace("T00:00:00", "")
    return shown if offset == NO_ZONE else f"{shown} {offset / 3600:+g}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019-09-09T14:26:00+02:00[Europe/Berlin]", "2019-09-09T14:26:00 +2"),
        ("Jan. 8, 2024, 9:00 a.m. ET", "2024-01-08T09:00:00 -5"),
        ("July 8, 2024, 9:00 a.m. ET", "2024-07-08T09:00:00 -4"),
        ("9:00 8 Jul 2024 PT", "2024-07-08T09:00:00 -7"),
        ("Jan 8 2024 9AM Eastern Time", "2024-01-08T09:00:00 -5"),
        ("2024-07-08T09:00:00[Europe/Berlin]", "2024-07-08T09:00:00 +2"),
        ("2024-07-08 09:00 Asia/Tehran", "2024-07-08T09:00:00 +3.5"),
        ("8 Jul 2024 09:00 America/Argentina/Buenos_Aires", "2024-07-08T09:00:00 -3"),
        ("08.01.2024 09:00 TRT", "2024-01-08T09:00:00 +3"),
        ("8 Jan 2024 09.00 AEDT", "2024-01-08T09:00:00 +11"),
        ("۱۸ دی ۱۴۰۲ ساعت ۹:۳۰ به وقت تهران", "2024-01-08T09:30:00 +3.5"),
        ("8 يناير 2024 14:30 بتوقيت مكة المكرمة", "2024-01-08T14:30:00 +3"),
        ("2024年1月8日 14:30（北京时间）", "2024-01-08T14:30:00 +8"),
        ("8 janvier 2024 à 9h00 et mis à jour", "2024-01-08T09:00:00"),
        ("2024-01-08 09:00 Nowhere/Else", "2024-01-08T09:00:00"),
    ],
)
def test_names_of_zones_are_read(written: str, expected: str) -> None:
    """With the summer time of their country; "et" before another word is the French one."""
    assert read(written) == expected


def test_a_zone_in_a_date_that_is_read_both_ways_has_two_summers() -> None:
    """New York is 5 hours behind UTC on 7 January and 4 on 1 July."""
    day_first, month_first, offset, _ = (
        int(column[0]) for column in DateReader().read(StringColumn.of(["07/01/2024 09:00 ET"]))
    )

    assert str(np.datetime64(day_first - offset, "s")) == "2024-01-07T14:00:00"
    assert str(np.datetime64(month_first - offset, "s")) == "2024-07-01T13:00:00"


@pytest.mark.parametrize(
    ("name", "hours", "other"),
    [
        ("AST", -4, "Asia/Riyadh"),
        ("BST", 1, "Asia/Dhaka"),
        ("CST", -6, "Asia/Shanghai"),
        ("GST", 4, "Atlantic/South_Georgia"),
        ("IST", 5.5, "Asia/Jerusalem"),
    ],
)
def test_a_name_of_several_zones_is_assumed(name: str, hours: float, other: str) -> None:
    """Unless the zone of the run is one of them."""
    written = StringColumn.of([f"2024-01-08 09:00 {name}", "2024-01-08 09:00 UTC"])
    assumed = DateReader().read(written)
    given = DateReader(time_zone(other)).read(written)

    assert (assumed.offsets.tolist(), (assumed.shared > 0).tolist()) == ([hours * 3600, 0], [True, False])
    assert (given.offsets.tolist(), given.shared.tolist()) == ([NO_ZONE, 0], [0, 0])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("R6.1.8", "2024-01-08"),
        ("H31/4/30", "2019-04-30"),
        ("2024-008", "2024-01-08"),
        ("2024060", "2024-02-29"),
        ("2023-366", None),
        ("2024-000", None),
        ("2024-060T09:00Z", "2024-02-29T09:00:00 +0"),
        ("2024-01-08T24:00:00", "2024-01-09"),
        ("8 Jan 2024 24:00", "2024-01-09"),
        ("2024-01-08T24:01:00", None),
        ("2016-12-31T23:59:60Z", "2017-01-01 +0"),
        ("1.7047e9", "2024-01-08T07:46:40 +0"),
        ("1.7047E+12", "2024-01-08T07:46:40 +0"),
        ("1.7e99", None),
        ("2024:01:08 09:00:00", "2024-01-08T09:00:00"),
        ("27 Des 2024 15.26.07", "2024-12-27T15:26:07"),
        ("Thứ Hai, ngày 8 tháng 1 năm 2024, 14:30", "2024-01-08T14:30:00"),
        ("27 listopada 2024", "2024-11-27"),
        ("27. listopada 2024.", "2024-10-27"),
        ("27. lis 2024.", None),
    ],
)
def test_less_usual_forms_are_read(written: str, expected: str | None) -> None:
    """Eras of Japan by letter, days of the year, the last midnight, exponents, months behind their word."""
    assert read(written) == expected


LENGTHS = ("short", "medium", "long", "full")
NOT_READ = {("ko", "short"), ("ne", "short"), ("th", "short"), ("hr", "medium")}
"""A year of two digits in front, the Gregorian one between Thai letters, and "srp": July or August."""


@pytest.mark.parametrize("language", [*date_tables.LANGUAGES, *itertools.chain(*date_tables.MORE_LANGUAGES)])
def test_dates_are_read_as_each_language_writes_them(language: str) -> None:
    """In all four lengths of CLDR, with a clock, in every month; one of the two orders must be right."""
    dates = pytest.importorskip("babel.dates")
    moments = [datetime(2024, month, 27, 15, 26, tzinfo=UTC) for month in range(1, 13)]
    written = {
        f"{dates.format_date(when, length, locale=language)} {clock}": when
        for length in LENGTHS
        if (language, length) not in NOT_READ
        for when in moments
        for clock in ("15:26", dates.format_time(when, "short", locale=language))
    }
    readings = DateReader().read(StringColumn.of(list(written)))
    seconds = np.array([when.timestamp() for when in written.values()])
    wrong = (readings.day_first != seconds) & (readings.month_first != seconds)

    assert [text for text, is_wrong in zip(written, wrong, strict=True) if is_wrong] == []
