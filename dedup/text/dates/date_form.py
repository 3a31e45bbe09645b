"""Parse the form of a date in plain letters: which digits are the year, the month, the day and so on.

Dates that differ only in their digits have the same form, so a million dates have few forms.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from re import Match, Pattern
from typing import Any

from dedup.text.dates import date_patterns
from dedup.text.dates.calendars import Calendar
from dedup.text.dates.date_names import REPUBLIC_OF_CHINA
from dedup.text.dates.date_words import DateWords, date_words

type Digits = tuple[int, int]
"""Start and end of a field among all digits of a date; the end is exclusive."""

_PER_SECOND = {"u": 1, "v": 10**3, "w": 10**6, "n": 10**9}
_SHORT_YEARS = {
    Calendar.GREGORIAN: (2000, 70),
    Calendar.BUDDHIST: (2500, 100),
    Calendar.SOLAR_HIJRI: (1400, 50),
    Calendar.LUNAR_HIJRI: (1400, 100),
    Calendar.BIKRAM_SAMBAT: (2000, 100),
}
"""Century of a two-digit year, and the first such year of the century before: 69 is 2069, 70 is 1970."""

_SHORT_YEAR = 2
"""Number of digits of a year without its century."""


@dataclass(frozen=True, slots=True)
class DayForm:
    """Positions of the year, month and day of a date.

    Attributes:
        year: Digits of the year.
        month: Digits of the month; None if it is named or missing.
        day: Digits of the day; None for the first of the month.
        named_month: 1 to 12 for a named month, 0 for none.
        calendar: Calendar of the month's name or of the era; None if the year decides.
        added: Number added to the year: its century, or the year before a reign.
        turn: First two-digit year of the century before; 0 for none.
        is_week: Whether month and day are an ISO week and its day.
        is_ordinal: Whether the day is the day of the year.
        either: Whether day and month may be swapped.
        dotted: Whether points separate them; dates with points have the day first.
    """

    year: Digits
    month: Digits | None = None
    day: Digits | None = None
    named_month: int = 0
    calendar: Calendar | None = None
    added: int = 0
    turn: int = 0
    is_week: bool = False
    is_ordinal: bool = False
    either: bool = False
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class DateForm:
    """Positions of the fields of a date.

    Attributes:
        days: The day, in each calendar in which the date is written; the first valid one is used.
        clock: Digits of hour, minute and second, as far as present.
        half: 0 before noon, 1 after noon; None on a 24-hour clock.
        ahead: Seconds by which a named zone is ahead of UTC; None for no zone.
        zone: IANA name of a zone with summer time.
        shared: See `Meaning`.
        unknown: The word after the clock, if it has no meaning and no zone is named.
        offset: Digits of the hours and minutes of an offset, as far as present.
        sign: Sign of the offset, 1 or -1.
        weekday: 0 for Monday; None if none is named.
        unix: Digits of a Unix time.
        per_second: Number of units of that time in a second.
    """

    days: tuple[DayForm, ...] = ()
    clock: tuple[Digits, ...] = ()
    half: int | None = None
    ahead: int | None = None
    zone: str = ""
    shared: int = 0
    unknown: str = ""
    offset: tuple[Digits, ...] = ()
    sign: int = 1
    weekday: int | None = None
    unix: Digits | None = None
    per_second: int = 1


def date_form(spelt: str) -> DateForm | None:
    """Find the fields of a date.

    Args:
        spelt: Output of `plain`.

    Returns:
        None if it is not a date, or has numbers without a meaning.
    """
    reading = _Reading(date_words(spelt))
    if date_patterns.UNIX.fullmatch(reading.left.strip()):
        return reading.unix()
    form = reading.compact() or reading.clock(date_patterns.CLOCKS)
    days = form.days or reading.days()
    if not form.clock:
        form = reading.clock([date_patterns.DOTTED_CLOCK])
    if not days or date_patterns.NUMBER.search(reading.left):
        return None
    if form.ahead is None and not form.offset:
        form = reading.lone_zone(form)
    if form.ahead is not None:
        form = replace(form, unknown="")
    gregorian_first = sorted(days, key=lambda day: day.calendar is not Calendar.GREGORIAN)
    return replace(form, days=tuple(gregorian_first), weekday=reading.weekday())


class _Reading:
    """Parses a date: each part that is recognised is removed, until no number is left."""

    def __init__(self, words: DateWords) -> None:
        self._words = words
        self.left = _months_settled(words.pattern)
        self._names = self.left

    def unix(self) -> DateForm:
        """Return the form of a Unix time in seconds, milliseconds and so on."""
        at = min(self._words.digits)
        return DateForm(unix=self._words.digits[at], per_second=_PER_SECOND[self.left[at]])

    def weekday(self) -> int | None:
        """Return the named weekday, if any."""
        for meaning in self._words.meanings.values():
            if meaning.sign == "W" or (meaning.sign == "V" and "X" not in self._names):
                return meaning.number
        return None

    def compact(self) -> DateForm | None:
        """Parse a day and a clock without separators, such as 20240108T0900."""
        match = self._take(date_patterns.COMPACT)
        if not match:
            return None
        numbers = self._digits(match, "day", "clock", "both")
        first, rest = numbers[0][0], numbers[-1]
        ends = [*range(rest[0] + 8 * bool(match["both"]), rest[1] + 1, 2)]
        clock = tuple(pairwise(ends))
        return replace(self._zone(match.end()), days=(_together(first),), clock=clock)

    def clock(self, patterns: Iterable[Pattern[str]]) -> DateForm:
        """Parse the clock by the first pattern that matches, and the zone after it."""
        for pattern in patterns:
            if match := self._take(pattern):
                groups = match.groupdict()
                halves = [match.start(name) for name in ("half", "late") if groups.get(name)]
                half = self._words.meanings[halves[0]].number if halves else None
                clock = self._digits(match, "hour", "minute", "second")
                return replace(self._zone(match.end()), clock=clock, half=half)
        return DateForm()

    def _zone(self, at: int) -> DateForm:
        word = date_patterns.UNKNOWN_ZONE.match(self.left, at)
        nothing = DateForm(unknown=self._words.unknown[word.start("word")] if word else "")
        match = self._take(date_patterns.ZONE, at)
        if not match:
            return nothing
        offset = self._digits(match, "hours", "minutes")
        for start, end in self._digits(match, "together"):
            offset = ((start, end - 2), (end - 2, end))
        if offset:
            return DateForm(offset=offset, sign=-1 if match["sign"] == "-" else 1)
        return self._named_zone(match, DateForm()) if match["zone"] else nothing

    def lone_zone(self, form: DateForm) -> DateForm:
        """Parse a zone that does not follow the clock."""
        match = self._take(date_patterns.LONE_ZONE)
        return self._named_zone(match, form) if match else form

    def _named_zone(self, match: Match[str], form: DateForm) -> DateForm:
        meaning = self._words.meanings[match.start("zone")]
        return replace(form, ahead=meaning.number, zone=meaning.zone, shared=meaning.shared)

    def days(self) -> list[DayForm]:
        """Parse all days: some sites write a date in two calendars."""
        days = [*self._days()]
        short = date_patterns.SHORT.search(self.left)
        if short and not (days and "." in short["either"]):  # 15.26.07 beside a day is a clock
            start, end = self._words.digits[short.start("year")]
            if end - start == _SHORT_YEAR and (match := self._take(date_patterns.SHORT)):
                days.append(self._day(match))
        return days

    def _days(self) -> Iterator[DayForm]:
        if date_patterns.YEAR.fullmatch(self.left) and (match := self._take(date_patterns.YEAR)):
            yield self._day(match)
        for pattern in date_patterns.DAYS:
            while match := self._take(pattern):
                yield self._day(match)

    def _day(self, match: Match[str]) -> DayForm:
        groups = {name: value for name, value in match.groupdict().items() if value}
        if "compact" in groups:
            return _together(self._words.digits[match.start()][0])
        if "together" in groups:
            first = self._words.digits[match.start()][0]
            return _ordinal((first, first + 4), (first + 4, first + 7))
        if "ordinal" in groups:
            return _ordinal(*self._digits(match, "year", "ordinal"))
        fields: dict[str, Any] = {
            name: self._words.digits[match.start(name)] for name in ("year", "month", "day") if name in groups
        }
        calendar, month = self._named_month(match) if "name" in groups else (self._era(match), 0)
        calendar, added, turn = self._year(match, calendar)
        either = groups.get("either")
        return DayForm(
            **fields,
            named_month=month,
            calendar=calendar,
            added=added,
            turn=turn,
            is_week="week" in groups,
            either=either is not None,
            dotted=either is not None and "." in either,
        )

    def _named_month(self, match: Match[str]) -> tuple[Calendar, int]:
        """Return the calendar and the number of a month with a name, from 1."""
        month = self._words.meanings[match.start("name")]
        is_buddhist = self._era(match) is Calendar.BUDDHIST  # its months have Gregorian names
        return Calendar.BUDDHIST if is_buddhist else Calendar[month.calendar.upper()], month.number + 1

    def _year(self, match: Match[str], calendar: Calendar | None) -> tuple[Calendar | None, int, int]:
        """Return the calendar of a year, and what `DayForm` has as `added` and `turn`."""
        if match.groupdict().get("reign"):
            return Calendar.GREGORIAN, self._words.meanings[match.start("reign")].number, 0
        if match["year"] == "c":
            return Calendar.GREGORIAN, REPUBLIC_OF_CHINA, 0
        if match["year"] == "d":
            calendar = Calendar.BUDDHIST if self._words.thai else calendar
            return calendar, *_SHORT_YEARS[calendar or Calendar.GREGORIAN]
        return calendar, 0, 0

    def _era(self, match: Match[str]) -> Calendar | None:
        """Find an era inside a day or after it."""
        behind = date_patterns.ERA.match(self.left, match.end())
        for at in range(match.start(), behind.end() if behind else match.end()):
            if self._names[at] in "EA":
                calendar = self._words.meanings[at].calendar
                return Calendar[calendar.upper()] if calendar else None
        return None

    def _digits(self, match: Match[str], *names: str) -> tuple[Digits, ...]:
        groups = match.groupdict()
        return tuple(self._words.digits[match.start(name)] for name in names if groups.get(name))

    def _take(self, pattern: Pattern[str], at: int | None = None) -> Match[str] | None:
        """Remove the first match of a pattern and return it; with `at`, only a match at that place."""
        match = pattern.search(self.left) if at is None else pattern.match(self.left, at)
        if match:
            start, end = match.span()
            self.left = f"{self.left[:start]}{'_' * (end - start)}{self.left[end:]}"
        return match


def _together(first: int) -> DayForm:
    """Return the form of a day of eight digits."""
    return DayForm((first, first + 4), (first + 4, first + 6), (first + 6, first + 8))


def _ordinal(year: Digits, day: Digits) -> DayForm:
    return DayForm(year, day=day, calendar=Calendar.GREGORIAN, is_ordinal=True)


def _months_settled(pattern: str) -> str:
    """Read a name of both a month and a weekday as the month if no other month is named."""
    if "M" not in pattern and "B" in pattern:
        last = pattern.rindex("B")
        pattern = f"{pattern[:last]}M{pattern[last + 1 :]}"
    return pattern.replace("B", "W")
