"""Why a verdict: what was measured and what differs, in plain words."""

from collections.abc import Iterator
from functools import cache, lru_cache

from dedup.model import Alignment, Difference, Overlap

WORTH_SAYING = 0.1
"""Share of a text that is worth a sentence."""
LEAD_WORDS = 5
"""New words from which a lead of its own is worth a sentence."""
FEW = 5
"""Numbers and words that are named; the rest are counted."""

IDENTICAL_REASONS = ("the folded texts are equal",)


def reasons(
    overlap: Overlap,
    difference: Difference,
    *,
    alignment: Alignment | None = None,
    left: str = "left",
    right: str = "right",
) -> tuple[str, ...]:
    """Say in plain words what was measured and what differs, under the names of the two sides.

    Args:
        overlap: From `match`.
        difference: From `difference`.
        alignment: Of the same texts, when the verdict needed one.
        left: What the reader calls the left text.
        right: What the reader calls the right text.
    """
    said = [
        _contained(percent(overlap.containment)),
        _shared(percent(overlap.jaccard)),
        _as_long(percent(overlap.length_ratio)),
        _new_words(left, percent(difference.left_share), right, percent(difference.right_share)),
    ]
    if difference.left_numbers or difference.right_numbers:
        ours, theirs = _few(difference.left_numbers), _few(difference.right_numbers)
        said.append(f"numbers that differ: {left} {ours}, {right} {theirs}")
    if alignment is not None:
        said += _read(alignment, left, right)
    return tuple(said)


# Whole sentences are kept: a report of a million documents says the same few hundreds of thousands of times.


@cache
def _contained(percents: int) -> str:
    return f"{percents} % of the shorter text stands in the longer one"


@cache
def _shared(percents: int) -> str:
    return f"{percents} % of both texts together is shared"


@cache
def _as_long(percents: int) -> str:
    return f"the shorter text is {percents} % as long as the longer"


@lru_cache(maxsize=1 << 15)
def _new_words(left: str, ours: int, right: str, theirs: int) -> str:
    return f"new words: {left} {ours} %, {right} {theirs} %"


def _read(alignment: Alignment, left: str, right: str) -> Iterator[str]:
    """Say what only the alignment shows."""
    sides = (left, right)
    if alignment.exchanged:
        pairs = ", ".join(f"{before[:20]} -> {after[:20]}" for before, after in alignment.examples[:FEW])
        rest = alignment.exchanged - len(alignment.examples[:FEW])
        yield f"numbers and dates in each other's place: {pairs}" + (f" and {rest} more" if rest else "")
    if alignment.slots:
        yield f"short passages filled otherwise: {alignment.slots}"
    if max(alignment.fresh) == 0:
        yield "no word stands in one text only, spelling aside"
    ahead = zip(sides, alignment.fresh_ahead, strict=True)
    leads = [f"{side} {count}" for side, count in ahead if count >= LEAD_WORDS]
    if leads and alignment.fresh_ahead != alignment.fresh:
        yield f"the text begins otherwise; new words before the shared body: {', '.join(leads)}"
    for side, moved, words in zip(sides, alignment.moved, alignment.words, strict=True):
        if moved >= WORTH_SAYING * words:
            yield f"moved or repeated: {percent(moved / words)} % of {side}"
    for side, examples in zip(sides, (alignment.left_words, alignment.right_words), strict=True):
        if examples:
            yield f"new in {side}: {', '.join(word[:20] for word in examples[:FEW])}"


def percent(share: float) -> int:
    """Round a share from 0 to 1 to whole percents; only all is 100, only nothing is 0."""
    whole = round(100 * share)
    if 0 < whole < 100:  # noqa: PLR2004 - nearly always
        return whole
    if share <= 0 or share >= 1:
        return 100 * (share >= 1)
    return 1 if whole == 0 else 99


def _few(numbers: tuple[str, ...], *, most: int = FEW) -> str:
    if not numbers:
        return "none"
    # digits first: behind a right-to-left numeral they would be shown in the wrong order
    listed = sorted(numbers, key=lambda number: not number.isdecimal())
    rest = f" and {len(numbers) - most} more" if len(numbers) > most else ""
    return ", ".join(number[:20] for number in listed[:most]) + rest
