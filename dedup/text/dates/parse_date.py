"""A date as somebody wrote it -> a moment that sorts.

Calendars are not converted: the dates of one archive are taken to follow one calendar, and days
such as 1405-02-31, which only the Solar Hijri calendar has, sort where they belong.
"""

import re
import unicodedata
from datetime import UTC, datetime

_NUMERIC = re.compile(
    r"(?!0000)(\d{4})[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])"
    r"(?:[T ,،|–-]+([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?"
)
_MOST = 80
"""Characters; nobody writes a longer date."""
_UNSET = datetime(1, 1, 1)  # noqa: DTZ001 - fields that a date leaves out; never today's


def parse_date(published: str, *, local: bool = False) -> tuple[int, ...] | None:
    """Read a date.

    Args:
        published: ISO 8601, a numeric date in that order in any calendar and script, or one that
            dateutil reads ("September 9th 2019, 14:26"). Offsets are applied, but for days that the
            Gregorian calendar lacks; without one it is UTC.
        local: Leave offsets aside: the day that its publisher's clock showed.

    Returns:
        Year, month, day, hour, minute, second; None when it is no date.
    """
    text = published[:_MOST].strip()
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(char, char)) for char in text)
    try:
        return _fields(datetime.fromisoformat(text), local=local)
    except OverflowError:
        return None
    except ValueError:
        pass
    numeric = _NUMERIC.fullmatch(text)
    if numeric:
        return tuple(int(field or 0) for field in numeric.groups())
    return _free(text, local=local)


def _fields(when: datetime, *, local: bool) -> tuple[int, ...]:
    if when.tzinfo is not None and not local:
        when = when.astimezone(UTC)
    return when.year, when.month, when.day, when.hour, when.minute, when.second


def _free(text: str, *, local: bool) -> tuple[int, ...] | None:
    from dateutil import parser  # noqa: PLC0415 - most archives never need it

    try:  # zones by their offset alone: their names mean what the machine's own zone makes of them
        when = parser.parse(text, default=_UNSET, tzinfos=lambda _, offset: offset)
        # a year of its own: two digits mean the century nearest to today, none any number at all
        return _fields(when, local=local) if f"{when.year:04}" in text else None
    except (ValueError, ArithmeticError):  # decimal raises the latter
        return None
