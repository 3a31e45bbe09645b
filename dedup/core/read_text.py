"""A text as it was written -> its words, what is true of each at its place, and where that is.

The twin of native/read_text.c.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedup.core.clean_text import clean
from dedup.core.left_out import leave_out
from dedup.core.letter_windows import window_ends, window_hashes, window_starts
from dedup.core.name_words import name_words
from dedup.core.numerals import DATES, NUMERALS
from dedup.core.numpy_fold import SPACE, fold_units
from dedup.core.raw_units import RawUnit, raw_units
from dedup.core.text_column import UTF16
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
        words: Folded, in their order, as `tokenizer.cut_words` cuts the output of `clean_text.clean`.
        flags: Of each word: IS_NAME and its neighbours in word_sequence.py.
        spans: Where each word begins and ends in the text.
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
    """Read a text as it was written; a folded text has lost its lines, names and addresses.

    Args:
        text: Any string; lone surrogates are no letters.
        numerals: Folded words that are numbers.
        dates: Folded words that name a date.
        boilerplate: Shingles, ascending, whose letters are boilerplate.
        window: Letters of a shingle.
    """
    units = np.frombuffer(text.encode(UTF16, "surrogatepass"), dtype=np.uint16)
    cleaned = clean(units)
    folded, origin = fold_units(cleaned)
    words = cut_words(folded.tobytes().decode(UTF16))
    origin = origin[folded != SPACE]
    ends = np.cumsum([len(word.encode(UTF16)) // 2 for word in words], dtype=np.intp)
    starts = np.concatenate([np.zeros(1, dtype=np.intp), ends[:-1]])[: len(words)]
    firsts, lasts = origin[starts], origin[ends - 1]
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
            words, begins_line.tolist(), starts.tolist(), ends.tolist(), strict=True
        )
    )
    leave_out(words, flags, facts=(decimal | dated).tolist())
    return ReadText(words, bytes(flags), _spans(text, units.size, firsts, lasts))


def read_words(text: str) -> WordSequence:
    """Read a text with the usual settings, for aligning it with another."""
    read = read_text(text)
    return WordSequence(read.words, read.flags)


def _covered(
    units: NDArray[np.uint16], cleaned: NDArray[np.uint16], boilerplate: NDArray[np.uint64], *, window: int
) -> NDArray[np.bool_]:
    """Find which letters are in a shingle of boilerplate; those of addresses are passed over."""
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


def _spans(
    text: str, units: int, firsts: NDArray[np.intp], lasts: NDArray[np.intp]
) -> Sequence[tuple[int, int]]:
    if units != len(text):
        codes = np.fromiter(map(ord, text), np.uint32, len(text))
        place = np.repeat(np.arange(codes.size), 1 + (codes > _LAST_OF_ONE_UNIT))
        firsts, lasts = place[firsts], place[lasts]
    return list(zip(firsts.tolist(), (lasts + 1).tolist(), strict=True))
