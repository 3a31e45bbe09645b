"""Labelled pairs against the bounds."""

import random

import pytest

from dedup.input.labelled_pairs import LabelledPair
from dedup.model.errors import ReadingError
from dedup.model.recipe import Recipe
from dedup.model.score import NEAR, PARTIAL, UNRELATED
from dedup.tune.tune import FOLDS, tune
from tests.report.test_made_up_archives import some_stories, story


def copies(count: int) -> list[LabelledPair]:
    """Stories with another first sentence."""
    rng = random.Random(5)
    return [LabelledPair(text, f"{story(rng, 8)} {text}", NEAR) for text in some_stories(count, seed=5)]


def strangers(count: int) -> list[LabelledPair]:
    """Stories that share nothing."""
    ours, theirs = some_stories(count, seed=6), some_stories(count, seed=7)
    return [LabelledPair(one, other, UNRELATED) for one, other in zip(ours, theirs, strict=True)]


def excerpts(count: int) -> list[LabelledPair]:
    """Stories inside others three times as long."""
    rng = random.Random(8)
    return [
        LabelledPair(text, f"{story(rng, 120)} {text} {story(rng, 120)}", PARTIAL)
        for text in some_stories(count, seed=8)
    ]


def test_the_bounds_of_the_recipe_are_scored() -> None:
    """Plain cases are all judged right, and there is nothing to advise."""
    pairs = [*copies(5), *strangers(5), *excerpts(5)]

    tuning = tune(pairs, Recipe())

    recipe, figures = tuning.current
    assert recipe == Recipe()
    assert figures.pairs == 15
    assert figures.macro == 1
    assert tuning.advised == tuning.current
    assert (tuning.folds, tuning.kept_out) == (FOLDS, 1)
    assert not tuning.helps


def test_bounds_that_suit_the_pairs_better_are_found() -> None:
    """A recipe that lists only what stands whole misses the excerpts with a cut; a lower bound finds them."""
    rng = random.Random(9)
    pairs = [
        *strangers(5),
        *(
            LabelledPair(f"{text} {story(rng, 60)}", f"{story(rng, 60)} {text}", PARTIAL)
            for text in some_stories(5, words=40, seed=9)
        ),
    ]

    tuning = tune(pairs, Recipe(partial=0.6, containment=0.9))

    advised, figures = tuning.advised
    assert tuning.current[1].macro < 1
    assert figures.macro == 1
    assert advised.partial < 0.6
    assert tuning.helps


def test_a_label_that_is_too_rare_is_not_dealt_out() -> None:
    """Four copies cannot stand in five folds."""
    assert tune([*copies(4), *strangers(5)], Recipe()).folds == 0


def test_other_settings_of_the_recipe_stay() -> None:
    """Only the three bounds are swept."""
    tuning = tune([*strangers(1), *copies(1)], Recipe(partial=0.6, letters=12))

    assert tuning.advised[0].letters == 12


def test_no_pairs_are_nothing_to_tune_on() -> None:
    """An empty file is a mistake."""
    with pytest.raises(ReadingError, match="no labelled pairs"):
        tune([], Recipe())
