"""Dates read many at once: as one by one, or left to that."""

from datetime import UTC, datetime, timedelta, timezone
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.model.document_batch import StringColumn
from dedup.text.date import parse_date
from dedup.text.iso_dates import UNUSUAL, iso_dates


def read(*written: str) -> list[int]:
    """Read dates together."""
    return iso_dates(StringColumn.of(written)).tolist()


def alone(written: str) -> int:
    """Read a date as the slow way does."""
    fields = parse_date(written)
    assert fields is not None
    return reduce(lambda date, field: 100 * date + field, fields)


def test_the_usual_forms_are_read() -> None:
    """A day, a time of no zone, of UTC, and of an offset that changes the day."""
    assert read("2024-03-01", "2024-03-01T09:30:05", "2024-03-01 09:30:05Z", "2024-03-01T01:30:05+03:30") == [
        20240301000000,
        20240301093005,
        20240301093005,
        20240229220005,
    ]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2024",
        "2024-02-30",
        "1405-02-31",
        "2023-02-29",
        "2024-13-01",
        "2024-00-10",
        "2024-01-00",
        "2024-03-01T24:00:00",
        "2024-03-01T09:60:00",
        "2024-03-01T09:30:60",
        "2024-03-01T09:30:05+24:00",
        "2024-03-01T09:30:05+03:60",
        "2024-03-01x09:30:05",
        "2024-03-01T09:30:05X",
        "2024/03/01",
        "9999-12-31",
        "0001-01-01",
        "march 2024",
        "۲۰۲۴-۰۳-۰۱",
    ],
)
def test_any_other_form_is_left(written: str) -> None:
    """Beside one that is read."""
    assert read(written, "2024-03-01") == [UNUSUAL, 20240301000000]


zones = st.none() | st.just(UTC) | st.integers(-1439, 1439).map(lambda at: timezone(timedelta(minutes=at)))
times = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 12, 31), timezones=zones)  # noqa: DTZ001


@given(st.lists(times.map(lambda time: time.replace(microsecond=0).isoformat()), max_size=5))
def test_what_is_read_is_what_the_slow_way_reads(written: list[str]) -> None:
    """Any moment with any offset."""
    assert read(*written) == [alone(each) for each in written]


@given(st.lists(st.text(st.sampled_from("0123456789-:T Z+"), min_size=8, max_size=25), max_size=5))
def test_whatever_is_taken_means_the_same_to_the_slow_way(written: list[str]) -> None:
    """Strings of the letters of dates."""
    for each, date in zip(written, read(*written), strict=True):
        assert date == UNUSUAL or date == alone(each)


def test_no_dates_are_none() -> None:
    """An empty batch."""
    assert read() == []
