"""Runs of folded words as a text writes them."""

import pytest

from dedup.core import WordColumn
from dedup.text.written_passages import WrittenPassages


def passages(text: str) -> WrittenPassages:
    """Return the passages of a text by its words."""
    return WrittenPassages(text, WordColumn([text]).words([0])[0])


@pytest.mark.parametrize(
    ("text", "span", "written"),
    [
        ("Die Börse in Köln schloss.", (0, 4), "Die Börse in Köln"),
        ("آج ٹیکس اور کارڈ فیس، بتایا", (1, 5), "ٹیکس اور کارڈ فیس"),
        ("今日收盘价，为每克480元", (0, 4), "今日收盘"),
        ("Cafe\u0301s open\n again", (0, 3), "Cafés open again"),
        ("سَلامُ عليكم", (0, 1), "سَلامُ"),
        ("the end, the end", (2, 4), "the end"),
        ("Köln", (1, 1), ""),
    ],
)
def test_a_passage_is_what_is_written_from_its_first_to_its_last_word(
    text: str, span: tuple[int, int], written: str
) -> None:
    """With capitals, marks and punctuation inside, composed, on one line."""
    assert passages(text).passage(span) == written


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [("gold at 1,250 Dollars", (2, 4), "1250 Dollars"), ("طلا ۱۲۵۰ شد", (1, 2), "1250"), ("a b", (1, 1), "")],
)
def test_numbers_of_a_value_stay_folded(text: str, span: tuple[int, int], value: str) -> None:
    """In Western digits, without separators, so that slots can be put in order."""
    assert passages(text).value(span) == value


def test_words_that_are_not_found_stay_folded() -> None:
    """As the kernel spelt them."""
    assert WrittenPassages("Köln", ["koln", "bonn"]).passage((0, 2)) == "koln bonn"
    assert WrittenPassages("Köln", ["koln", "bonn"]).passage((0, 1)) == "Köln"
