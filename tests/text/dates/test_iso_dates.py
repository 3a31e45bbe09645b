"""Dates read many at once: as Python reads them, or left to the slow way."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.model.document_batch import StringColumn
from dedup.text.dates.iso_dates import NO_DATE, NO_ZONE, iso_dates

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - of the publisher's clock, wherever that is


def read(*written: str) -> list[tuple[int, int]]:
    """Read dates together: seconds and offset of each."""
    times = iso_dates(StringColumn.of(written))
    return list(zip(times.seconds.tolist(), times.offsets.tolist(), strict=True))


def alone(written: str) -> tuple[int, int]:
    """Read a date as Python does."""
    when = datetime.fromisoformat(written)
    offset = when.utcoffset()
    seconds = (when.replace(tzinfo=None) - EPOCH) // timedelta(seconds=1)
    return seconds, NO_ZONE if offset is None else offset // timedelta(seconds=1)


def test_the_usual_forms_are_read() -> None:
    """A day, a time of no zone, of UTC, and of offsets to both sides: 1 March 2024 is day 19,783."""
    day = 19_783 * 86_400
    assert read(
        "2024-03-01",
        "2024-03-01T09:30:05",
        "2024-03-01 09:30:05Z",
        "2024-03-01T01:30:05+03:30",
        "2024-03-01T01:30:05-05:00",
    ) == [
        (day, NO_ZONE),
        (day + 34_205, NO_ZONE),
        (day + 34_205, 0),
        (day + 5_405, 12_600),
        (day + 5_405, -18_000),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2024",
        "2024-02-30",
        "1405-02-11",
        "2081-02-11",
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
        "march 2024",
        "۲۰۲۴-۰۳-۰۱",
    ],
)
def test_any_other_form_is_left(written: str) -> None:
    """Beside one that is read; so are the years that another calendar may count."""
    assert read(written, "2024-03-01") == [(NO_DATE, NO_ZONE), (19_783 * 86_400, NO_ZONE)]


zones = st.none() | st.just(UTC) | st.integers(-1439, 1439).map(lambda at: timezone(timedelta(minutes=at)))
times = st.datetimes(min_value=datetime(1600, 1, 1), max_value=datetime(2044, 12, 31), timezones=zones)  # noqa: DTZ001


@given(st.lists(times.map(lambda time: time.replace(microsecond=0).isoformat()), max_size=5))
def test_what_is_read_is_what_python_reads(written: list[str]) -> None:
    """Any moment with any offset."""
    assert read(*written) == [alone(each) for each in written]


@given(st.lists(st.text(st.sampled_from("0123456789-:T Z+"), min_size=8, max_size=25), max_size=5))
def test_whatever_is_taken_means_the_same_to_python(written: list[str]) -> None:
    """Strings of the letters of dates."""
    for each, date in zip(written, read(*written), strict=True):
        assert date == (NO_DATE, NO_ZONE) or date == alone(each)


def test_no_dates_are_none() -> None:
    """An empty batch."""
    assert read() == []
