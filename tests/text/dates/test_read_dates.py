"""DateReader: dates as people write them, to seconds of the publisher's clock."""

import time
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.model.document_batch import StringColumn
from dedup.text.dates import read_dates
from dedup.text.dates.iso_dates import NO_DATE, NO_ZONE
from dedup.text.dates.read_dates import DateReader

pytestmark = pytest.mark.filterwarnings("error")


def clock(seconds: int) -> str | None:
    """Write seconds of a clock as ISO 8601, the day alone at midnight."""
    if seconds == NO_DATE:
        return None
    return str(np.datetime64(seconds, "s")).replace("T00:00:00", "")


def read(written: str) -> str | None:
    """Read a date that leaves no choice; the offset is added as hours."""
    readings = DateReader().read(StringColumn.of([written]))
    day_first, month_first, offset, _ = (int(column[0]) for column in readings)
    assert day_first == month_first
    shown = clock(day_first)
    return shown if offset == NO_ZONE or shown is None else f"{shown} {offset / 3600:+g}"


def both(written: str) -> tuple[str | None, str | None]:
    """Read a date with the day first and with the month first."""
    day_first, month_first, *_ = DateReader().read(StringColumn.of([written]))
    return clock(int(day_first[0])), clock(int(month_first[0]))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019-09-09", "2019-09-09"),
        ("20190909", "2019-09-09"),
        ("2019-W37-1", "2019-09-09"),
        ("2019-W37", "2019-09-09"),
        ("2020-W53-5", "2021-01-01"),
        ("2019-09-09T14:26:07", "2019-09-09T14:26:07"),
        ("2019-09-09 14:26:07.987654", "2019-09-09T14:26:07"),
        ("2019-09-09T14:26:07.123456789Z", "2019-09-09T14:26:07 +0"),
        ("20190909T142607Z", "2019-09-09T14:26:07 +0"),
        ("20190909142607", "2019-09-09T14:26:07"),
        ("201909091426", "2019-09-09T14:26:00"),
        ("20190909 14:26", "2019-09-09T14:26:00"),
        ("  2019-09-09\n", "2019-09-09"),
        ("2019/9/9 7:05", "2019-09-09T07:05:00"),
        ("2019.09.09, 07:05:03", "2019-09-09T07:05:03"),
        ("07:05 2019/09/09", "2019-09-09T07:05:00"),
        ("2019 09 09", "2019-09-09"),
        ("2019–09–09", "2019-09-09"),
        ("2019٫09٫09", "2019-09-09"),
        ("2019|09|09 // 7:05", "2019-09-09T07:05:00"),
        ("2019_09_09", "2019-09-09"),
        ("2019", "2019-01-01"),
        ("2019/09", "2019-09-01"),
        ("09.2019", "2019-09-01"),
    ],
)
def test_numbers_alone_are_read(written: str, expected: str | None) -> None:
    """ISO 8601 and its relatives; what is left out is the first month, day and hour."""
    assert read(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1704700000", "2024-01-08T07:46:40 +0"),
        ("1704700000.25", "2024-01-08T07:46:40 +0"),
        ("/Date(1704700000000+0330)/", "2024-01-08T07:46:40 +0"),
        ("1704700000123", "2024-01-08T07:46:40 +0"),
        ("1704700000123456", "2024-01-08T07:46:40 +0"),
        ("1704700000123456789", "2024-01-08T07:46:40 +0"),
        ("999999999", "2001-09-09T01:46:39 +0"),
        ("9999999999", None),
        ("9999999999999999999", None),
    ],
)
def test_unix_times_are_read(written: str, expected: str | None) -> None:
    """Seconds, and thousandths, millionths and so on of them; none of them after 2044."""
    assert read(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("دوشنبه ۱۸ دی ۱۴۰۲ - ۰۹:۰۰", "2024-01-08T09:00:00"),
        ("۰۹:۰۰ - ۱۴۰۲/۱۰/۱۸", "2024-01-08T09:00:00"),
        ("۱۸ دی‌ماه ۱۴۰۲ ساعت ۹:۰۵ صبح", "2024-01-08T09:05:00"),
        ("دوشنبه ۱۸ دیماه ۱۴۰۲ ساعت ۰۹:۰۵", "2024-01-08T09:05:00"),
        ("۹:۰۵ ب.ظ ۱۸ دي ۱۴۰۲", "2024-01-08T21:05:00"),
        ("سه شنبه، ۱۹ دی ۱۴۰۲", "2024-01-09"),
        ("۱۸ دی ۰۲", "2024-01-08"),
        ("۱۸ دی ۹۹", "2021-01-07"),
        ("18 Dey 1402", "2024-01-08"),
        ("۱۸ دی ۱۴۰۲ ساعت ۱۴", "2024-01-08T14:00:00"),
        ("ساعت ۱۴ و ۳۰ دقیقه ۱۸ دی ۱۴۰۲", "2024-01-08T14:30:00"),
        ("تاریخ انتشار: ۱۸ دی ۱۴۰۲ - ۰۹:۰۰ - ۰۸ January ۲۰۲۴", "2024-01-08T09:00:00"),
        ("۱۸ مرغومی ۱۴۰۲", "2024-01-08"),
        ("۱۸ جدی ۱۴۰۲", "2024-01-08"),
        ("۸ ژانویهٔ ۲۰۲۴", "2024-01-08"),
        ("۸ جنوری ۲۰۲۴ء", "2024-01-08"),
        ("٨ی کانوونی دووەمی ٢٠٢٤", "2024-01-08"),
        ("١٨ی بەفرانباری ١٤٠٢", "2024-01-08"),
        ("8'ê Rêbendan 2024", "2024-01-08"),
        ("8ê Çileya Pêşîn a 2024", "2024-12-08"),
        ("الاثنين 8 يناير 2024م", "2024-01-08"),
        ("٨ كانون الثاني/يناير ٢٠٢٤ ٠٩:٣٠ م", "2024-01-08T21:30:00"),
        ("8 كانون الثاني 2024", "2024-01-08"),
        ("8 جانفي 2024", "2024-01-08"),
        ("26 جمادى الآخرة 1445هـ - 8 يناير 2024م", "2024-01-08"),
        ("٢٦ جُمادى الآخِرة ١٤٤٥ هـ", "2024-01-08"),
        ("۲۶ جمادی‌الثانی ۱۴۴۵", "2024-01-08"),
        ("8 Ocak 2024 Pazartesi 09:30", "2024-01-08T09:30:00"),
        ("8 AĞUSTOS 2024", "2024-08-08"),
        ("8 KASIM 2024", "2024-11-08"),
        ("lundi 8 janvier 2024 à 14h26", "2024-01-08T14:26:00"),
        ("le 1er août 2024", "2024-08-01"),
        ("mar 5 mar 2024", "2024-03-05"),
        ("Montag, 8. Januar 2024, 14.26 Uhr", "2024-01-08T14:26:00"),
        ("8. März 2024 14 Uhr", "2024-03-08T14:00:00"),
        ("8.1.2024 9.05", "2024-01-08T09:05:00"),
        ("9.05 8.1.2024", "2024-01-08T09:05:00"),
        ("8 de enero de 2024, 2:26 p. m.", "2024-01-08T14:26:00"),
        ("lunedì 8 gennaio 2024", "2024-01-08"),
        ("8 de março de 2024 às 09h00", "2024-03-08T09:00:00"),
        ("8 января 2024 г., 09:00", "2024-01-08T09:00:00"),
        ("8 янв. 2024, 12:10 (МСК)", "2024-01-08T12:10:00 +3"),
        ("понеділок, 8 січня 2024 р.", "2024-01-08"),
        ("Senin, 8 Agustus 2024 14.26 WIB", "2024-08-08T14:26:00 +7"),
        ("8 जनवरी २०२४", "2024-01-08"),
        ("२३ पुस २०८०", "2024-01-08"),
        ("२०८०/०९/२३", "2024-01-08"),
        ("2080 Poush 23", "2024-01-08"),
        ("2024年1月8日(月) 午後9時05分", "2024-01-08T21:05:00"),
        ("2024年1月8日 星期一 上午12:30", "2024-01-08T00:30:00"),
        ("二〇二四年十二月三十一日 10:30", "2024-12-31T10:30:00"),
        ("二零二四年十月廿三日", "2024-10-23"),
        ("民國一一三年一月八日", "2024-01-08"),
        ("令和元年五月一日", "2019-05-01"),
        ("8. Jänner 2024", "2024-01-08"),
        ("3. Feber 2024", "2024-02-03"),
        ("8 جنوری 2024 02:30 شام", "2024-01-08T14:30:00"),
        ("۸ دی ۱۴۰۲ ساعت ۱۲:۳۰ ظهر", "2023-12-29T12:30:00"),
        ("令和6年1月8日", "2024-01-08"),
        ("民國113年1月8日", "2024-01-08"),
        ("113年1月8日", "2024-01-08"),
        ("24年1月8日", "2024-01-08"),
        ("2024. 1. 8. 오후 3:20", "2024-01-08T15:20:00"),
        ("2024년 1월 8일 월요일 오후 3시 20분", "2024-01-08T15:20:00"),
        ("วันจันทร์ที่ ๘ มกราคม พ.ศ. ๒๕๖๗ เวลา ๐๙:๐๐ น.", "2024-01-08T09:00:00"),
        ("8 ม.ค. 67", "2024-01-08"),
        ("8 มี.ค. 2567", "2024-03-08"),
        ("08/01/2567", "2024-01-08"),
        ("September 9th 2019, 14:26", "2019-09-09T14:26:00"),
        ("9 Sep 2019", "2019-09-09"),
        ("Sept. 9, 2019, 9 a.m.", "2019-09-09T09:00:00"),
        ("12:00 AM, 9-Sep-2019", "2019-09-09"),
        ("Mon Sep  9 14:26:07 2019", "2019-09-09T14:26:07"),
        ("Updated: 9 September 2019 | 14:26", "2019-09-09T14:26:00"),
        ("Sep 2019", "2019-09-01"),
        ("9 Sep 70", "1970-09-09"),
        ("9 Sep 69", "2069-09-09"),
    ],
)
def test_names_of_many_languages_are_read(written: str, expected: str) -> None:
    """Months, weekdays, eras and halves of the day, clock first or last."""
    day_first, _ = both(written)

    assert day_first == expected.partition(" ")[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1402/10/18", "2024-01-08"),
        ("1405-02-31", "2026-05-21"),
        ("1403-12-30", "2025-03-20"),
        ("1402-12-30", None),
        ("1402/10/18 هـ", "2024-01-08"),
        ("1402/10/18 ه.ق", "1982-08-07"),
        ("1445/06/26", "2024-01-08"),
        ("1420/01/31", "2041-04-19"),
        ("2567-01-08", "2024-01-08"),
        ("2081-01-32", None),
        ("2081-02-32", "2024-06-14"),
        ("2081-09-23", "2025-01-07"),
        ("2300-01-01", None),
        ("1199/12/29", None),
        ("1200/01/01", "1821-03-21"),
        ("1416/12/29", "2038-03-19"),
        ("1417/01/01", "1996-05-18"),
        ("1499/12/29", "2076-11-26"),
        ("1500/01/01", None),
        ("2044-12-31", "2044-12-31"),
        ("2045-01-01", "1988-04-13"),
        ("2099-12-30", "2043-04-13"),
        ("2399-12-31", None),
        ("2400-01-01", "1857-01-01"),
        ("2600-12-31", "2057-12-31"),
        ("2601-01-01", None),
    ],
)
def test_the_year_tells_the_calendar(written: str, expected: str | None) -> None:
    """Solar Hijri up to 1416, lunar from 1417, Bikram Sambat from 2045, Buddhist from 2400."""
    assert read(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "۱۴۰۲/۱۰/۱۸ ۱۰:۲۰",
        "١٤٠٢/١٠/١٨ ١٠:٢٠",
        "१४०२/१०/१८ १०:२०",
        "１４０２／１０／１８　１０：２０",
        "១៤០២/១០/១៨ ១០:២០",
    ],
)
def test_digits_of_every_script_are_read(written: str) -> None:
    """Persian, Arabic, Devanagari, fullwidth and Khmer digits are digits."""
    assert read(written) == "2024-01-08T10:20:00"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019-09-09T01:00:00+03:30", "2019-09-09T01:00:00 +3.5"),
        ("2019-09-09T01:00:00+0330", "2019-09-09T01:00:00 +3.5"),
        ("2019-09-09T01:00-500", "2019-09-09T01:00:00 -5"),
        ("2019-09-09T01:00:00.5-05", "2019-09-09T01:00:00 -5"),
        ("2019-09-09 01:00 +03:30", "2019-09-09T01:00:00 +3.5"),
        ("Mon, 09 Sep 2019 14:26:00 +0330", "2019-09-09T14:26:00 +3.5"),
        ("Mon, 9 Sep 19 14:26:00 EST", "2019-09-09T14:26:00 -5"),
        ("Mon Sep 09 14:26:00 +0000 2019", "2019-09-09T14:26:00 +0"),
        ("Mon Sep 09 2019 14:26:00 GMT+0330 (Iran Standard Time)", "2019-09-09T14:26:00 +3.5"),
        ("1402-10-18T09:00:00+03:30", "2024-01-08T09:00:00 +3.5"),
        ("2019-09-09T14:26+14:00", "2019-09-09T14:26:00 +14"),  # no clock is further ahead
        ("2019-09-09T14:26+14:15", None),
        ("2019-01-01T00:00:00+99:99", None),
    ],
)
def test_offsets_are_read(written: str, expected: str | None) -> None:
    """With and without a colon, and names that mean one zone alone."""
    assert read(written) == expected


