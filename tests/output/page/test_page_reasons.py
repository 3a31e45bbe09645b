"""The page words a reason as Python does: the same phrases, filled by a twin of `Reason.text`."""

from typing import Any

import pytest

from dedup.model import ReasonKind
from dedup.model.reason import LANGUAGES
from dedup.output.page.content import KINDS, phrase_tables
from tests.model.test_reason import CASES, reason_of
from tests.page_in_browser import Browser
from tests.page_modules import one_script

ISOLATES = str.maketrans("", "", "\u2068\u2069")
PROGRAM = one_script("words/reasons")


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Any:  # noqa: ANN401 - playwright's own
    """An empty tab."""
    return browser.new_page()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_words_every_reason_as_python_does(tab: Any, language: str) -> None:  # noqa: ANN401 - playwright's
    """Every case of tests/model/reasons.json, in each language."""
    coded = [[KINDS.index(ReasonKind(case["kind"])), *case["values"]] for case in CASES]
    page = {"language": language, "core": {"phrases": phrase_tables()}}

    shown = tab.evaluate(f"([page, coded]) => {{ {PROGRAM}; return coded.map(reasonText); }}", [page, coded])

    assert [sentence.translate(ISOLATES) for sentence in shown] == [
        reason_of(case).text(language).translate(ISOLATES) for case in CASES
    ]


def test_words_of_a_document_are_isolated(tab: Any) -> None:  # noqa: ANN401 - as above
    """A Persian word inside an English sentence leaves the numbers around it in their order."""
    page = {"language": "en", "core": {"phrases": phrase_tables()}}
    coded = [KINDS.index(ReasonKind.EXCHANGED), [["شنبه", "جمعه"], ["3", "4"]], 0]

    shown = tab.evaluate(f"([page, coded]) => {{ {PROGRAM}; return reasonText(coded); }}", [page, coded])

    assert shown == (
        "numbers, dates and names in each other's place: "
        "\u2068شنبه\u2069 -> \u2068جمعه\u2069, \u20683\u2069 -> \u20684\u2069"
    )


@pytest.mark.parametrize("name", ["persian", "english", "reasons"])
def test_the_page_parses_no_sentence(name: str) -> None:
    """Its words are tables; what is said of a report comes as codes and values."""
    text = one_script(f"words/{name}")

    assert "[/^" not in text
    assert ".match(" not in text
