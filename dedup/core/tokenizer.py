"""A folded text -> its words: the one rule for comparing, aligning and ranking.

The twin of native/tokenizer.h.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, pairwise

import numpy as np

from dedup.core.numpy_fold import FIRST_UNSPACED, unspaced_units

_SPACED_WORD = re.compile(r"[0-9]+|[^0-9 ]+")
_HIGH_LETTER = re.compile(f"[^\0-{chr(FIRST_UNSPACED - 1)}]")


def cut_words(text: str) -> list[str]:
    """Cut a folded text into words.

    A word is a run of digits, one letter of a script without spaces (Thai, Chinese, Japanese ...), or a run
    of any other letters: a number glued to a word is a number and a word.
    """
    words: list[str] = (_patterns().word if _has_unspaced(text) else _SPACED_WORD).findall(text)
    return words


def cut_terms(text: str) -> list[str]:
    """Cut a folded text into words for ranking; two letters in a row without spaces are one."""
    if not _has_unspaced(text):
        return _SPACED_WORD.findall(text)
    runs, unspaced = _patterns().run.findall(text), _patterns().unspaced
    return list(chain.from_iterable(_pairs(run) if unspaced.match(run) else (run,) for run in runs))


def _has_unspaced(text: str) -> bool:
    """Whether there may be letters of a script without spaces."""
    return _HIGH_LETTER.search(text) is not None


def _pairs(run: str) -> Sequence[str]:
    return [first + second for first, second in pairwise(run)] or [run]


class _Patterns:
    """Words, runs of letters without spaces as one, and one such letter."""

    def __init__(self) -> None:
        units = np.flatnonzero(unspaced_units()).tolist()
        halves = [unit for unit in units if 0xD800 <= unit < 0xE000]  # noqa: PLR2004 - the surrogates' range
        letters = [chr(unit) for unit in units if unit not in halves]
        wide = [0x10000 + ((unit & 0x3FF) << 10) for unit in halves]
        letters += [f"{chr(first)}-{chr(first + 0x3FF)}" for first in wide]
        unspaced = "".join(letters)
        self.word = re.compile(f"[0-9]+|[{unspaced}]|[^0-9 {unspaced}]+")
        self.run = re.compile(f"[0-9]+|[{unspaced}]+|[^0-9 {unspaced}]+")
        self.unspaced = re.compile(f"[{unspaced}]")


@cache
def _patterns() -> _Patterns:
    return _Patterns()
