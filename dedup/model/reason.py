"""Reasons for a verdict, a representative or a problem: data until they are shown in a language."""

import re
from enum import StrEnum
from functools import cache, lru_cache
from itertools import batched
from typing import NamedTuple

from dedup.model.reason_phrases import PHRASES, Phrases

type Value = int | str | tuple[str, ...] | tuple[tuple[str, str], ...]
"""A number; a word or the name of a side; words of a text; pairs of such words."""


class ReasonKind(StrEnum):
    """Kinds of reasons. The brackets list the items of `Reason.values`, in order.

    A side is `left`, `right`, `representative`, `member`, `stored` or `offered`. Shares are whole percents.
    Words are folded and cut at 20 letters; a long list is cut, and `more` is the number of words left out.
    """

    EQUAL = "equal"
    """The folded texts are equal []."""
    CONTAINMENT = "containment"
    """How much of the shorter text is in the longer one [share]."""
    JACCARD = "jaccard"
    """How much of both texts together is shared [share]."""
    LENGTH_RATIO = "length_ratio"
    """Length of the shorter text relative to the longer one [share]."""
    NEW_WORDS = "new_words"
    """Words of each text that the other lacks [side, share, other side, share]."""
    TITLES = "titles"
    """Similarity of the titles [share]."""
    HOURS_APART = "hours_apart"
    """Hours between the two publication dates [hours]."""
    EXCHANGED = "exchanged"
    """Numbers, dates and names that replace each other [pairs, more]."""
    SLOTS = "slots"
    """Short passages that replace each other [count]."""
    NO_NEW_WORDS = "no_new_words"
    """Both texts have the same words, apart from spelling []."""
    OPENING = "opening"
    """One text has new words before the shared passage [side, count]."""
    OPENINGS = "openings"
    """Both texts have new words before the shared passage [side, count, other side, count]."""
    MOVED = "moved"
    """Words of a text in passages that were moved or repeated [side, share]."""
    PASSAGE = "passage"
    """The longest passage that both texts have [words]."""
    BOILERPLATE = "boilerplate"
    """How much of what both texts share is boilerplate of the archive [share]."""
    ONLY_IN = "only_in"
    """The first words that do not occur in the other text [side, words]."""
    TOO_SHORT = "too_short"
    """A document is too short to compare [letters, letters needed]."""
    UNRELATED_TITLES = "unrelated_titles"
    """The same text has titles that share no word [titles]."""
    SIDE_TOO_SHORT = "side_too_short"
    """One of two documents is too short to compare [side, letters, letters needed]."""
    WALL_PAGE = "wall_page"
    """A problem: the text has titles that share no word, so it is not a story [titles]."""
    DUPLICATE_ID = "duplicate_id"
    """A problem: another document has the same id [the id that this one gets]."""
    UNREAD_DATE = "unread_date"
    """A problem: the date cannot be read [the date as written, cut at 40 letters]."""

    NOT_JSON = "not_json"
    """A problem: a line is not JSON [the column, the parser's message]."""
    NO_TEXT = "no_text"
    """A problem: a record has no text [its fields, in English]."""
    LINE_TOO_LONG = "line_too_long"
    """A problem: a line has more bytes than are allowed [bytes]."""
    UNREAD_LINE = "unread_line"
    """A problem: a line cannot be read [why, in English]."""
    DAMAGED = "damaged"
    """A problem: the input breaks off [how and where, what is kept of it, in English]."""
    EMPTY_INPUT = "empty_input"
    """A problem: an input contains no document [what is missing, in English]."""
    UNOPENED = "unopened"
    """A problem: a file cannot be opened [the system's message]."""
    UNREAD_FILE = "unread_file"
    """A problem: a file cannot be read [why, in English]."""
    LOCKED = "locked"
    """A problem: a file needs a password []."""
    DAMAGED_FILE = "damaged_file"
    """A problem: a library cannot read a file [its message, in English]."""
    FILE_TOO_LARGE = "file_too_large"
    """A problem: a file has more bytes than are allowed [bytes]."""
    NO_TEXT_LAYER = "no_text_layer"
    """A problem: the pages of a file have no text, only pictures of it perhaps []."""
    CUT_RECORD = "cut_record"
    """A problem: a record of a web archive ends too early [its number]."""
    BROKEN_RECORD = "broken_record"
    """A problem: a record of a web archive cannot be read [its number, why, in English]."""
    UNREAD_SUFFIX = "unread_suffix"
    """A problem: such files are not read in a folder [suffix or name, what to do, in English]."""
    NO_STORY = "no_story"
    """A problem: a page has no story [which page, in English; empty for the only one]."""

    PREFERRED_SOURCE = "preferred_source"
    """Why a document represents its cluster: it comes from a preferred source []."""
    EARLIEST = "earliest"
    """Likewise: it was published first []."""
    LATEST = "latest"
    """Likewise: it was published last []."""
    LONGEST = "longest"
    """Likewise: it is the longest []."""
    CHOSEN = "chosen"
    """Likewise: a user decided to keep it []."""
    IN_REFERENCE = "in_reference"
    """Likewise: it is part of the reference []."""
    FIRST_ID = "first_id"
    """Likewise: its id sorts first among otherwise equal documents []."""
    ROUNDUP_STORY = "roundup_story"
    """Likewise: it is one of the stories in a roundup, which is the other member []."""
    MOST_ALIKE = "most_alike"
    """Likewise: a member that would come before it is also a copy of another representative, and resembles
    this one more []."""


