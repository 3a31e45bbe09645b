"""What the page marks is what the reasons were read from: one alignment, in Python and in the browser."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dedup.comparison.align import WordSequence, align, read_words
from dedup.comparison.difference import difference
from dedup.core.numerals import DATES, NUMERALS
from dedup.model import Document
from dedup.output.page.page_dates import PageDates
from dedup.output.page.page_documents import PageDocuments, folded_key
from tests.made_up_news import reworded, story
from tests.page_in_browser import Browser
from tests.page_modules import one_script
from tests.report_samples import a_report

PROGRAM = one_script("text/fold", "text/clean_text", "text/word_diff", "text/word_types", "text/align")
ASKED = """
({ left, right, alphabet, boilerplate, numerals, dates }) => {
  const found = align(left, right, {
    fold: folder(alphabet),
    furniture: { sentences: new Set(), passages: boilerplate },
    numerals: new Set(numerals),
    dates: new Set(dates),
  });
  const sides = [found.left, found.right];
  const inPassages = (side, kept) =>
    side.state.filter(({ passage }) => passage >= 0 && found.passages[passage].kept === kept).length;
  const keys = (side, places) => places.map((at) => side.keys[at]);
  return {
    words: sides.map(({ words }) => words.length),
    kept: inPassages(found.left, true),
    kept_right: inPassages(found.right, true),
    moved: sides.map((side) => inPassages(side, false)),
    fresh: sides.map(({ state }) => state.filter(({ fresh }) => fresh).length),
    slots: found.slots,
    exchanged: found.exchanged,
    numbers: sides.map(({ words }, which) => [
      ...new Set(words.map(({ whole }) => whole).filter(
        (whole) => isNumber(whole, new Set(numerals)) && !sides[1 - which].written.has(whole))),
    ]),
    marked: sides.map(({ words, state }) => [
      ...new Set(words.filter((_, at) => state[at].type === "number").map(({ whole }) => whole)),
    ]),
    differences: found.differences.map(({ left: ours, right: theirs }) => [
      keys(found.left, ours), keys(found.right, theirs)]),
    links: found.moved.map((place) => [found.passages[place].number, found.passages[place].to]),
    furniture: keys(found.left, found.left.words.map((_, at) => at).filter((at) => found.left.furniture[at])),
  };
}
"""
CASES = json.loads((Path(__file__).parent / "alignments.json").read_text(encoding="utf-8"))
"""Pairs of texts and what is found in them, worked out by hand, for Python and the browser alike."""
MEASURED = ("kept", "moved", "fresh", "slots", "numbers")
WORDS = [
    *("باران", "شهر", "آتش\u200cبس", "خبر", "۱۲", "رودخانه", "می\u200cرود", "كتاب", "دریا", "و", "به", "از"),
    *("دوم", "سوم", "شنبه", "یکشنبه", "85هزار", "1,404", "گزارش", "گزارشی", "گزارشگر"),
    *("report", "Northbridge", "northbridges", "۸٬۴۰۰", "ferry", "🌊", "東京湾", "tvを9"),
    *(
        "covid19",
        "0ver",
        "www.example.com/a",
        "@made_up",
        "a@b.example",
        "پل",
        "راه",
        "بندر",
        "قایق",
        "موج",
        "ساحل",
    ),
]

type Aligned = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def aligned(browser: Browser) -> Aligned:
    """Align two texts by the page's program."""
    tab = browser.new_page()
    tab.evaluate(
        f"() => {{ {PROGRAM}; window.asked = (given) => JSON.stringify(({ASKED})(JSON.parse(given))); }}"
    )  # as texts: playwright takes values apart one by one

    def in_page(left: str, right: str, *boilerplate: str) -> dict[str, Any]:
        documents = PageDocuments(
            {"a": Document("a", left), "b": Document("b", right)}, PageDates(a_report())
        )
        documents.add(["a", "b"])
        given = {
            "left": left,
            "right": right,
            "alphabet": documents.alphabet(),
            "boilerplate": [folded_key(passage) for passage in boilerplate],
            "numerals": sorted(NUMERALS),
            "dates": sorted(DATES),
        }
        found: dict[str, Any] = json.loads(tab.evaluate("(given) => asked(given)", json.dumps(given)))
        return found

    return in_page


def unflagged(words: WordSequence) -> WordSequence:
    """Return words of which none is left out or a name: a page shows whole texts, and guesses names."""
    return replace(words, flags=bytes(len(words.words)))


