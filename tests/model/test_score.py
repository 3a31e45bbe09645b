"""Labels against verdicts: precision, recall, F1."""

from dataclasses import replace

import pytest

from dedup.model import Verdict
from dedup.model.recipe import Recipe
from dedup.model.score import (
    LABEL_OF,
    NEAR,
    PARTIAL,
    TEMPLATE,
    UNRELATED,
    Figures,
    Trial,
    Tuning,
    binary,
    macro,
    right_label,
    scores,
)

HIT, FALSE, MISS, REST = (True, True), (False, True), (True, False), (False, False)


@pytest.mark.parametrize(
    ("outcome", "score"),
    [
        ([HIT, HIT, HIT, FALSE, MISS, MISS, REST], (3 / 4, 3 / 5, 6 / 9)),
        ([HIT, REST], (1, 1, 1)),
        ([MISS, REST], (0, 0, 0)),
        ([], (0, 0, 0)),
    ],
)
def test_a_score_counts_hits(outcome: list[tuple[bool, bool]], score: tuple[float, float, float]) -> None:
    """True negatives do not count; nothing found is no error."""
    assert binary(outcome) == score


def test_every_label_on_either_side_is_scored() -> None:
    """Two of three near-duplicates are found, and one pair that is none."""
    outcome = [(NEAR, NEAR), (NEAR, NEAR), (NEAR, PARTIAL), (TEMPLATE, NEAR)]

    scored = scores(outcome)

    assert scored == {NEAR: (2 / 3, 2 / 3, 4 / 6), PARTIAL: (0, 0, 0), TEMPLATE: (0, 0, 0)}
    assert macro(scored) == pytest.approx(2 / 9)


def test_either_of_two_labels_is_right() -> None:
    """Where the annotators differ."""
    assert right_label(NEAR, PARTIAL, PARTIAL) == PARTIAL
    assert right_label(NEAR, PARTIAL, TEMPLATE) == NEAR
    assert right_label(NEAR, None, PARTIAL) == NEAR


def test_every_verdict_answers_to_a_label() -> None:
    """And no verdict to unrelated."""
    assert set(LABEL_OF) == {*Verdict, None}
    assert LABEL_OF[None] == UNRELATED


def trial(name: str, kept_out: float | None) -> Trial:
    """Reach this F1 on pairs that had no part in the choice."""
    unseen = None if kept_out is None else Figures({NEAR: (kept_out,) * 3}, (1.0, 1.0, 1.0), 10)
    return Trial(name, Recipe(partial=0.3), Figures({NEAR: (1.0, 1.0, 1.0)}, (1.0, 1.0, 1.0), 10), unseen, ())


@pytest.mark.parametrize(
    ("bounds", "weights", "advised"),
    [
        (0.81, 0.7, "bounds"),
        (0.8, 0.8, None),
        (0.81, 0.82, "weights"),
        (0.9, 0.9, "bounds"),
        (None, None, None),
    ],
    ids=["better than now", "no better", "the better of two", "the simpler of equals", "too few pairs"],
)
def test_advice_is_what_holds_best_on_other_pairs(
    bounds: float | None, weights: float | None, advised: str | None
) -> None:
    """Better than the 0.8 of now, on pairs that had no part in the choice."""
    now = Figures({NEAR: (0.8, 0.8, 0.8)}, (1.0, 1.0, 1.0), 10)
    tuning = Tuning(Recipe(), now, (trial("bounds", bounds), trial("weights", weights)), folds=5)

    assert (tuning.advised.name if tuning.advised else None) == advised


def test_advice_never_joins_worse_than_now() -> None:
    """The other kinds are distinguished better, but joins fall from 0.9 to 0.8."""
    now = Figures({NEAR: (0.5, 0.5, 0.5)}, (0.9, 0.9, 0.9), 10)
    better = Figures({NEAR: (0.9, 0.9, 0.9)}, (0.8, 0.8, 0.8), 10)
    tried = Trial("weights", Recipe(), better, better, ())

    assert Tuning(Recipe(), now, (tried,), folds=5).advised is None
    assert Tuning(Recipe(), replace(now, joined=(0.8, 0.8, 0.8)), (tried,), folds=5).advised is tried
