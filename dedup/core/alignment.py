"""Two texts, word by word: what is kept, moved, respelt, exchanged and new, and where it is.

A word or two kept by chance between two changes is part of the change: see `kept_passages.segments`.
The twin of native/align.c.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.core.align_windows import much_longer, run_index
from dedup.core.aligned_text import AlignedText, aligned_text, windowed_text
from dedup.core.alignment_tally import Side, Tally
from dedup.core.kept_passages import segments
from dedup.core.own_lead import own_lines
from dedup.core.stamps import Bounds, Segment, stamp_places, stamps
from dedup.core.word_sequence import LEFT_OUT, LEFT_OUT_WHOLE, LONG_TEXT, MOST, WordSequence
from dedup.model import Alignment, ExchangedFact


class AlignmentCount(IntEnum):
    """Columns of the counts of aligned pairs; of two, the left one: see `Alignment`."""

    WHOLE_WORDS = 0
    WORDS = 2
    KEPT = 4
    KEPT_FACTS = 5
    KEPT_NAMES = 6
    IN_RUNS = 7
    LONGEST = 8
    RUNS = 9
    SLOTS = 10
    FACT_SLOTS = 11
    EXCHANGED = 12
    EXCHANGED_NAMES = 13
    BOILERPLATE = 14
    MOVED = 15
    NEW = 17
    FRESH = 19
    NEW_FIRST = 21
    FRESH_FIRST = 23
    FRESH_AHEAD = 25
    FACTS_FIRST = 27
    LONGEST_NEW = 29
    LONGEST_SHARED = 31
    LIKELY_NAMES = 32
    FRESH_TOGETHER = 33
    OWN_LEAD = 35
    OWN_FACTS = 37


OF_TWO = frozenset(
    {
        AlignmentCount.WHOLE_WORDS,
        AlignmentCount.WORDS,
        AlignmentCount.MOVED,
        AlignmentCount.NEW,
        AlignmentCount.FRESH,
        AlignmentCount.NEW_FIRST,
        AlignmentCount.FRESH_FIRST,
        AlignmentCount.FRESH_AHEAD,
        AlignmentCount.FACTS_FIRST,
        AlignmentCount.LONGEST_NEW,
        AlignmentCount.FRESH_TOGETHER,
        AlignmentCount.OWN_LEAD,
        AlignmentCount.OWN_FACTS,
    }
)
"""Counts of both texts: that of the right one is in the next column."""
COUNTED = 39
"""Columns of the counts."""


class AlignedPairs(NamedTuple):
    """Many pairs of texts, aligned.

    Attributes:
        counts: int64, shape (n_pairs, `COUNTED`): see `AlignmentCount`.
        examples: The first facts of each pair that replace each other, names after the others.
        left_words: The first words of each left text that are nowhere in the right one, each once.
        right_words: The first words of each right text that are nowhere in the left one.
    """

    counts: NDArray[np.int64]
    examples: list[tuple[ExchangedFact, ...]]
    left_words: list[tuple[str, ...]]
    right_words: list[tuple[str, ...]]


def align(
    left: WordSequence,
    right: WordSequence,
    *,
    whole: bool = False,
    most: int = MOST,
    long_text: int = LONG_TEXT,
) -> Alignment:
    """Align two texts; exchanged sides give the mirrored result.

    Args:
        left: One text.
        right: The other.
        whole: Whether they are alike as wholes, so that boilerplate is aligned too.
        most: See `kept_passages.kept_blocks`.
        long_text: Words from which a text is aligned in windows with a much shorter one.
    """
    left_out = LEFT_OUT_WHOLE if whole else LEFT_OUT
    pair = _Pair.of(*_chosen(left, right, left_out=left_out, long_text=long_text), most=most)
    margins = stamps(*pair.parted, pair.segments)
    lines = pair.own_lines(margins)
    if margins:
        gone = stamp_places(*pair.parted, margins)
        one, other = (text.without(places) for text, places in zip(pair.texts, gone, strict=True))
        pair = _Pair.of(*((other, one) if pair.mirrored else (one, other)), most=most)
    ours, theirs = pair.parted
    tally = Tally(Side(ours, theirs), Side(theirs, ours))
    for same, *bounds in pair.segments:
        tally.take(same, *bounds)
    alignment = tally.alignment(
        boilerplate=_shared_boilerplate(left, right, left_out=left_out, long_text=long_text)
    )
    alignment = alignment.mirrored() if pair.mirrored else alignment
    one_lead, other_lead = map(max, alignment.own_lead, lines)
    return replace(alignment, own_lead=(one_lead, other_lead))


def _chosen(
    left: WordSequence, right: WordSequence, *, left_out: int, long_text: int
) -> tuple[AlignedText, AlignedText]:
    """Choose the words of two texts; of one that is much longer, those in windows."""
    if much_longer(left, right, long_text=long_text):
        shorter = aligned_text(right, left_out=left_out)
        return windowed_text(left, shorter, left_out=left_out), shorter
    if much_longer(right, left, long_text=long_text):
        shorter = aligned_text(left, left_out=left_out)
        return shorter, windowed_text(right, shorter, left_out=left_out)
    return aligned_text(left, left_out=left_out), aligned_text(right, left_out=left_out)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two texts in the order in which they are aligned.

    Attributes:
        texts: The one with fewer words first.
        parted: The same, words parted that the other writes as two.
        segments: Of the parted texts.
        mirrored: Whether the right text is the first.
    """

    texts: tuple[AlignedText, AlignedText]
    parted: tuple[AlignedText, AlignedText]
    segments: Sequence[Segment]
    mirrored: bool

    @classmethod
    def of(cls, left: AlignedText, right: AlignedText, *, most: int) -> "_Pair":
        mirrored = right.order < left.order
        one, other = (right, left) if mirrored else (left, right)
        parted = one.parted_as(other), other.parted_as(one)
        passages = tuple(segments(parted[0].words, parted[1].words, most=most))
        return cls((one, other), parted, passages, mirrored)

    def own_lines(self, margins: Sequence[Bounds]) -> tuple[int, int]:
        """Count the fresh words of the left and of the right text in lines that are left out at the top."""
        if not margins or margins[0][0] or margins[0][2]:
            return 0, 0
        (one, other), (_, end, _, other_end) = self.parted, margins[0]
        counts = own_lines(one, other, end=end), own_lines(other, one, end=other_end)
        return counts[::-1] if self.mirrored else counts


