"""Return folded words as a text spells them, for display.

In scripts without spaces, the kernel treats one or two letters as a word. With icu4py (the extra `words`),
the whole words around these letters are shown instead.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from dedup.core.numpy_fold import fold_units
from dedup.core.raw_units import characters_of
from dedup.core.text_column import UTF16, utf16_units
from dedup.core.tokenizer import cut_terms
from dedup.core.unspaced_scripts import FIRST_UNSPACED, unspaced_units
from dedup.text.fold_together import FoldedWriting, fold_together

MANY = 32
"""Number of words from which a text is indexed instead of searched for each."""
_MARKS = 8
"""Maximum number of combining marks shown with a letter."""
LONG_TEXT = 100_000
"""Length in letters from which a text is indexed even for a few words."""
_IDEOGRAPHS = range(0x3400, 0xA000)
_PARTICLES = "的地得了着在是和與与及或对對将將为為被把從从向到由等说稱称也就都而並并已这那人者員员长長"
"""One-letter Chinese words, and last letters of titles, that occur next to names."""
_SENTENCE = re.compile("[^\n。！？]+[\n。！？]*")
_HIGH_SURROGATES = range(0xD800, 0xDC00)
_LAST_OF_ONE_UNIT = "\uffff"
_FIRST_UNSPACED = chr(FIRST_UNSPACED)


def as_written(text: str, words: Sequence[str], *, all_known: bool = False) -> list[str]:
    """Spell folded words as at their first occurrence in a text.

    Args:
        text: The original text.
        words: Words as returned by `cut_terms`; a phrase has one space between its words.
        all_known: In scripts without spaces, show a whole word only if all its parts are among `words`, as
            other texts can have some of the parts in another word; parts that cross two words are not shown.

    Returns:
        One spelling per word, composed (NFC). A word that the text does not contain, such as two words
        written together, stays folded. Empty for a word that is not shown.
    """
    if not words:
        return []
    return list(WrittenText.of(text).spell(words, all_known=all_known))


class WrittenText:
    """A text and its folded form, for `as_written` of one text many times."""

    def __init__(self, writing: FoldedWriting) -> None:
        self._units, self._folded, self._origins = writing
        self._folded = f" {self._folded} "
        text = _text(self._units)
        self._text = text if len(text) == self._units.size else None  # some characters take two units

    @classmethod
    def of(cls, text: str) -> "WrittenText":
        """Fold a text."""
        return cls(next(fold_together([text])))

    def spell(self, words: Sequence[str], *, all_known: bool = False) -> Iterator[str]:
        """Yield the spelling of each word, see `as_written`."""
        known = frozenset(words) if all_known else None
        indexed = len(words) >= MANY or len(self._folded) > LONG_TEXT
        return (unicodedata.normalize("NFC", self._find(word, known, indexed=indexed)) for word in words)

    def _find(self, word: str, known: AbstractSet[str] | None, *, indexed: bool) -> str:
        """Return a word as written, with the combining marks after it; unchanged if it does not occur."""
        highest = max(word, default="")
        letters = word if highest <= _LAST_OF_ONE_UNIT else characters_of(utf16_units(word))
        at = self._first_place(letters, indexed=indexed)
        if at < 0:  # next to a number without a space, or in a script without spaces
            at = self._folded.find(letters) - 1
        if at < 0:
            return word
        start, end = int(self._origins[at]), int(self._origins[at + len(letters) - 1]) + 1
        if highest >= _FIRST_UNSPACED and unspaced_units()[utf16_units(word)].any():
            start, end = self._widened(start, end, known)
            if start == end:
                return ""
        if self._text is None:
            return _text(self._units[start:end]) + _marks(_text(self._units[end : end + _MARKS]))
        return self._text[start:end] + _marks(self._text[end : end + _MARKS])

    def _first_place(self, letters: str, *, indexed: bool) -> int:
        """Return where a word or phrase first occurs in the folded text; -1 if it does not."""
        if indexed and " " not in letters:
            return self._first_places.get(letters, -1)
        return self._folded.find(f" {letters} ")

    @cached_property
    def _first_places(self) -> dict[str, int]:
        """The place of the first occurrence of each word."""
        words = self._folded[1:-1].split(" ")
        places = accumulate((len(word) + 1 for word in words), initial=0)
        return dict(zip(reversed(words), reversed([*places][:-1]), strict=True))

    def _widened(self, start: int, end: int, known: AbstractSet[str] | None) -> tuple[int, int]:
        """Extend a passage to whole words, if ICU is installed and `known` has all their parts."""
        bounds = self._word_bounds
        if not bounds:
            return start, end
        first, last = bounds[bisect_right(bounds, start) - 1], bounds[bisect_left(bounds, end)]
        if known is not None:
            folded, _ = fold_units(self._units[first:last])
            if not known >= set(cut_terms(_text(folded))):
                return start, end if bisect_right(bounds, start) == bisect_left(bounds, end) else start
        return first, last

    @cached_property
    def _word_bounds(self) -> Sequence[int]:
        return word_bounds(_text(self._units))


def count_words(text: str) -> int | None:
    """Count the words and numbers of a text as ICU separates them; None without icu4py."""
    text = _text(utf16_units(text))  # replaces lone surrogates
    bounds = word_bounds(text)
    if not bounds:
        return None
    starts = np.array(bounds[:-1], dtype=np.intp)
    return int(np.count_nonzero(_alphanumeric()[utf16_units(text)[starts]]))


def whole_words(text: str) -> Iterator[str]:
    """Yield the words of a text as ICU separates them, without punctuation; none without icu4py.

    Sentences are segmented on demand, so that the first words of a long text take no longer than those of a
    short one.
    """
    for sentence in _SENTENCE.findall(text):
        units = utf16_units(sentence)
        clean = _text(units)
        spans = [span for span in pairwise(word_bounds(clean)) if _alphanumeric()[units[span[0]]]]
        if len(clean) == units.size:
            yield from [clean[start:end] for start, end in spans]
        else:
            yield from [_text(units[start:end]) for start, end in spans]


def word_bounds(text: str) -> Sequence[int]:
    """Return the UTF-16 indices at which words begin and end, by ICU's dictionaries; empty without icu4py.

    ICU separates all letters of a name that is not in a dictionary; here such a run of letters is one word.
    """
    try:
        from icu4py.breakers import WordBreaker  # noqa: PLC0415 - optional, and 40 MB
    except ImportError:
        return ()
    bounds = np.array([0, *(end for _, end in WordBreaker(text, "").segments())])
    starts = bounds[:-1]
    alone = (np.diff(bounds) == 1) & _of_names()[utf16_units(text)[starts]]
    inside = np.flatnonzero(alone[1:] & alone[:-1]) + 1
    return np.delete(bounds, inside).tolist()


@cache
def _of_names() -> NDArray[np.bool_]:
    """Return whether each UTF-16 unit may be a letter of a Chinese name."""
    table = np.zeros(0x10000, dtype=np.bool_)
    table[_IDEOGRAPHS.start : _IDEOGRAPHS.stop] = True
    table[utf16_units(_PARTICLES)] = False
    return table


@cache
def _alphanumeric() -> NDArray[np.bool_]:
    """Return whether each UTF-16 unit is a letter or digit; high surrogates count as letters."""
    return np.array([chr(unit).isalnum() or unit in _HIGH_SURROGATES for unit in range(0x10000)])


def _marks(after: str) -> str:
    """Return the combining marks at the beginning of a passage."""
    marks = 0
    while marks < len(after) and unicodedata.combining(after[marks]):
        marks += 1
    return after[:marks]


def _text(units: NDArray[np.uint16]) -> str:
    return units.tobytes().decode(UTF16, "replace")
