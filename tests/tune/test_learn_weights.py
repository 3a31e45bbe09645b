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


EACH_ITS_OWN = range(len(LABELS))
"""Stories: no two pairs are about one."""


def measured(**by_label: Mapping[str, float]) -> Evidence:
    """Return each measure a value for some labels, and 0 for the others."""
    return {name: np.array([by_label.get(name, {}).get(label, 0.0) for label in LABELS]) for name in NAMES}


TELLING = measured(run4={NEAR: 1, CONTAINED: 1}, slots_n={TEMPLATE: 1}, fresh_more={UNRELATED: 1})
"""Copies share passages, templates have slots, strangers fresh words."""


def weight(weights: VerdictWeights, score: str, measure: str) -> float:
    """Return one weight."""
    return weights.as_json()[score][measure]


def test_a_measure_of_copies_gets_a_weight_for_joining() -> None:
    """Both kinds of copies have it; a score without anything that speaks for a copy is below 0."""
    weights = learn_weights(TELLING, TELLING, LABELS, stories=EACH_ITS_OWN)

    assert weight(weights, "join", "run4") > 0
    assert weight(weights, "join", "bias") < 0
    assert weight(weights, "join", "bias") + weight(weights, "join", "run4") > 0


def test_a_measure_of_another_kind_gets_a_weight_for_that_kind() -> None:
    """Slots for a template, fresh words for strangers; each more than for any other kind."""
    weights = learn_weights(TELLING, TELLING, LABELS, stories=EACH_ITS_OWN)

    for measure, kind in (("slots_n", "template"), ("fresh_more", "unrelated")):
        assert max(KINDS, key=lambda name: weight(weights, name, measure)) == kind
        assert weight(weights, kind, measure) > 0


def test_a_measure_that_never_differs_weighs_nothing() -> None:
    """It is 0 for all pairs, and scaling it divides by nothing."""
    weights = learn_weights(TELLING, TELLING, LABELS, stories=EACH_ITS_OWN)

    assert weight(weights, "join", "names_n") == 0
    assert [weight(weights, kind, "title") for kind in KINDS] == [0, 0, 0]


def test_a_context_weighs_less_than_an_equally_telling_text() -> None:
    """For nearly a third of the pairs the context is unknown: the model must do without it."""
    telling = {NEAR: 1, CONTAINED: 1}
    known = measured(run4=telling, other=telling)

    weights = learn_weights(known, measured(run4=telling), LABELS, stories=EACH_ITS_OWN)

    assert 0 < weight(weights, "join", "other") < weight(weights, "join", "run4")


def test_a_context_that_is_known_counts_for_seven_tenths() -> None:
    """A measure that recognises copies in known contexts alone outweighs one that does so in unknown ones."""
    telling = {NEAR: 1, CONTAINED: 1}

    weights = learn_weights(measured(run4=telling), measured(other=telling), LABELS, stories=EACH_ITS_OWN)
    reverse = learn_weights(measured(other=telling), measured(run4=telling), LABELS, stories=EACH_ITS_OWN)

    assert weight(weights, "join", "run4") > weight(weights, "join", "other")
    assert weight(reverse, "join", "run4") < weight(reverse, "join", "other")


def test_many_pairs_of_one_story_teach_less_than_as_many_stories() -> None:
    """Half of the copies are told by one measure and half by another; those of the first are of one story."""
    first = np.arange(len(LABELS)) < len(LABELS) // 2
    copies = measured(run4={NEAR: 1, CONTAINED: 1})["run4"]
    known = {**measured(), "run4": copies * first, "containment": copies * ~first}

    apart = learn_weights(known, known, LABELS, stories=EACH_ITS_OWN)
    together = learn_weights(known, known, LABELS, stories=np.where(first, 0, EACH_ITS_OWN).tolist())

    assert weight(apart, "join", "run4") == pytest.approx(weight(apart, "join", "containment"), abs=1e-3)
    assert weight(together, "join", "run4") < weight(together, "join", "containment")


def test_weights_do_not_depend_on_the_order_of_the_pairs() -> None:
    """To the decimals that are kept: the file that is written is the same."""
    order = np.random.default_rng(3).permutation(len(LABELS))
    shuffled = {name: column[order] for name, column in TELLING.items()}

    weights = learn_weights(shuffled, shuffled, [LABELS[row] for row in order.tolist()], stories=EACH_ITS_OWN)

    assert weights == learn_weights(TELLING, TELLING, LABELS, stories=EACH_ITS_OWN)


def test_weights_have_four_decimals() -> None:
    """Nobody reads more, and a recipe is a file for people."""
    weights = learn_weights(TELLING, TELLING, LABELS, stories=EACH_ITS_OWN)

    assert PLACES == 4
    assert all(value == round(value, 4) for score in weights.as_json().values() for value in score.values())


@pytest.mark.parametrize("missing", [PARTIAL, TEMPLATE, UNRELATED])
def test_every_kind_is_needed(missing: str) -> None:
    """The error names the one without pairs."""
    rows = [row for row, label in enumerate(LABELS) if label != missing]
    some = {name: column[rows] for name, column in TELLING.items()}

    with pytest.raises(ValueError, match=f"there are no pairs labelled {missing}$"):
        learn_weights(some, some, [LABELS[row] for row in rows], stories=rows)


def test_copies_are_needed() -> None:
    """Without any there is nothing to separate from the rest."""
    rows = [row for row, label in enumerate(LABELS) if label not in {NEAR, CONTAINED}]
    some = {name: column[rows] for name, column in TELLING.items()}

    with pytest.raises(ValueError, match=r"labelled contained, near-duplicate$"):
        learn_weights(some, some, [LABELS[row] for row in rows], stories=rows)
