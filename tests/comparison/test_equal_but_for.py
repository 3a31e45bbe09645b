"""Texts that are equal but for a figure are copies; equal but for a name, they are one form."""

import numpy as np
import pytest

from dedup.comparison.contexts import Contexts
from dedup.comparison.equal_but_for import (
    equal_but_for_a_word,
    equal_but_for_figures,
    equal_but_for_little,
    equal_but_for_names,
)
from dedup.core.alignment import AlignmentCount as Count
from tests.aligned_samples import Counts, alignments


def text(words: int, *, new: tuple[int, int], **counts: int) -> Counts:
    """Write an alignment of two texts of so many words."""
    return {Count.WORDS: (words, words), Count.NEW: new} | {Count[name]: of for name, of in counts.items()}


def contexts(*, hours: float = np.nan, other_source: float = 0.5) -> Contexts:
    """Write the circumstances of one pair."""
    return Contexts(np.array([hours]), np.array([other_source]), np.array([np.nan]))


@pytest.mark.parametrize(
    ("pair", "hours", "expected"),
    [
        (text(30, new=(1, 1), EXCHANGED=1, KEPT_FACTS=1), np.nan, True),
        (text(30, new=(1, 1), EXCHANGED=1, KEPT_FACTS=1), 11.9, True),
        (text(30, new=(1, 1), EXCHANGED=1, KEPT_FACTS=1), 12, False),
        (text(29, new=(1, 1), EXCHANGED=1, KEPT_FACTS=1), np.nan, False),
        (text(60, new=(1, 1), EXCHANGED=1), np.nan, True),
        (text(59, new=(1, 1), EXCHANGED=1), np.nan, False),
        (text(60, new=(2, 2), EXCHANGED=2, KEPT_FACTS=1, KEPT_NAMES=1), np.nan, True),
        (text(900, new=(3, 3), EXCHANGED=3, KEPT_FACTS=9), np.nan, False),
        (text(900, new=(2, 1), EXCHANGED=1, KEPT_FACTS=9), np.nan, False),
        (text(900, new=(1, 1), EXCHANGED=1, KEPT_FACTS=9, MOVED=4), np.nan, False),
        (text(900, new=(1, 1), EXCHANGED=1, KEPT_FACTS=9, EXCHANGED_NAMES=1), np.nan, False),
        (text(900, new=(0, 0)), np.nan, False),
    ],
)
def test_a_story_with_a_changed_figure(pair: Counts, hours: float, *, expected: bool) -> None:
    """One or two figures of a story with enough words for each, less than twelve hours apart."""
    assert equal_but_for_figures(alignments(pair), contexts(hours=hours)).tolist() == [expected]


@pytest.mark.parametrize(
    ("pair", "hours", "expected"),
    [
        (text(60, new=(4, 0)), np.nan, True),
        (text(60, new=(4, 4)), 11.9, True),
        (text(60, new=(4, 4)), 12, False),
        (text(60, new=(5, 0)), np.nan, False),
        (text(59, new=(3, 3)), np.nan, False),
        (text(120, new=(3, 3), EXCHANGED_NAMES=1, LIKELY_NAMES=1), np.nan, True),
        (text(119, new=(3, 3), EXCHANGED_NAMES=1, LIKELY_NAMES=1), np.nan, False),
        (text(90, new=(6, 6), EXCHANGED=2), np.nan, True),
        (text(90, new=(6, 6), EXCHANGED=3), np.nan, False),
        (text(90, new=(4, 4), MOVED=4), np.nan, False),
    ],
)
def test_a_story_in_which_little_differs(pair: Counts, hours: float, *, expected: bool) -> None:
    """Of 60 words or more, one in fifteen is new; one in sixty is of a name, and two are figures."""
    assert equal_but_for_little(alignments(pair), contexts(hours=hours)).tolist() == [expected]


@pytest.mark.parametrize(
    ("pair", "other_source", "expected"),
    [
        (text(80, new=(2, 2), EXCHANGED_NAMES=2), 0.5, True),
        (text(80, new=(2, 2), LIKELY_NAMES=2), 0.0, True),
        (text(80, new=(2, 2), LIKELY_NAMES=2), 1.0, False),
        (text(81, new=(2, 2), LIKELY_NAMES=2), 0.5, False),
        (text(80, new=(4, 6), LIKELY_NAMES=2), 0.5, True),
        (text(80, new=(5, 5), LIKELY_NAMES=2), 0.5, False),
        (text(80, new=(4, 7), LIKELY_NAMES=2), 0.5, False),
        (text(80, new=(2, 2), LIKELY_NAMES=2, KEPT_FACTS=4, KEPT_NAMES=3), 0.5, True),
        (text(80, new=(2, 2), LIKELY_NAMES=2, KEPT_FACTS=4, KEPT_NAMES=4), 0.5, False),
        (text(20, new=(1, 1)), 0.5, False),
    ],
)
def test_a_notice_for_another_person(pair: Counts, other_source: float, *, expected: bool) -> None:
    """Names and hardly anything else differ in a short text with few facts, not of two sources."""
    assert equal_but_for_names(alignments(pair), contexts(other_source=other_source)).tolist() == [expected]


@pytest.mark.parametrize(
    ("pair", "other_source", "expected"),
    [
        (text(59, new=(1, 1), FRESH=(1, 1), SLOTS=1), 0.5, True),
        (text(59, new=(1, 1), FRESH=(1, 1), SLOTS=1), 1, False),
        (text(60, new=(1, 1), FRESH=(1, 1), SLOTS=1), 0.5, False),
        (text(79, new=(2, 3), FRESH=(1, 2), SLOTS=1), 0, True),
        (text(80, new=(3, 3), FRESH=(3, 3), SLOTS=1), 0, False),
        (text(40, new=(3, 4), FRESH=(1, 1), SLOTS=1), 0, False),
        (text(40, new=(1, 1), FRESH=(0, 1), SLOTS=1), 0, False),
        (text(40, new=(2, 2), FRESH=(2, 2), SLOTS=2), 0, False),
        (text(40, new=(1, 1), FRESH=(1, 1), SLOTS=1, MOVED=(0, 4)), 0, False),
    ],
)
def test_a_warning_for_another_town(pair: Counts, other_source: float, *, expected: bool) -> None:
    """One word, or up to three letters of one, where both are fresh, in a short text, not of two sources."""
    assert equal_but_for_a_word(alignments(pair), contexts(other_source=other_source)).tolist() == [expected]
