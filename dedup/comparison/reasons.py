"""Why a verdict: what was measured on pairs of texts, and what differs."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.contexts import Contexts
from dedup.comparison.pair_columns import Alignments, Overlaps
from dedup.core.alignment import AlignmentCount as Count
from dedup.model import ExchangedFact, Reason, ReasonKind

WORTH_SAYING = 0.1
"""Share of a text that is worth a reason."""
LEAD_WORDS = 5
"""New words from which a lead of its own is worth a reason."""
FEW = 5
"""Facts and words that are named; the rest are counted."""
LETTERS = 20
"""Letters of a word that is named."""

IDENTICAL_REASONS = (Reason(ReasonKind.EQUAL),)
UNKNOWN = -1
"""A figure that is missing."""

type Numbers = NDArray[np.int64]
type Shares = NDArray[np.float64]


def pair_reasons(
    overlaps: Overlaps,
    alignments: Alignments,
    contexts: Contexts,
    *,
    left: str = "left",
    right: str = "right",
) -> list[tuple[Reason, ...]]:
    """Give the reasons of pairs, from their measures alone: cheap enough to be made when somebody looks.

    Args:
        overlaps: Of their shingle sets, a row a pair.
        alignments: Of the same texts.
        contexts: When and under which title they appeared.
        left: The side that the left text is named as, one of those in `reason_phrases`.
        right: The side that the right text is named as.
    """
    columns = zip(
        *_measured(overlaps, alignments, contexts),
        *_aligned(alignments),
        alignments.examples,
        alignments.left_words,
        alignments.right_words,
        strict=True,
    )
    return [tuple(_Figures(*values).reasons(left, right)) for values in columns]


class _Figures(NamedTuple):
    """What is told of one pair: shares in whole percents, 0 where there is nothing to say."""

    containment: int
    jaccard: int
    length_ratio: int
    left_fresh: int
    right_fresh: int
    title: int
    hours: int
    exchanged: int
    slots: int
    nothing_fresh: int
    left_opening: int
    right_opening: int
    left_moved: int
    right_moved: int
    boilerplate: int
    examples: tuple[ExchangedFact, ...]
    left_words: tuple[str, ...]
    right_words: tuple[str, ...]

    def reasons(self, left: str, right: str) -> Iterator[Reason]:
        """Give the reasons; the sides are named so."""
        yield _reason(ReasonKind.CONTAINMENT, self.containment)
        yield _reason(ReasonKind.JACCARD, self.jaccard)
        yield _reason(ReasonKind.LENGTH_RATIO, self.length_ratio)
        yield _reason(ReasonKind.NEW_WORDS, left, self.left_fresh, right, self.right_fresh)
        yield from self._context()
        if self.exchanged:
            pairs = tuple((one[:LETTERS], other[:LETTERS]) for one, other, *_ in self.examples[:FEW])
            yield Reason(ReasonKind.EXCHANGED, (pairs, self.exchanged - len(pairs)))
        if self.slots:
            yield _reason(ReasonKind.SLOTS, self.slots)
        if self.nothing_fresh:
            yield _reason(ReasonKind.NO_NEW_WORDS)
        yield from self._openings(left, right)
        for side, share in ((left, self.left_moved), (right, self.right_moved)):
            if share:
                yield _reason(ReasonKind.MOVED, side, share)
        if self.boilerplate:
            yield _reason(ReasonKind.BOILERPLATE, self.boilerplate)
        for side, words in ((left, self.left_words), (right, self.right_words)):
            if words:
                yield Reason(ReasonKind.ONLY_IN, (side, tuple(word[:LETTERS] for word in words[:FEW])))

    def _context(self) -> Iterator[Reason]:
        """Tell what is known besides the texts."""
        if self.title != UNKNOWN:
            yield _reason(ReasonKind.TITLES, self.title)
        if self.hours != UNKNOWN:
            yield _reason(ReasonKind.HOURS_APART, self.hours)

    def _openings(self, left: str, right: str) -> Iterator[Reason]:
        """Name the sides that open with enough words of their own."""
        if self.left_opening and self.right_opening:
            yield _reason(ReasonKind.OPENINGS, left, self.left_opening, right, self.right_opening)
        elif self.left_opening:
            yield _reason(ReasonKind.OPENING, left, self.left_opening)
        elif self.right_opening:
            yield _reason(ReasonKind.OPENING, right, self.right_opening)


@lru_cache(maxsize=1 << 15)
def _reason(kind: ReasonKind, *values: int | str) -> Reason:
    """Make a reason that a large report repeats."""
    return Reason(kind, values)


def _measured(overlaps: Overlaps, alignments: Alignments, contexts: Contexts) -> Iterator[list[int]]:
    """Give the first figures of every pair, a list each."""
    shares = (overlaps.containment, overlaps.jaccard, overlaps.length_ratio, *alignments.fresh_shares())
    for share in shares:
        yield percents_of(share).tolist()
    title, hours = contexts.title, contexts.hours
    yield np.where(np.isnan(title), UNKNOWN, percents_of(np.nan_to_num(title))).tolist()
    yield np.where(np.isnan(hours), UNKNOWN, np.rint(np.nan_to_num(hours))).astype(np.int64).tolist()


def _aligned(alignments: Alignments) -> Iterator[list[int]]:
    """Give the figures that only the alignment shows."""
    yield (alignments.one(Count.EXCHANGED) + alignments.one(Count.EXCHANGED_NAMES)).tolist()
    yield alignments.one(Count.SLOTS).tolist()
    fresh, ahead = alignments.sides(Count.FRESH), alignments.sides(Count.FRESH_AHEAD)
    yield (~fresh.any(axis=1)).tolist()
    own = (ahead >= LEAD_WORDS) & (ahead != fresh).any(axis=1, keepdims=True)
    yield from (ahead * own).T.tolist()
    yield from _worth_saying(alignments.sides(Count.MOVED), alignments.sides(Count.WORDS)).T.tolist()
    boilerplate = alignments.one(Count.BOILERPLATE)
    yield _worth_saying(boilerplate, alignments.one(Count.KEPT) + boilerplate).tolist()


def _worth_saying(some: Numbers, all_of_them: Numbers) -> Numbers:
    """Give the percentage that some words are of all, or 0 where they are few."""
    percents = percents_of(some / np.maximum(all_of_them, 1))
    return np.where(some >= WORTH_SAYING * all_of_them, percents, 0)


def percent(share: float) -> int:
    """Round a share from 0 to 1 to whole percents; only all is 100, only nothing is 0."""
    whole = round(100 * share)
    if 0 < whole < 100:  # noqa: PLR2004 - nearly always
        return whole
    if share <= 0 or share >= 1:
        return 100 * (share >= 1)
    return 1 if whole == 0 else 99


def percents_of(shares: Shares) -> Numbers:
    """Do what `percent` does for an array of shares."""
    whole = np.rint(100 * shares).astype(np.int64)
    return np.where(shares >= 1, 100, np.where(shares <= 0, 0, np.clip(whole, 1, 99)))
