"""Split a date in plain letters into numbers, words and signs, with the meaning of each word.

Every number, word and sign becomes one character, so that `date_form` can use regular expressions:
numbers become small letters, words capital letters, and signs stay as they are.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from dedup.text.dates import date_names, zone_names
from dedup.text.dates.date_tables import load_tables
from dedup.text.dates.plain_date import is_letter, letters_only

MOST_JOINED = 4
"""Maximum number of words in a name: "ربيع الأول" has two, "بعد از ظهر" three."""
MOST_OF_ZONE = 9
"""Maximum number of words and signs in a zone: America/North_Dakota/New_Salem has nine."""

NUMBERS = {
    1: "d",
    2: "d",
    3: "c",
    4: "y",
    6: "s",
    7: "g",
    8: "e",
    9: "u",
    10: "u",
    12: "t",
    13: "v",
    14: "f",
    16: "w",
    19: "n",
}
"""The character of a number by its number of digits."""
OTHER_NUMBER, UNKNOWN_WORD = "o", "X"

_UNSPACED = re.compile("[\u0e00-\u0eff\u1100-\u11ff\u2e80-\u9fff]")
_THAI = re.compile("[\u0e00-\u0e7f]")
_SURE = 4
"""Length from which a word is certainly a weekday, whatever its neighbours are."""
_MONTH = "ماه"
"""Persian for month, written behind the name of one, with or without a space."""
_LINK = "\u06cc"
"""Yeh, which links a name to the next word in Kurdish and Persian: کانوونی دووەمی ٢٠٢٤."""
_JOINERS = frozenset(" .-'\u2019\u0970")


class Meaning(NamedTuple):
    """The meaning of a word in a date.

    Attributes:
        sign: Its character. M is a month, W a weekday, V an abbreviated weekday, B a month or weekday, U the
            word before an hour, K the word before the number of a month, P a half of the day, E an era, A a
            half of the day or era, J a reign, Z a zone, G a zone whose name is also a word, T the T of
            ISO 8601, Q its W, Y N D H I S the unit of the previous number, X anything else.
        number: Number of the month, weekday or half of the day, from 0; the year before a reign; the seconds
            by which a zone is ahead of UTC.
        calendar: Calendar of the month or era.
        zone: IANA name of a zone with summer time.
        shared: Position in `zone_names.SHARED`, from 1, of a zone name that several countries use.
    """

    sign: str
    number: int = 0
    calendar: str = ""
    zone: str = ""
    shared: int = 0


class DateWords(NamedTuple):
    """The tokens of a date.

    Attributes:
        pattern: One character per number, word or sign.
        digits: Span of each number among all digits of the date, by its index in `pattern`.
        meanings: Meaning of each word, by index.
        unknown: Each word without a meaning, by index.
        thai: Whether there are Thai letters; two-digit years are then Buddhist.
    """

    pattern: str
    digits: Mapping[int, tuple[int, int]]
    meanings: Mapping[int, Meaning]
    unknown: Mapping[int, str]
    thai: bool


def date_words(spelt: str) -> DateWords:
    """Split a date, as `plain` returns it, into numbers, words and signs."""
    tokens = _tokens(spelt)
    pattern: list[str] = []
    digits: dict[int, tuple[int, int]] = {}
    meanings: dict[int, Meaning] = {}
    unknown: dict[int, str] = {}
    at = seen = 0
    while at < len(tokens):
        token, used = tokens[at], 1
        if token[0].isdecimal():
            digits[len(pattern)] = seen, seen + len(token)
            seen += len(token)
            pattern.append(NUMBERS.get(len(token), OTHER_NUMBER))
        elif is_letter(token[0]):
            after_number = "".join(pattern).rstrip()[-1:].islower()
            meaning, used = _meaning(tokens, at, after_number=after_number)
            if token in date_names.BEHIND_POINT and "".join(pattern).rstrip().endswith("d."):
                month = date_names.BEHIND_POINT[token]
                meaning = Meaning(UNKNOWN_WORD) if month is None else meaning._replace(number=month)
            meanings[len(pattern)] = meaning
            if meaning.sign == UNKNOWN_WORD:
                unknown[len(pattern)] = token
            pattern.append(meaning.sign)
        else:
            pattern.append(" " if token.isspace() else token)
        at += used
    return DateWords("".join(pattern), digits, meanings, unknown, thai=_THAI.search(spelt) is not None)


def _tokens(text: str) -> list[str]:
    """Split a date into numbers, words, spaces and signs; scripts without spaces are split at known names."""
    tokens: list[str] = []
    for char in text:
        same = tokens and (
            (char.isdecimal() and tokens[-1].isdecimal())
            or (char.isspace() and tokens[-1].isspace())
            or (is_letter(char) and is_letter(tokens[-1][0]))
        )
        if same:
            tokens[-1] += char
        else:
            tokens.append(char)
    return [part for token in tokens for part in _cut(token)]


def _cut(token: str) -> list[str]:
    """Split a run of letters of a script without spaces at the longest known names, from left to right."""
    if not _UNSPACED.match(token):
        return [token]
    parts, at, unknown = [], 0, 0
    while at < len(token):
        lengths = range(min(_longest_name(), len(token) - at), 0, -1)
        length = next((size for size in lengths if token[at : at + size] in _known()), 0)
        if length:
            parts += [token[unknown:at]] * (unknown < at) + [token[at : at + length]]
            unknown = at + length
        at += length or 1
    return parts + [token[unknown:]] * (unknown < len(token))


def _meaning(tokens: Sequence[str], at: int, *, after_number: bool) -> tuple[Meaning, int]:
    """Return the meaning of the longest name that begins at a token, and its number of tokens."""
    if after_number and (marker := _markers().get(tokens[at])):
        return marker, 1
    name, longest, words = "", (Meaning(UNKNOWN_WORD), 1), 0
    for used, token in enumerate(tokens[at:], start=1):
        if is_letter(token[0]):
            words += 1
            name += token
            known = _names().get(name) or _names().get(name.removesuffix(_LINK))
            if known:
                longest = known, used
        elif not set(token) <= _JOINERS:
            break
        if words == MOST_JOINED:
            break
    return _zone(tokens, at) or longest


def _zone(tokens: Sequence[str], at: int) -> tuple[Meaning, int] | None:
    """Return an IANA zone that begins at a token, such as America/Argentina/Buenos_Aires, if there is one."""
    if tokens[at + 1 : at + 2] != ["/"]:
        return None
    name, longest = "", None
    for used, token in enumerate(tokens[at : at + MOST_OF_ZONE], start=1):
        if is_letter(token[0]):
            name += token
            zone = zone_names.zones_by_name().get(name, "")
            longest = (Meaning("Z", zone=zone), used) if zone else longest
        elif token not in {"/", "-"}:
            break
    return longest


@cache
def _names() -> Mapping[str, Meaning]:
    tables = load_tables()
    names = {
        name: Meaning("M", number, calendar)
        for calendar, months in tables["months"].items()
        for number, listed in enumerate(months)
        for name in listed
    }
    solar = {name: meaning for name, meaning in names.items() if meaning.calendar == "solar_hijri"}
    names |= {name + _MONTH: meaning for name, meaning in solar.items()}
    for number, listed in enumerate(tables["weekdays"]):
        for name in listed:
            known = names.get(name)
            names[name] = known._replace(sign="B") if known else Meaning(_weekday_sign(name), number)
    for sign, clocks in (("Z", zone_names.CLOCKS), ("G", zone_names.WORDS_TOO)):
        for name, ahead, zone in zone_names.named_clocks(clocks):
            names[name] = Meaning(sign, ahead, zone=zone)
    for place, each in enumerate(zone_names.SHARED, start=1):
        names[letters_only(each.name)] = Meaning("G", each.ahead, shared=place)
    for calendar, listed in date_names.ERAS.items():
        names.update((letters_only(name), Meaning("E", 0, calendar)) for name in listed.split(","))
    names.update((letters_only(name), Meaning("U")) for name in date_names.AT.split(","))
    names.update((letters_only(name), Meaning("K")) for name in date_names.MONTH_WORDS.split(","))
    names.update(
        (letters_only(name), Meaning("J", year))
        for listed, year in date_names.REIGNS.items()
        for name in listed.split(",")
    )
    for number, listed in enumerate(tables["halves"]):
        for name in listed:
            known = names.get(name)
            names[name] = Meaning("A", number, known.calendar) if known else Meaning("P", number)
    return names | {"t": Meaning("T"), "w": Meaning("Q")}


def _weekday_sign(name: str) -> str:
    """Return V for a short weekday, which may be another word ("thu" is autumn in Vietnamese), else W."""
    return "V" if len(name) < _SURE and name.isascii() else "W"


@cache
def _markers() -> Mapping[str, Meaning]:
    return {
        letters_only(name): Meaning(sign)
        for sign, listed in date_names.MARKERS.items()
        for name in listed.split(",")
    }


@cache
def _known() -> frozenset[str]:
    return frozenset(_names()) | frozenset(_markers())


@cache
def _longest_name() -> int:
    return max(map(len, _known()))
