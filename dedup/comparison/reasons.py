"""Why a verdict: what was measured on one pair of texts, and what differs."""

from collections.abc import Iterator
from functools import cache, lru_cache

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
    found = [
        _share(ReasonKind.CONTAINMENT, percent(overlap.containment)),
        _share(ReasonKind.JACCARD, percent(overlap.jaccard)),
        _share(ReasonKind.LENGTH_RATIO, percent(overlap.length_ratio)),
        _new_words(left, percent(difference.left_share), right, percent(difference.right_share)),
    ]
    if difference.left_numbers or difference.right_numbers:
        ours, theirs = _few(difference.left_numbers), _few(difference.right_numbers)
        found.append(Reason(ReasonKind.DIFFERENT_NUMBERS, (left, *ours, right, *theirs)))
    if alignment is not None:
        found += _aligned(alignment, left, right)
    return tuple(found)


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
        pairs = tuple((before[:LETTERS], after[:LETTERS]) for before, after in alignment.examples[:FEW])
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


def _few(numbers: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Give the first numbers, and how many more there are."""
    # digits first: behind a right-to-left numeral they would be shown in the wrong order
    listed = sorted(numbers, key=lambda number: not number.isdecimal())
    return tuple(number[:LETTERS] for number in listed[:FEW]), max(len(numbers) - FEW, 0)
