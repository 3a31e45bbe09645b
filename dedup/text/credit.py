"""A text -> whom it says it has its news from: «به گزارش ایسنا», (AFP), "Reuters reports", «وكالات».

Only the opening and the end of a text are read, where credits stand.
"""

import re
from collections.abc import Iterator
from functools import cache

from dedup.text.credit_table import AGENCIES, CUES, DESKS, INTRODUCED, KINDS, NOBODY, REPORTED, STOPS

OPENING = 500
"""Characters at the beginning of a text that are read: a lead, and the sentence behind it."""

END = 160
"""Characters at the end of a text that are read."""

DATELINE = 40
"""Characters before the name of an agency between dashes, at most."""

WORDS = 4
"""Words of a name, at most."""

LETTERS = 40
"""Letters of a name, at most."""

UNSPACED = "\u3000"
"""From this letter on, names stand without spaces around them."""

_ENDS = re.compile(
    r"[\u060c,\u061b;:.()\[\]{}«»\"“”!?\u061f|/\n\r…\u3002\uff0c\uff1b\uff1a]|\s[-\u2013\u2014\u0640]+\s?|$"
)
_QUOTED = re.compile(r"^\s*[«\"“']([^»\"”'\n]{2,40})[»\"”']")
_WORDS = re.compile(r"\w+")
_UNSPACED_LETTER = re.compile(f"[{chr(ord(UNSPACED) + 1)}-\U0010ffff]")
_SPACES = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


def credits_of(text: str) -> tuple[str, ...]:
    """Give the names that `text` credits, in the order in which they stand, each once.

    An agency that is known comes in its usual spelling, any other name as the text spells it. The publisher's
    own name is among them where the text credits it.
    """
    opening, end = text[:OPENING], text[max(OPENING, len(text) - END) :]
    found = sorted((*_known(opening, opening=True), *_introduced(opening)))
    found += sorted((*_known(end, opening=False), *_introduced(end)))
    return tuple(dict.fromkeys(name for _, name in found))


def _known(part: str, *, opening: bool) -> Iterator[tuple[int, str]]:
    """Find agencies of the table where they are credited, not only mentioned."""
    for spelling, name in _mentioned(part):
        found = filter(None, (pattern.search(part) for pattern in _positions(spelling, opening=opening)))
        place = min((each.start("name") for each in found), default=None)
        if place is not None:
            yield place, name


def _mentioned(part: str) -> Iterator[tuple[str, str]]:
    """Give the spellings of the table that a part holds, and the name that is shown for each."""
    spaced, unspaced = _spellings()
    for word in spaced.keys() & set(_WORDS.findall(part)):
        yield from (pair for pair in spaced[word] if pair[0] in part)
    if _UNSPACED_LETTER.search(part):
        yield from (pair for pair in unspaced if pair[0] in part)


@cache
def _spellings() -> tuple[dict[str, list[tuple[str, str]]], tuple[tuple[str, str], ...]]:
    """Give the spellings by their first word, and those of scripts without spaces."""
    listed = sorted({each for names in AGENCIES.values() for each in names})
    pairs = [(spelling, each.split("|")[0]) for each in listed for spelling in each.split("|")]
    spaced: dict[str, list[tuple[str, str]]] = {}
    for spelling, name in pairs:
        spaced.setdefault(_WORDS.findall(spelling)[0], []).append((spelling, name))
    return spaced, tuple(pair for pair in pairs if pair[0] > UNSPACED)


@cache
def _positions(spelling: str, *, opening: bool) -> tuple[re.Pattern[str], ...]:
    """Give where an agency is credited in an opening, or in the end of a text."""
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


def _introduced(part: str) -> Iterator[tuple[int, str]]:
    """Find whatever name words such as «به گزارش» introduce."""
    for word, pattern in _cues():
        if word not in part:
            continue
        for cue in pattern.finditer(part):
            name = _name(part[cue.end() : cue.end() + 3 * LETTERS])
            if name:
                yield cue.start(), name


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((cue.word, re.compile(cue.pattern)) for cue in CUES)


def _name(after: str) -> str:
    """Read the name that begins a passage: what a medium is, a desk and an editor are left out of it."""
    quoted = _QUOTED.match(after)
    if quoted is not None:
        return _plain(quoted[1])
    end = _ENDS.search(after)
    words = _plain(after[: end.start()] if end else after).split(" ")
    kept: list[str] = []
    place = 0
    while place < len(words) and words[place] not in STOPS and len(kept) < WORDS:
        if words[place] in KINDS:
            kept = []
        elif words[place] in DESKS and not kept:
            place += 1
        else:
            kept.append(words[place])
        place += 1
    name = " ".join(kept)
    return "" if not kept or kept[0] in NOBODY or not 1 < len(name) <= LETTERS else name


def _plain(text: str) -> str:
    return _SPACES.sub(lambda found: "\u200c" if found[0] == "\u200c" else " ", text).strip(" \u200c")