def in_report(left: str, right: str) -> dict[str, Any]:
    """Align two texts as the report does, and find the numbers that its reasons name."""
    ours, theirs = (unflagged(read_words(text)) for text in (left, right))
    found, differs = align(ours, theirs), difference(left, right)
    return {
        "words": list(found.words),
        "kept": found.kept,
        "moved": list(found.moved),
        "fresh": list(found.fresh),
        "slots": found.slots,
        "exchanged": found.exchanged,
        "examples": {frozenset(fact[:2]) for fact in found.examples},
        "numbers": [list(differs.left_numbers), list(differs.right_numbers)],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_report_finds_what_was_worked_out_by_hand(case: dict[str, Any]) -> None:
    """The golden cases, read by Python."""
    found = in_report(case["left"], case["right"])

    assert {name: found[name] for name in MEASURED} == {name: case[name] for name in MEASURED}
    assert found["examples"] == {frozenset(pair) for pair in case["exchanged"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_page_finds_what_was_worked_out_by_hand(aligned: Aligned, case: dict[str, Any]) -> None:
    """The same cases, read by the browser; exchanged sides give the mirrored result."""
    found = aligned(case["left"], case["right"])
    mirrored = aligned(case["right"], case["left"])

    assert {name: found[name] for name in MEASURED} == {name: case[name] for name in MEASURED}
    assert found["differences"] == case["differences"]
    assert {frozenset(pair) for pair in found["exchanged"]} == {frozenset(pair) for pair in case["exchanged"]}
    assert mirrored["differences"] == [[right, left] for left, right in case["differences"]]


@pytest.mark.parametrize("seed", range(40))
def test_the_page_aligns_as_the_report_does(aligned: Aligned, seed: int) -> None:
    """Whatever the script, the order and the share of changed words."""
    chance = random.Random(seed)
    vocabulary = WORDS if seed % 2 else WORDS[:12]
    left = chance.choices(vocabulary, k=chance.randint(1, 150))
    right = [word if chance.random() > 0.15 else chance.choice(vocabulary) for word in left]
    cut = chance.randint(0, len(right)) if seed % 3 else 0
    one, other = " ".join(left), "، ".join(right[cut:] + right[:cut])

    found, expected = aligned(one, other), in_report(one, other)

    same = ("words", "moved", "fresh", "slots")
    assert {name: found[name] for name in same} == {name: expected[name] for name in same}
    assert expected["kept"] in {found["kept"], found["kept_right"]}  # `14 04` kept as `1404` has two counts
    assert len(found["exchanged"]) == expected["exchanged"]
    assert list(map(set, found["numbers"])) == list(map(set, expected["numbers"]))


@pytest.mark.parametrize("seed", range(10))
def test_scripts_without_spaces_are_aligned_letter_by_letter(aligned: Aligned, seed: int) -> None:
    """As the report parts them."""
    chance = random.Random(seed)
    left, right = ("".join(chance.choices("東京湾岸12大阪", k=chance.randint(3, 80))) for _ in range(2))

    found, expected = aligned(left, right), in_report(left, right)

    same = ("words", "moved", "fresh", "slots")
    assert {name: found[name] for name in same} == {name: expected[name] for name in same}


def test_every_number_that_a_reason_names_is_marked(aligned: Aligned) -> None:
    """And no other: one that both texts have is no difference, wherever each has it."""
    found = aligned(
        "On 3 May the port loaded 41 ships and 17 barges.\nCode 9001",
        "The port loaded 42 ships, 3 tugs and 17 barges.",
    )

    assert found["numbers"] == [["41", "9001"], ["42"]]
    assert found["marked"] == [["41", "9001"], ["42"]]


@pytest.mark.parametrize(
    ("left", "right", "expected"), [("", "any words", [[[], ["any", "words"]]]), ("", "", [])]
)
def test_a_text_without_words_has_no_marks(
    aligned: Aligned, left: str, right: str, expected: list[list[list[str]]]
) -> None:
    """All of the other text is the difference."""
    assert aligned(left, right)["differences"] == expected


def test_what_moved_has_one_number_on_both_sides(aligned: Aligned) -> None:
    """The passages link to each other; one that is repeated links to what it repeats."""
    moved = aligned(CASES[7]["left"], CASES[7]["right"])
    repeated = aligned(CASES[8]["left"], CASES[8]["right"])

    assert [number for number, _ in moved["links"]] == [1, 1]
    assert sorted(to for _, to in moved["links"]) == [0, 2]
    assert repeated["links"] == [[1, 0]]


def test_what_the_report_left_out_is_furniture(aligned: Aligned) -> None:
    """Wherever it is, however it is spelt; it is no difference."""
    left = "The quay is long. Follow our channel for more harbour news today."
    right = "The quay is long."

    found = aligned(left, right, "FOLLOW our channel for more harbour-news")

    assert found["furniture"] == ["follow", "our", "channel", "for", "more", "harbour", "news"]
    assert found["differences"] == [[["today"], []]]


def test_furniture_may_hold_an_address(aligned: Aligned) -> None:
    """The address is no word, and the words around it are furniture."""
    left = "The quay is 1,200 metres long. Read more at www.example.com every day. It rains."

    found = aligned(left, "The quay is 1,200 metres long.", "Read more at www.example.com every day")

    assert found["furniture"] == ["read", "more", "at", "every", "day"]


def test_what_replaces_something_counts_though_it_recurs(aligned: Aligned) -> None:
    """Both rates occur in many reports, and they are not the same."""
    found = aligned(
        "the dollar costs 15 thousand", "the dollar costs 12 thousand", "15 thousand", "12 thousand"
    )

    assert found["differences"] == [[["15"], ["12"]]]


@pytest.mark.parametrize("left", ["{story} {shared}", "{shared} {story}", "{reworded}", "{end} {start}"])
def test_long_texts_are_aligned_as_the_report_does(aligned: Aligned, left: str) -> None:
    """21,000 words: another story ahead or behind, one word in fifty exchanged, halves exchanged."""
    shared = story(1, words=21_000)
    parts = {"start": shared[:70_000], "end": shared[70_000:], "reworded": reworded(shared, every=50)}
    text = left.format(story=story(2, words=21_000), shared=shared, **parts)

    found, expected = (
        aligned(text, f"{story(3, words=50)} {shared}"),
        in_report(text, f"{story(3, words=50)} {shared}"),
    )

    same = ("words", "kept", "moved", "fresh", "slots")
    assert {name: found[name] for name in same} == {name: expected[name] for name in same}
