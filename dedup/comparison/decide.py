"""The decision: counts where they suffice, the model where they do not."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from dedup.comparison.likelihood import likeliest
from dedup.comparison.rules import bounded, clear, other_lead
from dedup.comparison.weights import WEIGHTS
from dedup.model import Alignment, Difference, Overlap, Verdict
from dedup.model.recipe import Recipe


class Ruling(NamedTuple):
    """What was decided.

    Attributes:
        verdict: None when two texts share too little to be listed.
        alignment: What the decision was read from; None when counts sufficed.
    """

    verdict: Verdict | None
    alignment: Alignment | None = None

    @property
    def drops(self) -> bool:
        """Whether one of the two can be dropped for the other without losing a news fact."""
        return self.verdict is not None and self.verdict.joins


def judge(
    overlap: Overlap,
    difference: Difference,
    recipe: Recipe,
    *,
    align: Callable[[], Alignment],
    weights: Mapping[str, tuple[float, tuple[float, ...]]] = WEIGHTS,
) -> Ruling:
    """Decide what two texts that are not equal are to each other.

    Args:
        overlap: From `match`.
        difference: From `difference`.
        recipe: Its `threshold`, `containment` and `partial` are the bounds.
        align: Aligns the two texts; called only when the counts leave the pair open.
        weights: Of the model.
    """
    if overlap.containment < recipe.partial:
        return Ruling(None)
    verdict = clear(overlap, difference, recipe)
    if verdict is not None:
        return Ruling(verdict)
    alignment = align()
    kind = Verdict.NEAR_DUPLICATE if other_lead(alignment) else likeliest(alignment, weights)
    return Ruling(bounded(kind, overlap, alignment, recipe), alignment)
