"""Folded words as a text writes them; whole words of scripts without spaces."""

import sys
import unicodedata
from collections.abc import Sequence

import pytest

from dedup.text import written_words
from dedup.text.written_words import MANY, as_written, count_words, whole_words


@pytest.mark.parametrize(
    ("text", "folded", "written"),
    [
        ("نیا کارڈ ملا", "کارد", "کارڈ"),
        ("The Łódź fire", "lodz", "Łódź"),
        ("آتش\u200cبس آغاز شد", "اتشبس", "آتش\u200cبس"),
        ("سَلام بر همه", "سلام", "سَلام"),
        ("report and port", "port", "port"),
        ("قیمت 85هزار تومان", "هزار", "هزار"),
        ("گفته شده‌است", "گفته شدهاست", "گفته شده‌است"),
        ("😀 Cafe\u0301s", "cafes", "Cafés"),
        ("Cafe\u0301", "cafe", "Café"),
        ("a" + 9 * "\u0315" + " b", "a", "a" + 8 * "\u0315"),
        ("Pоlice, police", "police", "Pоlice"),  # the first with a Cyrillic о
    ],
)
def test_a_word_is_spelt_as_the_text_spells_it_first(text: str, folded: str, written: str) -> None:
    """With its capitals, marks and half-spaces; composed."""
    assert as_written(text, [folded]) == [written]


@pytest.mark.parametrize("text", ["북한 미사일", unicodedata.normalize("NFD", "북한 미사일")])
def test_korean_is_shown_in_syllables(text: str) -> None:
    """Its folded words are jamo; one that no text has is composed too."""
    folded = "\u1106\u1175\u1109\u1161\u110b\u1175\u11af"

    assert as_written(text, [folded]) == ["미사일"]
    assert as_written("", [folded]) == ["미사일"]


def test_words_that_the_text_does_not_have_stay_folded() -> None:
    """For example two that are written together."""
    assert as_written("one two", ["onetwo", "two"]) == ["onetwo", "two"]


@pytest.mark.parametrize(
    ("text", "folded", "written"),
    [
        ("他们讨论了水库建设。", "库建", "水库建设"),
        ("😀他们讨论了水库建设。", "水库", "水库"),
        ("東京都の小池百合子知事は発表した", "百合", "百合子"),
        ("นายกรัฐมนตรีเดินทางไปกรุงเทพมหานคร", "กร", "นายกรัฐมนตรี"),
        ("他们 ab水库", "ab", "ab"),
        ("德国总理朔尔茨，双方", "尔茨", "朔尔茨"),
        ("😀记者王明在北京", "王", "王明"),
    ],
)
def test_whole_words_are_shown_in_scripts_without_spaces(text: str, folded: str, written: str) -> None:
    """The kernel's words there are one letter or two; ICU knows where words begin and end."""
    assert as_written(text, [folded]) == [written]


@pytest.mark.parametrize("start", ["", "😀", "\ud83d"])
def test_a_text_is_cut_into_words_as_far_as_they_are_asked_for(
    start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sentence after sentence, without punctuation."""
    cut: list[str] = []
    bounds = written_words.word_bounds

    def noted(sentence: str) -> Sequence[int]:
        cut.append(sentence)
        return bounds(sentence)

    monkeypatch.setattr(written_words, "word_bounds", noted)
    words = whole_words(f"{start}他们讨论了水库。\n记者在北京！")

    assert next(word for word in words if word.isalpha()) == "他们"
    assert len(cut) == 1
    assert [*words] == ["讨论", "了", "水库", "记者", "在", "北京"]
    assert len(cut) == 2


def test_a_word_that_is_shared_in_part_is_shown_in_part() -> None:
    """Of 北京市 the other text has 北京 only; of 水库 it has all."""
    assert as_written("北京市的水库", ["北京", "水库"], all_known=True) == ["北京", "水库"]
    assert as_written("北京市的水库", ["北京", "京市"], all_known=True) == ["北京市", "北京市"]
    assert as_written("北京市的水库", ["市的", "水库"], all_known=True) == ["", "水库"]


def test_letters_are_shown_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the kernel cut them."""
    monkeypatch.setitem(sys.modules, "icu4py.breakers", None)

    assert as_written("他们讨论了水库建设。", ["库建"]) == ["库建"]


@pytest.mark.parametrize(
    ("text", "words"), [("北京天气。", 2), ("ประเทศไทย 2024", 2), ("。。", 0), ("\ud800京", 1), ("", 0)]
)
def test_words_of_scripts_without_spaces_are_counted(text: str, words: int) -> None:
    """Punctuation is no word; half a character is none either."""
    assert count_words(text) == words


def test_many_words_are_spelt_as_few_are() -> None:
    """Fifty words are looked up together, with the same spellings as one by one."""
    text = "Report on the port: CAFE\u0301, café; 85kg, گفته شده\u200cاست, the Port " + "x" * 9
    words = ["report", "port", "cafe", "kg", "گفته شدهاست", "absent", "گفته"] * 8

    assert len(words) > MANY
    assert as_written(text, words) == [as_written(text, [word])[0] for word in words]
