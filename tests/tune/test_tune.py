"""Labelled pairs against the bounds and the weights."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from dedup.comparison.weights import learnt_weights
from dedup.input.labelled_pairs import LabelledPair
from dedup.model import Document, Verdict
from dedup.model.errors import ReadingError
from dedup.model.recipe import Recipe
from dedup.model.score import CONTAINED, NEAR, PARTIAL, TEMPLATE, UNRELATED
from dedup.model.verdict_weights import VerdictWeights
from dedup.text.prepare import prepare_texts
from dedup.tune.tune import tune
from tests.report.test_made_up_archives import some_stories, story, template

WEIGHTS = learnt_weights()

EACH, FOLDS = 10, 5
"""Pairs of each label that weights need, and folds of the cross-validation."""

NEVER_JOINS = Recipe(
    weights=VerdictWeights((-100.0, *WEIGHTS.join[1:]), WEIGHTS.partial, WEIGHTS.template, WEIGHTS.unrelated)
)
"""Calls no pair a copy, whatever it shares."""


def pair(left: str, right: str, label: str) -> LabelledPair:
    """Say what two texts are to each other."""
    return LabelledPair(Document("a_text", left), Document("b_text", right), label)


def copies(count: int) -> list[LabelledPair]:
    """Stories with another first sentence."""
    rng = random.Random(5)
    return [pair(text, f"{story(rng, 8)} {text}", NEAR) for text in some_stories(count, seed=5)]


def strangers(count: int) -> list[LabelledPair]:
    """Stories that share nothing."""
    ours, theirs = some_stories(count, seed=6), some_stories(count, seed=7)
    return [pair(one, other, UNRELATED) for one, other in zip(ours, theirs, strict=True)]


def excerpts(count: int, *, label: str) -> list[LabelledPair]:
    """Stories inside others three times as long."""
    rng = random.Random(8)
    return [
        pair(text, f"{story(rng, 120)} {text} {story(rng, 120)}", label)
        for text in some_stories(count, seed=8)
    ]


def backgrounds(count: int) -> list[LabelledPair]:
    """Two long stories over one passage, which is two sevenths of each."""
    rng = random.Random(10)
    return [
        pair(f"{story(rng, 200)} {text}", f"{story(rng, 200)} {text}", PARTIAL)
        for text in some_stories(count, words=80, seed=9)
    ]


def refills(count: int) -> list[LabelledPair]:
    """Tables of the same wording with other figures."""
    pairs = []
    for number in range(count):
        one, other = (
            "".join(str(draw.randint(1, 9)) if letter.isdigit() else letter for letter in text)
            for text in [template(random.Random(number))]
            for draw in (random.Random(number), random.Random(1000 + number))
        )
        pairs.append(pair(one, other, TEMPLATE))
    return pairs


def test_the_bounds_of_the_recipe_are_scored() -> None:
    """Plain cases are all judged right, and there is nothing to advise."""
    pairs = [*copies(5), *strangers(5), *excerpts(5, label=CONTAINED)]

    tuning = tune(pairs, Recipe())

    assert tuning.recipe == Recipe()
    assert tuning.figures.pairs == 15
    assert tuning.figures.macro == 1
    assert tuning.figures.joined == (1, 1, 1)
    assert tuning.folds == FOLDS
    assert tuning.advised is None


def test_bounds_that_do_as_well_are_no_others() -> None:
    """Of equals those nearest to the recipe's are chosen: its own."""
    recipe = Recipe(joining="loose", partial=0.17)

    (bounds,) = tune([*copies(5), *strangers(5)], recipe).trials

    assert (bounds.name, bounds.recipe, bounds.changed) == ("bounds", recipe, ())


def test_bounds_that_suit_the_pairs_better_are_found() -> None:
    """A bound of three fifths misses backgrounds of two sevenths; a lower one lists them."""
    pairs = [*strangers(5), *backgrounds(5)]

    tuning = tune(pairs, Recipe(partial=0.6, lifted=0))

    assert tuning.figures.macro < 1
    assert tuning.advised is not None
    assert tuning.advised.name == "bounds"
    assert tuning.advised.recipe.partial == 0.25
    assert tuning.advised.own.macro == 1
    assert tuning.advised.kept_out is not None
    assert tuning.advised.kept_out.macro == 1
    assert tuning.advised.changed == ((None, Verdict.PARTIAL),) * 5


