"""The measures that the verdict is read from."""

from math import log, nan, sqrt

import numpy as np
import pytest

from dedup.comparison.contexts import Contexts
from dedup.comparison.evidence import evidence, longer_cover
from dedup.comparison.pair_columns import Overlaps
from dedup.core.alignment import AlignmentCount as Count
from dedup.model.verdict_weights import JOIN_MEASURES, KIND_MEASURES
from tests.aligned_samples import ALIKE, Counts, alignments

CUT: Counts = {
    Count.WHOLE_WORDS: (110, 50),
    Count.WORDS: (100, 40),
    Count.KEPT: 30,
    Count.KEPT_FACTS: 3,
    Count.KEPT_NAMES: 1,
    Count.IN_RUNS: 24,
    Count.RUNS: 3,
    Count.LONGEST: 12,
    Count.SLOTS: 3,
    Count.FACT_SLOTS: 1,
    Count.EXCHANGED: 1,
    Count.EXCHANGED_NAMES: 2,
    Count.MOVED: (10, 4),
    Count.NEW: (60, 6),
    Count.FRESH: (50, 2),
    Count.NEW_FIRST: (20, 5),
    Count.FRESH_FIRST: (10, 2),
    Count.BOILERPLATE: 10,
    Count.LONGEST_NEW: (50, 4),
    Count.FACTS_FIRST: (4, 1),
    Count.LIKELY_NAMES: 3,
}
"""A long text on the left, a short one on the right."""

MEASURED = {
    "containment": 20 / 40,
    "run4": (24 + 4) / 40,
    "longest_kept": 12 / 30,
    "longest_new": log(5),
    "own": 6 / sqrt(40),
    "own_across": 0.0,
    "ff40_less": 2 / 40,
    "nw25_less": 5 / 25,
    "nw25_shorter": 5 / 25,
    "runs_n": log(4),
    "slots_n": log(4),
    "slots_fact": 1 / 4,
    "facts": 6 / (6 + 4 + 1),
    "names_n": log(6),
    "lead_facts": log(2),
    "kept_names_n": log(2),
    "boilerplate": 10 / 40,
    "lost": 1 - 100 / 110,
    "fresh_more": log(51),
    "title": 0.9 - 0.6,
    "hours": log(1 + 48) - log(1 + 24),
    "same_hours": log(1 + 48) - log(1 + 24),
    "filled_later": log(1 + 48) - log(1 + 24),
    "other": 0.0,
}


def context(hours: float = 48.0, *, other: float = 0.0, title: float = 0.9) -> Contexts:
    """The context of one pair."""
    return Contexts(np.array([hours]), np.array([other]), np.array([title]))


def measured(pair: Counts, known: Contexts) -> dict[str, float]:
    """The measures of one pair."""
    overlaps = Overlaps(np.array([20]), np.array([100]), np.array([40]))
    return {name: float(column[0]) for name, column in evidence(alignments(pair), known, overlaps).items()}


def test_every_measure_is_as_documented() -> None:
    """Each is worked out by hand from the counts."""
    assert measured(CUT, context()) == pytest.approx(MEASURED)


def test_measures_are_those_that_have_weights() -> None:
    """The model asks for no other, and none is made in vain."""
    assert measured(CUT, context()).keys() == {*JOIN_MEASURES, *KIND_MEASURES}


def test_exchanged_sides_give_the_same() -> None:
    """It makes no difference which text is on the left."""
    mirrored: Counts = {
        count: value[::-1] if isinstance(value, tuple) else value for count, value in CUT.items()
    }

    assert measured(mirrored, context()) == measured(CUT, context())


def test_what_is_unknown_counts_for_nothing() -> None:
    """Without dates and titles their measures are 0; an unknown source is between the same and another."""
    unknown = measured(CUT, context(nan, title=nan, other=0.5))

    assert [unknown[name] for name in ("hours", "same_hours", "title", "other")] == [0, 0, 0, 0.5]
    assert unknown == measured(CUT, Contexts.unknown(1))


def test_own_words_count_apart_where_the_sources_differ() -> None:
    """And half where one is unknown; six words by the square root are as good as more."""
    many = CUT | {Count.NEW: (60, 39)}

    assert measured(CUT, context(other=1.0))["own_across"] == pytest.approx(6 / sqrt(40))
    assert measured(CUT, context(other=0.5))["own_across"] == pytest.approx(3 / sqrt(40))
    assert measured(many, context(other=1.0))["own_across"] == 6


def test_what_is_filled_in_later_counts_in_short_texts() -> None:
    """Only where something is, and only after a day; in a text of 120 words half as much as up to 60."""
    days = log(1 + 48) - log(1 + 24)
    longer = CUT | {Count.WORDS: (200, 120)}
    nothing = CUT | {Count.SLOTS: 0, Count.EXCHANGED: 0}

    assert measured(longer, context())["filled_later"] == pytest.approx(days / 2)
    assert measured(nothing, context())["filled_later"] == 0
    assert measured(CUT, context(2.0))["filled_later"] == 0


def test_hours_count_for_a_month_at_most() -> None:
    """A year apart says no more than thirty days, which are 720 hours."""
    assert measured(CUT, context(8760.0))["hours"] == measured(CUT, context(720.0))["hours"]
    assert measured(CUT, context(720.0))["hours"] > measured(CUT, context(719.0))["hours"]


def test_fresh_words_count_up_to_a_thousand() -> None:
    """More say no more."""

    def fresh(words: int) -> float:
        return measured(CUT | {Count.FRESH: (words, 2)}, context())["fresh_more"]

    assert fresh(999) < fresh(1000) == fresh(2000)


def test_hours_count_more_within_one_source() -> None:
    """Two sources may publish one story days apart; one source seldom does. Less than a day tells nothing."""
    assert measured(CUT, context(other=1.0))["same_hours"] == 0
    assert measured(CUT, context(other=1.0))["other"] == 1
    assert measured(CUT, context(1.0))["same_hours"] == 0


def test_the_cover_of_the_longer_text_shows_a_cut() -> None:
    """60 of 100 words of the longer text are new."""
    assert longer_cover(alignments(CUT)).tolist() == [0.4]
    assert longer_cover(alignments(ALIKE)).tolist() == [1.0]


def test_texts_of_which_nothing_is_aligned_have_measures() -> None:
    """All their words were left out: no division by zero."""
    assert measured({Count.WHOLE_WORDS: (3, 3)}, context())["lost"] == 1


@pytest.mark.parametrize(
    ("pair", "mirrored"),
    [
        (ALIKE | {Count.NEW: (8, 2)}, ALIKE | {Count.NEW: (2, 8)}),
        (ALIKE | {Count.MOVED: (8, 2)}, ALIKE | {Count.MOVED: (2, 8)}),
        (ALIKE | {Count.LONGEST_NEW: (8, 2)}, ALIKE | {Count.LONGEST_NEW: (2, 8)}),
        (ALIKE | {Count.NEW_FIRST: (8, 2)}, ALIKE | {Count.NEW_FIRST: (2, 8)}),
    ],
)
def test_of_texts_with_as_many_words_the_order_does_not_matter(pair: Counts, mirrored: Counts) -> None:
    """A hundred words on either side, of which one side has more new or more moved ones."""
    assert measured(pair, context()) == measured(mirrored, context())
    assert longer_cover(alignments(pair)) == longer_cover(alignments(mirrored))
