"""A folded text as its words in their order: what comparing and aligning two texts look at."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import add

from dedup.core.numerals import DATES, NUMERALS
from dedup.core.tokenizer import cut_words

type Kinds = Sequence[Callable[[str], bool]]

MOST = 20_000
"""Words of a text that are aligned: 50 MB for two texts of this length, in each thread."""
MOVED = 4
"""Words in a row from which a passage that stands elsewhere in the other text was moved or repeated."""
KINDS: Kinds = (str.isdecimal, NUMERALS.__contains__, DATES.__contains__)
"""Digits, numerals, names of dates. What is exchanged for its like only: `3` for `three` is no change of
facts."""


def is_fact(word: str, kinds: Kinds = KINDS) -> bool:
    """Whether a folded word is a number or names a date."""
    return any(kind(word) for kind in kinds)


@dataclass(frozen=True, eq=False)
class WordSequence:
    """The words of a folded text in their order.

    Attributes:
        words: As `cut_words` gives them.
        kinds: Tell which words are digits, numerals and dates.
    """

    words: Sequence[str]
    kinds: Kinds = KINDS

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Each word once, with its place in the order of first appearance."""
        return {word: place for place, word in enumerate(dict.fromkeys(self.words))}

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Words that are digits or numerals."""
        digits, numeral, _ = self.kinds
        return frozenset(word for word in self.places if digits(word) or numeral(word))

    @cached_property
    def facts(self) -> frozenset[str]:
        """Words that are numbers or name dates."""
        return frozenset(word for word in self.places if is_fact(word, self.kinds))

    @cached_property
    def glued(self) -> Mapping[str, tuple[str, str]]:
        """Each two neighbours written together, with the two; of equals the last."""
        return dict(zip(map(add, self.words, self.words[1:]), pairwise(self.words), strict=False))

    @cached_property
    def neighbours(self) -> frozenset[tuple[str, str]]:
        """Words that follow one another."""
        return frozenset(pairwise(self.words))

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Each `MOVED` words in a row."""
        return frozenset(runs(self.words))

    def first(self, most: int) -> "WordSequence":
        """Give the first words; all, if there are no more."""
        return self if len(self.words) <= most else WordSequence(self.words[:most], self.kinds)

    def parted_as(self, other: "WordSequence") -> "WordSequence":
        """Part the words that the other text writes as two: a lost blank is no new word."""
        glued = other.glued
        lost = {word for word in self.places.keys() - other.places.keys() if word in glued}
        if not lost:
            return self
        parted = [part for word in self.words for part in (glued[word] if word in lost else (word,))]
        return WordSequence(parted, self.kinds)


def read_words(text: str, *, kinds: Kinds = KINDS) -> WordSequence:
    """Cut a folded text into words."""
    return WordSequence(cut_words(text), kinds)


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
