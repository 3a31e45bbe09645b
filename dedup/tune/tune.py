"""Measure the quality of a recipe on labelled pairs, and look for recipes that do better.

Two kinds of changes are tried: other bounds, and verdict weights learnt from the pairs. A recipe looks too
good on the pairs it was tuned on, so each change is also cross-validated: the pairs are split into folds,
those about one story into the same fold, and each fold is judged with the recipe tuned on the others.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.contexts import Contexts
from dedup.comparison.evidence import evidence
from dedup.comparison.measure_pairs import NOTHING, measure_pairs
from dedup.comparison.verdict_model import NONE
from dedup.input.labelled_pairs import LabelledPair
from dedup.model import Verdict
from dedup.model.errors import ReadingError
from dedup.model.memory import need_scientific_memory
from dedup.model.recipe import JOINING_BOUNDS, Recipe
from dedup.model.rows import VERDICTS
from dedup.model.score import (
    CONTAINED,
    JOINED,
    LABEL_OF,
    NEAR,
    PARTIAL,
    Figures,
    Trial,
    Tuning,
    binary,
    right_label,
    scores,
)
from dedup.tune.learn_weights import learn_weights
from dedup.tune.stories import number_stories

PARTIALS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
"""Values of `Recipe.partial` that are tried besides the recipe's own."""
FOLDS = 5
EACH = 10
"""Minimum number of pairs per label for learning weights."""

type RowNumbers = NDArray[np.int64]
type Choose = Callable[[RowNumbers], Recipe]
"""Returns the recipe that suits the pairs in the given rows best."""


def tune(
    pairs: Iterable[LabelledPair], recipe: Recipe, *, boilerplate: NDArray[np.uint64] = NOTHING
) -> Tuning:
    """Evaluate a recipe on labelled pairs, and look for one that suits them better.

    Args:
        pairs: Pairs labelled by human readers.
        recipe: The recipe to evaluate; the settings that are not tuned stay as they are.
        boilerplate: Shingles of the boilerplate of the archive that the pairs are from, ascending.

    Raises:
        ReadingError: There are no pairs, or none has two texts that are long enough to compare.
    """
    known = list(pairs)
    if not known:
        raise ReadingError("there are no labelled pairs to tune on")
    bench = _Bench(known, recipe, boilerplate)
    if not bench.any_comparable:
        raise ReadingError(
            "in no labelled pair are both texts long enough to compare "
            f"({recipe.min_letters} letters or more); if they are ids of stories, name their archive with "
            "--archive"
        )
    return Tuning(
        recipe,
        bench.figures(bench.verdicts(recipe)),
        tuple(
            bench.trial(name, choose)
            for name, choose in (("bounds", bench.best_bounds), ("weights", bench.learnt))
            if name != "weights" or bench.can_teach
        ),
        len(bench.folds),
    )


