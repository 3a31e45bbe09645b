"""parse_date: a date as somebody wrote it, to numbers that sort."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.text.dates.parse_date import parse_date

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019-09-09", (2019, 9, 9, 0, 0, 0)),
        ("20190909", (2019, 9, 9, 0, 0, 0)),
        ("2019-W37-1", (2019, 9, 9, 0, 0, 0)),
        ("2019-09-09T14:26:07", (2019, 9, 9, 14, 26, 7)),
        ("2019-09-09 14:26:07.987654", (2019, 9, 9, 14, 26, 7)),
        ("2019-09-09T14:26:07.123456789Z", (2019, 9, 9, 14, 26, 7)),
        ("  2019-09-09\n", (2019, 9, 9, 0, 0, 0)),
        ("2019/9/9 7:05", (2019, 9, 9, 7, 5, 0)),
        ("2019.09.09, 07:05:03", (2019, 9, 9, 7, 5, 3)),
        ("September 9th 2019, 14:26", (2019, 9, 9, 14, 26, 0)),
        ("9 Sep 2019", (2019, 9, 9, 0, 0, 0)),
        ("31/12/2019", (2019, 12, 31, 0, 0, 0)),
        ("Sep 2019", (2019, 9, 1, 0, 0, 0)),
        ("2019", (2019, 1, 1, 0, 0, 0)),
    ],
)
def test_a_date_is_read_in_the_usual_forms(written: str, expected: tuple[int, ...]) -> None:
    """ISO 8601, numeric, and what dateutil reads; what is left out is the first month, day and hour."""
    assert parse_date(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1405-02-31", (1405, 2, 31, 0, 0, 0)),
        ("1405/06/31 23:59", (1405, 6, 31, 23, 59, 0)),
        ("1405-02-30T10:00:00Z", (1405, 2, 30, 10, 0, 0)),
        ("1405-4-31", (1405, 4, 31, 0, 0, 0)),
    ],
)
def test_days_of_the_solar_hijri_calendar_alone_are_dates(written: str, expected: tuple[int, ...]) -> None:
    """Its first six months have 31 days."""
    assert parse_date(written) == expected


@pytest.mark.parametrize("written", ["۱۴۰۵/۰۲/۳۱ ۱۰:۲۰", "١٤٠٥/٠٢/٣١ ١٠:٢٠", "１４０５/０２/３１ １０:２０"])
def test_digits_of_every_script_are_read(written: str) -> None:
    """Persian, Arabic and fullwidth digits are digits."""
    assert parse_date(written) == (1405, 2, 31, 10, 20, 0)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019-09-09T01:00:00+03:30", (2019, 9, 8, 21, 30, 0)),
        ("2019-12-31T23:00:00-05:00", (2020, 1, 1, 4, 0, 0)),
        ("2019-09-09T14:26:00Z", (2019, 9, 9, 14, 26, 0)),
        ("Mon, 09 Sep 2019 14:26:00 +0330", (2019, 9, 9, 10, 56, 0)),
        ("Mon, 09 Sep 2019 14:26:00 GMT", (2019, 9, 9, 14, 26, 0)),
    ],
)
def test_offsets_are_applied(written: str, expected: tuple[int, ...]) -> None:
    """Moments of all offsets sort in one line, that of UTC."""
    assert parse_date(written) == expected


@pytest.mark.parametrize("written", ["2024-05-03T01:00:00+03:30", "May 3, 2024 01:00 +0330"])
def test_the_publisher_s_clock_can_be_asked(written: str) -> None:
    """An hour after midnight in Tehran is the day before in UTC."""
    assert parse_date(written) == (2024, 5, 2, 21, 30, 0)
    assert parse_date(written, local=True) == (2024, 5, 3, 1, 0, 0)


def test_moments_sort_as_time_goes() -> None:
    """The last day of Ordibehesht 1405 stands before the first of Khordad."""
    days = ["1405-03-01", "1405-02-31 23:00", "1405-02-31", "۱۴۰۵/۰۲/۳۰"]

    assert sorted(days, key=parse_date) == days[::-1]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "دیروز",
        "yesterday",
        "no date 2019",
        "14:26",
        "12",
        "12345",
        "2019-13-01",
        "2019-00-10",
        "2019-01-32",
        "1405-02-31 25:00",
        "1405-02-31T10:00+03:30 2",
        "\x00",
        "\ud800",
        "2019-09-09\ud800",
        "9" * 1_000_000,
        "2019" + "x" * 1_000_000,
        "۹" * 1_000_000,
        "9999999999999999-01-01",
        "2019-01-01T00:00:00+99:99",
    ],
    ids=lambda text: ascii(text[:24]),
)
def test_what_is_no_date_is_none(written: str) -> None:
    """Nonsense, half dates and hostile strings are refused, not raised about."""
    assert parse_date(written) is None


def test_a_date_is_read_in_the_first_eighty_characters() -> None:
    """What follows is not looked at, or a whole story in the wrong field would cost minutes."""
    assert parse_date("2019-09-09" + " " * 70 + "a story") == (2019, 9, 9, 0, 0, 0)


@pytest.mark.parametrize("written", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-05:00"])
def test_an_offset_that_leads_out_of_the_calendar_is_none(written: str) -> None:
    """The year 0 and the year 10000 are no years."""
    assert parse_date(written) is None


@pytest.mark.parametrize("unit", ["h", "m"])
def test_a_time_of_thirty_digits_is_none(unit: str) -> None:
    """Dateutil divides it with too little precision and raises decimal.InvalidOperation."""
    assert parse_date("2019 " + "9" * 30 + unit) is None


@given(st.text(max_size=100) | st.text("0123456789-/:. TZ+,", max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_moment_or_none(written: str) -> None:
    """Six whole numbers or None, whatever came."""
    when = parse_date(written)

    assert when is None or (len(when) == 6 and all(type(field) is int for field in when))


@given(
    st.tuples(
        st.integers(1, 9999), st.integers(1, 12), st.integers(1, 31), st.integers(0, 23), st.integers(0, 59)
    ),
    st.sampled_from("-/."),
)
@settings(max_examples=150, deadline=None)
def test_a_numeric_date_is_read_as_it_stands(fields: tuple[int, ...], mark: str) -> None:
    """No calendar is asked, so every month has 31 days."""
    year, month, day, hour, minute = fields

    assert parse_date(f"{year:04}{mark}{month:02}{mark}{day:02} {hour}:{minute:02}") == (*fields, 0)


@pytest.fixture(params=["UTC0", "EST5EDT", "IRST-3:30"])
def local_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let the machine stand in another time zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its zone")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.usefixtures("local_zone")
@pytest.mark.parametrize("written", ["2019-12-09 14:26", "9 Dec 2019 14:26", "9 Dec 2019 14:26 UTC"])
def test_a_date_does_not_depend_on_the_machine(written: str) -> None:
    """Without an offset it is UTC, wherever the machine stands."""
    assert parse_date(written) == (2019, 12, 9, 14, 26, 0)


@pytest.mark.parametrize(("zone", "name"), [("EST5EDT", "EST"), ("IRST-3:30", "IRST")])
def test_the_name_of_the_machine_s_zone_has_no_meaning(
    zone: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A zone name is left out everywhere, or two machines would sort one archive differently."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        when = parse_date(f"9 Dec 2019 14:26 {name}")
    time.tzset()

    assert when == (2019, 12, 9, 14, 26, 0)


@pytest.mark.parametrize("written", ["9/9/70 1426", "9/9/19 1426"])
def test_a_year_of_two_digits_is_no_date(written: str) -> None:
    """Which century it means depends on today's date; the four digits here are a time."""
    assert parse_date(written) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("۱۴۰۵/۰۲/۳۱ - ۱۰:۲۰", (1405, 2, 31, 10, 20, 0)),
        ("1402/07/25، 10:20", (1402, 7, 25, 10, 20, 0)),
        ("1405-02-31T10:00+03:30", (1405, 2, 31, 10, 0, 0)),
    ],
)
def test_dates_as_iranian_sites_write_them(written: str, expected: tuple[int, ...]) -> None:
    """A dash or a Persian comma before the hour; the offset of a day that Python does not know is left."""
    assert parse_date(written) == expected


def test_there_is_no_year_zero() -> None:
    """A placeholder must not make its story the earliest."""
    assert parse_date("0000-01-01") is None
