"""A text as a sequence of words, the input of the alignment."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING

from dedup.core.numerals import DATES, NUMERALS

if TYPE_CHECKING:
    from dedup.core.align_windows import RunIndex

MOST = 20_000
"""Words of two texts that are aligned in one piece: 50 MB, in each thread."""
LONG_TEXT = 20_000
"""Words from which a text is aligned in windows with one that is much shorter: see align_windows.py."""
IS_NAME, IS_BOILERPLATE, BEGINS_LINE, LEFT_OUT, LEFT_OUT_WHOLE = 1, 2, 4, 8, 16
"""Flags of a word in its text; LEFT_OUT_WHOLE applies to texts that are alike as wholes."""


@dataclass(frozen=True, eq=False)
class WordSequence:
    """The words of a text in order.

    Attributes:
        words: The output of `cut_words`.
        flags: Flags of each word: IS_NAME and so on.
        numerals: Folded words that are numbers, besides numbers in digits.
        dates: Folded words that are parts of dates.
    """

    words: Sequence[str]
    flags: Sequence[int]
    numerals: AbstractSet[str] = NUMERALS
    dates: AbstractSet[str] = DATES

    @cached_property
    def glued(self) -> Mapping[str, tuple[str, str]]:
        """Map each two adjacent words, joined, to the two; the last such pair wins."""
        return dict(zip(map(add, self.words, self.words[1:]), pairwise(self.words), strict=False))

    @cached_property
    def indexes(self) -> "dict[int, RunIndex]":
        """Cache of `run_index`, by the flag of the words that are left out."""
        return {}

    def boilerplate(self) -> Counter[str]:
        """Count how often each word occurs in boilerplate."""
        return Counter(
            word for word, flags in zip(self.words, self.flags, strict=True) if flags & IS_BOILERPLATE
        )
