"""to_html: one page that is safe whatever the documents hold."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from test_reporting_samples import HOSTILE, a_cluster, a_member, a_pair, a_report, hostile_report, the_seeds

from dedup.records import Problem, Report, Verdict
from dedup.reporting import to_html as page_module
from dedup.reporting.to_html import to_html

ELEMENTS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "nav",
        "main",
        "section",
        "article",
        "footer",
    ),
    *("h1", "h2", "h3", "p", "div", "span", "a", "bdi", "dl", "dt", "dd", "ul", "li", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "href", "rel", "id", "dir", "scope"),
    *("data-label", "aria-label", "aria-labelledby", "aria-hidden"),
}
VOID = {"meta"}


class Page(HTMLParser):
    """Collects a page's elements and its text, and checks that it is well nested."""

    def __init__(self, written: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.other: list[str] = []
        self.open: list[str] = []
        self.feed(written.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which has to be this one."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        """Take what should not be there."""
        self.other.append(data)

    unknown_decl = handle_pi = handle_comment

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Find the attributes of every `tag`."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        """All that a reader sees, pieces one to a line."""
        return "\n".join(word for word in self.words if word.strip())


def test_the_seeds_on_a_page() -> None:
    """A reader meets the figures, the cluster with its members, the listed pair, the problem, the recipe."""
    text = Page(to_html(the_seeds())).text

    for words in (
        "2 of 5 documents are copies of one another, in 1 cluster.",
        "Cluster 1 \u00b7 \nتلاش ایران\n2 documents \u00b7 cohesion 35 % \u00b7 \n000.txt\n",
        "000.txt\n represents: \nlongest",
        "Shared terms:\nغزه\n",
        "رایزنی\n001.txt\nhttps://example.ir/1\ncontained\nstands inside\n35 %\n",
        "stands inside\n35 %\n77 %\n81 %\n1\nمهر\nآلبا\nASEAN",
        "Listed as partial\n1 pair, not joined: shared passages, each side with much of its own.",
        "روسیه\n003.txt\n004.txt\n13 %\n24 %\n\u2013\none passage is shared",
        "bad.txt\nunreadable\nnot text",
        "Documents by encoding\nutf-8\n4\ncp1256\n1\n",
        "bucket_cap\n128\n",
    ):
        assert words in text


def test_the_page_is_a_document_with_landmarks_and_headings() -> None:
    """One h1, a header, a main, a footer, named sections, tables with caption and scopes."""
    written = to_html(the_seeds())
    page = Page(written)

    assert written.startswith(b'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">')
    assert [len(page.all(tag)) for tag in ("h1", "header", "main", "footer", "nav")] == [1] * 5
    assert len(page.all("caption")) == len(page.all("table")) == 3
    assert {heading["scope"] for heading in page.all("th")} == {"col", "row"}
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = {
        attributes["aria-labelledby"] for _, attributes in page.elements if "aria-labelledby" in attributes
    }
    anchors = {link["href"][1:] for link in page.all("a") if link["href"].startswith("#")}
    assert named | anchors <= set(ids)


def test_the_policy_allows_the_style_sheet_and_nothing_else() -> None:
    """The hash in the policy is the hash of the sheet as it stands in the page."""
    written = to_html(a_report()).decode("utf-8")

    sheet = re.search("<style>(.*)</style>", written, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    policy = next(meta["content"] for meta in Page(written.encode()).all("meta") if "http-equiv" in meta)
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in sheet
    assert "@import" not in sheet


@pytest.mark.parametrize("text", [*HOSTILE.values(), "".join(HOSTILE.values())])
def test_hostile_text_adds_no_element_and_no_attribute(text: str) -> None:
    """The tree is that of a plain text, every element and attribute is one of ours, no control is left."""
    written = to_html(hostile_report(text))
    page = Page(written)

    assert [tag for tag, _ in page.elements] == [
        tag for tag, _ in Page(to_html(hostile_report("plain"))).elements
    ]
    assert {tag for tag, _ in page.elements} <= ELEMENTS
    assert {name for _, attributes in page.elements for name in attributes} <= ATTRIBUTES
    assert page.other == []
    assert page.open == []
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", written.decode("utf-8")
    )


def test_document_text_stands_as_it_was_written() -> None:
    """What looks like markup is shown, not dropped."""
    assert "<img src=x onerror=alert(1)>" in Page(to_html(hostile_report(HOSTILE["handler"]))).text


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.ir/خبر?a=1&b=2#c", True),
        ("HTTP://example.ir", True),
        ("https://[::1]/", True),
        ("https://", False),
        ("https:///path", False),
        ("javascript:alert(1)//https://example.ir", False),
        ("java\nscript:alert(1)", False),
        ("\x01javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.ir", False),
        ("ftp://example.ir", False),
        ("https://example.ir/\u202egpj.exe", False),
        ("https://example.ir/a b", False),
        ("https://example.ir/\nb", False),
        ('https://example.ir/"onclick="alert(1)', False),
        ("https://example.ir/" + "a" * 2_000, False),
    ],
)
def test_only_web_addresses_are_links(url: str, *, linked: bool) -> None:
    """Links go to http and https without blanks, quotes or controls; all else is text."""
    report = a_report(clusters=(a_cluster(a_member("a", url=url)),))

    links = [link for link in Page(to_html(report)).all("a") if not link["href"].startswith("#")]

    assert links == ([{"href": url, "rel": "noreferrer noopener"}] if linked else [])


def test_document_text_is_isolated() -> None:
    """Each piece of document text is a bdi with a direction of its own."""
    page = to_html(the_seeds()).decode("utf-8")

    for text in ("تلاش ایران", "مهر", "آلبا", "غزه", "روسیه", "bad.txt", "one passage is shared"):
        assert f'<bdi dir="auto">{text}</bdi>' in page


def test_a_bar_is_as_long_as_its_share() -> None:
    """The bar takes its length from a class that the sheet holds; without a measure there is none."""
    page = to_html(the_seeds()).decode("utf-8")

    assert (
        '<span>77 %<span class="bar" aria-hidden="true"><span class="fill w77"></span></span></span>' in page
    )
    assert ".w77 { inline-size: 77%; }" in page
    assert "<span>\u2013</span>" in page


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (a_report(), "No documents: nothing to compare."),
        (a_report(counts={"documents": 3}), "No copies found among 3 documents."),
    ],
)
def test_nothing_found_is_said_first(report: Report, words: str) -> None:
    """The lead says so, and the section of the clusters."""
    text = Page(to_html(report)).text

    assert words in text
    assert "Clusters\nNo copies found." in text


def test_the_file_is_named_when_the_id_does_not_say_it() -> None:
    """The path of a document is shown once."""
    members = (a_member("a.jsonl:1", path="a.jsonl"), a_member("78", Verdict.IDENTICAL, path="b.jsonl"))

    text = Page(to_html(a_report(clusters=(a_cluster(*members),)))).text

    assert "\na.jsonl\n" not in text
    assert "\n78\nb.jsonl\n" in text


def test_long_lists_say_how_much_more_the_json_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of a cluster, rows in all, pairs and problems have a limit each."""
    monkeypatch.setattr(page_module, "ROWS", 5)
    monkeypatch.setattr(page_module, "CLUSTER_ROWS", 3)
    monkeypatch.setattr(page_module, "LISTED", 1)
    cluster = a_cluster(*[a_member("a")] * 4)
    clusters = tuple(replace(cluster, id=place) for place in (1, 2, 3, 4))
    pairs = (a_pair("a", "b", Verdict.PARTIAL), a_pair("a", "c", Verdict.PARTIAL))
    problems = (Problem("p", 7, "first"), Problem("q", None, "second"), Problem("r", None, "third"))

    page = Page(to_html(a_report(clusters=clusters, pairs=pairs, problems=problems)))

    assert len([row for row in page.all("th") if row["scope"] == "row"]) == 3 + 2 + 1 + 1
    assert [line for line in page.text.split("\n") if "more" in line] == [
        "1 more member in the JSON.",
        "2 more members in the JSON.",
        "2 more clusters in the JSON.",
        "1 more pair in the JSON.",
        "2 more problems in the JSON.",
    ]
    assert "p\n7\nunreadable\nfirst" in page.text


def test_a_title_of_five_megabytes_is_shortened() -> None:
    """A page shows 300 characters of one text."""
    report = a_report(clusters=(a_cluster(a_member("a", title="<" * 5_000_000)),))

    written = to_html(report)

    assert "<" * 299 + "\u2026" in Page(written).text
    assert len(written) < 30_000
