"""Weights as data."""

import json
from math import inf

import pytest

from dedup import Recipe, SettingError
from dedup.comparison.weights import learnt_weights
from dedup.model.verdict_weights import JOIN_MEASURES, KINDS, VerdictWeights

WEIGHTS = learnt_weights()


def test_weights_are_named_in_json() -> None:
    """What is written is read back, each weight under the name of its measure."""
    written = json.loads(json.dumps(WEIGHTS.as_json()))

    assert [*written] == ["join", *KINDS]
    assert [*written["join"]] == ["bias", *JOIN_MEASURES]
    assert VerdictWeights.from_json(written) == WEIGHTS


@pytest.mark.parametrize(
    "change",
    [
        {"join": {"bias": 1.0}},
        {"join": 3},
        {"more": {}},
        {"partial": {**WEIGHTS.as_json()["partial"], "bias": "much"}},
        {"partial": {**WEIGHTS.as_json()["partial"], "bias": inf}},
        {"partial": {**WEIGHTS.as_json()["partial"], "bias": True}},
    ],
    ids=["too few", "no mapping", "an unknown score", "no number", "infinite", "a truth value"],
)
def test_weights_that_are_not_usable_are_refused(change: dict[str, object]) -> None:
    """A recipe comes from a file that somebody wrote."""
    with pytest.raises(SettingError, match="is not usable"):
        VerdictWeights.from_json({**WEIGHTS.as_json(), **change})


def test_weights_for_other_measures_are_refused() -> None:
    """A bias and a weight less than there are measures."""
    with pytest.raises(SettingError, match="weights of join"):
        VerdictWeights(WEIGHTS.join[:-1], WEIGHTS.partial, WEIGHTS.template, WEIGHTS.unrelated)


def test_a_recipe_carries_weights() -> None:
    """It is written to JSON and read back as a whole; what is missing has its default."""
    recipe = Recipe(joining="strict", weights=WEIGHTS, sources=("a", "b"))

    assert Recipe.from_json(json.loads(json.dumps(recipe.as_json()))) == recipe
    assert Recipe.from_json({"joining": "loose"}) == Recipe(joining="loose")


@pytest.mark.parametrize(
    "value", [{"jioning": "loose"}, {"joining": "lose"}, {"weights": {}}, {"lifted": 4.5}]
)
def test_a_recipe_that_is_not_usable_is_refused(value: dict[str, object]) -> None:
    """A misspelt setting is not passed over."""
    with pytest.raises(SettingError):
        Recipe.from_json(value)
