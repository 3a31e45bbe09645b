"""A folded text as its words in their order, ready to be aligned."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from operator import add

import numpy as np
from numpy.typing import NDArray

from dedup.core.numerals import DATES, NUMERALS

type Examples = tuple[tuple[str, str], ...]
type AlignedPairs = tuple[NDArray[np.int64], list[Examples], list[tuple[str, ...]], list[tuple[str, ...]]]
type Kinds = Sequence[Callable[[str], bool]]

_WORDS = re.compile(r"\d+|[^\d\s]+")
MOST = 20_000
"""Words of a text that are aligned: 50 MB for two texts of this length, in each thread."""
MOVED = 4
"""Words in a row from which a passage that stands elsewhere in the other text was moved or repeated."""
SHOWN = 5
"""Words and numbers that are kept as examples."""
COUNTED = 15
"""Numbers of an `Alignment`."""
KINDS: Kinds = (str.isdecimal, NUMERALS.__contains__, DATES.__contains__)
"""What is exchanged for its like only: `3` for `three` is no change of facts."""


def is_fact(word: str, kinds: Kinds = KINDS) -> bool:
    """Whether a folded word is a number or names a date."""
    return any(kind(word) for kind in kinds)


@dataclass(frozen=True, eq=False)
class Wording:
    """The words of a folded text in their order, ready to be aligned."""

    words: Sequence[str]
    kinds: Kinds = KINDS

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Each word."""
        return frozenset(self.words)

    @cached_property
    def facts(self) -> frozenset[str]:
        """Those that are numbers or name dates."""
        return frozenset(word for word in self.vocabulary if is_fact(word, self.kinds))

    @cached_property
    def glued(self) -> Mapping[str, tuple[str, str]]:
        """Each two neighbours written together, with the two."""
        return dict(zip(map(add, self.words, self.words[1:]), pairwise(self.words), strict=False))

    def parted_as(self, other: "Wording") -> "Wording":
        """Part the words that the other text writes as two: a lost blank is no new word."""
        glued = other.glued
        lost = {word for word in self.vocabulary - other.vocabulary if word in glued}
        if not lost:
            return self
        parted = [part for word in self.words for part in (glued[word] if word in lost else (word,))]
        return Wording(parted, self.kinds)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Each `MOVED` words in a row."""
        return frozenset(runs(self.words))


def wording(
    text: str,
    *,
    furniture: AbstractSet[tuple[str, ...]] = frozenset(),
    most: int = MOST,
    kinds: Kinds = KINDS,
) -> Wording:
    """Cut a folded text into words; a number glued to a word is a number and a word.

    Of a text with more words than `most` the first are taken: time and memory of an alignment grow with
    the product of the lengths.

    Args:
        text: Output of `fold`, as a string.
        furniture: Runs of `MOVED` words that an archive repeats in unrelated stories: footers, read-more
            lines, sign-offs. Words inside them are left out, unless nothing would remain.
        most: Words that are taken.
        kinds: Tell which words are numbers and dates.
    """
    words = [found[0] for found in islice(_WORDS.finditer(text), most)]
    if furniture and not furniture.isdisjoint(runs(words)):
        inside = places_in(words, furniture)
        words = [word for place, word in enumerate(words) if place not in inside] or words
    return Wording(words, kinds)


def runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Give each `MOVED` words in a row."""
    return zip(*(words[start:] for start in range(MOVED)), strict=False)


def places_in(words: Sequence[str], wanted: AbstractSet[tuple[str, ...]]) -> set[int]:
    """Give the places of the words that belong to one of some runs."""
    return {
        place
        for start, run in enumerate(runs(words))
        if run in wanted
        for place in range(start, start + MOVED)
    }
