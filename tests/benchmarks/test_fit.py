"""Folds of the cross-validation: pairs of one story stay together."""

from benchmarks.fit import RECIPE, Example, stories
from dedup.comparison.compare import measure


def example(left: str, right: str) -> Example:
    """Make a pair of two texts."""
    return Example("", "near-duplicate", None, measure(left, right, RECIPE))


def test_pairs_with_a_text_in_common_are_one_story() -> None:
    """The second links the first and the third; spelling aside, the fourth holds a text of the third."""
    pairs = [("one", "two"), ("two", "three"), ("three", "four"), ("FOUR", "five"), ("six", "seven")]

    numbers = stories([example(*pair) for pair in pairs])

    assert len(set(numbers[:4])) == 1
    assert numbers[4] != numbers[0]
