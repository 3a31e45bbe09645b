"""Measures -> verdicts and confidence."""

from dataclasses import replace

import numpy as np
import pytest

from dedup import Recipe, Verdict
from dedup.comparison.contexts import Contexts
from dedup.comparison.pair_columns import Overlaps
from dedup.comparison.verdict_model import NONE, decide, repeats, spares
from dedup.comparison.weights import learnt_weights
from dedup.core.alignment import AlignmentCount as Count
from dedup.model.rows import VERDICTS
from dedup.model.verdict_weights import JOIN_MEASURES, KIND_MEASURES, VerdictWeights
from tests.aligned_samples import ALIKE, STRANGE, Counts, alignments

HALF_COVERED: Counts = ALIKE | {Count.WORDS: (200, 100), Count.WHOLE_WORDS: (200, 100), Count.NEW: (100, 0)}
"""Half of the longer text is new."""


def weights(**biases: float) -> VerdictWeights:
    """Weights that look at no measure: the scores are their biases."""
    return VerdictWeights(
        (biases.get("join", -9.0), *[0.0] * len(JOIN_MEASURES)),
        *(
            (biases.get(kind, 0.0), *[0.0] * len(KIND_MEASURES))
            for kind in ("partial", "template", "unrelated")
        ),
    )


TEMPLATE: Counts = STRANGE | {Count.SLOTS: 3}
"""The same, with words in each other's place."""


def judged(pair: Counts, recipe: Recipe, *, shared: int = 50) -> tuple[Verdict | None, float]:
    """Judge one pair of texts of a hundred shingles each."""
    hundred = np.array([100])
    codes, confidence = decide(
        alignments(pair), Contexts.unknown(1), Overlaps(np.array([shared]), hundred, hundred), recipe
    )
    return None if codes[0] == NONE else VERDICTS[codes[0]], float(confidence[0])


@pytest.mark.parametrize(
    ("joining", "verdict"),
    [("loose", Verdict.NEAR_DUPLICATE), ("normal", Verdict.NEAR_DUPLICATE), ("strict", Verdict.PARTIAL)],
)
def test_how_sure_a_copy_must_be_is_a_setting(joining: str, verdict: Verdict) -> None:
    """A score of ln 4 is a probability of 0.8: enough for 0.4 and 0.6, not for 0.9."""
    recipe = Recipe(joining=joining, weights=weights(join=np.log(4.0), partial=1.0))

    assert judged(STRANGE | {Count.NEW: (0, 0)}, recipe)[0] is verdict


def test_confidence_is_the_probability_of_the_verdict() -> None:
    """A joined pair has that of joining; else the rest is shared out among the kinds: here by 1 to 3 to 1."""
    joined = Recipe(weights=weights(join=np.log(4.0)))
    apart = Recipe(weights=weights(join=-np.log(4.0), template=np.log(3.0)))

    assert judged(STRANGE | {Count.NEW: (0, 0)}, joined)[1] == pytest.approx(0.8)
    assert judged(TEMPLATE, apart) == (Verdict.TEMPLATE, pytest.approx(0.8 * 0.6))


@pytest.mark.filterwarnings("error")
def test_no_score_is_too_low() -> None:
    """Far below what an exponential can hold, joining has the probability 0, without a warning of numpy."""
    recipe = Recipe(weights=weights(join=-1e6, template=np.log(1e9)))

    assert judged(TEMPLATE, recipe) == (Verdict.TEMPLATE, 1.0)


def test_a_template_has_something_filled() -> None:
    """Without a slot, an exchanged fact or wording that was left out there is none, whatever the score."""
    sure = Recipe(weights=weights(template=5.0))

    assert judged(STRANGE, sure)[0] is Verdict.PARTIAL
    assert [
        judged(STRANGE | {count: 1}, sure)[0]
        for count in (Count.SLOTS, Count.EXCHANGED, Count.EXCHANGED_NAMES, Count.BOILERPLATE)
    ] == [Verdict.TEMPLATE] * 4


