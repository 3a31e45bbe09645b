"""Reasons are data, and every kind has a sentence in each language."""

import json
from pathlib import Path

import pytest

import dedup
from dedup.model import Reason, ReasonKind, detail_phrases
from dedup.model.reason import LANGUAGES
from dedup.model.reason_phrases import PHRASES

CASES = json.loads((Path(__file__).parent / "reasons.json").read_text(encoding="utf-8"))
"""Reasons and their sentences; tests/output/page/test_page_reasons.py holds the page to the same."""


def frozen(value: object) -> object:
    """Make tuples of lists."""
    return tuple(map(frozen, value)) if isinstance(value, list) else value


def reason_of(case: dict[str, object]) -> Reason:
    """Make the reason of a case."""
    return Reason(ReasonKind(str(case["kind"])), frozen(case["values"]))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_reason_is_a_sentence(language: str) -> None:
    """Its digits, its plurals; a list says what it leaves out."""
    assert [reason_of(case).text(language) for case in CASES] == [case[language] for case in CASES]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("ar", "كلمات جديدة: الممثل ٤٪، هذا الخبر ١٢٪"), ("ur", "نئے الفاظ: نمائندہ 4%، یہ خبر 12%")],
)
def test_reasons_are_told_in_arabic_and_urdu(language: str, sentence: str) -> None:
    """With the digits of the language."""
    reason = Reason(ReasonKind.NEW_WORDS, ("representative", 4, "member", 12))

    assert reason.text(language) == sentence


def test_every_kind_has_a_case() -> None:
    """No phrase goes unread."""
    assert {case["kind"] for case in CASES} == set(ReasonKind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_phrase(language: str) -> None:
    """And no phrase is left over."""
    assert set(PHRASES[language].reasons) == set(ReasonKind)


@pytest.mark.parametrize("words", [*detail_phrases.PERSIAN])
def test_a_detail_that_is_translated_is_one_that_is_given(words: str) -> None:
    """Else a reader in that language would get it in English."""
    folder = Path(dedup.__file__).parent / "input"

    assert any(f'"{words}"' in path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))


def test_the_string_of_a_reason_is_english() -> None:
    """As the JSON has it."""
    assert str(Reason(ReasonKind.JACCARD, (35,))) == "35 % of both texts together is shared"
