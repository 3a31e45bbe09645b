"""Why a verdict, or why a document represents its cluster: data, until it is shown in a language."""

import re
from enum import StrEnum
from functools import cache, lru_cache
from itertools import batched
from typing import NamedTuple

from dedup.model.reason_phrases import PHRASES, Phrases

type Value = int | str | tuple[str, ...] | tuple[tuple[str, str], ...]
"""A number; a word or the name of a side; words of a text; pairs of such words."""


class ReasonKind(StrEnum):
    """What a reason says; `Reason.values` holds what is in brackets, in that order.

    A side is `left`, `right`, `representative`, `member`, `stored` or `offered`. Shares are whole percents.
    Words are folded and cut at 20 letters, and of many the first are named; `more` counts the others.
    """

    EQUAL = "equal"
    """The folded texts are equal []."""
    CONTAINMENT = "containment"
    """How much of the shorter text is in the longer one [share]."""
    JACCARD = "jaccard"
    """How much of both texts together is shared [share]."""
    LENGTH_RATIO = "length_ratio"
    """The length of the shorter text over that of the longer [share]."""
    NEW_WORDS = "new_words"
    """Words that the other text lacks [side, share, other side, share]."""
    TITLES = "titles"
    """How alike the titles are [share]."""
    HOURS_APART = "hours_apart"
    """Hours between the two publications [hours]."""
    EXCHANGED = "exchanged"
    """Numbers, dates and names that are in each other's place [pairs, more]."""
    SLOTS = "slots"
    """Short passages that are in each other's place [count]."""
    NO_NEW_WORDS = "no_new_words"
    """Every word is in both texts, spelling aside []."""
    OPENING = "opening"
    """One text has new words before the passage that both share [side, count]."""
    OPENINGS = "openings"
    """Both texts have [side, count, other side, count]."""
    MOVED = "moved"
    """Words of a text in passages that were moved or repeated [side, share]."""
    BOILERPLATE = "boilerplate"
    """How much of what both texts share is boilerplate of the archive [share]."""
    ONLY_IN = "only_in"
    """The first words that are nowhere in the other text [side, words]."""
    TOO_SHORT = "too_short"
    """A document is too short to compare [letters, letters needed]."""
    UNRELATED_TITLES = "unrelated_titles"
    """The same text stands under titles that share no word [titles]."""
    SIDE_TOO_SHORT = "side_too_short"
    """One of two documents is [side, letters, letters needed]."""
    WALL_PAGE = "wall_page"
    """A problem: the text stands under titles that share no word, and is no story [titles]."""
    DUPLICATE_ID = "duplicate_id"
    """A problem: another document has the same id [the id that this one gets]."""
    UNREAD_DATE = "unread_date"
    """A problem: the date cannot be read [the date as written, cut at 40 letters]."""

    NOT_JSON = "not_json"
    """A problem: a line is not JSON [the column, what a parser says]."""
    NO_TEXT = "no_text"
    """A problem: a record has no text [what it has, in English]."""
    LINE_TOO_LONG = "line_too_long"
    """A problem: a line has more bytes than are allowed [bytes]."""
    UNREAD_LINE = "unread_line"
    """A problem: a line cannot be read [why, in English]."""
    DAMAGED = "damaged"
    """A problem: the input breaks off [how and where, what is kept of it, in English]."""
    EMPTY_INPUT = "empty_input"
    """A problem: there is no document in it [what is missing, in English]."""
    UNOPENED = "unopened"
    """A problem: a file cannot be opened [what the system says]."""
    UNREAD_FILE = "unread_file"
    """A problem: a file cannot be read [why, in English]."""
    UNREAD_SUFFIX = "unread_suffix"
    """A problem: such files are not read in a folder [suffix or name, what to do, in English]."""
    NO_STORY = "no_story"
    """A problem: a page has no story [which page, in English; empty for the only one]."""

    PREFERRED_SOURCE = "preferred_source"
    """Represents: it comes from a source that the policy prefers []."""
    EARLIEST = "earliest"
    """Represents: it was published first []."""
    LATEST = "latest"
    """Represents: it was published last []."""
    LONGEST = "longest"
    """Represents: it is the longest []."""
    CHOSEN = "chosen"
    """Represents: somebody decided to keep it []."""
    IN_REFERENCE = "in_reference"
    """Represents: it is part of the reference []."""
    FIRST_ID = "first_id"
    """Represents: nothing tells it from the others but its id []."""
    ROUNDUP_STORY = "roundup_story"
    """Represents: it is one of the stories in a roundup, which is the other member []."""
    MOST_ALIKE = "most_alike"
    """Represents: a member would come first, but is a copy of another representative too, and more like this
    one []."""