class Reason(NamedTuple):
    """One measurement, or one ground for a choice.

    Attributes:
        kind: Kind of the reason.
        values: Values for its sentence, as listed in `ReasonKind`.
    """

    kind: ReasonKind
    values: tuple[Value, ...] = ()

    def text(self, language: str = "en") -> str:
        """Write the reason as a sentence in one of `LANGUAGES`."""
        return _with_words(self, language) if self.names_words else _known_sentence(self, language)

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.text()

    @property
    def names_words(self) -> bool:
        """Whether the reason names words of the texts; such a reason hardly ever occurs twice in a report."""
        return self.kind in _WITH_WORDS


_WITH_WORDS = {ReasonKind.EXCHANGED: 0, ReasonKind.ONLY_IN: 1}
"""Kinds that name words of the texts, with the index of these words in `values`."""

LANGUAGES = tuple(PHRASES)
"""Languages that a reason can be written in."""

_FIELD = re.compile(r"\{(\d)(?::([^+}]+))?(?:\+(\d))?\}")
_WESTERN = "0123456789"
_WORDS = ("\0",)
"""Placeholder for the words in a sentence."""


@lru_cache(maxsize=1 << 15)
def _known_sentence(reason: Reason, language: str) -> str:
    """Return the sentence of a reason, cached: a report on a million documents repeats the same sentences."""
    return _sentence(reason, language)


def _with_words(reason: Reason, language: str) -> str:
    """Return the sentence of a reason that names words; the sentence around the words is cached."""
    place = _WITH_WORDS[reason.kind]
    words = reason.values[place]
    if not words or not isinstance(words, tuple):
        return _known_sentence(reason, language)
    frame = sentence_frame(reason.kind, reason.values[1 - place], language)
    spelt = [word if isinstance(word, str) else frame.arrow.join(word) for word in words]
    named = frame.separator.join(spelt)
    return f"{frame.before}{named.translate(frame.digits) if frame.digits else named}{frame.behind}"


class SentenceFrame(NamedTuple):
    """A sentence without its words: the text before and after them, separators, and the digits to use."""

    before: str
    behind: str
    separator: str
    arrow: str
    digits: dict[int, int]


@lru_cache(maxsize=1 << 10)
def sentence_frame(kind: ReasonKind, other: Value, language: str) -> SentenceFrame:
    """Fill the phrase of a reason that names words, but leave out the words."""
    phrases = PHRASES[language]
    values = (_WORDS, other) if _WITH_WORDS[kind] == 0 else (other, _WORDS)
    before, _, behind = _sentence(Reason(kind, values), language).partition(_WORDS[0])
    digits = {} if phrases.digits == _WESTERN else _digits(phrases.digits)
    return SentenceFrame(before, behind, phrases.separator, phrases.arrow, digits)


def _sentence(reason: Reason, language: str) -> str:
    """Fill the phrase of a reason with its values."""
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
    """Split a phrase into the text before its first field, and each field with the text after it."""
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
        named = {"side": phrases.sides, "written": phrases.details}.get(form or "", {})
        return named.get(value, value)
    words = [item if isinstance(item, str) else phrases.arrow.join(item) for item in value]
    return phrases.separator.join(words) or phrases.none


def _others(left: Value, phrases: Phrases) -> str:
    """Return the phrase for the number of words that a list leaves out."""
    return phrases.more.replace("{0}", _counted(left, None, phrases)) if left else ""


def _counted(value: Value, form: str | None, phrases: Phrases) -> str:
    """Format a number, with its noun if the phrase has one."""
    number = f"{value:,}" if phrases.thousands == "," else f"{value:,}".replace(",", phrases.thousands)
    if form is None:
        return number
    one, _, many = form.partition("|")
    return f"{number} {one if value == 1 else many or one}"
