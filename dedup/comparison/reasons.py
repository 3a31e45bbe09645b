"""Why a verdict: what was measured on pairs of texts, and what differs."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.contexts import Contexts
from dedup.comparison.pair_columns import Alignments, Overlaps, Words
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

type Numbers = NDArray[np.int64]
type Shares = NDArray[np.float64]
type Given = tuple[Numbers, Iterable[Reason]]
"""Rows of pairs, and a reason for each of them."""


def pair_reasons(
    overlaps: Overlaps,
    alignments: Alignments,
    contexts: Contexts,
    *,
    left: str = "left",
    right: str = "right",
) -> list[tuple[Reason, ...]]:
    """Return the reasons of pairs, from their measures alone: cheap enough to be made when somebody looks.

    Args:
        overlaps: Of their shingle sets, one row per pair.
        alignments: Of the same texts.
        contexts: When and under which title they appeared.
        left: The side that the left text is named as, one of those in `reason_phrases`.
        right: The side that the right text is named as.
    """
    reasons: list[list[Reason]] = [[] for _ in range(len(overlaps))]
    kinds = (
        *_overlap_reasons(overlaps),
        _new_words(alignments, left, right),
        *_context_reasons(contexts),
        *_fact_reasons(alignments),
        *_opening_reasons(alignments, left, right),
        *_moved_reasons(alignments, left, right),
        _only_in(left, alignments.left_words),
        _only_in(right, alignments.right_words),
    )
    for rows, given in kinds:
        for row, reason in zip(rows.tolist(), given, strict=True):
            reasons[row].append(reason)
    return list(map(tuple, reasons))


def _overlap_reasons(overlaps: Overlaps) -> Iterator[Given]:
    every = np.arange(len(overlaps))
    yield _given(ReasonKind.CONTAINMENT, every, percents_of(overlaps.containment))
    yield _given(ReasonKind.JACCARD, every, percents_of(overlaps.jaccard))
    yield _given(ReasonKind.LENGTH_RATIO, every, percents_of(overlaps.length_ratio))


def _new_words(alignments: Alignments, left: str, right: str) -> Given:
    shares = percents_of(alignments.fresh_shares()).T.tolist()
    return np.arange(len(alignments)), [
        _reason(ReasonKind.NEW_WORDS, left, one, right, other) for one, other in shares
    ]


def _context_reasons(contexts: Contexts) -> Iterator[Given]:
    """Tell what is known besides the texts."""
    titled, dated = np.flatnonzero(~np.isnan(contexts.title)), np.flatnonzero(~np.isnan(contexts.hours))
    yield _given(ReasonKind.TITLES, titled, percents_of(contexts.title[titled]))
    yield _given(ReasonKind.HOURS_APART, dated, np.rint(contexts.hours[dated]).astype(np.int64))


def _fact_reasons(alignments: Alignments) -> Iterator[Given]:
    exchanged = alignments.one(Count.EXCHANGED) + alignments.one(Count.EXCHANGED_NAMES)
    rows = np.array([row for row in np.flatnonzero(exchanged).tolist() if alignments.examples[row]], np.int64)
    yield rows, map(_exchanged, (alignments.examples[row] for row in rows.tolist()), exchanged[rows].tolist())
    slots = alignments.one(Count.SLOTS)
    rows = np.flatnonzero(slots)
    yield _given(ReasonKind.SLOTS, rows, slots[rows])
    rows = np.flatnonzero(~alignments.sides(Count.FRESH).any(axis=1))
    yield rows, repeat(_reason(ReasonKind.NO_NEW_WORDS), rows.size)


def _exchanged(examples: Sequence[ExchangedFact], count: int) -> Reason:
    """Name the first facts; of copies, what is not among their changed facts is not counted either."""
    pairs = tuple((one[:LETTERS], other[:LETTERS]) for one, other, *_ in examples[:FEW])
    return Reason(ReasonKind.EXCHANGED, (pairs, count - len(pairs) if len(pairs) == FEW else 0))


def _opening_reasons(alignments: Alignments, left: str, right: str) -> Iterator[Given]:
    """Name the sides that open with enough words of their own."""
    fresh, ahead = alignments.sides(Count.FRESH), alignments.sides(Count.FRESH_AHEAD)
    own = ahead * ((ahead >= LEAD_WORDS) & (ahead != fresh).any(axis=1, keepdims=True))
    rows = np.flatnonzero(own.all(axis=1))
    words = own[rows].tolist()
    yield rows, [_reason(ReasonKind.OPENINGS, left, one, right, other) for one, other in words]
    own[rows] = 0
    yield from (_of_side(ReasonKind.OPENING, *each) for each in zip((left, right), own.T, strict=True))


def _moved_reasons(alignments: Alignments, left: str, right: str) -> Iterator[Given]:
    moved = _worth_saying(alignments.sides(Count.MOVED), alignments.sides(Count.WORDS))
    yield from (_of_side(ReasonKind.MOVED, *each) for each in zip((left, right), moved.T, strict=True))
    boilerplate = alignments.one(Count.BOILERPLATE)
    shares = _worth_saying(boilerplate, alignments.one(Count.KEPT) + boilerplate)
    rows = np.flatnonzero(shares)
    yield _given(ReasonKind.BOILERPLATE, rows, shares[rows])


def _only_in(side: str, words: Words) -> Given:
    rows = [row for row, some in enumerate(words) if some]
    return np.array(rows, dtype=np.int64), [
        Reason(ReasonKind.ONLY_IN, (side, tuple([word[:LETTERS] for word in words[row][:FEW]])))
        for row in rows
    ]


def _given(kind: ReasonKind, rows: Numbers, numbers: Numbers) -> Given:
    return rows, [_reason(kind, number) for number in numbers.tolist()]


def _of_side(kind: ReasonKind, side: str, numbers: Numbers) -> Given:
    """Return a reason where the number of a side is not 0."""
    rows = np.flatnonzero(numbers)
    return rows, [_reason(kind, side, number) for number in numbers[rows].tolist()]


@lru_cache(maxsize=1 << 15)
def _reason(kind: ReasonKind, *values: int | str) -> Reason:
    """Make a reason that a large report repeats."""
    return Reason(kind, values)


def _worth_saying(some: Numbers, all_of_them: Numbers) -> Numbers:
    """Return the percentage that some words are of all, or 0 where they are few."""
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
    some = np.minimum(np.maximum(whole, 1), 99)  # for a few numbers `clip` takes several times as long
    return np.where(shares >= 1, 100, np.where(shares <= 0, 0, some))
