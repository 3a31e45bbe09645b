"""A date in plain letters -> its form: which digits are the year, the month, the day and so on.

All dates that differ in their digits alone have one form, so that a million dates have few forms.
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
"""The first digit of a field among all digits of a date, and the one after its last."""

_PER_SECOND = {"u": 1, "v": 10**3, "w": 10**6, "n": 10**9}
_SHORT_YEARS = {
    Calendar.GREGORIAN: (2000, 70),
    Calendar.BUDDHIST: (2500, 100),
    Calendar.SOLAR_HIJRI: (1400, 50),
    Calendar.LUNAR_HIJRI: (1400, 100),
    Calendar.BIKRAM_SAMBAT: (2000, 100),
}
"""Century of a year of two digits, and from which one on it is the century before: 69 is 2069, 70 is 1970."""

_SHORT_YEAR = 2
"""Digits of a year without its century."""


@dataclass(frozen=True, slots=True)
class DayForm:
    """Where year, month and day of a date are.

    Attributes:
        year: Its digits.
        month: Its digits; None for a month that is named, or for none.
        day: Its digits; None for the first of the month.
        named_month: 1 to 12; 0 for none.
        calendar: Of the month's name or the era; None for the one that the year tells.
        added: To the year: its century, or the year before a reign.
        turn: From this year on the century is the one before; 0 for never.
        is_week: Month and day are an ISO week and its day.
        is_ordinal: The day is that of the year.
        either: Day and month may be month and day.
        dotted: They are separated by points, as people do who write the day first.
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
    """Where the fields of a date are.

    Attributes:
        days: The day, in each calendar that the date is written in; the first that is one counts.
        clock: Digits of hour, minute and second, as many as there are.
        half: 0 before noon, 1 after it; None on a clock of 24 hours.
        ahead: Seconds by which a named zone is ahead of UTC; None for no zone.
        zone: The name in the IANA database of one whose clock is changed in summer.
        shared: See `Meaning`.
        unknown: The word behind the clock, if it has no meaning and no zone is named.
        offset: Digits of hours and minutes of an offset, as many as there are.
        sign: Of the offset, 1 or -1.
        weekday: 0 for Monday; None where none is named.
        unix: Digits of a Unix time.
        per_second: Of its units.
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
    """Tell where the fields of a date are, which `plain` has spelt.

    Returns:
        None when it is no date, or has numbers without a meaning.
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
    """A date of which part after part is taken, until no number is left."""

    def __init__(self, words: DateWords) -> None:
        self._words = words
        self.left = _months_settled(words.pattern)
        self._names = self.left

    def unix(self) -> DateForm:
        """Read seconds, milliseconds and so on."""
        at = min(self._words.digits)
        return DateForm(unix=self._words.digits[at], per_second=_PER_SECOND[self.left[at]])

    def weekday(self) -> int | None:
        """Return the weekday that is named, if any."""
        for meaning in self._words.meanings.values():
            if meaning.sign == "W" or (meaning.sign == "V" and "X" not in self._names):
                return meaning.number
        return None

    def compact(self) -> DateForm | None:
        """Read day and clock of digits that stand together."""
        match = self._take(date_patterns.COMPACT)
        if not match:
            return None
        numbers = self._digits(match, "day", "clock", "both")
        first, rest = numbers[0][0], numbers[-1]
        ends = [*range(rest[0] + 8 * bool(match["both"]), rest[1] + 1, 2)]
        clock = tuple(pairwise(ends))
        return replace(self._zone(match.end()), days=(_together(first),), clock=clock)

    def clock(self, patterns: Iterable[Pattern[str]]) -> DateForm:
        """Read the clock, by the first pattern that is there, and the zone behind it."""
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
        """Read the zone that is named elsewhere than behind the clock."""
        match = self._take(date_patterns.LONE_ZONE)
        return self._named_zone(match, form) if match else form

    def _named_zone(self, match: Match[str], form: DateForm) -> DateForm:
        meaning = self._words.meanings[match.start("zone")]
        return replace(form, ahead=meaning.number, zone=meaning.zone, shared=meaning.shared)

    def days(self) -> list[DayForm]:
        """Read days until none is left: some sites write one in two calendars."""
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
        calendar, month = self._era(match), 0
        if "name" in groups:
            meaning = self._words.meanings[match.start("name")]
            month = meaning.number + 1
            if calendar is not Calendar.BUDDHIST:
                calendar = Calendar[meaning.calendar.upper()]
        added = turn = 0
        if "reign" in groups:
            added, calendar = self._words.meanings[match.start("reign")].number, Calendar.GREGORIAN
        elif groups["year"] == "c":
            added, calendar = REPUBLIC_OF_CHINA, Calendar.GREGORIAN
        elif groups["year"] == "d":
            if self._words.thai:
                calendar = Calendar.BUDDHIST
            added, turn = _SHORT_YEARS[calendar or Calendar.GREGORIAN]
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

    def _era(self, match: Match[str]) -> Calendar | None:
        """Look for an era in a day and behind it."""
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
        """Take what a pattern finds, or matches right there."""
        match = pattern.search(self.left) if at is None else pattern.match(self.left, at)
        if match:
            start, end = match.span()
            self.left = f"{self.left[:start]}{'_' * (end - start)}{self.left[end:]}"
        return match


def _together(first: int) -> DayForm:
    """Describe a day of eight digits."""
    return DayForm((first, first + 4), (first + 4, first + 6), (first + 6, first + 8))


def _ordinal(year: Digits, day: Digits) -> DayForm:
    return DayForm(year, day=day, calendar=Calendar.GREGORIAN, is_ordinal=True)


def _months_settled(pattern: str) -> str:
    """Take a name of both a month and a weekday for a month where there is no other."""
    if "M" not in pattern and "B" in pattern:
        last = pattern.rindex("B")
        pattern = f"{pattern[:last]}M{pattern[last + 1 :]}"
    return pattern.replace("B", "W")
