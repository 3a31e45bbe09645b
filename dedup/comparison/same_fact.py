"""Two facts of corresponding places -> whether they are spellings of one."""

from collections.abc import Sequence
from types import MappingProxyType

from dedup.core.numerals import NUMERALS

_CARDINALS = (
    ("دو سه چهار پنج شش هفت هشت", range(2, 9)),
    ("ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده", range(10, 20)),
    ("بیست سی چهل پنجاه شصت هفتاد هشتاد نود", range(20, 100, 10)),
    ("two three four five six seven eight nine ten eleven twelve", range(2, 13)),
    ("deux trois quatre cinq six sept huit neuf dix onze douze", range(2, 13)),
    ("zwei drei vier funf sechs sieben acht neun zehn elf zwolf", range(2, 13)),
    ("dos tres cuatro cinco seis siete ocho nueve diez once doce", range(2, 13)),
    ("iki uc dort bes alti yedi sekiz dokuz", range(2, 10)),
)
_PERSIAN_ORDINALS = (
    "اول دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم هفدهم هجدهم "
    "نوزدهم بیستم"
)
_ORDINALS = (
    _PERSIAN_ORDINALS,
    " ".join(f"{ordinal}ین" for ordinal in _PERSIAN_ORDINALS.split()),
    "نخستین",
    "الاول الثانی الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر",
    "الاولی الثانیه الثالثه الرابعه الخامسه السادسه السابعه الثامنه التاسعه العاشره",
    "پهلا دوسرا تیسرا چوتها پانچوان",
    "پهلی دوسری تیسری چوتهی پانچوین",
    "first second third fourth fifth sixth seventh eighth ninth tenth",
    "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme",
    "premiere seconde",
    "erste zweite dritte vierte funfte sechste siebte achte neunte zehnte",
    "ersten zweiten dritten vierten funften sechsten siebten achten neunten zehnten",
    "primero segundo tercero cuarto quinto sexto septimo octavo noveno decimo",
    "primera segunda tercera cuarta quinta sexta septima octava novena decima",
    "birinci ikinci ucuncu dorduncu besinci altinci yedinci sekizinci dokuzuncu",
)
_VALUES = MappingProxyType(
    {
        word: str(value)
        for words, values in _CARDINALS
        for word, value in zip(words.split(), values, strict=True)
    }
    | {word: str(value) for words in _ORDINALS for value, word in enumerate(words.split(), start=1)}
)
"""Values of folded number words; ordinals have one form for each gender, or with and without a suffix."""

_CENTURIES = ("13", "14", "19", "20")
"""Centuries of years that are also written with their last two digits: 1396 and 96."""

_STAMP = 6
"""Numbers of a date with a time to the second."""


def same_fact(one: str, other: str) -> bool:
    """Whether two folded facts are spellings of one: `five` and `5`, `1396` and `96`, `abanmah` and `aban`.

    Of two numbers in digits, only years are compared here: `05` may be a fraction.
    """
    if one.isdecimal() and other.isdecimal():
        return _is_short_year(one, other) or _is_short_year(other, one)
    values = _value(one), _value(other)
    if None not in values:
        return values[0] == values[1]
    if one in NUMERALS or other in NUMERALS:
        return False
    return one.startswith(other) or other.startswith(one)


def abbreviates(left: Sequence[str], place: int, right: Sequence[str], other_place: int) -> bool:
    """Whether two numbers begin one range, and one leaves the thousands to its end: `7 to 8,000`."""
    return _begins_range(left, place, right[other_place]) or _begins_range(right, other_place, left[place])


def _begins_range(words: Sequence[str], place: int, whole: str) -> bool:
    """Whether a number begins a range with one behind the next word, and in thousands is the given one."""
    end = "".join(words[place + 2 : place + 3])
    return f"{words[place]}000" == whole and end.isdecimal() and (len(end), end) > (len(whole), whole)


def in_time_stamp(words: Sequence[str], place: int) -> bool:
    """Whether a word is part of a date with a time to the second: `18/01/2019 18:21:12`.

    Systems write these, and no two copies have the same.
    """
    starts = range(max(place - _STAMP + 1, 0), place + 1)
    return any(_is_stamp(words[start : start + _STAMP]) for start in starts)


def _is_stamp(words: Sequence[str]) -> bool:
    if len(words) < _STAMP or not all(word.isdecimal() for word in words):
        return False
    date, clock = words[:3], words[3:]
    bounds = zip(clock, (24, 60, 60), strict=True)
    return any(len(word) == 4 for word in date[::2]) and all(  # noqa: PLR2004 - digits of a year
        len(word) == 2 and int(word) < bound  # noqa: PLR2004 - digits
        for word, bound in bounds
    )


def _value(word: str) -> str | None:
    """Return the number that a word means, in digits."""
    return (word.lstrip("0") or "0") if word.isdecimal() else _VALUES.get(word)


def _is_short_year(short: str, year: str) -> bool:
    """Whether a number is a year of this or the last century, and another one its last two digits."""
    return len(short) == 2 and len(year) == 4 and year.endswith(short) and year[:2] in _CENTURIES  # noqa: PLR2004
