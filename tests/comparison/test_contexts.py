"""What is known of pairs besides their texts."""

from math import isnan

import pytest

from dedup import Document, Recipe
from dedup.comparison.contexts import contexts_of, title_likeness


def document(title: str = "", source: str = "", published: str = "") -> Document:
    """A document whose text does not matter."""
    return Document("a", "text", title, source, published)


def test_titles_are_compared_without_spaces_and_spelling() -> None:
    """A lost half-space and another keyboard make no difference; one letter of six on each side does."""
    likeness = title_likeness(
        ["\u0622\u062a\u0634\u200c\u0628\u0633", "Flood", "abcdef", "abc"],
        ["\u0622\u062a\u0634 \u0628\u0633", "FLOOD", "abcdeg", "xyz"],
    )

    assert likeness.tolist() == pytest.approx([1, 1, 10 / 12, 0])


def test_a_missing_title_is_unknown() -> None:
    """Nor does one of signs alone say anything."""
    assert all(isnan(value) for value in title_likeness(["", "a title", "!?"], ["a title", "", "a title"]))


def test_an_unknown_source_is_between_the_same_and_another() -> None:
    """Both must be named to count as different."""
    known = contexts_of(
        [document(source="a"), document(source="a"), document(source="a")],
        [document(source="b"), document(source="a"), document()],
        Recipe(),
    )

    assert known.other_source.tolist() == [1, 0, 0.5]


def test_hours_are_counted_across_zones() -> None:
    """09:00 in Tehran is 05:30 in UTC."""
    known = contexts_of(
        [document(published="2024-05-01T09:00:00+03:30"), document(published="2024-05-01")],
        [document(published="2024-05-01T06:30:00Z"), document()],
        Recipe(),
    )

    assert known.hours[0] == 1
    assert isnan(known.hours[1])
