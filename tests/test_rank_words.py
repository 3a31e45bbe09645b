"""Cutting folded text into words, and telling Persian from its neighbours."""

import sys

import pytest

from dedup.stages.fold import fold
from dedup.stages.rank.words import general_tokeniser, is_persian, persian_tokeniser

PERSIAN = "رئیس جمهور امروز در جلسه هیئت دولت گفت: این طرح برای مردم است و باید از آن حمایت کرد."
NEIGHBOURS = {
    "Arabic": "قال رئيس الوزراء في مؤتمر صحفي اليوم إن الحكومة سوف تعمل على تنفيذ هذا المشروع من أجل الشعب",
    "Urdu": "وزیراعظم نے کہا ہے کہ حکومت عوام کی خدمت کے لیے کام کر رہی ہے اور یہ منصوبہ جلد مکمل ہو گا",
    "Sorani": "سەرۆکی هەرێم لە کۆنگرەیەکدا ڕایگەیاند کە ئەمڕۆ بە یەک دەگەن و کێشەکان چارەسەر دەکەن",
    "Pashto": "د بهرنیو چارو وزیر په کابل کې وویل چې دوی به د ګاونډیو سره ښې اړیکې ولري او خبرې به وکړي",
    "English": "The president said today that the plan is for the people and should be supported by all.",
    "nothing": "",
}


def folded(text: str) -> str:
    """Fold a text, as the ranking gets it."""
    return str(fold(text))


def test_persian_is_known_by_its_function_words() -> None:
    """A Persian sentence, with and without its half-spaces, is Persian."""
    assert is_persian(folded(PERSIAN))
    assert is_persian(folded("خبر می\u200cرسد که کتاب\u200cهای او در راه است"))


@pytest.mark.parametrize("language", NEIGHBOURS)
def test_a_neighbour_of_persian_is_not_persian(language: str) -> None:
    """Languages in the same letters, folded to the same letters, are told apart."""
    assert not is_persian(folded(NEIGHBOURS[language]))


def test_a_few_quoted_words_do_not_make_a_text_persian() -> None:
    """One Persian function word in fifty is not above the share; one in forty is."""
    assert not is_persian(" ".join(["در", *["كلمة"] * 49]))
    assert is_persian(" ".join(["در", *["كلمة"] * 39]))


def test_language_is_told_from_the_beginning() -> None:
    """Only the first 4,000 letters are read, whatever follows."""
    assert not is_persian("ب " * 2000 + "در " * 2000)


@pytest.mark.parametrize("tokeniser", [persian_tokeniser(), general_tokeniser()], ids=lambda each: each.name)
def test_a_number_is_a_word_of_its_own(tokeniser: object) -> None:
    """85هزار and 85 هزار give the same words in every tokeniser, so that they count as no change."""
    assert tokeniser.cut("85هزار نفر 12") == ["85", "هزار", "نفر", "12"]  # type: ignore[attr-defined]


def test_hazm_joins_the_parts_of_a_verb() -> None:
    """«نوشته شده است» is one word, also where folding changed its letters (آمده is امده)."""
    assert persian_tokeniser().cut("خبر نوشته شده است") == ["خبر", "نوشته_شده_است"]
    assert persian_tokeniser().cut(folded("خبر آمده است")) == ["خبر", "امده_است"]


def test_an_auxiliary_at_the_end_is_kept() -> None:
    """A trimmed story may end in «خواهد», alone or after a number."""
    assert persian_tokeniser().cut("او خواهد") == ["او", "خواهد"]
    assert persian_tokeniser().cut("خواهد نخواهد") == ["خواهد_نخواهد"]
    assert persian_tokeniser().cut("ساعت 12") == ["ساعت", "12"]


def test_stop_words_are_in_folded_spelling() -> None:
    """The list's spellings, with half-spaces and آ, do not stand in folded text; these do."""
    stop_words = persian_tokeniser().stop_words

    assert {"میشود", "ان", "شده_است", "امده_است"} <= stop_words
    assert not {"می\u200cشود", "آن", "آمده_است"} & stop_words


def test_a_suffix_left_alone_is_a_stop_word() -> None:
    """A half-space turned into a blank leaves «های» and «ها» standing as words."""
    assert {"های", "ها"} <= persian_tokeniser().stop_words


def test_numerals_are_no_stop_words() -> None:
    """شب دوم and شب چهارم differ in a word that hazm would stop."""
    assert not {"دو", "دوم", "چهارم", "شش"} & persian_tokeniser().stop_words


def test_general_words_are_what_blanks_part() -> None:
    """Letters with blanks between them are cut at the blanks, in any script."""
    assert general_tokeniser().cut("naïve привет اليوم") == ["naïve", "привет", "اليوم"]


def test_chinese_is_cut_into_pairs() -> None:
    """A run of three Han letters gives two overlapping pairs; the Latin word beside it stays whole."""
    assert general_tokeniser().cut("北京市abc 5") == ["北京", "京市", "abc", "5"]


def test_rare_han_letters_are_pairs_too() -> None:
    """A letter beyond the first plane is one letter."""
    assert general_tokeniser().cut("\U00020000\U00020001中") == ["\U00020000\U00020001", "\U00020001中"]


def test_thai_is_cut_into_pairs() -> None:
    """กขค gives กข and ขค."""
    assert general_tokeniser().cut("กขค") == ["กข", "ขค"]


def test_a_lone_letter_of_an_unspaced_script_is_a_word() -> None:
    """中 between blanks has no neighbour to pair with."""
    assert general_tokeniser().cut("ab 中") == ["ab", "中"]


@pytest.mark.parametrize("tokeniser", [persian_tokeniser(), general_tokeniser()], ids=lambda each: each.name)
def test_an_empty_text_has_no_words(tokeniser: object) -> None:
    """No text, no words."""
    assert tokeniser.cut("") == []  # type: ignore[attr-defined]


def test_without_hazm_the_general_tokeniser_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where hazm cannot be imported its place is taken, under the name of what took it."""
    monkeypatch.setitem(sys.modules, "hazm", None)

    tokeniser = persian_tokeniser()

    assert tokeniser.name == "unicode"
    assert {"از", "است"} <= tokeniser.stop_words


def test_a_run_of_auxiliaries_is_joined_in_bounded_pieces() -> None:
    """Such a run hazm joins of «خواهد» into one word, in quadratic time; no piece is longer than 8,000."""
    words = persian_tokeniser().cut("خواهد " * 10_000)

    assert sum(word.count("خواهد") for word in words) == 10_000
    assert max(map(len, words)) < 8100


def test_a_long_text_keeps_every_word() -> None:
    """Parting a long text for hazm loses nothing and cuts no word."""
    text = " ".join(f"کتاب{'ب' * (at % 7)}" for at in range(5000))

    assert persian_tokeniser().cut(text) == text.split()
