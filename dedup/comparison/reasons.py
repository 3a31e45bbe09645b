"""Why a verdict: what was measured on one pair of texts, and what differs."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import isnan, nan

import numpy as np
from numpy.typing import NDArray

from dedup.model import Alignment, Overlap, Reason, ReasonKind

WORTH_SAYING = 0.1
"""Share of a text that is worth a reason."""
LEAD_WORDS = 5
"""New words from which a lead of its own is worth a reason."""
FEW = 5
"""Facts and words that are named; the rest are counted."""
LETTERS = 20
"""Letters of a word that is named."""

IDENTICAL_REASONS = (Reason(ReasonKind.EQUAL),)


def reasons(
    overlap: Overlap,
    alignment: Alignment,
    *,
    hours: float = nan,
    title: float = nan,
    left: str = "left",
    right: str = "right",
) -> tuple[Reason, ...]:
    """Give the reasons of one pair, from its measures alone: cheap enough to be made when somebody looks.

    Args:
        overlap: From `match`.
        alignment: Of the same texts.
        hours: Hours between the publications; NaN where a date is missing.
        title: Likeness of the titles, 0 to 1; NaN where one is missing.
        left: The side that the left text is named as, one of those in `reason_phrases`.
        right: The side that the right text is named as.
    """
    shares = (overlap.containment, overlap.jaccard, overlap.length_ratio, *fresh_shares(alignment))
    known = None if isnan(title) else percent(title), None if isnan(hours) else round(hours)
    return reasons_from_percents([*map(percent, shares), *known], alignment, left=left, right=right)


def fresh_shares(alignment: Alignment) -> tuple[float, float]:
    """Give the share of each text's words that are nowhere in the other."""
    (left, right), (ours, theirs) = alignment.fresh, alignment.words
    return left / max(ours, 1), right / max(theirs, 1)


def reasons_from_percents(
    measured: Sequence[int | None], alignment: Alignment, *, left: str, right: str
) -> tuple[Reason, ...]:
    """Give the reasons of one pair whose shares are whole percents already: see `percents_of`.

    Args:
        measured: Containment, Jaccard, length ratio, the fresh words of the left and of the right text, all
            in percent; likeness of the titles in percent, and hours between the publications, or None.
        alignment: Of the texts.
        left: The side that the left text is named as.
        right: The side that the right text is named as.
    """
    containment, jaccard, length_ratio, ours, theirs, title, hours = measured
    given = [
        _number(ReasonKind.CONTAINMENT, containment),
        _number(ReasonKind.JACCARD, jaccard),
        _number(ReasonKind.LENGTH_RATIO, length_ratio),
        _new_words(left, ours, right, theirs),
    ]
    if title is not None:
        given.append(_number(ReasonKind.TITLES, title))
    if hours is not None:
        given.append(_number(ReasonKind.HOURS_APART, hours))
    given += _aligned(alignment, left, right)
    return tuple(given)


# Common reasons are made once: a large report repeats them.


@lru_cache(maxsize=1 << 13)
def _number(kind: ReasonKind, number: int) -> Reason:
    return Reason(kind, (number,))


@lru_cache(maxsize=1 << 15)
def _new_words(left: str, ours: int, right: str, theirs: int) -> Reason:
    return Reason(ReasonKind.NEW_WORDS, (left, ours, right, theirs))


def _aligned(alignment: Alignment, left: str, right: str) -> Iterator[Reason]:
    """Give what only the alignment shows."""
    sides = (left, right)
    if exchanged := alignment.exchanged + alignment.exchanged_names:
        pairs = tuple((each.left[:LETTERS], each.right[:LETTERS]) for each in alignment.examples[:FEW])
        yield Reason(ReasonKind.EXCHANGED, (pairs, exchanged - len(pairs)))
    if alignment.slots:
        yield Reason(ReasonKind.SLOTS, (alignment.slots,))
    if max(alignment.fresh) == 0:
        yield Reason(ReasonKind.NO_NEW_WORDS)
    if alignment.fresh_ahead != alignment.fresh:
        yield from _openings(alignment.fresh_ahead, sides)
    for side, moved, words in zip(sides, alignment.moved, alignment.words, strict=True):
        if moved and moved >= WORTH_SAYING * words:
            yield Reason(ReasonKind.MOVED, (side, percent(moved / words)))
    shared = alignment.kept + alignment.boilerplate
    if alignment.boilerplate and alignment.boilerplate >= WORTH_SAYING * shared:
        yield _number(ReasonKind.BOILERPLATE, percent(alignment.boilerplate / shared))
    for side, examples in zip(sides, (alignment.left_words, alignment.right_words), strict=True):
        if examples:
            yield Reason(ReasonKind.ONLY_IN, (side, tuple(word[:LETTERS] for word in examples[:FEW])))


def _openings(ahead: tuple[int, int], sides: tuple[str, str]) -> Iterator[Reason]:
    """Name the sides that open with enough words of their own."""
    named = [(side, count) for side, count in zip(sides, ahead, strict=True) if count >= LEAD_WORDS]
    if named:
        kind = ReasonKind.OPENING if len(named) == 1 else ReasonKind.OPENINGS
        yield Reason(kind, tuple(value for pair in named for value in pair))


def percent(share: float) -> int:
    """Round a share from 0 to 1 to whole percents; only all is 100, only nothing is 0."""
    whole = round(100 * share)
    if 0 < whole < 100:  # noqa: PLR2004 - nearly always
        return whole
    if share <= 0 or share >= 1:
        return 100 * (share >= 1)
    return 1 if whole == 0 else 99


def percents_of(shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """Do what `percent` does for an array of shares."""
    whole = np.rint(100 * shares).astype(np.int64)
    return np.where(shares >= 1, 100, np.where(shares <= 0, 0, np.clip(whole, 1, 99)))
