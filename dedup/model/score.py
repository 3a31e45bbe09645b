"""What people say against what was judged -> precision, recall and F1."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dedup.model import Verdict
from dedup.model.recipe import Recipe

NEAR, PARTIAL, TEMPLATE, UNRELATED = (
    "near-duplicate",
    "partial reuse",
    "same-template-but-different",
    "unrelated",
)
LABEL_OF: Mapping[Verdict | None, str] = {
    Verdict.IDENTICAL: NEAR,
    Verdict.NEAR_DUPLICATE: NEAR,
    Verdict.CONTAINED: PARTIAL,
    Verdict.PARTIAL: PARTIAL,
    Verdict.TEMPLATE: TEMPLATE,
    None: UNRELATED,
}
"""The label that each verdict answers to."""

type Score = tuple[float, float, float]
"""Precision, recall, F1."""


def binary(outcome: Iterable[tuple[bool, bool]]) -> Score:
    """Score pairs of (is so, was said); nothing found is precision 0, nothing to find recall 0."""
    counts = Counter(outcome)
    hits, false, missed = counts[True, True], counts[False, True], counts[True, False]
    return (
        hits / max(hits + false, 1),
        hits / max(hits + missed, 1),
        2 * hits / max(2 * hits + false + missed, 1),
    )


def scores(outcome: Sequence[tuple[str, str]]) -> dict[str, Score]:
    """Score each label that stands on either side of pairs of (right label, our label)."""
    labels = sorted({label for pair in outcome for label in pair})
    return {label: binary((right == label, ours == label) for right, ours in outcome) for label in labels}


def macro(scored: Mapping[str, Score]) -> float:
    """Mean F1 of the labels."""
    return sum(f1 for _, _, f1 in scored.values()) / max(len(scored), 1)


def right_label(label: str, other: str | None, ours: str) -> str:
    """Give the label that counts: where a second annotator differs, either is right."""
    return ours if ours == other else label


@dataclass(frozen=True, slots=True)
class Figures:
    """How well one recipe does on labelled pairs.

    Attributes:
        labels: Score of each label.
        joined: Score of joining, where near-duplicates are what should be joined.
        pairs: How many pairs were judged.
    """

    labels: Mapping[str, Score]
    joined: Score
    pairs: int

    @property
    def macro(self) -> float:
        """Mean F1 of the labels."""
        return macro(self.labels)


@dataclass(frozen=True, slots=True)
class Tuning:
    """What labelled pairs say about the bounds.

    Attributes:
        current: The recipe that was asked about, and how it does.
        advised: The best of the recipes that were tried, and how it does on the pairs it was chosen on.
        kept_out: Mean F1 of recipes chosen on the other folds, on pairs that had no part in the choice.
        folds: How many folds that was; 0 when there were too few pairs.
        tried: How many recipes.
    """

    current: tuple[Recipe, Figures]
    advised: tuple[Recipe, Figures]
    kept_out: float
    folds: int
    tried: int

    @property
    def helps(self) -> bool:
        """Whether choosing anew does better on pairs that had no part in the choice."""
        return self.folds > 0 and self.kept_out > self.current[1].macro
