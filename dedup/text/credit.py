"""Find the agencies and media that a text credits: «به گزارش ایسنا», (AFP), "Reuters reports", «وكالات».

Only the opening and the end of a text are searched, because that is where credits are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

from dedup.text.credit_table import (
    AGENCIES,
    COUNTRIES,
    CUES,
    DESKS,
    INTRODUCED,
    KINDS,
    NAMED_BY_COUNTRY,
    NOBODY,
    OFFICES,
    ONE_NAME,
    OUTLETS,
    REPORTED,
    STOPS,
    TITLES,
)
from dedup.text.word_search import WordSearch

OPENING = 500
"""Number of characters searched at the beginning of a text: a lead and the next sentence."""

END = 160
"""Number of characters searched at the end of a text."""

DATELINE = 40
"""Maximum number of characters before the name of an agency in a dateline."""

WORDS = 4
"""Maximum number of words in a name."""

LETTERS = 40
"""Maximum number of letters in a name."""

OFFICE_WORDS = 8
"""Maximum number of words in the name of a press office, which ends with the name of its organisation."""

OFFICE_LETTERS = 70
"""Maximum number of letters in the name of a press office."""

REACH = 60
"""Number of characters around the mentions of an agency in which a credit is searched for."""

GLUED = 3
"""Minimum number of letters after the name of an agency for them to be the next word, joined by mistake."""

_NEWS = ("نیوز", "پلاس", "\u200cها")

UNSPACED = "\u3000"
"""First letter of the scripts in which names have no spaces around them."""

ENDS = re.compile(
    r"(?=به\s?نقل\s?از)|"  # also without the space before it
    r"[\u060c,\u061b;:.()\[\]{}«»\"“”!?\u061f|/\n\r…\u3002\uff0c\uff1b\uff1a]|\s[-\u2013\u2014\u0640]+\s?|$"
)
QUOTED = re.compile(r"^\s*[«\"“']([^»\"”'\n]{2,40})[»\"”']")
_CUT_WORD = re.compile(r"\w+\Z")
_LONGEST_CUT = 20
_SPACES = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


def credits_of(text: str) -> tuple[str, ...]:
    """Return the names that `text` credits, in reading order, each once.

    A known agency is returned in its usual spelling, any other name as spelt in the text. The publisher's own
    name is included if the text credits it.
    """
    return credits_of_all([text])[0]


def credits_of_all(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the names that each text credits: `credits_of` for many texts, three times as fast."""
    parts = [(opening_of(text), text[max(OPENING, len(text) - END) :]) for text in texts]
    openings, ends = zip(*parts, strict=True) if parts else ((), ())
    named = zip(_credited(openings, opening=True), _credited(ends, opening=False), strict=True)
    return [tuple(dict.fromkeys([*first, *last])) for first, last in named]


def opening_of(text: str) -> str:
    """Return the beginning of a text, without an incomplete last word."""
    opening = text[:OPENING]
    cut = _CUT_WORD.search(opening, OPENING - _LONGEST_CUT) if text[OPENING : OPENING + 1].isalpha() else None
    return opening[: cut.start()] if cut else opening


def _credited(parts: Sequence[str], *, opening: bool) -> Iterator[list[str]]:
    """Return the names credited in each opening or end, in reading order."""
    search, cues, spellings = search_words()
    for part, numbers in zip(parts, search.search(parts), strict=True):
        credited = (
            _introduced(part, cues[number])
            if number < len(cues)
            else _known(part, *spellings[number - len(cues)], opening=opening)
            for number in numbers
        )
        yield [name for _, name in sorted(chain.from_iterable(credited))]


@cache
def search_words() -> tuple[WordSearch, list[re.Pattern[str]], list[tuple[str, str]]]:
    """Return a search for cue words and spellings, the cues, and each spelling with its usual one."""
    spellings = sorted(spellings_of_agencies().items())
    search = WordSearch([*(cue.word for cue in CUES), *(spelling for spelling, _ in spellings)])
    return search, [re.compile(cue.pattern) for cue in CUES], spellings


def _known(part: str, spelling: str, name: str, *, opening: bool) -> Iterator[tuple[int, str]]:
    """Yield the first place where an agency of the table is credited, not only mentioned."""
    start, end = max(part.find(spelling) - REACH, 0), len(part)
    if opening:
        end = min(part.rfind(spelling) + len(spelling) + REACH, end)
    matches = (pattern.search(part, start, end) for pattern in positions(spelling, opening=opening))
    place = min((match.start("name") for match in matches if match), default=None)
    if place is not None:
        yield place, name