@pytest.mark.parametrize(
    ("written", "day_first", "month_first"),
    [
        ("02/11/2024", "2024-11-02", "2024-02-11"),
        ("2-11-2024 9:00", "2024-11-02T09:00:00", "2024-02-11T09:00:00"),
        ("15/10/2024", "2024-10-15", None),
        ("10/15/2024", None, "2024-10-15"),
        ("05/05/2024", "2024-05-05", "2024-05-05"),
        ("Publié le 08/01/2024 à 09:15", "2024-01-08T09:15:00", "2024-08-01T09:15:00"),
        ("Saturday, 02/11/2024", "2024-11-02", None),
        ("Sunday, 02/11/2024", None, "2024-02-11"),
        ("Monday, 02/11/2024", "2024-11-02", "2024-02-11"),
        ("Sat 02/11/2024", "2024-11-02", None),
        ("Thứ Hai, 8/1/2024", "2024-01-08", None),
        ("thu by 8/1/2024", "2024-01-08", "2024-08-01"),
        ("18/10/1402", "2024-01-08", None),
        ("31/02/2024", None, None),
    ],
)
def test_day_and_month_may_change_places(
    written: str, day_first: str | None, month_first: str | None
) -> None:
    """Unless one is above 12, or the weekday fits one way alone; "thu" beside other words is none."""
    assert both(written) == (day_first, month_first)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("8.1.2024", "2024-01-08"), ("13.1.2024", "2024-01-13"), ("1.13.2024", "2024-01-13")],
)
def test_between_points_the_day_is_first(written: str, expected: str) -> None:
    """As in German, Russian and Turkish; unless it cannot be."""
    assert read(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "دیروز",
        "yesterday",
        "no date 2019",
        "3 hours ago",
        "14:26",
        "12",
        "12345",
        "31/12",
        "8 January",
        "2019-13-01",
        "2019-00-10",
        "2019-01-32",
        "8 stycznia 9 2024 10",
        "1405-02-31 25:00",
        "1405-02-31T10:00+03:30 2",
        "9/9/70 1426",
        "9/9/9",
        "98/10/18",
        "0000-01-01",
        "0001-01-01T00:00:00Z",
        "9999-12-31",
        "\x00",
        "\ud800",
        "2019½",
        "①/1/2024",
        "㏠ 1/2024",
        "9" * 1_000_000,
        "2019" + "x" * 1_000_000,
        "۹" * 1_000_000,
        "9999999999999999-01-01",
        "2019 " + "9" * 30 + "h",
    ],
    ids=lambda text: ascii(text[:24]),
)
def test_what_is_no_date_is_none(written: str) -> None:
    """Nonsense, half dates, placeholders, years of one digit or in front and hostile strings are refused."""
    assert read(written) is None


