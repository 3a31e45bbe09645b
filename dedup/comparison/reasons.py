"""Why a verdict: what was measured on pairs of texts, and what differs."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.contexts import Contexts
from dedup.comparison.packed_words import PackedWords
from dedup.comparison.pair_columns import Alignments, Overlaps, Words
from dedup.core.alignment import AlignmentCount as Count
from dedup.model import ExchangedFact, Reason, ReasonKind
from dedup.model.reason_columns import ReasonColumn, reasons_of

WORTH_SAYING = 0.1
"""Share of a text that is worth a reason."""
LEAD_WORDS = 5
"""New words from which a lead of its own is worth a reason."""
PASSAGE = 10
"""Words from which the longest passage of both is worth a reason, where one text is mostly its own."""
FEW = 5
"""Facts and words that are named; the rest are counted."""
LETTERS = 20
"""Letters of a word that is named."""

IDENTICAL_REASONS = (Reason(ReasonKind.EQUAL),)

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
    """Return the reasons of pairs: see `reason_columns`."""
    columns = reason_columns(overlaps, alignments, contexts, left=left, right=right)
    return reasons_of(columns, len(overlaps))


def reason_columns(
    overlaps: Overlaps,
    alignments: Alignments,
    contexts: Contexts,
    *,
    left: str = "left",
    right: str = "right",
) -> list[ReasonColumn]:
    """Return the reasons of pairs, from their measures alone: cheap enough to be made when somebody looks.

    Args:
        overlaps: Of their shingle sets, one row per pair.
        alignments: Of the same texts.
        contexts: When and under which title they appeared.
        left: The side that the left text is named as, one of those in `reason_phrases`.
        right: The side that the right text is named as.
    """
    return [
        *_overlap_reasons(overlaps),
        _new_words(alignments, left, right),
        *_context_reasons(contexts),
        *_fact_reasons(alignments),
        *_opening_reasons(alignments, left, right),
        *_moved_reasons(alignments, left, right),
        _only_in(left, alignments.left_words),
        _only_in(right, alignments.right_words),
    ]


def _overlap_reasons(overlaps: Overlaps) -> Iterator[ReasonColumn]:
    every = np.arange(len(overlaps))
    yield ReasonColumn(ReasonKind.CONTAINMENT, every, (percents_of(overlaps.containment),))
    yield ReasonColumn(ReasonKind.JACCARD, every, (percents_of(overlaps.jaccard),))
    yield ReasonColumn(ReasonKind.LENGTH_RATIO, every, (percents_of(overlaps.length_ratio),))


def _new_words(alignments: Alignments, left: str, right: str) -> ReasonColumn:
    one, other = percents_of(alignments.fresh_shares())
    return ReasonColumn(ReasonKind.NEW_WORDS, np.arange(len(alignments)), (left, one, right, other))


def _context_reasons(contexts: Contexts) -> Iterator[ReasonColumn]:
    """Tell what is known besides the texts."""
    yield _where(ReasonKind.TITLES, ~np.isnan(contexts.title), percents_of(np.nan_to_num(contexts.title)))
    yield _where(ReasonKind.HOURS_APART, ~np.isnan(contexts.hours), np.rint(contexts.hours))


def _fact_reasons(alignments: Alignments) -> Iterator[ReasonColumn]:
    exchanged = alignments.one(Count.EXCHANGED) + alignments.one(Count.EXCHANGED_NAMES)
    rows = np.flatnonzero(exchanged)
    examples = list(alignments.facts(rows))
    rows = rows[np.array(list(map(bool, examples)), dtype=np.bool_)]
    pairs = [_exchanged(facts) for facts in examples if facts]
    counts = zip(pairs, exchanged[rows].tolist(), strict=True)
    # Of copies, what is not among their changed facts is not counted either.
    more = [count - len(some) if len(some) == FEW else 0 for some, count in counts]
    yield ReasonColumn(ReasonKind.EXCHANGED, rows, (pairs, more))
    slots = alignments.one(Count.SLOTS)
    yield _where(ReasonKind.SLOTS, slots > 0, slots)
    same = ~alignments.sides(Count.FRESH).any(axis=1)
    yield ReasonColumn(ReasonKind.NO_NEW_WORDS, np.flatnonzero(same))


def _exchanged(examples: Sequence[ExchangedFact]) -> tuple[tuple[str, str], ...]:
    """Name the first facts."""
    return tuple((one[:LETTERS], other[:LETTERS]) for one, other, *_ in examples[:FEW])


def _opening_reasons(alignments: Alignments, left: str, right: str) -> Iterator[ReasonColumn]:
    """Name the sides that open with enough words of their own."""
    fresh, ahead = alignments.sides(Count.FRESH), alignments.sides(Count.FRESH_AHEAD)
    own = ahead * ((ahead >= LEAD_WORDS) & (ahead != fresh).any(axis=1, keepdims=True))
    rows = np.flatnonzero(own.all(axis=1))
    one, other = own[rows].T
    yield ReasonColumn(ReasonKind.OPENINGS, rows, (left, one, right, other))
    own[rows] = 0
    for side, words in zip((left, right), own.T, strict=True):
        yield _where(ReasonKind.OPENING, words > 0, words, side=side)


def _moved_reasons(alignments: Alignments, left: str, right: str) -> Iterator[ReasonColumn]:
    moved = _worth_saying(alignments.sides(Count.MOVED), alignments.sides(Count.WORDS))
    for side, shares in zip((left, right), moved.T, strict=True):
        yield _where(ReasonKind.MOVED, shares > 0, shares, side=side)
    passage = alignments.one(Count.LONGEST_SHARED)
    mostly_own = (2 * alignments.sides(Count.NEW) > alignments.sides(Count.WORDS)).any(axis=1)
    yield _where(ReasonKind.PASSAGE, (passage >= PASSAGE) & mostly_own, passage)
    boilerplate = alignments.one(Count.BOILERPLATE)
    shares = _worth_saying(boilerplate, alignments.one(Count.KEPT) + boilerplate)
    yield _where(ReasonKind.BOILERPLATE, shares > 0, shares)


def _only_in(side: str, words: Words) -> ReasonColumn:
    if isinstance(words, PackedWords):
        packed = words.first(FEW, letters=LETTERS)
        rows = np.flatnonzero(np.diff(packed.bounds))
        return ReasonColumn(ReasonKind.ONLY_IN, rows, (side, packed.take(rows)))
    # Of one pair: arrays would take ten times as long.
    few = [tuple([word[:LETTERS] for word in some[:FEW]]) for some in words]
    rows = np.flatnonzero(list(map(bool, few)))
    return ReasonColumn(ReasonKind.ONLY_IN, rows, (side, list(filter(None, few))))


def _where(
    kind: ReasonKind, wanted: NDArray[np.bool_], numbers: Numbers | Shares, *, side: str | None = None
) -> ReasonColumn:
    """Return a reason with a number for each of the wanted rows, and with the side it is about, if any."""
    rows = np.flatnonzero(wanted)
    column = numbers[rows].astype(np.int64)
    return ReasonColumn(kind, rows, (column,) if side is None else (side, column))


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
