"""What people say against what was judged -> precision, recall and F1."""

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
    """Return the label that counts: where a second annotator differs, either is right."""
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
class Trial:
    """A recipe that labelled pairs led to.

    Attributes:
        name: What was chosen: `bounds` or `weights`.
        recipe: The choice.
        own: How it does on the pairs it was chosen on.
        kept_out: How such choices do on pairs that had no part in them; None if there were too few pairs.
        changed: Verdicts that would change, now and then.
    """

    name: str
    recipe: Recipe
    own: Figures
    kept_out: Figures | None
    changed: tuple[tuple[Verdict | None, Verdict | None], ...]


@dataclass(frozen=True, slots=True)
class Tuning:
    """What labelled pairs say about a recipe.

    Attributes:
        recipe: The one that was asked about.
        figures: How it does.
        trials: What was tried instead.
        folds: Into how many folds the pairs were dealt; 0 when there were too few.
    """

    recipe: Recipe
    figures: Figures
    trials: tuple[Trial, ...]
    folds: int

    @property
    def advised(self) -> Trial | None:
        """The trial that does best on pairs that had no part in it; None if none does better than now.

        One that joins worse than now is never advised, however well it tells the other kinds apart.
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
