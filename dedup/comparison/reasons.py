"""Why a verdict: what was measured on one pair of texts, and what differs."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from dedup.model import Alignment, Difference, Overlap, Reason, ReasonKind

WORTH_SAYING = 0.1
"""Share of a text that is worth a reason."""
LEAD_WORDS = 5
"""New words from which a lead of its own is worth a reason."""
FEW = 5
"""Numbers and words that are named; the rest are counted."""
LETTERS = 20
"""Letters of a word that is named."""

IDENTICAL_REASONS = (Reason(ReasonKind.EQUAL),)


def reasons(
    overlap: Overlap,
    difference: Difference,
    *,
    alignment: Alignment | None = None,
    left: str = "left",
    right: str = "right",
) -> tuple[Reason, ...]:
    """Give the reasons of one pair, from its measures alone: cheap enough to be made when somebody looks.

    Args:
        overlap: From `match`.
        difference: From `difference`.
        alignment: Of the same texts, when the verdict needed one.
        left: The side that the left text is named as, one of those in `reason_phrases`.
        right: The side that the right text is named as.
    """
    shares = overlap.containment, overlap.jaccard, overlap.length_ratio
    percents = tuple(map(percent, (*shares, difference.left_share, difference.right_share)))
    numbers = difference.left_numbers, difference.right_numbers
    return reasons_from_percents(percents, numbers, alignment=alignment, left=left, right=right)


def reasons_from_percents(
    percents: Sequence[int],
    numbers: tuple[tuple[str, ...], tuple[str, ...]],
    *,
    alignment: Alignment | None,
    left: str,
    right: str,
) -> tuple[Reason, ...]:
    """Give the reasons of one pair whose shares are whole percents already: see `percents_of`.

    Args:
        percents: Containment, Jaccard, length ratio, and the share of the distinct words of the left and of
            the right text that the other lacks.
        numbers: Numbers of the left text that the right one lacks, and the other way round.
        alignment: See `reasons`, as for `left` and `right`.
        left: The side that the left text is named as.
        right: The side that the right text is named as.
    """
    containment, jaccard, length_ratio, ours, theirs = percents
    given = [
        _share(ReasonKind.CONTAINMENT, containment),
        _share(ReasonKind.JACCARD, jaccard),
        _share(ReasonKind.LENGTH_RATIO, length_ratio),
        _new_words(left, ours, right, theirs),
    ]
    if numbers[0] or numbers[1]:
        values = (left, *_few(numbers[0]), right, *_few(numbers[1]))
        given.append(Reason(ReasonKind.DIFFERENT_NUMBERS, values))
    if alignment is not None:
        given += _aligned(alignment, left, right)
    return tuple(given)


# Common reasons are made once: a large report repeats them.


@cache
def _share(kind: ReasonKind, percents: int) -> Reason:
    return Reason(kind, (percents,))


@lru_cache(maxsize=1 << 15)
def _new_words(left: str, ours: int, right: str, theirs: int) -> Reason:
    return Reason(ReasonKind.NEW_WORDS, (left, ours, right, theirs))


def _aligned(alignment: Alignment, left: str, right: str) -> Iterator[Reason]:
    """Give what only the alignment shows."""
    sides = (left, right)
    if alignment.exchanged:
        pairs = tuple(
            (before[:LETTERS], after[:LETTERS])
            for before, after, *_ in alignment.examples[: min(alignment.exchanged, FEW)]
        )
        yield Reason(ReasonKind.EXCHANGED, (pairs, alignment.exchanged - len(pairs)))
    if alignment.slots:
        yield Reason(ReasonKind.SLOTS, (alignment.slots,))
    if max(alignment.fresh) == 0:
        yield Reason(ReasonKind.NO_NEW_WORDS)
    if alignment.fresh_ahead != alignment.fresh:
        yield from _openings(alignment.fresh_ahead, sides)
    for side, moved, words in zip(sides, alignment.moved, alignment.words, strict=True):
        if moved >= WORTH_SAYING * words:
            yield Reason(ReasonKind.MOVED, (side, percent(moved / words)))
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


def _few(numbers: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Give the first numbers, and how many more there are."""
    # digits first: behind a right-to-left numeral they would be shown in the wrong order
    listed = sorted(numbers, key=lambda number: not number.isdecimal())
    return tuple(number[:LETTERS] for number in listed[:FEW]), max(len(numbers) - FEW, 0)