@pytest.mark.parametrize(
    ("written", "day_first", "month_first"),
    [
        ("15/10/24", "2024-10-15", None),
        ("10/15/24 07:05", None, "2024-10-15T07:05:00"),
        ("02-11-24", "2024-11-02", "2024-02-11"),
        ("2.11.24", "2024-11-02", "2024-11-02"),
        ("۱۵/۱۰/۲۴", "2024-10-15", None),
        ("9/9/70", "1970-09-09", "1970-09-09"),
        ("Fri 02/11/18", "2018-11-02", None),
    ],
)
def test_a_year_of_two_digits_stands_last(
    written: str, day_first: str | None, month_first: str | None
) -> None:
    """Day or month before it, as in dates with four; 70 to 99 are of the century before."""
    assert both(written) == (day_first, month_first)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("8 Jan 69", "2069-01-08"),
        ("8 Jan 70", "1970-01-08"),
        ("18 دی 02", "2024-01-08"),
        ("18 دی 49", "2071-01-07"),
        ("18 دی 50", "1972-01-08"),
        ("5 رمضان 45", "2024-03-15"),
        ("8 ม.ค. 67", "2024-01-08"),
    ],
)
def test_the_century_of_a_short_year_is_that_of_its_calendar(written: str, expected: str) -> None:
    """Gregorian 2000, solar and lunar Hijri 1400, Buddhist 2500; 50 to 99 of the solar ones are before it."""
    assert read(written) == expected


