"""A report in a notebook: what is shown, and that titles do nothing there."""

from html.parser import HTMLParser

import pytest

import dedup
from dedup.model import Report
from tests.made_up_news import reworded, story

ONE, OTHER = story(1), story(2)
TAGS = {"div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</td></table></div><style>*{display:none}</style>",
    "<!-- ",
    "&lt;b&gt;",
    "javascript:alert(1)",
    "\u202egpj.exe",
    "half \ud800 a pair",
    "$\\unicode{<b>x</b>}$",
    "\x00\x1b[31m",
]


class Page(HTMLParser):
    """The tags of a piece of HTML with their attributes, and the cells of its tables."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[tuple[str, str | None]] = set()
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell."""
        self.tags.append(tag)
        self.attributes.update(attrs)
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """End what was opened last, and nothing else."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Fill a cell."""
        if self.open[-1] in {"td", "th"}:
            self.rows[-1][-1] += data


def shown(report: Report) -> Page:
    """Take apart what a notebook is given."""
    return Page(report._repr_html_() or "")


def test_figures_verdicts_and_clusters_are_shown() -> None:
    """Three copies of one story, two of them equal, and a story alone."""
    documents = [
        {"id": "a", "text": ONE, "title": "تیتر یک", "source": "مهر", "published": "2024-03-01"},
        {"id": "b", "text": ONE, "published": "2024-03-02"},
        {"id": "c", "text": reworded(ONE, every=40), "published": "2024-03-03"},
        {"id": "d", "text": OTHER},
        {"id": "e", "text": "short"},
    ]

    report = dedup.find_duplicates(documents)
    html = report._repr_html_() or ""
    page = Page(html)

    assert (
        "<strong>5 documents \u00b7 1 cluster of 3 documents \u00b7 2 can be spared (40 %)</strong>" in html
    )
    assert "<p>1 problem: 1 too short</p>" in html
    joined = {row[0]: row[1:3] for row in page.rows[1:-2]}
    assert joined == {"identical": ["1", "0"], "near-duplicate": ["1", "0"]}
    assert page.rows[-2] == ["cluster", "documents", "cohesion", "representative", "source", "published"]
    assert [*page.rows[-1][:2], *page.rows[-1][3:]] == ["1", "3", "تیتر یک", "مهر", "2024-03-01"]


@pytest.mark.parametrize("title", HOSTILE, ids=ascii)
def test_what_documents_hold_is_inert(title: str) -> None:
    """Title, source and date become text: the tags are ours, whatever they say, and it can be written."""
    plain, hostile = (
        dedup.find_duplicates(
            [{"id": name, "text": ONE, "title": text, "source": text, "published": ""} for name in "ab"]
        )
        for text in ("plain", title)
    )

    page = shown(hostile)

    assert page.tags == shown(plain).tags
    assert set(page.tags) == TAGS
    assert page.attributes == {
        ("class", "dedup-report tex2jax_ignore mathjax_ignore"),
        ("scope", "col"),
        ("dir", "auto"),
        ("style", "text-align: start"),
    }
    (hostile._repr_html_() or "").encode("utf-8")
    assert not set("\u202e\x00\x1b") & set(hostile._repr_html_() or "")


def test_an_escaped_title_is_shown_as_it_was() -> None:
    """Escaping is undone by the page, once."""
    title = "a < b & \"c\" &amp; 'd'"

    page = shown(dedup.find_duplicates([{"text": ONE, "title": title}] * 2))

    assert page.rows[-1][3] == title


def test_a_story_without_a_title_is_shown_by_its_first_words() -> None:
    """Those of its text, a hundred characters of it."""
    page = shown(dedup.find_duplicates([ONE, ONE]))

    assert page.rows[-1][3] == ONE[:99] + "\u2026"


def test_only_the_largest_clusters_are_shown() -> None:
    """The others are counted."""
    report = dedup.find_duplicates([story(number) for number in range(12)] * 2)
    html = report._repr_html_() or ""

    assert [row[0] for row in Page(html).rows[-10:]] == [str(n) for n in range(1, 11)]
    assert "<p>\u2026 and 2 more clusters</p>" in html


@pytest.mark.parametrize(
    ("texts", "said"),
    [([], "no documents: nothing to compare"), ([ONE], "1 document \u00b7 no copies found")],
    ids=["none", "one"],
)
def test_where_nothing_was_found_one_line_says_so(texts: list[str], said: str) -> None:
    """There is no table."""
    html = dedup.find_duplicates(texts)._repr_html_() or ""

    assert html.endswith(f"><p><strong>{said}</strong></p></div>")
    assert Page(html).tags == ["div", "p", "strong"]
