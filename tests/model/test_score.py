"""Labels against verdicts: precision, recall, F1."""

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
    """What is neither so nor said does not count; nothing found is no error."""
    assert binary(outcome) == score


def test_every_label_on_either_side_is_scored() -> None:
    """Two of three near-duplicates are found, and one is said that is none."""
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


@pytest.mark.parametrize(("kept_out", "folds", "helps"), [(0.81, 5, True), (0.8, 5, False), (0.9, 0, False)])
def test_advice_helps_when_it_holds_on_other_pairs(kept_out: float, folds: int, helps: bool) -> None:  # noqa: FBT001
    """Better than now, on pairs that had no part in the choice."""
    now = Figures({NEAR: (0.8, 0.8, 0.8)}, (1.0, 1.0, 1.0), 10)
    tuning = Tuning((Recipe(), now), (Recipe(), now), kept_out=kept_out, folds=folds, tried=2)

    assert tuning.helps is helps