def test_a_date_is_read_in_the_first_eighty_letters() -> None:
    """What follows is not looked at, or a whole story in the wrong field would cost minutes."""
    assert read("2019-09-09" + " " * 70 + "1 story") == "2019-09-09"


@given(st.lists(st.text(max_size=90) | st.text("0123456789-/:. TZ+,۱۲دیMayW年月", max_size=30), max_size=4))
@settings(max_examples=300, deadline=None)
def test_dates_are_read_together_as_alone(written: list[str]) -> None:
    """Whatever came, and whatever is next to it."""
    together = DateReader().read(StringColumn.of(written))
    alone = [DateReader().read(StringColumn.of([each])) for each in written]

    for place, column in enumerate(together):
        assert column.tolist() == [int(each[place][0]) for each in alone]


def test_dates_of_one_form_are_read_together() -> None:
    """A row of each of two forms, of equal length."""
    written = ["08/01/2024", "2024/01/08", "13/01/2024", "2024/02/29", "2023/02/29"]
    found = DateReader().read(StringColumn.of(written)).day_first

    assert [*map(clock, found.tolist())] == ["2024-01-08", "2024-01-08", "2024-01-13", "2024-02-29", None]


def test_forms_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """And read again."""
    monkeypatch.setattr(read_dates, "CACHED_FORMS", 2)
    reader = DateReader()
    forms = StringColumn.of(["2024/1/8", "8 Jan 2024", "8 January 2024"])

    first, again = reader.read(forms), reader.read(forms)

    assert [*map(clock, first.day_first.tolist())] == ["2024-01-08"] * 3
    assert again.day_first.tolist() == first.day_first.tolist()


@pytest.fixture(params=["UTC0", "EST5EDT", "IRST-3:30"])
def local_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Pretend that the machine is in another time zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its zone")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.usefixtures("local_zone")
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019-12-09 14:26", "2019-12-09T14:26:00"),
        ("9 Dec 2019 14:26", "2019-12-09T14:26:00"),
        ("9 Dec 2019 14:26 UTC", "2019-12-09T14:26:00 +0"),
        ("1575901560", "2019-12-09T14:26:00 +0"),
    ],
)
def test_a_date_does_not_depend_on_the_machine(written: str, expected: str) -> None:
    """Wherever it is."""
    assert read(written) == expected


@pytest.mark.parametrize(("written", "expected"), [("8 Jan 24", "2024-01-08"), ("8 Jan 7", None)])
def test_a_date_has_at_least_three_digits(written: str, expected: str | None) -> None:
    """With two, something of it is missing."""
    assert read(written) == expected
