"""What is clear without reading the texts against each other, and what no model may overrule."""

from dedup.comparison.likelihood import fresh_shares
from dedup.model import Alignment, Difference, Overlap, Verdict
from dedup.model.recipe import Recipe

KEPT_WHOLE = 0.85
"""Containment from which a text stands whole in another."""
HALF = 0.5
"""Length ratio from which a cut is a near-duplicate: it keeps half or more."""
CLEARLY_LONGER = 0.8
"""Length ratio up to which one text is clearly longer than the other."""
LITTLE_NEW = 0.25
"""Share of unknown words that one of two near-duplicates may have, at most."""
LITTLE_OWN = 0.15
"""Share of unknown words that a contained text may have, at most."""
SAME = 0.7
"""Jaccard from which two texts without an exchanged number are near-duplicates."""
LITTLE = 0.15
"""Share of new words up to which nothing speaks against that."""
LEAD = 0.25
"""Share of new words up to which a lead of its own leaves a text what it was."""
MUCH_ON_ONE, MUCH_ON_BOTH = 0.4, 0.2
"""Shares of new words from which each of two texts has much of its own."""


def clear(overlap: Overlap, difference: Difference, recipe: Recipe) -> Verdict | None:
    """Decide from counts, or give None where the texts must be aligned."""
    less, new = sorted((difference.left_share, difference.right_share))
    exchanged = bool(difference.left_numbers and difference.right_numbers)
    if overlap.jaccard >= max(SAME, recipe.threshold) and new <= LITTLE and not exchanged:
        return Verdict.NEAR_DUPLICATE
    if less > MUCH_ON_BOTH and new > MUCH_ON_ONE and overlap.containment < recipe.containment:
        return Verdict.PARTIAL
    return None


def other_lead(alignment: Alignment) -> bool:
    """Whether a lead of its own, of some length, is all that sets either text apart.

    All new words stand ahead of the shared body, and nothing was filled otherwise in it. Of the labelled
    pairs of `benchmarks/fit.py` that are so, all are near-duplicates; the model has too few to learn it from.
    """
    shares = (new / words for new, words in zip(alignment.new, alignment.words, strict=True))
    return (
        alignment.slots == 0
        and alignment.exchanged == alignment.exchanged_in_lead
        and alignment.fresh == alignment.fresh_ahead
        and max(shares) <= LEAD
    )


def bounded(kind: Verdict, overlap: Overlap, alignment: Alignment, recipe: Recipe) -> Verdict:
    """Give the verdict for what the model takes the pair for, within the bounds of the recipe."""
    if kind is Verdict.TEMPLATE:
        return kind
    shares = fresh_shares(alignment)
    half = overlap.jaccard >= recipe.threshold and overlap.length_ratio >= HALF
    # The model counts words, of which two long texts may have many of their own and be the same nonetheless.
    same = overlap.jaccard >= SAME and overlap.containment >= KEPT_WHOLE and max(shares) <= LITTLE
    if half and (same or (kind is Verdict.NEAR_DUPLICATE and min(shares) <= LITTLE_NEW)):
        return Verdict.NEAR_DUPLICATE
    shorter = shares[overlap.left > overlap.right]
    inside = (
        overlap.containment >= recipe.containment
        and overlap.length_ratio <= CLEARLY_LONGER
        and shorter <= LITTLE_OWN
    )
    return Verdict.CONTAINED if inside else Verdict.PARTIAL