def align_pairs(
    pairs: Iterable[tuple[WordSequence, WordSequence, bool]], *, most: int, long_text: int
) -> AlignedPairs:
    """Align many pairs of texts.

    Args:
        pairs: Left and right texts, and whether they are alike as wholes.
        most: See `kept_passages.kept_blocks`.
        long_text: See `align`.
    """
    aligned = [
        align(left, right, whole=whole, most=most, long_text=long_text) for left, right, whole in pairs
    ]
    return AlignedPairs(
        np.array([_counts(each) for each in aligned], dtype=np.int64).reshape(len(aligned), COUNTED),
        [each.examples for each in aligned],
        [each.left_words for each in aligned],
        [each.right_words for each in aligned],
    )


def _counts(alignment: Alignment) -> list[int]:
    row = [0] * COUNTED
    for count in AlignmentCount:
        value = getattr(alignment, count.name.lower())
        row[count : count + 1 + (count in OF_TWO)] = value if count in OF_TWO else (value,)
    return row


def _shared_boilerplate(left: WordSequence, right: WordSequence, *, left_out: int, long_text: int) -> int:
    """Count the words of boilerplate that both texts have, in the text with fewer of them."""
    ours, theirs = (
        run_index(text, left_out=left_out).boilerplate
        if much_longer(text, other, long_text=long_text)
        else text.boilerplate()
        for text, other in ((left, right), (right, left))
    )
    if len(ours) > len(theirs):
        ours, theirs = theirs, ours
    return min(sum(ours[word] for word in ours if word in theirs), sum(theirs[word] for word in ours))
