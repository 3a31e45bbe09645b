"""Labelled pairs: what they are scored by, worked out by hand, and which are one story."""

import pytest

from benchmarks.labelled import Example, document_of, figures, stories
from dedup.model.score import CONTAINED, NEAR, PARTIAL, TEMPLATE


def example(
    left: str, right: str, *, label: str = NEAR, other: str | None = None, source: str = "a"
) -> Example:
    """Make a pair of two texts, the left one of source `a`."""
    one, two = (
        document_of({"id": text, "text": text, "source": name})
        for text, name in ((left, "a"), (right, source))
    )
    return Example(one, two, label, other, "", "en")


def test_pairs_with_a_text_in_common_are_one_story() -> None:
    """The second links the first and the third; spelling aside, the fourth holds a text of the third."""
    pairs = [("one", "two"), ("two", "three"), ("three", "four"), ("FOUR", "five"), ("six", "seven")]

    numbers = stories([example(*pair) for pair in pairs])

    assert len(set(numbers[:4])) == 1
    assert numbers[4] != numbers[0]


def test_figures_count_both_readers() -> None:
    """Of three joined pairs a reader joins two; of two that all readers join, one is joined.

    Of the two joined pairs of different sources a reader joins the first. The outcome as (right, ours) is
    (near, near) twice, (template, near) and (contained, partial): near-duplicates have precision 2/3 and
    recall 1, F1 4/5, the three other kinds 0.
    """
    known = [
        example("1", "2", label=NEAR, source="b"),
        example("3", "4", label=PARTIAL, other=NEAR),
        example("5", "6", label=TEMPLATE, source="b"),
        example("7", "8", label=CONTAINED),
    ]

    reached = figures(known, [NEAR, NEAR, NEAR, PARTIAL])

    assert (reached.pairs, reached.agreement) == (4, 1 / 2)
    assert reached.macro_f1 == pytest.approx(1 / 5)
    assert (reached.join_precision, reached.join_recall, reached.across) == (2 / 3, 1 / 2, 1 / 2)
    assert reached.kinds == pytest.approx({NEAR: 4 / 5, CONTAINED: 0, PARTIAL: 0, TEMPLATE: 0})


def test_unknown_sources_are_not_different() -> None:
    """A pair of which one source is unknown has no part in the figure across sources."""
    known = [example("1", "2", source="b"), example("3", "4", label=TEMPLATE, source="")]

    assert figures(known, [NEAR, NEAR]).across == 1
