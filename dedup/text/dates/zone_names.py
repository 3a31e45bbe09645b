"""Names of time zones in dates.

Sources: RFC 822 for those of North America, the IANA database for the rest, and the wording of news sites.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from dedup.text.dates.plain_date import letters_only

HOUR = 3600

CLOCKS: Mapping[str, float | str] = {
    "utc, gmt, غرينتش, بتوقيت غرينتش, گرینویچ, به وقت گرینویچ, по гринвичу, 格林尼治时间": 0,
    "west, cet, mez": 1,
    "cest, mesz, eet, sast": 2,
    "eest, msk, мск, мск время, по московскому времени, idt, trt, tsi, tsİ, türkiye saatiyle": 3,
    "بتوقيت مكة, بتوقيت مكة المكرمة, بتوقيت الرياض, بتوقيت بغداد": 3,
    "irst": 3.5,
    "aft, irdt": 4.5,
    "azt, بتوقيت أبوظبي, بتوقيت دبي, بتوقيت الإمارات": 4,
    "pkt, uzt, yekt": 5,
    "npt": 5.75,
    "mmt": 6.5,
    "wib, novt, krat, giờ việt nam": 7,
    "wita, hkt, sgt, myt, pht, awst, 北京时间, 北京時間, 台北時間, 台灣時間, 香港時間": 8,
    "jst, kst, wit, 日本時間, 한국시간, 한국 시간": 9,
    "acst": 9.5,
    "aest, vlat": 10,
    "acdt": 10.5,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
    "adt, brt": -3,
    "nst": -3.5,
    "edt": -4,
    "cdt": -5,
    "mdt": -6,
    "mst, pdt": -7,
    "pst, akdt": -8,
    "akst": -9,
    "hst": -10,
    "eastern time, us eastern time": "America/New_York",
    "central time, us central time": "America/Chicago",
    "mountain time, us mountain time": "America/Denver",
    "pacific time, us pacific time": "America/Los_Angeles",
    "uk time, london time": "Europe/London",
    "central european time, heure de paris, heure de bruxelles": "Europe/Paris",
    "hora peninsular, hora de madrid": "Europe/Madrid",
    "ora italiana": "Europe/Rome",
    "ortszeit berlin, berliner zeit": "Europe/Berlin",
    "horário de brasília, hora de brasília": "America/Sao_Paulo",
    "за київським часом, київський час": "Europe/Kyiv",
    "به وقت تهران, به وقت ایران, iran standard time": "Asia/Tehran",
    "به وقت کابل": "Asia/Kabul",
    "بتوقيت القاهرة": "Africa/Cairo",
    "بتوقيت بيروت": "Asia/Beirut",
    "بتوقيت القدس": "Asia/Jerusalem",
}
"""Hours ahead of UTC, or an IANA zone with summer time, by the names of the clock."""

WORDS_TOO: Mapping[str, float | str] = {
    "z, ut, wet": 0,
    "wat": 1,
    "cat": 2,
    "eat": 3,
    "ict": 7,
    "art": -3,
    "est": -5,
    "et, eastern": "America/New_York",
    "ct, central": "America/Chicago",
    "mt, mountain": "America/Denver",
    "pt, pacific": "America/Los_Angeles",
}
"""The same for names that are also words: they are read as zones if no other word follows."""


class SharedName(NamedTuple):
    """An abbreviation that several countries use for their time.

    Attributes:
        name: The abbreviation, in capitals.
        whose: Name of the zone that is assumed.
        ahead: Seconds by which that zone is ahead of UTC.
        others: IANA zones that use the abbreviation too, or used it.
    """

    name: str
    whose: str
    ahead: int
    others: frozenset[str]


def _shared(name: str, whose: str, hours: float, others: str) -> SharedName:
    return SharedName(name, whose, int(hours * HOUR), frozenset(others.split()))


SHARED = (
    _shared(
        "AST",
        "Atlantic time",
        -4,
        "Asia/Riyadh Asia/Baghdad Asia/Kuwait Asia/Qatar Asia/Bahrain",
    ),
    _shared("BST", "British summer time", 1, "Asia/Dhaka"),
    _shared(
        "CST",
        "the Central time of North America",
        -6,
        "Asia/Shanghai Asia/Taipei Asia/Macau Asia/Chongqing America/Havana",
    ),
    _shared("GST", "the time of the Gulf states", 4, "Atlantic/South_Georgia"),
    _shared("IST", "the time of India", 5.5, "Asia/Jerusalem Asia/Tel_Aviv Europe/Dublin"),
)
"""Sorted by name. EST, MST and PST, which RFC 822 assigns to North America, are in the tables above."""


UNKNOWN = len(SHARED) + 1
"""Code of an unknown zone; those of `SHARED` have codes from 1."""


@cache
def zones_by_name() -> Mapping[str, str]:
    """Return the IANA zones by their names as `letters_only` spells them."""
    from zoneinfo import available_timezones  # noqa: PLC0415 - most dates name none

    return {letters_only(zone): zone for zone in sorted(available_timezones()) if "/" in zone}


def named_clocks(clocks: Mapping[str, float | str]) -> Iterator[tuple[str, int, str]]:
    """Yield each name as `letters_only` spells it, its seconds ahead of UTC and its IANA zone."""
    for names, clock in clocks.items():
        for name in names.split(","):
            if isinstance(clock, str):
                yield letters_only(name), 0, clock
            else:
                yield letters_only(name), int(clock * HOUR), ""
