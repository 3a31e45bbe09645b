"""Runs of folded words as a text writes them."""

import pytest

from dedup.core import WordColumn
from dedup.text.written_passages import WrittenPassages, written_passages


def passages(text: str) -> WrittenPassages:
    """Return the passages of a text by its words."""
    return next(written_passages([text], WordColumn([text]).words([0])))


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


def test_words_that_are_not_found_stay_folded() -> None:
    """As the kernel spelt them."""
    text, _ = written_passages(["Köln", "Bonn"], [["koln", "bonn"], ["bonn"]])
    assert text.passage((0, 2)) == "koln bonn"
    assert text.passage((0, 1)) == "Köln"


def test_texts_are_spelt_together_as_alone() -> None:
    """Empty ones, numbers at a joint and halves of characters among them."""
    texts = ["Gold at 1", "250 Dollars", "", " \n", "Café\ud83d", "\udcf0 news 📰 Ça", "\u0301x y", "end "]
    words = WordColumn(texts).words(range(len(texts)))
    for some, text, together in zip(words, texts, written_passages(texts, words), strict=True):
        alone = passages(text)
        spans = [(start, end) for end in range(len(some) + 1) for start in range(end)]
        assert [*map(together.passage, spans)] == [*map(alone.passage, spans)]
        assert [*map(together.value, spans)] == [*map(alone.value, spans)]


def test_a_number_is_found_inside_a_run_of_digits_with_spaces() -> None:
    """345678 is part of 12 345 678, and 90 is in the next run."""
    (text,) = written_passages(["at 12 345 678, 90"], [["at", "345678", "90"]])

    assert text.passage((1, 2)) == "345 678"
    assert text.value((1, 3)) == "345678 90"
