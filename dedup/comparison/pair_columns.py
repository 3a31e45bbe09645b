"""Measures of many pairs of texts as columns, a row a pair; a record of one pair is made when asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core.alignment import COUNTED, OF_TWO, AlignmentCount
from dedup.model import Alignment, Difference, ExchangedFact, Overlap

type Counts = NDArray[np.int64]
type Shares = NDArray[np.float64]
type Words = Sequence[tuple[str, ...]]
type Examples = Sequence[tuple[ExchangedFact, ...]]

_DIFFERENCE_COUNTS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Overlaps:
    """Sizes of the shingle sets of many pairs and of what they share: see `Overlap`."""

    shared: Counts
    left: Counts
    right: Counts

    def __len__(self) -> int:
        return self.shared.size

    @property
    def jaccard(self) -> Shares:
        """|A∩B| / |A∪B| of each pair, 0 to 1."""
        return self.shared / (self.left + self.right - self.shared)

    @property
    def containment(self) -> Shares:
        """|A∩B| / min(|A|, |B|) of each pair, 0 to 1."""
        return self.shared / np.minimum(self.left, self.right)

    @property
    def length_ratio(self) -> Shares:
        """The smaller set over the larger one of each pair, above 0 to 1."""
        return np.minimum(self.left, self.right) / np.maximum(self.left, self.right)

    def record(self, row: int) -> Overlap:
        """Make the record of one pair."""
        return Overlap(int(self.shared[row]), int(self.left[row]), int(self.right[row]))

    def where(self, wanted: NDArray[np.bool_ | np.int64] | slice) -> "Overlaps":
        """Give the rows that are wanted."""
        return Overlaps(self.shared[wanted], self.left[wanted], self.right[wanted])


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """What only one text of each of many pairs has: see `Difference`. The words are counted, not listed.

    Attributes:
        counts: int64, shape (n, 5): new words of the left and of the right text, distinct words of the
            left and of the right, numbers in both.
        left_numbers: Numbers that the right text lacks.
        right_numbers: Numbers that the left text lacks.
    """

    counts: Counts
    left_numbers: Words
    right_numbers: Words

    @property
    def left_share(self) -> Shares:
        """Share of the distinct words of the left text that the right lacks."""
        return self.counts[:, 0] / np.maximum(self.counts[:, 2], 1)

    @property
    def right_share(self) -> Shares:
        """Share of the distinct words of the right text that the left lacks."""
        return self.counts[:, 1] / np.maximum(self.counts[:, 3], 1)

    @property
    def both_have_numbers(self) -> NDArray[np.bool_]:
        """Whether each text of a pair has a number that the other lacks."""
        both = zip(self.left_numbers, self.right_numbers, strict=True)
        return np.fromiter((bool(ours and theirs) for ours, theirs in both), np.bool_, len(self.counts))

    def record(self, row: int) -> Difference:
        """Make the record of one pair."""
        new_left, new_right, left, right, shared = self.counts[row].tolist()
        shares = new_left / max(left, 1), new_right / max(right, 1)
        return Difference((), (), *shares, self.left_numbers[row], self.right_numbers[row], shared)

    def where(self, wanted: NDArray[np.bool_]) -> "Differences":
        """Give the rows that are wanted."""
        numbers = (list(compress(column, wanted)) for column in (self.left_numbers, self.right_numbers))
        return Differences(self.counts[wanted], *numbers)


@dataclass(frozen=True, slots=True, eq=False)
class Alignments:
    """Many pairs of texts, aligned word by word: see `Alignment`.

    Attributes:
        counts: int64, a row a pair: see `AlignmentCount`.
        examples: The first facts that are in each other's place.
        left_words: The first words that are nowhere in the right text.
        right_words: The first words that are nowhere in the left text.
    """

    counts: Counts
    examples: Examples
    left_words: Words
    right_words: Words

    def record(self, row: int) -> Alignment:
        """Make the record of one pair."""
        counts, numbers = self.counts[row].tolist(), dict[str, Any]()
        for count in AlignmentCount:
            value = counts[count]
            numbers[count.name.lower()] = (value, counts[count + 1]) if count in OF_TWO else value
        return Alignment(
            **numbers,
            examples=self.examples[row],
            left_words=self.left_words[row],
            right_words=self.right_words[row],
        )


def differences(words: core.WordColumn, *, left: Counts, right: Counts) -> Differences:
    """Count what many pairs of texts do not share, as `difference` does of one.

    Args:
        words: The words of the texts.
        left: Which of the texts is the left one of each pair.
        right: Which is the right one.
    """
    return Differences(*words.compare(left, right))


def alignments(words: core.WordColumn, *, left: Counts, right: Counts) -> Alignments:
    """Align many pairs of texts, as `align` does of one."""
    return Alignments(*words.align(left, right, np.zeros(left.size, dtype=np.bool_)))


def joined_overlaps(parts: Sequence[Overlaps]) -> Overlaps:
    """Put overlaps one after the other."""
    nothing = np.empty(0, dtype=np.int64)
    return Overlaps(
        *(np.concatenate([nothing, *(getattr(part, name) for part in parts)]) for name in Overlaps.__slots__)
    )


def joined_differences(parts: Sequence[Differences]) -> Differences:
    """Put differences one after the other."""
    return Differences(
        _stacked([part.counts for part in parts], _DIFFERENCE_COUNTS),
        list(chain.from_iterable(part.left_numbers for part in parts)),
        list(chain.from_iterable(part.right_numbers for part in parts)),
    )


def joined_alignments(parts: Sequence[Alignments]) -> Alignments:
    """Put alignments one after the other."""
    return Alignments(
        _stacked([part.counts for part in parts], COUNTED),
        list(chain.from_iterable(part.examples for part in parts)),
        list(chain.from_iterable(part.left_words for part in parts)),
        list(chain.from_iterable(part.right_words for part in parts)),
    )


def _stacked(parts: Sequence[Counts], columns: int) -> Counts:
    return np.concatenate([np.empty((0, columns), dtype=np.int64), *parts])
