"""The words of a text that are aligned with those of another, and where each was read.

Some words are left out first: see `WordSequence.flags`. A word that the other text writes as two is parted.
"""

from collections.abc import Container, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property

from dedup.core.align_windows import Gap, run_index, windows
from dedup.core.word_sequence import IS_NAME, WordSequence

NUMBER, NUMERAL, DATE, NAME = 1, 2, 4, 8
"""Kinds of facts; a word is of the first that is true of it, and a name only where none of the others is."""
FACTS = NUMBER | NUMERAL | DATE
"""The kinds that a word has wherever it is."""
MOVED = 4
"""Words in a row from which a passage that is elsewhere in the other text was moved or repeated."""


@dataclass(frozen=True, eq=False)
class AlignedText:
    """Words of a text in their order.

    Attributes:
        source: The text as it was read.
        words: Those that are aligned.
        origins: The place of each in the source; the two parts of a parted word have one.
        gaps: What is not aligned of a long text.
    """

    source: WordSequence
    words: Sequence[str]
    origins: Sequence[int]
    gaps: Sequence[Gap] = ()

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Each word once."""
        return frozenset(self.words)

    @cached_property
    def kinds(self) -> Sequence[int]:
        """The kind of fact that each word is, 0 for none."""
        flags, kind_of = self.source.flags, self._kind_of
        return [
            kind_of(word) or NAME * (flags[origin] & IS_NAME)
            for word, origin in zip(self.words, self.origins, strict=True)
        ]

    def _kind_of(self, word: str) -> int:
        if word.isdecimal():
            return NUMBER
        if word in self.source.numerals:
            return NUMERAL
        return DATE * (word in self.source.dates)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Each `MOVED` words in a row."""
        return frozenset(runs(self.words))

    @property
    def order(self) -> tuple[int, Sequence[str], Sequence[int]]:
        """Find which of two texts comes first: the one with fewer words."""
        return len(self.words), self.words, [self.source.flags[origin] for origin in self.origins]

    def outside_before(self, place: int) -> int:
        """Count the words of a long text in no window that come before a word; all for their number."""
        reached = self.origins[place] if place < len(self.words) else len(self.source.words)
        return sum(gap.words for gap in self.gaps if gap.until <= reached)

    def without(self, origins: Container[int]) -> "AlignedText":
        """Leave out the words of some places of the source."""
        kept = [place for place, origin in enumerate(self.origins) if origin not in origins]
        return replace(
            self, words=[self.words[place] for place in kept], origins=[self.origins[place] for place in kept]
        )

    def parted_as(self, other: "AlignedText") -> "AlignedText":
        """Part the words that the other text writes as two: a lost blank is no new word."""
        glued = other.source.glued
        unknown = self.vocabulary - other.vocabulary
        lost = {word for word in unknown if other.vocabulary.issuperset(glued.get(word, (word,)))}
        if not lost:
            return self
        parted = [
            (part, origin)
            for word, origin in zip(self.words, self.origins, strict=True)
            for part in (glued[word] if word in lost else (word,))
        ]
        return replace(self, words=[part for part, _ in parted], origins=[origin for _, origin in parted])


def aligned_text(source: WordSequence, *, left_out: int) -> AlignedText:
    """Take the words that do not have the flag `left_out`."""
    kept = [place for place, flags in enumerate(source.flags) if not flags & left_out]
    if len(kept) == len(source.words):
        return AlignedText(source, source.words, kept)
    return AlignedText(source, [source.words[place] for place in kept], kept)


def windowed_text(source: WordSequence, shorter: AlignedText, *, left_out: int) -> AlignedText:
    """Take the words of a long text around what it shares with a much shorter one."""
    chosen, gaps = windows(shorter.words, run_index(source, left_out=left_out))
    return AlignedText(source, [source.words[place] for place in chosen], chosen, gaps)


def runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Return each `MOVED` words in a row."""
    return zip(*(words[start:] for start in range(MOVED)), strict=False)


def places_in(words: Sequence[str], wanted: AbstractSet[tuple[str, ...]]) -> set[int]:
    """Return the places of the words that belong to one of some runs."""
    return {
        place
        for start, run in enumerate(runs(words))
        if run in wanted
        for place in range(start, start + MOVED)
    }
