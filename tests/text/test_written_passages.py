"""Runs of folded words as a text writes them."""

import pytest

from dedup.core import WordColumn
from dedup.text.written_passages import WrittenPassages


def passages(text: str) -> WrittenPassages:
    """Return the passages of a text by its words."""
    read = WordColumn([text])
    return WrittenPassages(*read.words([0]), read.spans(0).tolist(), text)


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
        ("gez. 𝓣𝓲𝓶𝓮 📰 heute", (1, 2), "𝓣𝓲𝓶𝓮"),
    ],
)
def test_a_passage_is_what_is_written_from_its_first_to_its_last_word(
    text: str, span: tuple[int, int], written: str
) -> None:
    """With capitals, marks and punctuation inside, composed, on one line."""
    assert passages(text).passage(span) == written


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("gold at 1,250 Dollars", (2, 4), "1250 Dollars"),
        ("طلا ۱۲۵۰ شد", (1, 2), "1250"),
        ("a b", (1, 1), ""),
        ("رشد ۰٫۴ درصد", (1, 4), "0٫4 درصد"),
        ("at 12:30 today", (1, 3), "12:30"),
        ("10 20", (0, 2), "10 20"),
        ("10 - 20", (0, 2), "10 20"),
    ],
)
def test_numbers_of_a_value_stay_folded(text: str, span: tuple[int, int], value: str) -> None:
    """In Western digits, without separators, so that slots can be put in order."""
    assert passages(text).value(span) == value


def test_an_address_is_no_word_of_a_passage() -> None:
    """Its first letter is not the word that comes after it."""
    assert passages("page 1052 https://mba.to/news m b").value((1, 4)) == "1052 m b"


def test_numbers_with_spaces_between_them_keep_these() -> None:
    """Each is a word of its own."""
    text = passages("at 12 345 678, 90")

    assert text.words == ("at", "12", "345", "678", "90")
    assert text.value((1, 5)) == "12 345 678 90"


def test_half_a_character_is_replaced() -> None:
    """Everything else of the passage stays as it was written."""
    assert passages("one \ud83d two").passage((0, 2)) == "one \ufffd two"