def test_a_copy_under_half_of_the_other_is_contained() -> None:
    """The longer text has half of its words in common: less than 0.55."""
    sure = Recipe(weights=weights(join=9.0))

    assert judged(HALF_COVERED, sure)[0] is Verdict.CONTAINED
    assert judged(HALF_COVERED | {Count.NEW: (90, 0)}, sure)[0] is Verdict.NEAR_DUPLICATE


def test_texts_of_the_same_words_join_with_any_weights() -> None:
    """Nothing was left out, and every word was kept."""
    assert judged(ALIKE, Recipe(weights=weights(join=-9.0))) == (Verdict.NEAR_DUPLICATE, 1.0)


def test_unrelated_texts_have_no_verdict() -> None:
    """The model takes them for unrelated."""
    assert judged(STRANGE, Recipe(weights=weights(unrelated=1.0)))[0] is None


def test_a_pair_that_shares_little_is_not_listed() -> None:
    """14 of 100 shingles are below the bound of 15 %, 15 are not."""
    partial = Recipe(weights=weights(partial=1.0))

    assert judged(STRANGE, partial, shared=14)[0] is None
    assert judged(STRANGE, partial, shared=15)[0] is Verdict.PARTIAL


@pytest.mark.parametrize(("longest", "verdict"), [(35, None), (36, Verdict.PARTIAL)])
def test_a_lifted_passage_is_listed_however_long_the_rest_is(longest: int, verdict: Verdict | None) -> None:
    """A run of forty words, less a tenth, is reuse, even if the model would call the texts unrelated."""
    recipe = Recipe(weights=weights(unrelated=5.0))

    assert judged(STRANGE | {Count.LONGEST_SHARED: longest}, recipe, shared=1)[0] is verdict
    assert judged(STRANGE | {Count.LONGEST: longest}, replace(recipe, lifted=0), shared=1)[0] is None


def test_bounds_of_the_recipe_hold_copies_back() -> None:
    """Whoever wants near-duplicates of a Jaccard of 0.5 gets no others: 50 of 150 shingles are a third."""
    sure = Recipe(weights=weights(join=9.0))

    assert judged(ALIKE, replace(sure, threshold=0.5))[0] is Verdict.PARTIAL
    assert judged(HALF_COVERED, replace(sure, containment=0.6))[0] is Verdict.PARTIAL
    assert judged(HALF_COVERED, replace(sure, containment=0.5))[0] is Verdict.CONTAINED


def test_nothing_is_spared_that_has_a_fact_of_its_own() -> None:
    """A changed figure or name, or a fact in the lead of that text, may be the correction."""
    aligned = alignments(
        ALIKE,
        ALIKE | {Count.EXCHANGED: 1},
        ALIKE | {Count.EXCHANGED_NAMES: 1},
        ALIKE | {Count.OWN_FACTS: (0, 1)},
        ALIKE | {Count.OWN_FACTS: (1, 0)},
    )

    assert spares(aligned, Contexts.unknown(len(aligned)))[:, 0].tolist() == [True, False, False, True, False]
    assert spares(aligned, Contexts.unknown(len(aligned)))[:, 1].tolist() == [True, False, False, False, True]


def test_nothing_is_spared_that_says_more_or_opens_otherwise() -> None:
    """Of 100 words 52 must be in the other text, and fewer than 16 of the first 40 be in it nowhere."""
    alike = ALIKE | {Count.WORDS: (100, 100), Count.NEW: (0, 0), Count.FRESH_FIRST: (0, 0)}
    aligned = alignments(
        alike | {Count.NEW: (48, 0)},
        alike | {Count.NEW: (49, 0)},
        alike | {Count.FRESH_FIRST: (15, 16)},
        alike | {Count.FRESH_FIRST: (16, 15)},
    )

    assert spares(aligned, Contexts.unknown(len(aligned))).tolist() == [
        [True, True],
        [False, True],
        [True, False],
        [False, True],
    ]


