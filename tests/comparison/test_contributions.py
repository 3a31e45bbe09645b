"""What each measure adds to the scores of a verdict."""

from dataclasses import replace
from math import exp, inf

import pytest

from dedup import Recipe, Verdict, compare
from dedup.comparison.weights import learnt_weights
from dedup.model.verdict_weights import JOIN_MEASURES

STORY = (
    "Heavy snow closed the mountain roads of three provinces overnight, the traffic police said on Monday. "
    "Two buses with 61 passengers were stuck near the tunnel until the army cleared the way."
)
CUT = "Two buses with 61 passengers were stuck near the tunnel of the valley until the army cleared the way."


def test_points_for_a_copy_add_up_to_its_confidence() -> None:
    """The logistic function of their sum."""
    compared = compare(STORY, CUT)

    score = sum(term.join for term in compared.contributions)

    assert compared.verdict is Verdict.CONTAINED
    assert compared.confidence == pytest.approx(1 / (1 + exp(-score)), abs=1e-6)


def test_points_are_values_times_the_weights_of_the_recipe() -> None:
    """The first measure of a copy, with a weight of 2 and of -3."""
    learnt = learnt_weights()
    _, _, *rest = learnt.join
    ours, theirs = (
        next(
            term
            for term in compare(
                STORY, CUT, recipe=Recipe(weights=replace(learnt, join=(0.0, weight, *rest)))
            ).contributions
            if term.measure == JOIN_MEASURES[0]
        )
        for weight in (2.0, -3.0)
    )

    assert (ours.join, theirs.join) == (2 * ours.value, -3 * ours.value)
    assert ours.partial == ours.template == ours.unrelated == 0


def test_texts_of_the_same_words_are_copies_at_any_score() -> None:
    """An address is no word; and no slot is filled, so that they are no template."""
    terms = {term.measure: term for term in compare(STORY, STORY + " www.example.org").contributions}

    assert (terms["same_words"].join, terms["nothing_filled"].template) == (inf, -inf)


def test_identical_texts_have_no_contributions() -> None:
    """Their verdict needs no scores."""
    assert compare(STORY, STORY).contributions == ()
