"""Generate the packaged tables of calendars and names: `python -m dedup.text.dates.date_tables`.

Sources: jdatetime (Solar Hijri), hijridate (lunar Hijri, Umm al-Qura), nepali-datetime (Bikram Sambat), and
the names of CLDR in babel. These libraries are part of the extra `test`; parsing dates needs none of them.
dateparser is not used: it does not recognise Hijri, Buddhist or Bikram Sambat years, completes partial dates
with the current one, decides the order of day and month for each date alone, and takes milliseconds per date.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from dedup.text.dates import date_names
from dedup.text.dates.plain_date import letters_only

TABLES = Path(__file__).with_name("date_tables.json")

LANGUAGES = (
    "fa", "ar", "ar_LB", "ar_MA", "ar_DZ", "ar_SA", "ur",
    "ckb", "ku", "tr", "fr", "de", "es", "it", "pt", "ru", "uk", "id", "hi", "ne", "en",
    "zh", "zh_Hant", "ja", "ko", "th",
)  # fmt: skip
"""Languages whose names take precedence over those of other languages."""

MORE_LANGUAGES = (
    (
        "az", "be", "bg", "bn", "ca", "cs", "da", "el", "et", "fi", "he", "hr", "hu", "hy", "ka", "kk", "lt",
        "lv", "ms", "nb", "nl", "pl", "ps", "ro", "sk", "sl", "sq", "sr", "sv", "sw", "uz", "vi",
    ),
    (
        "af", "am", "as", "bs", "fil", "gl", "gu", "is", "km", "kn", "ky", "lo", "mk",
        "ml", "mr", "my", "or", "pa", "sd", "si", "sr_Latn", "ta", "te", "tg", "ug",
    ),
)  # fmt: skip
"""Languages whose names are used if they are unambiguous; the first group takes precedence."""

SHORTEST = 3
"""Minimum letters of a Latin name of `MORE_LANGUAGES`: shorter ones are words of other languages too."""

AFFIXES = {"he": "ב{}", "ku": "{}a"}
"""Forms of months inside dates that CLDR has only in its date formats: "in January" is one word."""

_AMBIGUOUS = -1
"""Number of a name that stands for several months."""

type ToGregorian = Callable[[int, int, int], date]
type Names = list[list[str]]
"""Spellings of each month or weekday, as returned by `letters_only`."""


@cache
def load_tables() -> dict[str, Any]:
    """Load the packaged tables."""
    tables: dict[str, Any] = json.loads(TABLES.read_text(encoding="utf-8"))
    return tables


def make_tables() -> dict[str, object]:
    """Collect the lengths of all months, and the names of months and weekdays."""
    from hijridate import Hijri  # noqa: PLC0415 - needed only to generate the tables
    from jdatetime import date as jalali  # noqa: PLC0415
    from nepali_datetime import date as nepali  # noqa: PLC0415

    return {
        "calendars": {
            "solar_hijri": _calendar(lambda *day: jalali(*day).togregorian(), 1200, 1500),
            "lunar_hijri": _calendar(lambda *day: Hijri(*day).to_gregorian(), 1343, 1500),
            "bikram_sambat": _calendar(lambda *day: nepali(*day).to_datetime_date(), 1975, 2100),
        },
        "months": {
            "gregorian": collect_names("months", date_names.GREGORIAN, without=_weekdays_of(LANGUAGES)),
            "solar_hijri": [_listed(names) for names in date_names.SOLAR_HIJRI],
            "lunar_hijri": [_listed(names) for names in date_names.LUNAR_HIJRI],
            "bikram_sambat": [_listed(names) for names in date_names.BIKRAM_SAMBAT],
        },
        "weekdays": collect_names("days", date_names.WEEKDAYS),
        "halves": _halves(),
    }


def _calendar(to_gregorian: ToGregorian, first: int, last: int) -> dict[str, object]:
    """Return the month lengths of a calendar for the years from `first` up to but excluding `last`."""
    epoch = date(1970, 1, 1)
    months = [(year, month) for year in range(first, last) for month in range(1, 13)]
    starts = [(to_gregorian(*month, 1) - epoch).days for month in (*months, (last, 1))]
    lengths = [after - before for before, after in pairwise(starts)]
    years = [" ".join(map(str, lengths[at : at + 12])) for at in range(0, len(lengths), 12)]
    return {"first_year": first, "first_day": starts[0], "month_days": years}


def collect_names(kind: str, own: Sequence[str], *, without: Iterable[str] = ()) -> Names:
    """Collect the names of months or days.

    Args:
        kind: `months` or `days`.
        own: Names by number that CLDR lacks.
        without: Names that are not taken from the second group of `MORE_LANGUAGES`.

    Raises:
        ValueError: A name has two meanings in `LANGUAGES`.
    """
    without = frozenset(without)
    meant: dict[str, int] = {}
    given = [(number, name) for number, names in enumerate(own) for name in _listed(names)]
    for number, name in (*given, *(each for language in LANGUAGES for each in _of_language(language, kind))):
        if meant.setdefault(name, number) != number:
            raise ValueError(f"{name} is both {number} and {meant[name]} of {kind}")
    for group, languages in enumerate(MORE_LANGUAGES):
        others: dict[str, int] = {}
        for number, name in (each for language in languages for each in _of_language(language, kind)):
            if (len(name) >= SHORTEST or not name.isascii()) and not (group and name in without):
                others[name] = number if others.setdefault(name, number) == number else _AMBIGUOUS
        meant = others | meant
    return [sorted(name for name in meant if meant[name] == number) for number in range(len(own))]


def _weekdays_of(languages: Iterable[str]) -> frozenset[str]:
    return frozenset(name for language in languages for _, name in _of_language(language, "days"))


def _of_language(language: str, kind: str) -> Iterator[tuple[int, str]]:
    """Return the names of a language, numbered from 0, except those with digits."""
    from babel import Locale  # noqa: PLC0415 - needed only to generate the tables

    first = 1 if kind == "months" else 0
    for widths in getattr(Locale.parse(language), kind).values():
        for width in ("wide", "abbreviated"):
            for number, name in widths.get(width, {}).items():
                if not any(char.isdecimal() for char in name) and letters_only(name):
                    yield number - first, letters_only(name)
                    if language in AFFIXES and kind == "months":
                        yield number - first, letters_only(AFFIXES[language].format(name))


def _halves() -> Names:
    """Collect the names of the halves of the day."""
    own = [_listed(date_names.BEFORE_NOON), _listed(date_names.AFTER_NOON)]
    meant = {name: number for number, names in enumerate(own) for name in names}
    for languages in (LANGUAGES, *MORE_LANGUAGES):
        others: dict[str, int] = {}
        for number, name in (each for language in languages for each in _half_days(language)):
            others[name] = number if others.setdefault(name, number) == number else _AMBIGUOUS
        meant = others | meant
    return [sorted(name for name in meant if meant[name] == number) for number in range(len(own))]


def _half_days(language: str) -> Iterator[tuple[int, str]]:
    """Yield the names of the halves of the day in a language: 0 before noon, 1 after it."""
    from babel import Locale  # noqa: PLC0415 - needed only to generate the tables

    for widths in Locale.parse(language).day_periods.values():
        for width, periods in widths.items():
            for number, half in enumerate(("am", "pm")):
                name = letters_only(periods.get(half, ""))
                long = len(name) >= SHORTEST or not name.isascii() or language in LANGUAGES
                if width != "narrow" and name and long:
                    yield number, name


def _listed(names: str) -> list[str]:
    return sorted({letters_only(name) for name in names.split(",")})


if __name__ == "__main__":
    TABLES.write_text(json.dumps(make_tables(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
