"""Cut a folded text into words: the one rule for comparison, alignment and ranking.

The twin of native/tokenizer.h.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, pairwise

import numpy as np

from dedup.core.raw_units import character_class
from dedup.core.unspaced_scripts import FIRST_UNSPACED, MARK, UNSPACED, unspaced_units


def _word(unspaced: str) -> str:
    """Make the pattern of a word without these letters."""
    letters, latin = f"[^0-9 {unspaced}]", "[a-z\u00c0-\u024f]"
    digits = f"(?<={latin})[0-9]++"
    return f"(?:0(?={latin}))?{letters}++(?:{digits}{latin}{letters}*+)*+(?:{digits})?+|[0-9]++"


_SPACED_WORD = re.compile(_word(""))
_HIGH_LETTER = re.compile(f"[^\0-{chr(FIRST_UNSPACED - 1)}]")


def cut_words(text: str) -> list[str]:
    """Cut a folded text into words.

    A word is a run of digits, one letter of a script without spaces (Thai, Chinese, Japanese ...) with its
    marks, or a run of any other letters, so a number joined to a word is a word of its own. But digits after
    a Latin letter, and one zero before it, belong to its word (covid19, sa1d, 0ver).
    """
    words: list[str] = (_patterns().word if _has_unspaced(text) else _SPACED_WORD).findall(text)
    return words


def cut_terms(text: str) -> list[str]:
    """Cut a folded text into words for ranking; in scripts without spaces, pairs of adjacent letters."""
    if not _has_unspaced(text):
        return _SPACED_WORD.findall(text)
    runs, unspaced = _patterns().run.findall(text), _patterns().unspaced
    return list(chain.from_iterable(_pairs(unspaced.findall(run)) or (run,) for run in runs))


def has_unspaced(text: str) -> bool:
    """Whether a text has letters of a script without spaces."""
    return _has_unspaced(text) and _patterns().unspaced.search(text) is not None


def _has_unspaced(text: str) -> bool:
    """Whether a text may have letters of a script without spaces: a quick test."""
    return _HIGH_LETTER.search(text) is not None


def _pairs(letters: Sequence[str]) -> Sequence[str]:
    return [first + second for first, second in pairwise(letters)] or letters


class _Patterns:
    """Patterns of words; of words or runs of letters of scripts without spaces; and of one such letter."""

    def __init__(self) -> None:
        kinds = unspaced_units()
        units, marks = np.flatnonzero(kinds & UNSPACED), character_class(np.flatnonzero(kinds & MARK))
        halves = (units >= 0xD800) & (units < 0xE000)  # noqa: PLR2004 - the surrogates' range
        wide = [0x10000 + ((unit & 0x3FF) << 10) for unit in units[halves].tolist()]
        supplementary = "".join(f"{chr(first)}-{chr(first + 0x3FF)}" for first in wide)
        unspaced = character_class(units[~halves]) + supplementary
        letter = f"[{unspaced}][{marks}]*+"
        self.word = re.compile(f"{letter}|{_word(unspaced)}")
        self.run = re.compile(f"(?:{letter})++|{_word(unspaced)}")
        self.unspaced = re.compile(letter)


@cache
def _patterns() -> _Patterns:
    return _Patterns()
