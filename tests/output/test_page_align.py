"""How the page aligns two texts, judged by other ways: the report's own evidence, and rapidfuzz."""

import random
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest
from rapidfuzz.distance import LCSseq

from dedup.comparison.passages import shared_passages
from dedup.model import Document
from dedup.output.page.page_documents import Shelf, key
from dedup.text.fold import fold
from tests.page_in_browser import launched

PROGRAM = "\n".join(
    files("dedup.output.page").joinpath(name).read_text(encoding="utf-8")
    for name in ("fold.js", "passages.js", "word_diff.js", "word_types.js", "align.js")
)
ASKED = """
({ left, right, alphabet, width, boilerplate }) => {
  const fold = folder(alphabet);
  const furniture = { sentences: new Set(), passages: boilerplate };
  const found = align(left, right, { width, fold, furniture, numerals: new Set() });
  const sides = [foldText(left, fold), foldText(right, fold)];
  const bounds = ({ begins, ends }, [first, end]) => [begins[first], ends[end - 1]];
  const keys = [found.left, found.right].map((side) => side.words.map((word) => word.key));
  return {
    folded: sides.map(({ letters }) => letters),
    passages: sharedPassages(...sides, width).map(
      (passage) => [...bounds(sides[0], passage.left), ...bounds(sides[1], passage.right)]),
    words: keys,
    common: commonWords(...keys).length,
    differences: found.differences.map(({ left: ours, right: theirs }) => [
      ours.map((at) => found.left.words[at].key), theirs.map((at) => found.right.words[at].key)]),
    moved: found.moved.length,
    furniture: found.left.words.filter((_, at) => found.left.furniture[at]).map(({ key }) => key),
  };
}
"""
WORDS = [
    *(
        "باران",
        "شهر",
        "آتش\u200cبس",
        "خبر",
        "۱۲",
        "رودخانه",
        "می\u200cرود",
        "كتاب",
        "دریا",
        "و",
        "به",
        "از",
        "در",
        "را",
    ),
    *("report", "Northbridge", "38", "ferry", "🌊", "東京湾"),
]

type Aligned = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def aligned() -> Iterator[Aligned]:
    """Align two texts by the page's program."""
    with launched() as browser:
        tab = browser.new_page()

        def align(left: str, right: str, *boilerplate: str) -> dict[str, Any]:
            shelf = Shelf({"a": Document("a", left), "b": Document("b", right)})
            shelf.put(["a", "b"])
            given = {
                "left": left,
                "right": right,
                "alphabet": shelf.alphabet(),
                "width": 20,
                "boilerplate": [key(passage) for passage in boilerplate],
            }
            found: dict[str, Any] = tab.evaluate(
                f"(given) => {{ {PROGRAM}; return ({ASKED})(given); }}", given
            )
            return found

        yield align


def passages(left: str, right: str) -> list[list[int]]:
    """Passages by the report's own search, bounds in UTF-16 units as a browser counts."""

    def place(text: str, at: int) -> int:
        return len(text[:at].encode("utf-16-le")) // 2

    return [
        [
            place(left, found.left_start),
            place(left, found.left_end),
            place(right, found.right_start),
            place(right, found.right_end),
        ]
        for found in shared_passages(fold(left), fold(right), letters=20)
    ]


@pytest.mark.parametrize("seed", range(40))
def test_the_page_finds_the_passages_of_the_report(aligned: Aligned, seed: int) -> None:
    """The same folded letters, the same passages at the same places, whatever the script."""
    chance = random.Random(seed)
    left = chance.choices(WORDS, k=chance.randint(1, 120))
    right = [word if chance.random() > 0.1 else chance.choice(WORDS) for word in left]
    cut = chance.randint(0, len(right))
    one, other = " ".join(left), "، ".join(right[cut:] + right[:cut])

    found = aligned(one, other)

    assert found["folded"] == [str(fold(one)).replace(" ", ""), str(fold(other)).replace(" ", "")]
    assert found["passages"] == passages(one, other)


@pytest.mark.parametrize("seed", range(10))
def test_the_page_aligns_as_many_words_as_rapidfuzz(aligned: Aligned, seed: int) -> None:
    """No alignment of the two lists of words keeps more of them."""
    chance = random.Random(seed)
    left, right = (" ".join(chance.choices(WORDS, k=80)) for _ in range(2))

    found = aligned(left, right)

    assert found["common"] == LCSseq.similarity(*found["words"])


@pytest.mark.parametrize(
    ("left", "right", "differences"),
    [
        (
            "the quay is 640 metres long and two vessels dock at once",
            "the quay is 460 metres long and two vessels dock at once",
            [[["640"], ["460"]]],
        ),
        ("پرداخت می\u200cشود و آتش\u200cبس آغاز شد در شهر", "پرداخت می شود و آتشبس آغاز شد در شهر", []),
        (
            "ferries sail every forty minutes from the island",
            "ferries sail from the island",
            [[["every", "forty", "minutes"], []]],
        ),
        (
            "قیمت طلا و سکه در بازار شنبه به نرخ تازه اعلام شد",
            "قیمت طلا و سکه در بازار یکشنبه به نرخ تازه اعلام شد",
            [[["شنبه"], ["یکشنبه"]]],
        ),
        ("", "any words", [[[], ["any", "words"]]]),
        ("", "", []),
    ],
)
def test_differences_are_words(
    aligned: Aligned, left: str, right: str, differences: list[list[list[str]]]
) -> None:
    """What was replaced stands against what replaced it; spelling is no difference."""
    assert aligned(left, right)["differences"] == differences


def test_an_exchanged_paragraph_is_moved_not_different(aligned: Aligned) -> None:
    """The longer of the two stays the frame."""
    first = "The three electric cranes were tested over the winter at the old terminal."
    second = "Hauliers asked the city for a second road to the motorway since lorries wait at the gate."

    found = aligned(f"{first}\n{second}", f"{second}\n{first}")

    assert (found["moved"], found["differences"]) == (1, [])


def test_a_word_that_changed_inside_a_moved_paragraph_is_one_difference(aligned: Aligned) -> None:
    """The two halves stay neighbours: the old word stands against the new one."""
    moved = "The three electric cranes were shipped from the yards of {} last autumn and tested in the cold."
    rest = (
        "Hauliers asked the city for a second road to the motorway since lorries wait at the gate all day. "
        * 2
    )

    found = aligned(f"{moved.format('Easthaven')}\n{rest}", f"{rest}\n{moved.format('Westmarch')}")

    assert found["moved"] == 2
    assert found["differences"] == [[["easthaven"], ["westmarch"]]]


def test_what_the_report_left_out_is_furniture(aligned: Aligned) -> None:
    """Wherever it stands, however it is spelt; it is no difference."""
    left = "The quay is long. Follow our channel for more harbour news today."
    right = "The quay is long."

    found = aligned(left, right, "FOLLOW our channel for more harbour-news")

    assert found["furniture"] == ["follow", "our", "channel", "for", "more", "harbour", "news"]
    assert found["differences"] == [[["today"], []]]


def test_what_replaces_something_counts_though_it_recurs(aligned: Aligned) -> None:
    """Both rates stand in many reports, and they are not the same."""
    found = aligned(
        "the dollar costs 15 thousand", "the dollar costs 12 thousand", "15 thousand", "12 thousand"
    )

    assert found["differences"] == [[["15"], ["12"]]]
