"""Numbers as a text writes them, and what they can mean."""

import pytest

from dedup.comparison.align import read_words
from dedup.comparison.readable_text import ReadableText
from dedup.comparison.written_number import WrittenNumber, written_number


def number(written: str) -> WrittenNumber:
    """Return the number of a text that has no other word."""
    text = ReadableText(written)
    return written_number(read_words(written).words, 0, lambda: text)


@pytest.mark.parametrize(
    ("one", "other"), [("30.000", "30 000"), ("1,250", "1250"), ("17.7", "17.70"), ("5:30", "17:30")]
)
def test_spellings_of_one_number_share_a_reading(one: str, other: str) -> None:
    """Thousands, decimals and times of day; a time with a colon may be of a clock with twelve hours."""
    assert number(one).readings & number(other).readings


@pytest.mark.parametrize(
    ("one", "other"), [("0.800", "800"), ("100-150", "100150"), ("12:345", "12345"), ("17.7", "17.8")]
)
def test_other_numbers_share_none(one: str, other: str) -> None:
    """A leading zero begins no thousands, and a range, a ratio or a score is no large number."""
    assert not number(one).readings & number(other).readings


def test_a_number_is_shown_with_its_signs() -> None:
    """From its first word to its last; thousands are written together."""
    assert (number("17.7").text, number("30 000").text) == ("17.7", "30000")
    assert (number("17.7").first, number("17.7").last) == (0, 1)


def test_a_number_has_four_groups() -> None:
    """More of them are a list, or the number of a telephone."""
    assert (number("1 234 567 890").text, number("1 234 567 890").last) == ("1234567890", 3)
    assert (number("1 234 567 890 123").text, number("1 234 567 890 123").last) == ("1", 0)


def test_a_short_number_alone_is_known_without_its_text() -> None:
    """Three digits hold no thousands, and no number is beside them: the text is not read."""
    found = written_number(["of", "040", "people"], 1, pytest.fail)

    assert found == WrittenNumber(1, 1, "040", frozenset({"40"}))
