"""Labelled pairs -> how the bounds do on them, and bounds that would do better.

The bounds are swept over a grid. What is best on the pairs it was chosen on promises too much, so the
choice itself is cross-validated: bounds chosen without a fold are scored on that fold.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

from dedup.comparison.compare import measure
from dedup.input.labelled_pairs import LabelledPair
from dedup.model import Verdict
from dedup.model.errors import ReadingError
from dedup.model.recipe import Recipe
from dedup.model.score import LABEL_OF, NEAR, Figures, Tuning, binary, right_label, scores

THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
CONTAINMENTS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
PARTIALS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
"""Bounds that are tried, beside those of the recipe."""
FOLDS = 5

type _Verdicts = Sequence[Verdict | None]


def tune(pairs: Iterable[LabelledPair], recipe: Recipe) -> Tuning:
    """Judge labelled pairs with a recipe, and look for bounds that suit them better.

    The best bounds have the highest mean F1 over the labels; of equals those nearest to the recipe's.

    Raises:
        ReadingError: There are no pairs.
    """
    known = list(pairs)
    if not known:
        raise ReadingError("there are no labelled pairs to tune on")
    measured = [measure(pair.left, pair.right, recipe) for pair in known]
    tried = _grid(recipe)
    verdicts = [[one.judged(each).verdict for one in measured] for each in tried]

    everything = range(len(known))
    best = _best(known, verdicts, everything)
    folds = _folds(known)
    kept_out: list[tuple[LabelledPair, Verdict | None]] = []
    for fold in folds:
        rest = sorted(set(everything) - set(fold))
        chosen = verdicts[_best(known, verdicts, rest)]
        kept_out += [(known[row], chosen[row]) for row in fold]
    return Tuning(
        current=(recipe, _figures(known, verdicts[0])),
        advised=(tried[best], _figures(known, verdicts[best])),
        kept_out=_figures(*zip(*kept_out, strict=True)).macro if kept_out else 0.0,
        folds=len(folds),
        tried=len(tried),
    )


def _grid(recipe: Recipe) -> list[Recipe]:
    """The recipe itself, then others by the distance of their bounds from it."""

    def distance(bounds: tuple[float, float, float]) -> tuple[float, tuple[float, float, float]]:
        own = (recipe.threshold, recipe.containment, recipe.partial)
        return round(sum(abs(one - other) for one, other in zip(bounds, own, strict=True)), 6), bounds

    others = sorted(product(THRESHOLDS, CONTAINMENTS, PARTIALS), key=distance)
    return [
        recipe,
        *(
            replace(recipe, threshold=threshold, containment=containment, partial=partial)
            for threshold, containment, partial in others
            if partial <= containment
        ),
    ]


def _best(known: Sequence[LabelledPair], verdicts: Sequence[_Verdicts], rows: Sequence[int]) -> int:
    """Row of the recipe that does best on some pairs; the first of equals is the nearest."""
    chosen = [known[row] for row in rows]
    reached = [_figures(chosen, [column[row] for row in rows]).macro for column in verdicts]
    return max(range(len(reached)), key=lambda row: (round(reached[row], 9), -row))


def _folds(known: Sequence[LabelledPair]) -> list[list[int]]:
    """Rows dealt out label by label, so that each fold holds its share; none when a label is too rare."""
    by_label: defaultdict[str, list[int]] = defaultdict(list)
    for row, pair in enumerate(known):
        by_label[pair.label].append(row)
    if min(map(len, by_label.values())) < FOLDS:
        return []
    dealt = [row for label in sorted(by_label) for row in by_label[label]]
    return [dealt[fold::FOLDS] for fold in range(FOLDS)]


def _figures(known: Sequence[LabelledPair], verdicts: _Verdicts) -> Figures:
    outcome = [
        (right_label(pair.label, pair.other, LABEL_OF[verdict]), LABEL_OF[verdict])
        for pair, verdict in zip(known, verdicts, strict=True)
    ]
    joined = binary(
        (right == NEAR, verdict is not None and verdict.joins)
        for (right, _), verdict in zip(outcome, verdicts, strict=True)
    )
    return Figures(scores(outcome), joined, len(outcome))