@cache
def positions(spelling: str, *, opening: bool) -> tuple[re.Pattern[str], ...]:
    """Return patterns of the ways to credit an agency in the opening or at the end of a text."""
    name, edge = f"(?P<name>{re.escape(spelling)})", ""
    gap = ".{0,16}?"
    if spelling[0] < UNSPACED:
        name, edge, gap = rf"{name}(?![^\W_])", r"(?<![^\W_])", ""
    in_brackets = (
        rf"[(\uff08\[][^()\uff08\uff09\[\]\n]{{0,25}}?{edge}{name}[^()\uff08\uff09\[\]\n]{{0,25}}?[)\uff09\]]"
    )
    introduced = rf"(?:{INTRODUCED}){edge}{name}"
    if opening:
        dash = "-\u2013\u2014:\u0640"
        dateline = rf"\A[^\n.]{{0,{DATELINE}}}?(?:\A|[{dash}\u060c,])\s*{edge}{name}\s*[{dash}]"
        places: tuple[str, ...] = (in_brackets, dateline, introduced, rf"{edge}{name}{gap}(?:{REPORTED})")
    else:
        signed = rf"(?:[-\u2013\u2014\u00a9/(]|\n)[^\n\w]{{0,3}}(?:\d{{4}}\s)?{edge}{name}\W*\Z"
        places = (in_brackets, introduced, signed)
    return tuple(map(re.compile, places))


def _introduced(part: str, cue: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Find the names introduced by words such as «به گزارش»."""
    for words in cue.finditer(part):
        name = _name(part[words.end() : words.end() + 3 * LETTERS])
        if name:
            yield words.start(), name


def _name(after: str) -> str:
    """Return the name at the beginning of a passage, without the kind of the medium, desk or editor."""
    quoted = QUOTED.match(after)
    if quoted is not None:
        name = plain(quoted[1])
        return spellings_of_agencies().get(name, name)
    end = ENDS.search(after)
    return _first_name(after[: end.start()] if end else after)


@lru_cache(maxsize=1 << 12)
def _first_name(clause: str) -> str:
    """Return the name at the beginning of a clause; cached, because leads of one source begin alike."""
    words = plain(clause).replace(*ONE_NAME).split(" ")
    kept: list[str] = []
    kind = ""
    place, most, letters = 0, WORDS, LETTERS
    while place < len(words) and words[place] not in STOPS and len(kept) < most:
        word = words[place]
        is_office = not kept and (word in OFFICES or (word in DESKS and kind in OUTLETS))
        if is_office:
            most, letters = OFFICE_WORDS, OFFICE_LETTERS
        if word in KINDS:
            kept, kind = [], word
        elif word in DESKS and not kept and not is_office:
            place += 1
        else:
            kept.append(word)
        place += 1
    name = " ".join(kept)
    if not kept or kept[0] in NOBODY or not 1 < len(name) <= letters:
        return ""
    if most == WORDS and not TITLES.isdisjoint(kept):
        return ""
    return _with_kind(_known_at_start(name), kind)


def _with_kind(name: str, kind: str) -> str:
    """Prefix the name of a country with the kind of the medium; return "" if the kind is unknown."""
    if kind in NAMED_BY_COUNTRY and name not in spellings_of_agencies():
        return f"وكالة {kind} {name}"
    if name not in COUNTRIES:
        return spellings_of_agencies().get(name, name)
    return f"{kind} {name}" if kind else ""


@cache
def spellings_of_agencies() -> dict[str, str]:
    """Map every spelling of an agency to its usual one."""
    agencies = (agency.split("|") for names in AGENCIES.values() for agency in names)
    return {spelling: spellings[0] for spellings in agencies for spelling in spellings}


def _known_at_start(name: str) -> str:
    """Cut a Persian name to the agency at its beginning if the next word is joined to it: `ایسناتمامی`."""
    first = name.split(" ", maxsplit=1)[0]
    glued = (
        each
        for each in AGENCIES["fa"]
        if first.startswith(each) and len(first) >= len(each) + GLUED and not first.endswith(_NEWS)
    )
    return next(glued, name)


def plain(text: str) -> str:
    """Return a name with one blank or half-space between its words."""
    return _SPACES.sub(lambda run: "\u200c" if run[0] == "\u200c" else " ", text).strip(" \u200c")
