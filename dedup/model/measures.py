"""Measures of two documents, and the verdict."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from dedup.model.document import Document
from dedup.model.reason import Reason
from dedup.model.short_repr import short_repr
from dedup.model.writer import writer

type Json = str | int | float | bool | list[Json] | tuple[Json, ...] | dict[str, Json] | None
"""A JSON value."""

LEAD = 40
"""Number of words in the opening of a story: headline and lead."""


class Verdict(StrEnum):
    """The relation of two documents, measured on their texts."""

    IDENTICAL = "identical"
    NEAR_DUPLICATE = "near-duplicate"
    CONTAINED = "contained"
    TEMPLATE = "template"
    PARTIAL = "partial"

    @property
    def joins(self) -> bool:
        """Whether documents with this verdict share a cluster."""
        return self in _JOINING


_JOINING = frozenset({Verdict.IDENTICAL, Verdict.NEAR_DUPLICATE, Verdict.CONTAINED})


@dataclass(frozen=True, slots=True)
class Overlap:
    """Sizes of two shingle sets and of their intersection.

    Attributes:
        shared: Shingles in both.
        left: Shingles of the left document, at least 1.
        right: Shingles of the right document, at least 1.
    """

    shared: int
    left: int
    right: int

    @property
    def jaccard(self) -> float:
        """|A∩B| / |A∪B|, 0 to 1."""
        return self.shared / (self.left + self.right - self.shared)

    @property
    def containment(self) -> float:
        """|A∩B| / min(|A|, |B|), 0 to 1."""
        return self.shared / min(self.left, self.right)

    @property
    def ratio(self) -> float:
        """2 |A∩B| / (|A| + |B|), 0 to 1: what `difflib.SequenceMatcher.ratio` is for sequences."""
        return 2 * self.shared / (self.left + self.right)

    @property
    def length_ratio(self) -> float:
        """The smaller set over the larger one, above 0 to 1."""
        return min(self.left, self.right) / max(self.left, self.right)

    def mirrored(self) -> "Overlap":
        """Return a copy with left and right exchanged."""
        return Overlap(self.shared, self.right, self.left)


@dataclass(frozen=True, slots=True)
class Difference:
    """Words and numbers that are only in one of two texts.

    A word that lost or gained a space does not count as new, nor does a number joined to a word.

    Attributes:
        left_words: Words of the left text that the right lacks, in reading order.
        right_words: Words of the right text that the left lacks.
        left_numbers: Numbers of the left text that the right lacks, in reading order.
        right_numbers: Numbers of the right text that the left lacks.
    """

    left_words: tuple[str, ...]
    right_words: tuple[str, ...]
    left_numbers: tuple[str, ...]
    right_numbers: tuple[str, ...]


class ExchangedFact(NamedTuple):
    """Two facts of the same kind (numbers, dates or names) in corresponding places of two texts.

    Attributes:
        left: A word of the left text, folded; between copies, a name or date as the text spells it.
        right: The word that the right text has instead.
        left_place: Position of the word in the left text, from 0.
        right_place: Position of the word in the right text, from 0.
    """

    left: str
    right: str
    left_place: int
    right_place: int

    def __str__(self) -> str:
        return f"{self.left} -> {self.right}"

    @property
    def where(self) -> str:
        """Its position in the left text: `lead` (its first words) or `body`."""
        return "lead" if self.left_place < LEAD else "body"

    def as_json(self) -> dict[str, Json]:
        """Return the exchanged fact in the format of a copy's changed figures."""
        return {
            "from": self.left,
            "to": self.right,
            "where": self.where,
            "left_word": self.left_place,
            "right_word": self.right_place,
        }

    def mirrored(self) -> "ExchangedFact":
        """Return a copy with left and right exchanged."""
        return ExchangedFact(self.right, self.left, self.right_place, self.left_place)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts compared word by word; pairs are (left, right).

    Attributes:
        whole_words: Words of each text.
        words: Words that were aligned: without boilerplate and stamps.
        kept: Words in both texts in the same order.
        kept_facts: Number of these that are numbers or dates.
        kept_names: Number of these that are names.
        in_runs: Number of kept words in passages of four words or more.
        runs: Number of these passages.
        longest: Length of the longest of them, in words.
        slots: Short passages that replace each other, except spelling variants.
        fact_slots: Slots in which a fact was exchanged.
        exchanged: Numbers and dates that replace each other.
        exchanged_names: Names that replace each other.
        boilerplate: Words of boilerplate that both texts have.
        examples: The first exchanged facts, names last.
        moved: Other words of each text, in passages that are elsewhere in the other text or repeated.
        new: Other words of each text, except respelt ones.
        fresh: New words that occur nowhere in the other text.
        new_first: New words among the first 25 of each text.
        fresh_first: Fresh words among the first 40 of each text.
        facts_first: Facts and names among these.
        longest_new: New words in the passage of each text that has the most.
        longest_shared: Words of the longest passage that both texts have, wherever it is in either.
        likely_names: Words that may be names, in texts without capitals: two to four fresh words that replace
            each other.
        fresh_together: Fresh words of the passage of each text that has most of them, among those of eight
            new words or more, three in ten of them fresh.
        fresh_ahead: Fresh words before the first long passage that both texts share.
        own_lead: Fresh words of a statement that only one text has, within its first words: see
            `core/own_lead.py`. Without credits where it decides on what is dropped.
        own_facts: Like `facts_first`; without credits where it decides on what is dropped.
        left_words: The first fresh words of the left text, each once; `right_words` those of the right.
    """

    whole_words: tuple[int, int]
    words: tuple[int, int]
    kept: int
    kept_facts: int
    kept_names: int
    in_runs: int
    runs: int
    longest: int
    slots: int
    fact_slots: int
    exchanged: int
    exchanged_names: int
    boilerplate: int
    examples: tuple[ExchangedFact, ...]
    moved: tuple[int, int]
    new: tuple[int, int]
    fresh: tuple[int, int]
    new_first: tuple[int, int]
    fresh_first: tuple[int, int]
    facts_first: tuple[int, int]
    longest_new: tuple[int, int]
    longest_shared: int
    likely_names: int
    fresh_together: tuple[int, int]
    fresh_ahead: tuple[int, int]
    own_lead: tuple[int, int]
    own_facts: tuple[int, int]
    left_words: tuple[str, ...]
    right_words: tuple[str, ...]

    def mirrored(self) -> "Alignment":
        """Return a copy with left and right exchanged."""
        return replace(
            self,
            whole_words=self.whole_words[::-1],
            words=self.words[::-1],
            examples=tuple(fact.mirrored() for fact in self.examples),
            moved=self.moved[::-1],
            new=self.new[::-1],
            fresh=self.fresh[::-1],
            new_first=self.new_first[::-1],
            fresh_first=self.fresh_first[::-1],
            facts_first=self.facts_first[::-1],
            longest_new=self.longest_new[::-1],
            fresh_together=self.fresh_together[::-1],
            fresh_ahead=self.fresh_ahead[::-1],
            own_lead=self.own_lead[::-1],
            own_facts=self.own_facts[::-1],
            left_words=self.right_words,
            right_words=self.left_words,
        )


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A passage that two texts share; bounds index the source strings, ends excluded."""

    left_start: int
    left_end: int
    right_start: int
    right_end: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """Contribution of one measure to the scores of a verdict: its value times its weight in each.

    Attributes:
        measure: Its name; `bias` is the initial score, `same_words` and `nothing_filled` decide alone.
        value: Its value; 1 for these three.
        join: Points for a copy; 0 if this score does not use the measure.
        partial: Points for partial reuse, if the pair does not join.
        template: Likewise for a template.
        unrelated: Likewise for neither.
    """

    measure: str
    value: float
    join: float = 0.0
    partial: float = 0.0
    template: float = 0.0
    unrelated: float = 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """The relation of two documents, and the evidence for it.

    Attributes:
        left: The first document.
        right: The second.
        verdict: None if they share too little, or one is too short to compare.
        overlap: Overlap of their shingle sets; None if one is too short.
        reasons: Reasons for the verdict.
        passages: Shared passages, in the order of the left text.
        difference: Words and numbers that are only in one text.
        confidence: How likely the verdict is right, 0 to 1.
        changed: Facts that differ between two copies: as the left text has them, then as the right one does.
        contributions: Contribution of each measure to the scores; empty for identical and too short texts.
    """

    left: Document
    right: Document
    verdict: Verdict | None
    overlap: Overlap | None
    reasons: tuple[Reason, ...]
    passages: tuple[Passage, ...]
    difference: Difference
    confidence: float = 1.0
    changed: tuple[ExchangedFact, ...] = ()
    contributions: tuple[Contribution, ...] = ()

    def __repr__(self) -> str:
        """Show verdict and measures; of a text that is too short to compare, that it is."""
        shown: dict[str, object] = {"left": self.left.id, "right": self.right.id, "verdict": self.verdict}
        if self.overlap is None:
            shown["reasons"] = self.reasons
        else:
            shown |= {"jaccard": self.jaccard, "containment": self.containment}
            shown |= {"confidence": self.confidence, "changed": self.changed}
        return short_repr("Comparison", shown)

    @property
    def ratio(self) -> float | None:
        """Similarity of the two, 0 to 1, see `Overlap.ratio`; None when one is too short to compare."""
        return None if self.overlap is None else self.overlap.ratio

    @property
    def jaccard(self) -> float | None:
        """|A∩B| / |A∪B|, 0 to 1; None when one is too short to compare."""
        return None if self.overlap is None else self.overlap.jaccard

    @property
    def containment(self) -> float | None:
        """|A∩B| / min(|A|, |B|), 0 to 1; None when one is too short to compare."""
        return None if self.overlap is None else self.overlap.containment

    def _repr_html_(self) -> str:
        """Show the two texts side by side in Jupyter and similar notebooks."""
        return str(writer("side_by_side")(self))