def test_nothing_is_spared_that_opens_with_a_statement_of_its_own() -> None:
    """Two fresh words of it, in a passage of three or more in its lead."""
    aligned = alignments(ALIKE | {Count.OWN_LEAD: (1, 2)})

    assert spares(aligned, Contexts.unknown(len(aligned))).tolist() == [[True, False]]


def test_nothing_is_spared_that_may_be_of_another_town() -> None:
    """One word of a short text is in the place of another: that of a town in a script without capitals."""
    other = {Count.WORDS: (59, 59), Count.NEW: (1, 1), Count.FRESH: (1, 1), Count.SLOTS: 1}
    aligned = alignments(ALIKE, ALIKE | other)

    assert spares(aligned, Contexts.unknown(2)).tolist() == [[True, True], [False, False]]


def test_nothing_is_spared_that_has_news_of_its_own() -> None:
    """Five fresh words of one passage are news; the text repeats the other all the same."""
    aligned = alignments(ALIKE | {Count.FRESH_TOGETHER: (4, 5)})

    assert spares(aligned, Contexts.unknown(len(aligned))).tolist() == [[True, False]]
    assert repeats(aligned, Contexts.unknown(len(aligned))).tolist() == [[True, True]]


def test_the_learnt_weights_know_a_copy_from_a_stranger() -> None:
    """With the weights of the package."""
    assert judged(ALIKE, Recipe())[0] is Verdict.NEAR_DUPLICATE
    assert judged(STRANGE, Recipe())[0] not in {Verdict.NEAR_DUPLICATE, Verdict.CONTAINED}


FIGURES = ALIKE | {
    Count.KEPT: 98,
    Count.KEPT_FACTS: 2,
    Count.NEW: (2, 2),
    Count.FACTS_FIRST: (2, 2),
    Count.EXCHANGED: 2,
    Count.SLOTS: 2,
    Count.FACT_SLOTS: 2,
}
NAME = ALIKE | {Count.WORDS: (60, 60), Count.KEPT: 58, Count.NEW: (2, 2), Count.EXCHANGED_NAMES: 2}
"""Texts that are equal but for two figures, and but for a name of two words."""


def test_equal_but_for_two_figures_is_a_copy() -> None:
    """It joins with a probability of 0.8 at least; the models alone make it a template."""
    assert judged(FIGURES, Recipe()) == (Verdict.NEAR_DUPLICATE, pytest.approx(0.8))
    assert judged(FIGURES, Recipe(joining="strict"))[0] is Verdict.TEMPLATE
    assert judged(FIGURES, Recipe(weights=learnt_weights()))[0] is Verdict.TEMPLATE


def test_equal_but_for_a_name_is_a_template() -> None:
    """It does not join, though the models alone join it."""
    assert judged(NAME, Recipe())[0] is Verdict.TEMPLATE
    assert judged(NAME, Recipe(joining="loose"))[0] is Verdict.TEMPLATE
    assert judged(NAME, Recipe(weights=learnt_weights()))[0] is Verdict.NEAR_DUPLICATE


@pytest.mark.parametrize(("score", "verdict"), [(-3.9, Verdict.TEMPLATE), (-4.1, Verdict.PARTIAL)])
def test_a_name_in_the_place_of_another_speaks_for_a_template(score: float, verdict: Verdict) -> None:
    """It adds 4 to the score; that of a partial copy is 0."""
    recipe = Recipe(weights=weights(template=score, unrelated=-9.0))
    sizes = Overlaps(*np.array([[50], [100], [100]]))

    codes, _ = decide(alignments(NAME), Contexts.unknown(1), sizes, recipe, by_rule=True)

    assert VERDICTS[codes[0]] is verdict
