"""A word of digits, and its text -> the whole number as it is written there: `17.7`, `5:30`, `30 000`.

Words have the digits alone; the signs between two of them tell a decimal from a time or a date.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from unicodedata import digit

from dedup.comparison.readable_text import ReadableText

_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""They set the direction of writing and are not seen."""
_WITHOUT_MARKS = dict.fromkeys(map(ord, _MARKS))
_DECIMAL_SIGNS = frozenset(".,\u066b\u060c/")
_BETWEEN_NUMBERS = frozenset("/:-\u2013")
_SIGNS = _DECIMAL_SIGNS | _BETWEEN_NUMBERS
_BLANKS = frozenset(" \xa0\u2009\u200a\u202f")
_MOST_WORDS = 4
"""Words of a number, at most; more of them are a list, or the number of a telephone."""
_GROUP = 3
"""Digits of a group of thousands."""
_CLOCK = re.compile("(\\d\\d?)([:.\u060c])(\\d\\d)")
_NOON, _AN_HOUR = 12, 60
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number in a text.

    Attributes:
        first: Position of its first word in the text, from 0.
        last: Position of its last word.
        text: Western digits and the signs between them, without thousands separators.
        readings: What it can mean; two numbers that share a reading are spellings of one.
    """

    first: int
    last: int
    text: str
    readings: frozenset[str]


def written_number(words: Sequence[str], place: int, text: Callable[[], ReadableText]) -> WrittenNumber:
    """Find the number that a word of digits is part of.

    Args:
        words: The words of the text, as `ReadableText.spans` has them.
        place: Position of the word.
        text: Returns the text; called only for a number that may have other signs than those digits.
    """
    if len(words[place]) <= _GROUP and not any(map(str.isdecimal, _beside(words, place))):
        return WrittenNumber(place, place, words[place], frozenset([_whole(words[place])]))
    written = text()
    first = last = place
    while first and _sign(written, words, first):
        first -= 1
    while last + 1 < len(words) and _sign(written, words, last + 1):
        last += 1
    if last - first >= _MOST_WORDS:
        first = last = place
    behind = range(first + 1, last + 1)
    pieces = [
        words[first],
        *chain.from_iterable((_sign(written, words, at).strip(), words[at]) for at in behind),
    ]
    letters = written.text[written.spans[first][0] : written.spans[last][1]]
    return WrittenNumber(first, last, "".join(pieces), frozenset(_readings(letters)))


def _beside(words: Sequence[str], place: int) -> Sequence[str]:
    return *words[max(place - 1, 0) : place], *words[place + 1 : place + 2]


def _sign(written: ReadableText, words: Sequence[str], place: int) -> str:
    """Return what is between a word and the one before it if both are of one number; else nothing."""
    before, after = words[place - 1], words[place]
    if not (before.isdecimal() and after.isdecimal()):
        return ""
    between = written.text[written.spans[place - 1][1] : written.spans[place][0]].translate(_WITHOUT_MARKS)
    is_group = len(after) == _GROUP and len(before) <= _GROUP and not before.startswith("0")
    return between if between in _SIGNS or (between in _BLANKS and is_group) else ""


def _readings(letters: str) -> Iterator[str]:
    """Give what a number can mean: thousands, a decimal, a time of day, a date from its day or its year."""
    plain = letters.translate(_WITHOUT_MARKS)
    groups, signs = [*map(_western, _DIGITS.findall(plain))], _DIGITS.split(plain)[1:-1]
    if len(groups) == 1 or _are_thousands(groups, signs):
        yield _whole("".join(groups))
    if len(groups) > 1 and signs[-1] in _DECIMAL_SIGNS and signs[-1] not in signs[:-1]:
        yield _decimal("".join(groups[:-1]), groups[-1])
    if len(groups) == 2 and plain != letters:  # noqa: PLR2004 - both sides of a sign
        yield _decimal(*reversed(groups))  # a mark may have exchanged them: 98.<mark>0 is read as 0.98
    if (clock := _CLOCK.fullmatch(plain)) and int(clock[3]) < _AN_HOUR:
        yield f"{int(clock[1])}:{int(clock[3])}"
        if clock[2] == ":":
            yield f"noon + {int(clock[1]) % _NOON}:{int(clock[3])}"
    if len(groups) > 2:  # noqa: PLR2004 - day, month, year
        numbers = [*map(_whole, groups)]
        yield from ("-".join(order) for order in (numbers, numbers[::-1]))


def _are_thousands(groups: Sequence[str], signs: Sequence[str]) -> bool:
    first, *others = groups
    return (
        len(set(signs)) == 1
        and signs[0] not in _BETWEEN_NUMBERS
        and len(first) <= _GROUP
        and not first.startswith("0")
        and all(len(group) == _GROUP for group in others)
    )


def _western(digits: str) -> str:
    return "".join(str(digit(letter)) for letter in digits)


def _whole(digits: str) -> str:
    """Return a number without leading zeros; as text, since a hostile one may be too long for `int`."""
    return digits.lstrip("0") or "0"


def _decimal(whole: str, fraction: str) -> str:
    return f"{_whole(whole)}.{fraction}".rstrip("0").rstrip(".")
