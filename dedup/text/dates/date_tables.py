"""Make the packaged tables of calendars and names: `python -m dedup.text.dates.date_tables`.

Sources: jdatetime (Solar Hijri), hijridate (lunar Hijri, Umm al-Qura), nepali-datetime (Bikram Sambat) and
the names of CLDR as babel gives them. They are libraries of the extra `test`: reading dates needs none of
them. dateparser is not used: it takes no Hijri, Buddhist or Bikram Sambat year for what it is, fills in what
a date leaves out from today's, decides on day and month date by date, and needs milliseconds for each.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from dedup.text.dates import date_names
from dedup.text.dates.plain_date import joined

TABLES = Path(__file__).with_name("date_tables.json")

LANGUAGES = (
    "fa", "ar", "ar_LB", "ar_MA", "ar_DZ", "ar_SA", "ur",
    "ckb", "ku", "tr", "fr", "de", "es", "it", "pt", "ru", "uk", "id", "hi", "ne", "en",
    "zh", "zh_Hant", "ja", "ko", "th",
)  # fmt: skip
"""Languages whose names are read whatever they mean elsewhere."""

MORE_LANGUAGES = (
    "az", "be", "bg", "bn", "ca", "cs", "da", "el", "et", "fi", "he", "hr", "hu", "hy", "ka", "kk", "lt",
    "lv", "ms", "nb", "nl", "pl", "ps", "ro", "sk", "sl", "sq", "sr", "sv", "sw", "uz", "vi",
)  # fmt: skip
"""Languages whose names are read where they mean one month alone."""

SHORTEST = 3
"""Letters of a name of `MORE_LANGUAGES`: shorter ones are words of other languages too."""

type ToGregorian = Callable[[int, int, int], date]
type Names = list[list[str]]
"""By month or weekday: how it is written, as `joined` does."""


@cache
def load_tables() -> dict[str, Any]:
    """Load the packaged tables."""
    tables: dict[str, Any] = json.loads(TABLES.read_text(encoding="utf-8"))
    return tables


def make_tables() -> dict[str, object]:
    """Ask the libraries for the length of every month, and for the names of months and weekdays."""
    from hijridate import Hijri  # noqa: PLC0415 - only who makes the tables has these
    from jdatetime import date as jalali  # noqa: PLC0415
    from nepali_datetime import date as nepali  # noqa: PLC0415

    return {
        "calendars": {
            "solar_hijri": _calendar(lambda *day: jalali(*day).togregorian(), 1200, 1500),
            "lunar_hijri": _calendar(lambda *day: Hijri(*day).to_gregorian(), 1343, 1500),
            "bikram_sambat": _calendar(lambda *day: nepali(*day).to_datetime_date(), 1975, 2100),
        },
        "months": {
            "gregorian": _names("months", date_names.GREGORIAN),
            "solar_hijri": [_listed(names) for names in date_names.SOLAR_HIJRI],
            "lunar_hijri": [_listed(names) for names in date_names.LUNAR_HIJRI],
            "bikram_sambat": [_listed(names) for names in date_names.BIKRAM_SAMBAT],
        },
        "weekdays": _names("days", date_names.WEEKDAYS),
        "halves": [
            _half("am", date_names.BEFORE_NOON),
            _half("pm", date_names.AFTER_NOON),
        ],
    }


def _calendar(to_gregorian: ToGregorian, first: int, last: int) -> dict[str, object]:
    """Describe the years of a calendar, the last of which only bounds the one before."""
    epoch = date(1970, 1, 1)
    months = [(year, month) for year in range(first, last) for month in range(1, 13)]
    starts = [(to_gregorian(*month, 1) - epoch).days for month in (*months, (last, 1))]
    lengths = [after - before for before, after in pairwise(starts)]
    years = [" ".join(map(str, lengths[at : at + 12])) for at in range(0, len(lengths), 12)]
    return {"first_year": first, "first_day": starts[0], "month_days": years}


def _names(kind: str, own: Sequence[str]) -> Names:
    """Gather the names of months or days; no two of `LANGUAGES` may read one differently."""
    meant: dict[str, int] = {}
    given = [(number, name) for number, names in enumerate(own) for name in _listed(names)]
    for number, name in (*given, *(each for language in LANGUAGES for each in _of_language(language, kind))):
        if meant.setdefault(name, number) != number:
            raise ValueError(f"{name} is both {number} and {meant[name]} of {kind}")
    others: dict[str, set[int]] = {}
    for language in MORE_LANGUAGES:
        for number, name in _of_language(language, kind):
            if len(name) < SHORTEST:
                continue
            others.setdefault(name, set()).add(number)
    for name, numbers in others.items():
        if name not in meant and len(numbers) == 1:
            meant[name] = min(numbers)
    return [sorted(name for name in meant if meant[name] == number) for number in range(len(own))]


def _of_language(language: str, kind: str) -> Iterator[tuple[int, str]]:
    """Return the names of a language, numbered from 0; those with digits are no names."""
    from babel import Locale  # noqa: PLC0415 - only who makes the tables has it

    first = 1 if kind == "months" else 0
    for widths in getattr(Locale.parse(language), kind).values():
        for width in ("wide", "abbreviated"):
            for number, name in widths.get(width, {}).items():
                if not any(char.isdecimal() for char in name) and joined(name):
                    yield number - first, joined(name)


def _half(name: str, own: str) -> list[str]:
    from babel import Locale  # noqa: PLC0415 - only who makes the tables has it

    periods = [Locale.parse(language).day_periods for language in LANGUAGES]
    written = [
        width[name]
        for language in periods
        for widths in language.values()
        for kind, width in widths.items()
        if kind != "narrow" and name in width
    ]
    return sorted({joined(each) for each in written}.union(_listed(own)))


def _listed(names: str) -> list[str]:
    return sorted({joined(name) for name in names.split(",")})


if __name__ == "__main__":
    TABLES.write_text(json.dumps(make_tables(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
