"""A text as its words in their order: what aligning two texts looks at."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import add

from dedup.core.numerals import DATES, NUMERALS

MOST = 20_000
"""Words of two texts that are aligned in one piece: 50 MB, in each thread."""
IS_NAME, IS_BOILERPLATE, BEGINS_LINE, LEFT_OUT, LEFT_OUT_WHOLE = 1, 2, 4, 8, 16
"""Flags of a word where it stands; LEFT_OUT_WHOLE is for texts that are alike as wholes."""


@dataclass(frozen=True, eq=False)
class WordSequence:
    """The words of a text in their order.

    Attributes:
        words: As `cut_words` gives them.
        flags: What is true of each of them where it stands: IS_NAME and its neighbours.
        numerals: Folded words that are numbers, besides those in digits.
        dates: Folded words that name a date.
    """

    words: Sequence[str]
    flags: Sequence[int]
    numerals: AbstractSet[str] = NUMERALS
    dates: AbstractSet[str] = DATES

    @cached_property
    def glued(self) -> Mapping[str, tuple[str, str]]:
        """Each two neighbours written together, with the two; of equals the last."""
        return dict(zip(map(add, self.words, self.words[1:]), pairwise(self.words), strict=False))
