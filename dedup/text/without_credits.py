"""Blank the credits in the opening of a text: «به گزارش خبرگزاری مهر،», "(Reuters) -", "Source: dpa".

What a text says of where it has its news from is no news. A name that is not known may be followed by the
news without a comma, so of unknown names less is blanked than `credits_of` reads.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from dedup.text.credit import (
    ENDS,
    LETTERS,
    QUOTED,
    opening_of,
    plain,
    positions,
    search_words,
    spellings_of_agencies,
)
from dedup.text.credit_table import INTRODUCED, KINDS, NOBODY, OFFICES, STOPS, TITLES

UNKNOWN, OFFICE = 3, 5
"""Words of a name that is not in the table, at most; of that of a press office."""
KNOWN = 3
"""Words of a name in the table, at most."""
BESIDE = 8
"""Letters beside the name of an agency in brackets, ahead of it in a dateline, or between it and "reports":
more may be the news."""

_INTRODUCED = re.compile(INTRODUCED)
_WORD = re.compile(r"\S+")
_SENTENCE_ENDS = frozenset(".!?\u061f\u3002\n\r")

type Span = tuple[int, int]


def without_credits(texts: Sequence[str]) -> list[str]:
    """Return the texts with blanks in place of the credits in their openings; their lengths stay."""
    openings = [opening_of(text) for text in texts]
    found = search_words()[0].search(openings)
    return [
        _blanked(opening, _credits(opening, numbers)) + text[len(opening) :]
        for text, opening, numbers in zip(texts, openings, found, strict=True)
    ]


def _blanked(opening: str, spans: Iterable[Span]) -> str:
    for start, end in spans:
        opening = f"{opening[:start]}{' ' * (end - start)}{opening[end:]}"
    return opening


def _credits(opening: str, numbers: Iterable[int]) -> Iterator[Span]:
    _, cues, spellings = search_words()
    for number in numbers:
        if number >= len(cues):
            yield from _known(opening, spellings[number - len(cues)][0])
            continue
        for cue in cues[number].finditer(opening):
            yield cue.start(), cue.end() + _named(opening[cue.end() : cue.end() + 3 * LETTERS])


def _known(opening: str, spelling: str) -> Iterator[Span]:
    """Find an agency of the table, with what introduces its name or is beside it."""
    for pattern in positions(spelling, opening=True):
        for found in pattern.finditer(opening):
            start, end = found.span("name")
            before, after = opening[found.start() : start], opening[end : found.end()]
            whole = _letters(before) <= BESIDE or _INTRODUCED.fullmatch(before)
            yield found.start() if whole else start, end if _letters(after) > BESIDE else found.end()


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _named(after: str) -> int:
    """Return the length of the name that begins a passage, with the kind of the medium; 0 for none."""
    quoted = QUOTED.match(after)
    if quoted:
        return quoted.end()
    clause, goes_on = _clause(after)
    safe, length, most = 0, 0, UNKNOWN
    name: list[str] = []
    words = list(_WORD.finditer(clause))
    for place, word in enumerate(map(plain, map(re.Match.group, words))):
        known = _known_words(words[place:])
        if known:
            return words[place + known - 1].end()
        if word in STOPS:
            return length if _is_name(name, most) else safe
        length = words[place].end()
        most = OFFICE if not name and word in OFFICES else most
        if word in KINDS:
            name, safe = [], length
        else:
            name.append(word)
    return length if goes_on and _is_name(name, most) else safe


def _clause(after: str) -> tuple[str, bool]:
    """Return the clause at the beginning of a passage, and whether its sentence goes on behind it."""
    end = ENDS.search(after)
    if end is None or end.start() == len(after):
        return after, False
    return after[: end.start()], end[0].strip(" ") not in _SENTENCE_ENDS


def _known_words(words: Sequence[re.Match[str]]) -> int:
    """Count the words of the agency of the table at the beginning of some words; 0 if there is none."""
    spellings = spellings_of_agencies()
    names = (plain(" ".join(word[0] for word in words[:count])) for count in range(KNOWN, 0, -1))
    return next((name.count(" ") + 1 for name in names if name in spellings), 0)


def _is_name(words: Sequence[str], most: int) -> bool:
    """Whether words may be a name; a person or a source without a name is none."""
    if not words or words[0] in NOBODY or len(words) > most:
        return False
    return most == OFFICE or TITLES.isdisjoint(words)
