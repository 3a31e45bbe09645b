"""Make the packaged tables of calendars: `python -m dedup.text.dates.date_tables` writes date_tables.json.

Sources: jdatetime (Solar Hijri), hijridate (lunar Hijri, Umm al-Qura), nepali-datetime (Bikram Sambat).
They are libraries of the extra `test`; who only reads dates needs none of them.
"""

import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

TABLES = Path(__file__).with_name("date_tables.json")

type ToGregorian = Callable[[int, int, int], date]


def make_tables() -> dict[str, object]:
    """Ask the libraries for the first day of every month that they know."""
    from hijridate import Hijri  # noqa: PLC0415 - only who makes the tables has these
    from jdatetime import date as jalali  # noqa: PLC0415
    from nepali_datetime import date as nepali  # noqa: PLC0415

    return {
        "calendars": {
            "solar_hijri": _calendar(lambda *day: jalali(*day).togregorian(), 1200, 1500),
            "lunar_hijri": _calendar(lambda *day: Hijri(*day).to_gregorian(), 1343, 1500),
            "bikram_sambat": _calendar(lambda *day: nepali(*day).to_datetime_date(), 1975, 2100),
        }
    }


def _calendar(to_gregorian: ToGregorian, first: int, last: int) -> dict[str, object]:
    """Describe the years of a calendar, the last of which only bounds the one before."""
    epoch = date(1970, 1, 1)
    months = [(year, month) for year in range(first, last) for month in range(1, 13)]
    starts = [(to_gregorian(*month, 1) - epoch).days for month in (*months, (last, 1))]
    lengths = [after - before for before, after in pairwise(starts)]
    years = [" ".join(map(str, lengths[at : at + 12])) for at in range(0, len(lengths), 12)]
    return {"first_year": first, "first_day": starts[0], "month_days": years}


if __name__ == "__main__":
    TABLES.write_text(json.dumps(make_tables(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