def test_weights_that_suit_the_pairs_better_are_found() -> None:
    """Weights by which nothing joins are corrected from the copies; other settings of the recipe stay."""
    pairs = [*copies(EACH), *strangers(EACH), *backgrounds(EACH), *refills(EACH)]

    tuning = tune(pairs, replace(NEVER_JOINS, min_letters=30))

    assert [trial.name for trial in tuning.trials] == ["bounds", "weights"]
    assert tuning.figures.joined[1] == 0
    assert tuning.advised is not None
    assert tuning.advised.name == "weights"
    assert tuning.advised.own.joined == (1, 1, 1)
    assert tuning.advised.kept_out is not None
    assert tuning.advised.kept_out.joined == (1, 1, 1)
    assert replace(tuning.advised.recipe, weights=None) == Recipe(min_letters=30)
    assert sum(after is Verdict.NEAR_DUPLICATE for _, after in tuning.advised.changed) == EACH


@pytest.mark.parametrize("rare", [copies, strangers, backgrounds, refills])
def test_weights_are_learnt_from_enough_pairs_of_each_kind(rare: Callable[[int], list[LabelledPair]]) -> None:
    """One fewer of any kind, and only bounds are tried."""
    kinds = [copies, strangers, backgrounds, refills]

    tuning = tune([each for kind in kinds for each in kind(EACH - (kind is rare))], Recipe())

    assert [trial.name for trial in tuning.trials] == ["bounds"]


def test_who_labels_with_four_kinds_calls_an_excerpt_partial_reuse() -> None:
    """What is judged contained answers to that label then, and joins nothing."""
    figures = tune([*excerpts(5, label=PARTIAL), *copies(5)], Recipe()).figures

    assert sorted(figures.labels) == [NEAR, PARTIAL]
    assert figures.macro == 1
    assert figures.joined == (1, 1, 1)


def test_a_second_reader_may_call_an_excerpt_contained() -> None:
    """One such label shows that contained texts have a label: four excerpts are not partial reuse then."""
    known = [*excerpts(5, label=PARTIAL), *copies(5)]
    known[0] = replace(known[0], other=CONTAINED)

    figures = tune(known, Recipe()).figures

    assert figures.labels[CONTAINED] == (1 / 5, 1, 2 / 6)


def test_a_label_that_is_too_rare_is_not_dealt_out() -> None:
    """Four copies cannot be in five folds: nothing is kept out, and nothing is advised."""
    tuning = tune([*copies(4), *strangers(5)], Recipe())

    assert tuning.folds == 0
    assert [trial.kept_out for trial in tuning.trials] == [None]
    assert tuning.advised is None


def test_pairs_with_a_text_in_common_are_dealt_into_one_fold() -> None:
    """Five copies of one story are one story: too few for five folds."""
    (first,) = copies(1)
    rng = random.Random(3)
    retold = [pair(first.left.text, f"{story(rng, 8)} {first.left.text}", NEAR) for _ in range(4)]

    assert tune([first, *retold, *strangers(5)], Recipe()).folds == 0


def test_other_settings_of_the_recipe_stay() -> None:
    """Only the way of joining and the bound of partial reuse are tried."""
    (bounds,) = tune([*strangers(1), *copies(1)], Recipe(partial=0.6, letters=12)).trials

    assert bounds.recipe.letters == 12


def test_boilerplate_of_the_archive_is_left_out() -> None:
    """A notice in two unrelated stories makes them alike until it is known for what it is."""
    notice = some_stories(1, words=100, seed=11)[0]
    ours, theirs = some_stories(5, words=30, seed=6), some_stories(5, words=30, seed=7)
    known = [
        pair(f"{one} {notice}", f"{other} {notice}", UNRELATED)
        for one, other in zip(ours, theirs, strict=True)
    ]
    shingles = prepare_texts([notice], Recipe()).shingles

    before = tune(known, Recipe(lifted=0)).figures
    after = tune(known, Recipe(lifted=0), boilerplate=shingles).figures

    assert before.labels[UNRELATED][1] == 0
    assert after.labels == {UNRELATED: (1, 1, 1)}


def test_no_pairs_are_nothing_to_tune_on() -> None:
    """An empty file is a mistake."""
    with pytest.raises(ReadingError, match="no labelled pairs"):
        tune([], Recipe())
