"""Measures of labelled pairs to the weights of the verdict."""

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from dedup.model.score import CONTAINED, NEAR, PARTIAL, TEMPLATE, UNRELATED
from dedup.model.verdict_weights import JOIN_MEASURES, KIND_MEASURES, KINDS, VerdictWeights
from dedup.tune.learn_weights import PLACES, learn_weights

type Evidence = Mapping[str, NDArray[np.float64]]

LABELS = [NEAR, CONTAINED, PARTIAL, TEMPLATE, UNRELATED] * 6
NAMES = sorted({*JOIN_MEASURES, *KIND_MEASURES})


def measured(**by_label: Mapping[str, float]) -> Evidence:
    """Return each measure a value for some labels, and 0 for the others."""
    return {name: np.array([by_label.get(name, {}).get(label, 0.0) for label in LABELS]) for name in NAMES}


TELLING = measured(cover_more={NEAR: 1, CONTAINED: 1}, slots_n={TEMPLATE: 1}, fresh_more={UNRELATED: 1})
"""Copies are covered, templates have slots, strangers fresh words."""


def weight(weights: VerdictWeights, score: str, measure: str) -> float:
    """Return one weight."""
    return weights.as_json()[score][measure]


def test_a_measure_of_copies_gets_a_weight_for_joining() -> None:
    """Both kinds of copies have it; a score without anything that speaks for a copy is below 0."""
    weights = learn_weights(TELLING, TELLING, LABELS)

    assert weight(weights, "join", "cover_more") > 0
    assert weight(weights, "join", "bias") < 0
    assert weight(weights, "join", "bias") + weight(weights, "join", "cover_more") > 0


def test_a_measure_of_another_kind_gets_a_weight_for_that_kind() -> None:
    """Slots for a template, fresh words for strangers; each more than for any other kind."""
    weights = learn_weights(TELLING, TELLING, LABELS)

    for measure, kind in (("slots_n", "template"), ("fresh_more", "unrelated")):
        assert max(KINDS, key=lambda name: weight(weights, name, measure)) == kind
        assert weight(weights, kind, measure) > 0


def test_a_measure_that_never_differs_weighs_nothing() -> None:
    """It is 0 for all pairs, and scaling it divides by nothing."""
    weights = learn_weights(TELLING, TELLING, LABELS)

    assert weight(weights, "join", "names_n") == 0
    assert [weight(weights, kind, "title") for kind in KINDS] == [0, 0, 0]


def test_a_context_weighs_less_than_an_equally_telling_text() -> None:
    """For nearly a third of the pairs the context is unknown: the model must do without it."""
    telling = {NEAR: 1, CONTAINED: 1}
    known = measured(cover_more=telling, other=telling)

    weights = learn_weights(known, measured(cover_more=telling), LABELS)

    assert 0 < weight(weights, "join", "other") < weight(weights, "join", "cover_more")


def test_a_context_that_is_known_counts_for_seven_tenths() -> None:
    """A measure that recognises copies in known contexts alone outweighs one that does so in unknown ones."""
    telling = {NEAR: 1, CONTAINED: 1}

    weights = learn_weights(measured(cover_more=telling), measured(other=telling), LABELS)
    reverse = learn_weights(measured(other=telling), measured(cover_more=telling), LABELS)

    assert weight(weights, "join", "cover_more") > weight(weights, "join", "other")
    assert weight(reverse, "join", "cover_more") < weight(reverse, "join", "other")


def test_weights_do_not_depend_on_the_order_of_the_pairs() -> None:
    """To the decimals that are kept: the file that is written is the same."""
    order = np.random.default_rng(3).permutation(len(LABELS))
    shuffled = {name: column[order] for name, column in TELLING.items()}

    weights = learn_weights(shuffled, shuffled, [LABELS[row] for row in order.tolist()])

    assert weights == learn_weights(TELLING, TELLING, LABELS)


def test_weights_have_four_decimals() -> None:
    """Nobody reads more, and a recipe is a file for people."""
    weights = learn_weights(TELLING, TELLING, LABELS)

    assert PLACES == 4
    assert all(value == round(value, 4) for score in weights.as_json().values() for value in score.values())


@pytest.mark.parametrize("missing", [PARTIAL, TEMPLATE, UNRELATED])
def test_every_kind_is_needed(missing: str) -> None:
    """The error names the one without pairs."""
    rows = [row for row, label in enumerate(LABELS) if label != missing]
    some = {name: column[rows] for name, column in TELLING.items()}

    with pytest.raises(ValueError, match=f"there are no pairs labelled {missing}$"):
        learn_weights(some, some, [LABELS[row] for row in rows])


def test_copies_are_needed() -> None:
    """Without any there is nothing to separate from the rest."""
    rows = [row for row, label in enumerate(LABELS) if label not in {NEAR, CONTAINED}]
    some = {name: column[rows] for name, column in TELLING.items()}

    with pytest.raises(ValueError, match=r"labelled contained, near-duplicate$"):
        learn_weights(some, some, [LABELS[row] for row in rows])
