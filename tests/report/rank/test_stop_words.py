"""What is known of words by language, and telling Persian from its neighbours."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from dedup.report.rank.language import are_persian
from dedup.report.rank.stop_words import general_vocabulary, persian_vocabulary
from dedup.text.fold import fold

PERSIAN = "رئیس جمهور امروز در جلسه هیئت دولت گفت: این طرح برای مردم است و باید از آن حمایت کرد."
NEIGHBOURS = {
    "Arabic": "قال رئيس الوزراء في مؤتمر صحفي اليوم إن الحكومة سوف تعمل على تنفيذ هذا المشروع من أجل الشعب",
    "Urdu": "وزیراعظم نے کہا ہے کہ حکومت عوام کی خدمت کے لیے کام کر رہی ہے اور یہ منصوبہ جلد مکمل ہو گا",
    "Sorani": "سەرۆکی هەرێم لە کۆنگرەیەکدا ڕایگەیاند کە ئەمڕۆ بە یەک دەگەن و کێشەکان چارەسەر دەکەن",
    "Pashto": "د بهرنیو چارو وزیر په کابل کې وویل چې دوی به د ګاونډیو سره ښې اړیکې ولري او خبرې به وکړي",
    "English": "The president said today that the plan is for the people and should be supported by all.",
    "nothing": "",
}


def is_persian(text: str) -> bool:
    """Tell one text."""
    (told,) = are_persian([text]).tolist()
    return bool(told)


def folded(text: str) -> str:
    """Fold a text, as the ranking gets it."""
    return str(fold(text))


def test_persian_is_known_by_its_function_words() -> None:
    """A Persian sentence, with and without its half-spaces, is Persian."""
    assert is_persian(folded(PERSIAN))
    assert is_persian(folded("خبر می\u200cرسد که کتاب\u200cهای او در راه است"))


@pytest.mark.parametrize("language", NEIGHBOURS)
def test_a_neighbour_of_persian_is_not_persian(language: str) -> None:
    """Languages in the same letters, folded to the same letters, are distinguished."""
    assert not is_persian(folded(NEIGHBOURS[language]))


def test_a_few_quoted_words_do_not_make_a_text_persian() -> None:
    """One Persian function word in fifty is not above the share; one in forty is."""
    assert not is_persian(" ".join(["در", *["كلمة"] * 49]))
    assert is_persian(" ".join(["در", *["كلمة"] * 39]))


def test_hazm_joins_the_parts_of_a_verb() -> None:
    """«نوشته شده است» is one word, also where folding changed its letters (آمده is امده)."""
    join = persian_vocabulary().join

    assert join(["خبر", "نوشته", "شده", "است"]) == ["خبر", "نوشته_شده_است"]
    assert join(folded("خبر آمده است").split()) == ["خبر", "امده_است"]


def test_hazm_is_used_without_the_packages_that_download_models() -> None:
    """docs/reference/dependencies.md names them: whoever uninstalls them loses nothing."""
    page = Path(__file__).parents[3].joinpath("docs/reference/dependencies.md").read_text(encoding="utf-8")
    (named,) = re.findall("^pip uninstall (.+)$", page, flags=re.MULTILINE)
    modules = [name.replace("-", "_") for name in named.split()]
    script = f"""
import sys
sys.modules.update(dict.fromkeys({modules}))
from dedup.report.rank.stop_words import persian_vocabulary
print(persian_vocabulary().name)
"""

    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, encoding="utf-8")

    assert done.stdout == "hazm\n"


def test_an_auxiliary_at_the_end_is_kept() -> None:
    """A trimmed story may end in «خواهد», alone or after another."""
    join = persian_vocabulary().join

    assert join(["او", "خواهد"]) == ["او", "خواهد"]
    assert join(["خواهد", "نخواهد"]) == ["خواهد_نخواهد"]
    assert join(["ساعت", "12"]) == ["ساعت", "12"]


def test_what_opens_a_verb_is_known() -> None:
    """An auxiliary before it and the participles; not what comes after."""
    openers = persian_vocabulary().openers

    assert {"خواهد", "نخواهند", "رفته", "نوشته", "امده"} <= openers
    assert not {"است", "بود", "رفت"} & openers


def test_stop_words_are_in_folded_spelling() -> None:
    """The list's spellings, with half-spaces and آ, do not occur in folded text; these do."""
    stop_words = persian_vocabulary().stop_words

    assert {"میشود", "ان", "شده_است", "امده_است"} <= stop_words
    assert not {"می\u200cشود", "آن", "آمده_است"} & stop_words


def test_auxiliaries_are_stop_words_alone_and_together() -> None:
    """«خواهیم بود» is no more informative than «خواهیم»; «خواهیم رفت» is."""
    stop_words = persian_vocabulary().stop_words

    assert {"خواهیم", "بودند", "خواهیم_بود", "نخواهد_شد"} <= stop_words
    assert "خواهیم_رفت" not in stop_words


def test_a_suffix_left_alone_is_a_stop_word() -> None:
    """A half-space turned into a blank leaves «های» and «ها» standing as words."""
    assert {"های", "ها"} <= persian_vocabulary().stop_words


def test_numerals_are_no_stop_words() -> None:
    """شب دوم and شب چهارم differ in a word that hazm would stop."""
    assert not {"دو", "دوم", "چهارم", "شش"} & persian_vocabulary().stop_words


def test_the_general_vocabulary_stops_english_and_joins_nothing() -> None:
    """Of «the fox» only fox is informative; words stay as they are."""
    general = general_vocabulary()

    assert "the" in general.stop_words
    assert "fox" not in general.stop_words
    assert general.join(["خواهد", "رفت"]) == ["خواهد", "رفت"]


def test_without_hazm_the_general_vocabulary_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where hazm cannot be imported its place is taken, under the name of what took it."""
    monkeypatch.setitem(sys.modules, "hazm", None)

    vocabulary = persian_vocabulary()

    assert vocabulary.name == "unicode"
    assert {"از", "است"} <= vocabulary.stop_words
