"""Folded words -> the same as a text writes them, for people to read.

In scripts without spaces a word of the kernel is a letter or two. With icu4py, the extra `words`, the whole
words that it stands in are shown instead.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dedup.core.numpy_fold import fold_units
from dedup.core.raw_units import characters_of
from dedup.core.text_column import UTF16
from dedup.core.tokenizer import cut_terms
from dedup.core.unspaced_scripts import unspaced_units

_MARKS = 8
"""Marks that are shown with a letter, at most."""
_IDEOGRAPHS = range(0x3400, 0xA000)
_PARTICLES = "的地得了着在是和與与及或对對将將为為被把從从向到由等说稱称也就都而並并已这那人者員员长長"
"""Chinese words of one letter, and last letters of titles, that are beside names."""
_HIGH_SURROGATES = range(0xD800, 0xDC00)


def as_written(text: str, words: Sequence[str], *, all_known: bool = False) -> list[str]:
    """Spell folded words as a text does where each stands first.

    Args:
        text: As it was written.
        words: Folded, cut as `cut_terms` does; a phrase has one space between its words.
        all_known: Show a whole word of a script without spaces only if all its parts are among the words, as
            other texts may have some of them in another word; what stands in two words is not shown.

    Returns:
        As many, composed (NFC); one that the text does not have, as two words written together, stays folded.
        Empty for what is not shown.
    """
    if not words:
        return []
    written = _WrittenText(text, frozenset(words) if all_known else None)
    return [unicodedata.normalize("NFC", written.find(word)) for word in words]


class _WrittenText:
    def __init__(self, text: str, known: frozenset[str] | None) -> None:
        self._known = known
        self._units = _units(text)
        folded, self._origins = fold_units(self._units)
        self._folded = f" {characters_of(folded)} "

    def find(self, word: str) -> str:
        """Return a word as it is written, with the marks behind it; itself where there is no such word."""
        units = _units(word)
        sought = characters_of(units)
        at = self._folded.find(f" {sought} ")
        if at < 0:  # a number is glued to it, or there are no spaces
            at = self._folded.find(sought) - 1
        if at < 0:
            return word
        start, end = int(self._origins[at]), int(self._origins[at + units.size - 1]) + 1
        if unspaced_units()[units].any():
            start, end = self._widened(start, end)
            if start == end:
                return ""
        behind = _text(self._units[end : end + _MARKS])
        marks = next((at for at, sign in enumerate(behind) if not unicodedata.combining(sign)), len(behind))
        return _text(self._units[start:end]) + behind[:marks]

    def _widened(self, start: int, end: int) -> tuple[int, int]:
        """Take in the rest of the words that a passage stands in, where ICU knows them."""
        bounds = self._word_bounds
        if not bounds:
            return start, end
        first, last = bounds[bisect_right(bounds, start) - 1], bounds[bisect_left(bounds, end)]
        if self._known is not None:
            folded, _ = fold_units(self._units[first:last])
            if not self._known.issuperset(cut_terms(_text(folded))):
                return start, end if bisect_right(bounds, start) == bisect_left(bounds, end) else start
        return first, last

    @cached_property
    def _word_bounds(self) -> Sequence[int]:
        return _bounds(_text(self._units))


def count_words(text: str) -> int | None:
    """Count the words of a text as ICU tells them apart, numbers too; None without icu4py."""
    text = _text(_units(text))  # half a character is none
    bounds = _bounds(text)
    if not bounds:
        return None
    starts = np.array(bounds[:-1], dtype=np.intp)
    return int(np.count_nonzero(_alphanumeric()[_units(text)[starts]]))


def whole_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as ICU separates them, without punctuation; empty without icu4py."""
    units = _units(text)
    bounds = _bounds(_text(units))
    words = (units[start:end] for start, end in pairwise(bounds))
    return tuple(_text(word) for word in words if _alphanumeric()[word[0]])


def _bounds(text: str) -> Sequence[int]:
    """UTF-16 units where words begin and end, by the dictionaries of ICU; nothing without it.

    ICU separates all letters of a name that is in no dictionary; here such a run of letters is one word.
    """
    try:
        from icu4py.breakers import WordBreaker  # noqa: PLC0415 - optional, and 40 MB
    except ImportError:
        return ()
    bounds = np.array([0, *(end for _, end in WordBreaker(text, "").segments())])
    starts = bounds[:-1]
    alone = (np.diff(bounds) == 1) & _of_names()[_units(text)[starts]]
    inside = np.flatnonzero(alone[1:] & alone[:-1]) + 1
    return np.delete(bounds, inside).tolist()


@cache
def _of_names() -> NDArray[np.bool_]:
    """Which UTF-16 units are letters of Chinese names."""
    table = np.zeros(0x10000, dtype=np.bool_)
    table[_IDEOGRAPHS.start : _IDEOGRAPHS.stop] = True
    table[_units(_PARTICLES)] = False
    return table


@cache
def _alphanumeric() -> NDArray[np.bool_]:
    """Which UTF-16 units are letters or digits; what begins a character of two units counts as a letter."""
    return np.array([chr(unit).isalnum() or unit in _HIGH_SURROGATES for unit in range(0x10000)])


def _units(text: str) -> NDArray[np.uint16]:
    return np.frombuffer(text.encode(UTF16, "surrogatepass"), dtype=np.uint16)


def _text(units: NDArray[np.uint16]) -> str:
    return units.tobytes().decode(UTF16, "replace")