class _Bench:
    """Labelled pairs with their measures, on which recipes are tried."""

    def __init__(
        self, known: Sequence[LabelledPair], recipe: Recipe, boilerplate: NDArray[np.uint64]
    ) -> None:
        self._known, self._recipe = known, recipe
        left, right = [pair.left for pair in known], [pair.right for pair in known]
        self._pairs = measure_pairs(left, right, recipe, boilerplate=boilerplate)
        # With four labels instead of five, a contained text is labelled as partial reuse.
        self._has_contained = any(CONTAINED in {pair.label, pair.other} for pair in known)
        self._stories = number_stories((pair.left.text, pair.right.text) for pair in known)
        self.folds = _folds(known, self._stories)
        self._verdicts: dict[Recipe, list[Verdict | None]] = {}

    @property
    def any_comparable(self) -> bool:
        """Whether both texts of any pair are long enough to be compared."""
        return bool((self._pairs.letters.min(axis=0) >= self._recipe.min_letters).any())

    @property
    def can_teach(self) -> bool:
        """Whether there are enough pairs of each kind to learn weights from."""
        labels = self._labels()
        kinds = {label for verdict, label in LABEL_OF.items() if verdict is not Verdict.IDENTICAL}
        return bool(self.folds) and min(labels.count(label) for label in kinds - {CONTAINED}) >= EACH

    def verdicts(self, recipe: Recipe) -> list[Verdict | None]:
        """Judge all pairs."""
        if recipe not in self._verdicts:
            codes = self._pairs.judged(recipe).codes.tolist()
            self._verdicts[recipe] = [None if code == NONE else VERDICTS[code] for code in codes]
        return self._verdicts[recipe]

    def trial(self, name: str, choose: Choose) -> Trial:
        """Tune a recipe on all pairs, and cross-validate the tuning."""
        everything = np.arange(len(self._known))
        recipe = choose(everything)
        unseen: list[Verdict | None] = [None] * len(self._known)
        for fold in self.folds:
            verdicts = self.verdicts(choose(np.setdiff1d(everything, fold)))
            for row in fold.tolist():
                unseen[row] = verdicts[row]
        tuned = self.verdicts(recipe)
        changed = [
            (before, after)
            for before, after in zip(self.verdicts(self._recipe), tuned, strict=True)
            if before is not after
        ]
        kept_out = self.figures(unseen) if self.folds else None
        return Trial(name, recipe, self.figures(tuned), kept_out, tuple(changed))

    def best_bounds(self, rows: RowNumbers) -> Recipe:
        """Choose the bounds with the highest mean F1; ties go to those nearest to the recipe's own."""
        bounds = product(JOINING_BOUNDS, sorted({*PARTIALS, self._recipe.partial}))
        tried = [replace(self._recipe, joining=joining, partial=partial) for joining, partial in bounds]
        tried.sort(key=self._distance)
        reached = [round(self.figures(self.verdicts(recipe), rows).macro, 9) for recipe in tried]
        return tried[max(range(len(tried)), key=lambda place: (reached[place], -place))]

    def _distance(self, recipe: Recipe) -> tuple[float, float]:
        likely = abs(JOINING_BOUNDS[recipe.joining] - JOINING_BOUNDS[self._recipe.joining])
        return likely + abs(recipe.partial - self._recipe.partial), recipe.partial

    def learnt(self, rows: RowNumbers) -> Recipe:
        """Learn weights from the pairs in the given rows; without all kinds, return the recipe unchanged."""
        aligned, overlaps = self._pairs.alignments.where(rows), self._pairs.overlaps.where(rows)
        contexts, labels = self._pairs.contexts.where(rows), self._labels()
        try:
            weights = learn_weights(
                evidence(aligned, contexts, overlaps),
                evidence(aligned, Contexts.unknown(rows.size), overlaps),
                [labels[row] for row in rows.tolist()],
                stories=[self._stories[row] for row in rows.tolist()],
            )
        except ValueError:
            return self._recipe
        return replace(self._recipe, weights=weights)

    def _labels(self) -> list[str]:
        """Return the labels to learn from: always five kinds, even if the readers used four."""
        given = [pair.label for pair in self._known]
        if self._has_contained:
            return given
        inside = [verdict is Verdict.CONTAINED for verdict in self.verdicts(self._recipe)]
        return [
            CONTAINED if label == PARTIAL and contained else label
            for label, contained in zip(given, inside, strict=True)
        ]

    def figures(self, verdicts: Sequence[Verdict | None], rows: RowNumbers | None = None) -> Figures:
        """Score the verdicts of the given rows; None for all pairs."""
        outcome, joined = [], []
        for row in range(len(self._known)) if rows is None else rows.tolist():
            pair, verdict = self._known[row], verdicts[row]
            predicted = LABEL_OF[verdict]
            if predicted == CONTAINED and not self._has_contained:
                predicted = PARTIAL
            outcome.append((right_label(pair.label, pair.other, predicted), predicted))
            joined.append((outcome[-1][0] in self._joined, predicted in self._joined))
        return Figures(scores(outcome), binary(joined), len(outcome))

    @property
    def _joined(self) -> frozenset[str]:
        return JOINED if self._has_contained else frozenset({NEAR})


def _folds(known: Sequence[LabelledPair], stories: Sequence[int]) -> list[RowNumbers]:
    """Split the pairs into folds with equal shares of each label; none if a label is too rare."""
    need_scientific_memory()
    from sklearn.model_selection import StratifiedGroupKFold  # noqa: PLC0415 - a second of imports

    labels = [pair.label for pair in known]
    rarest = min(len({stories[row] for row in _rows(labels, label)}) for label in set(labels))
    if rarest < FOLDS:
        return []
    dealt = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    return [fold for _, fold in dealt.split(labels, labels, stories)]


def _rows(labels: Sequence[str], wanted: str) -> list[int]:
    return [row for row, label in enumerate(labels) if label == wanted]
