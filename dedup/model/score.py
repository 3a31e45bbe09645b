"""Human labels and verdicts -> precision, recall and F1."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dedup.model import Verdict
from dedup.model.recipe import Recipe

NEAR, CONTAINED, PARTIAL, TEMPLATE, UNRELATED = (
    "near-duplicate",
    "contained",
    "partial reuse",
    "same-template-but-different",
    "unrelated",
)
JOINED = frozenset({NEAR, CONTAINED})
"""Labels of pairs that join."""
LABEL_OF: Mapping[Verdict | None, str] = {
    Verdict.IDENTICAL: NEAR,
    Verdict.NEAR_DUPLICATE: NEAR,
    Verdict.CONTAINED: CONTAINED,
    Verdict.PARTIAL: PARTIAL,
    Verdict.TEMPLATE: TEMPLATE,
    None: UNRELATED,
}
"""The label that corresponds to each verdict."""

type Score = tuple[float, float, float]
"""Precision, recall, F1."""


def binary(outcome: Iterable[tuple[bool, bool]]) -> Score:
    """Score pairs of (true, predicted); precision is 0 without predictions, recall 0 without positives."""
    counts = Counter(outcome)
    hits, false, missed = counts[True, True], counts[False, True], counts[True, False]
    return (
        hits / max(hits + false, 1),
        hits / max(hits + missed, 1),
        2 * hits / max(2 * hits + false + missed, 1),
    )


def scores(outcome: Sequence[tuple[str, str]]) -> dict[str, Score]:
    """Score each label that occurs in pairs of (true label, predicted label)."""
    labels = sorted({label for pair in outcome for label in pair})
    return {
        label: binary((true == label, predicted == label) for true, predicted in outcome) for label in labels
    }


def macro(scored: Mapping[str, Score]) -> float:
    """Mean F1 of the labels."""
    return sum(f1 for _, _, f1 in scored.values()) / max(len(scored), 1)


def right_label(label: str, other: str | None, predicted: str) -> str:
    """Return the true label; if two annotators differ, either counts as right."""
    return predicted if predicted == other else label


@dataclass(frozen=True, slots=True)
class Figures:
    """Quality of a recipe on labelled pairs.

    Attributes:
        labels: Score of each label.
        joined: Score of joining; near-duplicates are the positives.
        pairs: Number of judged pairs.
    """

    labels: Mapping[str, Score]
    joined: Score
    pairs: int

    @property
    def macro(self) -> float:
        """Mean F1 of the labels."""
        return macro(self.labels)


@dataclass(frozen=True, slots=True)
class Trial:
    """A recipe derived from labelled pairs.

    Attributes:
        name: What was tuned: `bounds` or `weights`.
        recipe: The tuned recipe.
        own: Its quality on the pairs it was tuned on.
        kept_out: Quality in cross-validation, on pairs not used for tuning; None if there were too few pairs.
        changed: Verdicts that would change: the present and the new one.
    """

    name: str
    recipe: Recipe
    own: Figures
    kept_out: Figures | None
    changed: tuple[tuple[Verdict | None, Verdict | None], ...]


@dataclass(frozen=True, slots=True)
class Tuning:
    """Evaluation of a recipe on labelled pairs.

    Attributes:
        recipe: The evaluated recipe.
        figures: Its quality.
        trials: Alternatives that were tried.
        folds: Number of cross-validation folds; 0 if there were too few pairs.
    """

    recipe: Recipe
    figures: Figures
    trials: tuple[Trial, ...]
    folds: int

    @property
    def advised(self) -> Trial | None:
        """The trial with the best cross-validated quality; None if none is better than the present recipe.

        A trial that joins worse than the present recipe is never advised, however well it separates the other
        labels.
        """
        *_, joined = self.figures.joined
        reached = [
            (trial.kept_out.macro, -place, trial)
            for place, trial in enumerate(self.trials)
            if trial.kept_out is not None
            and trial.kept_out.macro > self.figures.macro
            and trial.kept_out.joined[2] >= joined
        ]
        return max(reached)[2] if reached else None
