"""Two texts in two columns: what is marked, and that texts do nothing there."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

import dedup
from dedup.output.side_by_side import side_by_side
from tests.report_samples import FIGURE

SHARED = "The ministry of energy said on Monday that two new power stations will feed the national grid"


class Page(HTMLParser):
    """Tags, and the texts that are marked."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.marked: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Note a tag."""
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """End what was opened last, and nothing else."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note what is marked."""
        if self.open[-1] == "mark":
            self.marked.append(data)


def test_words_of_one_text_only_are_marked() -> None:
    """Neighbours together, in both columns; the other spelling of a word is no other word."""
    shown = side_by_side(dedup.compare(f"Breaking news: {SHARED}.", f"{SHARED.upper()}, he said yesterday"))

    assert Page(shown).marked == ["Breaking news", "he said yesterday"]


def test_moved_passages_are_not_marked() -> None:
    """They are in both texts."""
    other = "Heavy snow closed the mountain roads of three provinces overnight, the traffic police reported"

    assert Page(side_by_side(dedup.compare(f"{SHARED}. {other}", f"{other}. {SHARED}"))).marked == []


def test_the_verdict_and_the_reasons_come_first() -> None:
    """As `dedup compare` prints them, changed figures among them."""
    compared = dedup.compare(f"{SHARED} of 40 towns", f"{SHARED} of 14 towns")
    shown = side_by_side(replace(compared, verdict=dedup.Verdict.NEAR_DUPLICATE, changed=(FIGURE,)))

    places = [shown.index(piece) for piece in ("near-duplicate: same", "changed: 40 -&gt; 14", "<table")]
    assert places == sorted(places)


def test_lines_are_kept() -> None:
    """Also where a mark begins or ends."""
    shown = side_by_side(dedup.compare(f"Lead\n\n{SHARED}", f"{SHARED}\nEnd\n"))

    assert f"<mark>Lead</mark>\n\n{SHARED}" in shown
    assert f"{SHARED}\n<mark>End</mark></td>" in shown


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "</td></table>", "&lt;b&gt;", "\u202e\x1b[31m"]
)
def test_texts_and_titles_are_inert(hostile: str) -> None:
    """The tags are ours, whatever they say."""
    plain, other = (
        side_by_side(
            dedup.compare({"text": f"{text} {SHARED}", "title": text}, {"text": SHARED, "source": text})
        )
        for text in ("plain", hostile)
    )

    assert [tag for tag in Page(other).tags if tag != "mark"] == [
        tag for tag in Page(plain).tags if tag != "mark"
    ]
    assert not set("\u202e\x1b") & set(other)


@pytest.mark.parametrize(("letters", "cut"), [(20_000, False), (20_001, True)])
def test_a_text_of_more_than_twenty_thousand_characters_is_cut(letters: int, *, cut: bool) -> None:
    """The end says so."""
    shown = side_by_side(dedup.compare(("word " * 5000)[: letters - 1] + "x", SHARED))

    assert ("\u2026</td>" in shown, "x</mark></td>" in shown) == (cut, not cut)


def test_a_comparison_shows_itself_in_a_notebook() -> None:
    """The same piece."""
    comparison = dedup.compare(SHARED, SHARED)

    assert comparison._repr_html_() == side_by_side(comparison)


def test_a_comparison_has_a_ratio() -> None:
    """As difflib has it: twice what is shared by both sizes; none where one text is too short."""
    comparison = dedup.compare(SHARED, SHARED)

    assert (comparison.ratio, comparison.jaccard, comparison.containment) == (1.0, 1.0, 1.0)
    short = dedup.compare(SHARED, "short")
    assert (short.ratio, short.jaccard, short.containment) == (None, None, None)
    assert dedup.compare(SHARED, f"{SHARED} and so on for years").ratio > 0.8
