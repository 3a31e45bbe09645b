"""Measured overlap and difference -> a verdict with its reasons.

Overlap alone cannot tell a copy from tomorrow's price report or from a new event over pasted
background: what differs decides. The bounds are those of `benchmarks/quality.py`.
"""

from dedup.recipe import Recipe
from dedup.records import Difference, Overlap, Verdict

KEPT_WHOLE = 0.85
"""Containment from which a cut that keeps half or more is a near-duplicate."""
HALF = 0.5
LITTLE_NEW = 0.3
"""Share of new words on either side up to which two texts say the same, or follow one template."""
LIKE_LENGTH = 0.65
"""Length ratio from which two texts can be fillings of one template."""
CHANGED_NUMBERS = 0.4
"""Share of the numbers that are replaced from which a template is suspected."""
EXCHANGED = 0.3
"""Numbers dropped against numbers gained: a replaced number has one on each side."""


IDENTICAL_REASONS = ("the folded texts are equal",)


def judge(overlap: Overlap, difference: Difference, recipe: Recipe) -> Verdict | None:
    """Decide what two texts that are not equal are to each other.

    Args:
        overlap: From `match`.
        difference: From `difference`.
        recipe: Its `threshold`, `containment` and `partial` are the bounds.

    Returns:
        None when they share too little to be listed.
    """
    if overlap.containment < recipe.partial:
        return None
    new = max(difference.left_share, difference.right_share)
    if _follows_template(overlap, difference) and new <= LITTLE_NEW:
        return Verdict.TEMPLATE
    if overlap.jaccard >= recipe.threshold and new <= LITTLE_NEW:
        return Verdict.NEAR_DUPLICATE
    if overlap.containment >= max(KEPT_WHOLE, recipe.containment) and overlap.length_ratio >= HALF:
        return Verdict.NEAR_DUPLICATE
    return Verdict.CONTAINED if overlap.containment >= recipe.containment else Verdict.PARTIAL


def _follows_template(overlap: Overlap, difference: Difference) -> bool:
    fewer, more = sorted((len(difference.left_numbers), len(difference.right_numbers)))
    changed = fewer + more
    return (
        fewer > 0
        and fewer >= EXCHANGED * more
        and changed >= CHANGED_NUMBERS * (changed + difference.shared_numbers)
        and overlap.length_ratio >= LIKE_LENGTH
    )


def reasons(
    overlap: Overlap, difference: Difference, *, left: str = "left", right: str = "right"
) -> tuple[str, ...]:
    """Say in plain words what was measured and what differs, under the names of the two sides."""
    said = [
        f"{percent(overlap.containment)} % of the shorter text stands in the longer one",
        f"{percent(overlap.jaccard)} % of both texts together is shared",
        f"the shorter text is {percent(overlap.length_ratio)} % as long as the longer",
        f"new words: {left} {percent(difference.left_share)} %, {right} {percent(difference.right_share)} %",
    ]
    if difference.left_numbers or difference.right_numbers:
        ours, theirs = _few(difference.left_numbers), _few(difference.right_numbers)
        said.append(f"numbers that differ: {left} {ours}, {right} {theirs}")
    return tuple(said)


def percent(share: float) -> int:
    """Round a share from 0 to 1 to whole percents; only all is 100, only nothing is 0."""
    if share <= 0 or share >= 1:
        return 100 * (share >= 1)
    return min(max(round(100 * share), 1), 99)


def _few(numbers: tuple[str, ...], *, most: int = 5) -> str:
    if not numbers:
        return "none"
    # digits first: behind a right-to-left numeral they would be shown in the wrong order
    listed = sorted(numbers, key=lambda number: not number.isdecimal())
    rest = f" and {len(numbers) - most} more" if len(numbers) > most else ""
    return ", ".join(number[:20] for number in listed[:most]) + rest