class Reason(NamedTuple):
    """One thing that was measured, or one ground for a choice.

    Attributes:
        kind: What is said.
        values: Of what; `ReasonKind` lists them.
    """

    kind: ReasonKind
    values: tuple[Value, ...] = ()

    def text(self, language: str = "en") -> str:
        """Write the reason as a sentence in one of `LANGUAGES`."""
        return _with_words(self, language) if self.names_words else _known_sentence(self, language)

    def __str__(self) -> str:
        """Give the English sentence."""
        return self.text()

    @property
    def names_words(self) -> bool:
        """Whether words of the texts are named: hardly another pair of a report has the same reason."""
        return self.kind in _WITH_WORDS


_WITH_WORDS = {ReasonKind.EXCHANGED: 0, ReasonKind.ONLY_IN: 1}
"""Kinds that name words of the texts: the place of the words among the two values."""

LANGUAGES = tuple(PHRASES)
"""Languages that a reason can be written in."""

_FIELD = re.compile(r"\{(\d)(?::([^+}]+))?(?:\+(\d))?\}")
_WESTERN = "0123456789"
_WORDS = ("\0",)
"""Stands for the words that a sentence names."""


@lru_cache(maxsize=1 << 15)
def _known_sentence(reason: Reason, language: str) -> str:
    """Fill the phrase of a reason once: a report of a million documents repeats the same sentences."""
    return _sentence(reason, language)


def _with_words(reason: Reason, language: str) -> str:
    """Fill the phrase of a reason that names words of the texts: the rest of the sentence repeats."""
    place = _WITH_WORDS[reason.kind]
    words = reason.values[place]
    if not words or not isinstance(words, tuple):
        return _known_sentence(reason, language)
    frame = _frame(reason.kind, reason.values[1 - place], language)
    spelt = [word if isinstance(word, str) else frame.arrow.join(word) for word in words]
    named = frame.separator.join(spelt)
    return f"{frame.before}{named.translate(frame.digits) if frame.digits else named}{frame.behind}"


class _Frame(NamedTuple):
    """A sentence without the words that it names: what is before, between and behind them, their digits."""

    before: str
    behind: str
    separator: str
    arrow: str
    digits: dict[int, int]


@lru_cache(maxsize=1 << 10)
def _frame(kind: ReasonKind, other: Value, language: str) -> _Frame:
    """Fill the phrase of a reason that names words with its other value alone."""
    phrases = PHRASES[language]
    values = (_WORDS, other) if _WITH_WORDS[kind] == 0 else (other, _WORDS)
    before, _, behind = _sentence(Reason(kind, values), language).partition(_WORDS[0])
    digits = {} if phrases.digits == _WESTERN else _digits(phrases.digits)
    return _Frame(before, behind, phrases.separator, phrases.arrow, digits)


def _sentence(reason: Reason, language: str) -> str:
    """Fill the phrase of a reason."""
    phrases = PHRASES[language]
    literal, fields = _parsed(phrases.reasons[reason.kind])
    western, digits = phrases.digits == _WESTERN, _digits(phrases.digits)
    pieces = [literal]
    for place, form, more, following in fields:
        value = _filled(reason.values[place], form, phrases)
        if more is not None:
            value += _others(reason.values[more], phrases)
        pieces += value if western or form == "written" else value.translate(digits), following
    return "".join(pieces)


@cache
def _parsed(phrase: str) -> tuple[str, tuple[tuple[int, str | None, int | None, str], ...]]:
    """Cut a phrase at its fields: what stands before the first, then each field and what follows it."""
    literal, *pieces = _FIELD.split(phrase)
    fields = batched(pieces, 4)
    return literal, tuple(
        (int(place), form, int(more) if more else None, following) for place, form, more, following in fields
    )


@cache
def _digits(digits: str) -> dict[int, int]:
    return str.maketrans(_WESTERN, digits)


def _filled(value: Value, form: str | None, phrases: Phrases) -> str:
    if isinstance(value, int):
        return _counted(value, form, phrases)
    if isinstance(value, str):
        return phrases.sides.get(value, value) if form == "side" else value
    words = [item if isinstance(item, str) else phrases.arrow.join(item) for item in value]
    return phrases.separator.join(words) or phrases.none


def _others(left: Value, phrases: Phrases) -> str:
    """Say how many words a list leaves out."""
    return phrases.more.replace("{0}", _counted(left, None, phrases)) if left else ""


def _counted(value: Value, form: str | None, phrases: Phrases) -> str:
    """Write a number, with its noun where the phrase names one."""
    number = f"{value:,}" if phrases.thousands == "," else f"{value:,}".replace(",", phrases.thousands)
    if form is None:
        return number
    one, _, many = form.partition("|")
    return f"{number} {one if value == 1 else many or one}"
