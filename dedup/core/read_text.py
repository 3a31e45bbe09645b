"""Cut an unfolded text into words, with flags and spans. The twin of native/read_text.c."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.core.clean_text import clean
from dedup.core.left_out import leave_out
from dedup.core.letter_windows import window_ends, window_hashes, window_starts
from dedup.core.name_words import name_words
from dedup.core.numerals import DATES, NUMERALS
from dedup.core.numpy_fold import SPACE, fold_units
from dedup.core.raw_units import RawUnit, raw_units
from dedup.core.text_column import UTF16, utf16_units
from dedup.core.tokenizer import cut_words
from dedup.core.word_sequence import BEGINS_LINE, IS_BOILERPLATE, IS_NAME, WordSequence

NO_BOILERPLATE = np.empty(0, dtype=np.uint64)
WINDOW = 20
"""Letters of a shingle."""

_LAST_OF_ONE_UNIT = 0xFFFF


@dataclass(frozen=True, slots=True)
class ReadText:
    """The words of a text.

    Attributes:
        words: The folded words in order, see `tokenizer.cut_words`, after `clean_text.clean`.
        flags: Flags of each word, see word_sequence.py.
        spans: Start and end of each word in the text, in characters.
    """

    words: Sequence[str]
    flags: bytes
    spans: Sequence[tuple[int, int]]


def read_text(
    text: str,
    *,
    numerals: AbstractSet[str] = NUMERALS,
    dates: AbstractSet[str] = DATES,
    boilerplate: NDArray[np.uint64] = NO_BOILERPLATE,
    window: int = WINDOW,
) -> ReadText:
    """Read an unfolded text; a folded one has lost its lines, names and addresses.

    Args:
        text: Any string; lone surrogates are not letters.
        numerals: Folded words that are numbers.
        dates: Folded words that are parts of dates.
        boilerplate: Shingles of boilerplate, ascending.
        window: Length of a shingle in letters.
    """
    cut = _cut(text)
    units, cleaned, words, firsts = cut.units, cut.cleaned, cut.words, cut.firsts
    lines = np.cumsum(raw_units()[cleaned] & RawUnit.LINE_END > 0)[firsts]
    begins_line = np.diff(lines, prepend=-1) > 0
    decimal = np.fromiter(map(str.isdecimal, words), np.bool_, len(words))
    dated = np.fromiter((word in dates for word in words), np.bool_, len(words))
    counted = np.fromiter((word in numerals for word in words), np.bool_, len(words))
    facts = decimal | dated | counted
    names = name_words(cleaned, words, firsts=firsts, begins_line=begins_line, facts=facts)
    covered = _covered(units, cleaned, boilerplate, window=window)
    flags = bytearray(
        BEGINS_LINE * begins
        | IS_NAME * (word in names)
        | IS_BOILERPLATE * bool(covered.size and covered[start:end].all())
        for word, begins, start, end in zip(
            words, begins_line.tolist(), cut.starts.tolist(), cut.ends.tolist(), strict=True
        )
    )
    leave_out(words, flags, facts=(decimal | dated).tolist())
    spans = in_characters(text, np.column_stack([firsts, cut.lasts + 1]))
    return ReadText(words, bytes(flags), [(start, end) for start, end in spans.tolist()])


def word_spans(text: str) -> NDArray[np.int64]:
    """Return the start and end of each word in a text, like `ReadText.spans`: shape (words, 2)."""
    cut = _cut(text)
    return in_characters(text, np.column_stack([cut.firsts, cut.lasts + 1]))


def in_characters(text: str, places: NDArray[np.integer]) -> NDArray[np.int64]:
    """Convert starts and ends of words from UTF-16 units of a text to characters: shape (words, 2)."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    behind = np.cumsum(1 + (codes > _LAST_OF_ONE_UNIT))  # the unit after each character
    if behind.size == behind[-1:].sum():
        return places.astype(np.int64)
    last = np.array([0, 1])  # for an end, look up the last unit: it may be the second half of a character
    characters: NDArray[np.int64] = np.searchsorted(behind, places - last, side="right") + last
    return characters


class _CutText(NamedTuple):
    """A text cut into words.

    Attributes:
        units: UTF-16 units of the text.
        cleaned: The same after `clean_text.clean`.
        words: The folded words.
        starts: Index of the first letter of each word among the letters of all words.
        ends: Index after its last letter.
        firsts: Index in `units` of its first letter.
        lasts: Index in `units` of its last letter.
    """

    units: NDArray[np.uint16]
    cleaned: NDArray[np.uint16]
    words: Sequence[str]
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    firsts: NDArray[np.intp]
    lasts: NDArray[np.intp]


def _cut(text: str) -> _CutText:
    units = utf16_units(text)
    cleaned = clean(units)
    folded, origin = fold_units(cleaned)
    words = cut_words(folded.tobytes().decode(UTF16))
    origin = origin[folded != SPACE]
    ends = np.cumsum([len(word.encode(UTF16)) // 2 for word in words], dtype=np.intp)
    starts = np.concatenate([np.zeros(1, dtype=np.intp), ends[:-1]])[: len(words)]
    return _CutText(units, cleaned, words, starts, ends, origin[starts], origin[ends - 1])


def read_words(text: str) -> WordSequence:
    """Read a text with the default settings, for aligning it with another."""
    read = read_text(text)
    return WordSequence(read.words, read.flags)


def _covered(
    units: NDArray[np.uint16], cleaned: NDArray[np.uint16], boilerplate: NDArray[np.uint64], *, window: int
) -> NDArray[np.bool_]:
    """Return whether each letter outside addresses is in a shingle of boilerplate."""
    if not boilerplate.size:
        return np.empty(0, dtype=np.bool_)
    folded, origin = fold_units(units)
    letters, where, starts = window_starts(folded)
    hashes = window_hashes(letters, starts, width=window)
    places = np.minimum(np.searchsorted(boilerplate, hashes), boilerplate.size - 1)
    is_boilerplate = boilerplate[places] == hashes
    ends = window_ends(letters, starts, width=window)
    ends = ends if ends.size else np.full(hashes.size, letters.size)
    edges = np.zeros(letters.size + 1, dtype=np.intp)
    np.add.at(edges, starts[: hashes.size][is_boilerplate], 1)
    np.add.at(edges, ends[is_boilerplate], -1)
    covered = np.cumsum(edges)[:-1] > 0
    kept: NDArray[np.bool_] = covered[(cleaned == units)[origin[where]]]
    return kept
