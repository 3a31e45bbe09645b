"""ArchiveDates: whether sources write the day or the month first."""

from itertools import permutations

import numpy as np
import pytest

from dedup.model.document_batch import StringColumn
from dedup.model.report import DateOrder
from dedup.model.time_zone import time_zone
from dedup.report.archive_dates import ArchiveDates
from dedup.report.representative import UNDATED


def settled(
    *written: tuple[str, str], zone: str = "", order: str = "archive"
) -> tuple[list[str], list[DateOrder]]:
    """Return the days of (source, date), and the orders that were decided; each date is a batch."""
    names = sorted({source for source, _ in written})
    dates = ArchiveDates(zone=time_zone(zone), order=order)
    for source, date in written:
        dates.add(StringColumn.of([date]), np.array([names.index(source)]))
    found, _, orders = dates.settle(names)
    return [str(np.datetime64(date, "s"))[:10] if date != UNDATED else "" for date in found.tolist()], list(
        orders
    )


def test_a_date_proves_the_order_of_its_source() -> None:
    """15/10 cannot be a month and a day; the date after it is in November."""
    assert settled(("a", "15/10/2024"), ("a", "02/11/2024")) == (
        ["2024-10-15", "2024-11-02"],
        [DateOrder("a", "day", "source", 1, 1, 0)],
    )
    assert settled(("a", "10/15/2024"), ("a", "02/11/2024")) == (
        ["2024-10-15", "2024-02-11"],
        [DateOrder("a", "month", "source", 1, 0, 1)],
    )


def test_each_source_has_an_order_of_its_own() -> None:
    """One writes the day first, one the month."""
    days, orders = settled(
        ("uk", "15/10/2024"), ("us", "10/15/2024"), ("uk", "02/11/2024"), ("us", "11/02/2024")
    )

    assert days == ["2024-10-15", "2024-10-15", "2024-11-02", "2024-11-02"]
    assert [(order.source, order.first) for order in orders] == [("uk", "day"), ("us", "month")]


def test_a_source_without_proof_follows_the_archive() -> None:
    """With a warning."""
    days, orders = settled(("us", "10/15/2024"), ("other", "02/11/2024"))

    assert days[1] == "2024-02-11"
    assert orders == [DateOrder("other", "month", "archive", 1, 0, 0)]


def test_an_archive_that_proves_both_proves_nothing() -> None:
    """Most of its dates decide: two sources write the month first, one the day."""
    days, orders = settled(
        ("a", "10/15/2024"), ("b", "15/10/2024"), ("c", "10/16/2024"), ("other", "02/11/2024")
    )

    assert days[3] == "2024-02-11"
    assert orders == [DateOrder("other", "month", "none", 1, 0, 0)]


def test_without_proof_the_day_is_first() -> None:
    """As in most of the world; the source with most such dates is named first."""
    days, orders = settled(("a", "02/11/2024"), ("b", "03/11/2024"), ("b", "04/11/2024"), ("c", "05/05/2024"))

    assert days == ["2024-11-02", "2024-11-03", "2024-11-04", "2024-05-05"]
    assert orders == [DateOrder("b", "day", "none", 2, 0, 0), DateOrder("a", "day", "none", 1, 0, 0)]


def test_the_setting_beats_every_proof() -> None:
    """But for dates that can be read one way alone."""
    days, orders = settled(("a", "15/10/2024"), ("a", "02/11/2024"), order="month")

    assert days == ["2024-10-15", "2024-02-11"]
    assert orders == [DateOrder("a", "month", "setting", 1, 1, 0)]


def test_the_order_of_arrival_decides_nothing() -> None:
    """A date before its proof is read as one after it."""
    written = (
        ("a", "02/11/2024"),
        ("a", "10/15/2024"),
        ("a", "16/10/2024"),
        ("b", "03/04/2024"),
        ("a", "10/17/2024"),
    )
    first, *others = [
        (sorted(zip(order, settled(*order)[0], strict=True)), settled(*order)[1])
        for order in permutations(written)
    ]

    assert all(other == first for other in others)


def test_dates_without_a_zone_are_of_the_setting() -> None:
    """An hour after midnight in Tehran is the day before in UTC, whichever way the date is read."""
    days, _ = settled(("a", "2024-01-08T01:00:00"), ("a", "02/11/2024 01:00"), zone="Asia/Tehran")

    assert days == ["2024-01-07", "2024-11-01"]


def test_assumed_zones_are_counted() -> None:
    """By their name; what the zone of the run decides is not assumed."""
    written = StringColumn.of(["2024-01-08 09:00 IST", "9 Jan 2024 10:00 IST", "2024-01-08 09:00 CST"])
    dates, in_china = ArchiveDates(), ArchiveDates(zone=time_zone("Asia/Shanghai"))
    for each in (dates, in_china):
        each.add(written, np.zeros(3, dtype=np.int64))

    assert [(zone.name, count) for zone, count in dates.assumed_zones()] == [("CST", 1), ("IST", 2)]
    assert [(zone.name, count) for zone, count in in_china.assumed_zones()] == [("IST", 2)]


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-08 09:00 XYZT",
        "8 Jan 2024, 9:00 A.M. (XYZT)",
        "20240108 0900 XYZT",
        "09:00 XYZT, 8 January 2024",
        "۱۸ دی ۱۴۰۲ ۰۹:۰۰ XYZT",
    ],
)
def test_an_unknown_zone_is_counted(written: str) -> None:
    """Two to five capitals behind a clock are one; the day is read all the same."""
    dates = ArchiveDates()
    dates.add(StringColumn.of([written, "8 Jan 2024"]), np.zeros(2, dtype=np.int64))

    assert dates.unknown_zones() == ("XYZT", 1)
    assert dates.settle([""])[1].size == 0


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-08 09:00 xyzt",
        "2024-01-08 09:00 UTC",
        "2024-01-08 09:00 IST",
        "8 JAN 2024 09:00 MON",
        "8 Jan 2024 09:00 HRS",
        "8 Jan 2024 09:00 BY XENIA",
        "8 Jan 2024 09:00 XYZT+0300",
        "8 Jan 2024 09:00 EDITED",
        "XYZT 8 Jan 2024",
        "99/99/2024 09:00 XYZT",
    ],
)
def test_other_words_are_no_unknown_zones(written: str) -> None:
    """Small letters, words that are known, several words, longer ones, and dates that are none."""
    dates = ArchiveDates()
    dates.add(StringColumn.of([written]), np.zeros(1, dtype=np.int64))

    assert dates.unknown_zones() == ("", 0)


def test_the_example_of_an_unknown_zone_does_not_depend_on_the_order() -> None:
    """It is the first by letters."""
    written = ["8 Jan 2024 09:00 QQT", "8 Jan 2024 09:00 ABCT"]
    for order in (written, written[::-1]):
        dates = ArchiveDates()
        dates.add(StringColumn.of(order), np.zeros(2, dtype=np.int64))

        assert dates.unknown_zones() == ("ABCT", 2)


def test_rows_that_cannot_be_read_are_told() -> None:
    """Not those without a date, whatever their source."""
    dates = ArchiveDates()
    dates.add(StringColumn.of(["", "yesterday", "2024-01-08", "31/31/2024"]), np.zeros(4, dtype=np.int64))

    found, unread, orders = dates.settle([""])

    assert (found == UNDATED).tolist() == [True, True, False, True]
    assert (unread.tolist(), orders) == ([1, 3], ())


def test_an_archive_without_documents_has_no_dates() -> None:
    """Nor sources."""
    found, unread, orders = ArchiveDates().settle([])

    assert (found.size, unread.size, orders) == (0, 0, ())
