"""to_html: one page whose markup is ours, whatever the documents hold."""

import base64
import hashlib
import json
import re
import zlib
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import pytest

from dedup.model import Report, Verdict
from dedup.model.errors import SettingError
from dedup.output.page.assets import script
from dedup.output.to_html import to_html
from tests.page_modules import SOURCES
from tests.report_samples import HOSTILE, a_cluster, a_member, a_report, hostile_report, the_seeds


class Page(HTMLParser):
    """Collects a page's elements with their attributes, and the text of each script, style and title."""

    def __init__(self, written: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.other: list[str] = []
        self.feed(written.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Take text, with the element that was opened last."""
        self.texts.append((self.elements[-1][0] if self.elements else "", data))

    def handle_comment(self, data: str) -> None:
        """Take what should not be there."""
        self.other.append(data)

    unknown_decl = handle_pi = handle_comment

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Find the attributes of every `tag`."""
        return [attributes for name, attributes in self.elements if name == tag]


def piece(written: bytes, name: str) -> Any:  # noqa: ANN401 - JSON
    """Unpack a piece of the page as its program does."""
    found = re.search(rf'<script type="text/plain" id="{name}">([^<]*)</script>', written.decode("utf-8"))
    assert found, name
    return json.loads(zlib.decompress(base64.b64decode(found[1])))


def digest(text: str) -> str:
    """Write the digest of an inline element as a policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def test_the_policy_allows_this_script_this_sheet_its_font_and_nothing_else() -> None:
    """The digests are those of the elements as they are; text cannot become markup."""
    written = to_html(the_seeds()).decode("utf-8")

    sheet = re.search("<style>(.*?)</style>", written, re.DOTALL)[1]
    script = re.search("<script>(.*?)</script>", written, re.DOTALL)[1]
    policy = next(meta["content"] for meta in Page(written.encode()).all("meta") if "http-equiv" in meta)
    assert policy.split("; ") == [
        "default-src 'none'",
        f"script-src '{digest(script)}'",
        f"style-src '{digest(sheet)}'",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]


def test_the_page_asks_for_nothing() -> None:
    """The font is inside the sheet, no element has an address outside the page."""
    written = to_html(the_seeds())
    page = Page(written)

    sheet = re.search("<style>(.*?)</style>", written.decode("utf-8"), re.DOTALL)[1]
    assert re.findall(r"url\((.{0,16})", sheet) == ['"data:font/woff2']
    assert "@import" not in sheet
    assert {name for _, attributes in page.elements for name in attributes}.isdisjoint({"src", "action"})
    assert [link["href"] for link in page.all("a")] == ["#main"]


def test_the_page_has_its_language_direction_and_landmarks() -> None:
    """A Persian archive opens in Persian, right to left, with one header, main and footer."""
    page = Page(to_html(the_seeds()))

    assert page.all("html") == [{"lang": "fa", "dir": "rtl"}]
    assert [len(page.all(tag)) for tag in ("header", "main", "footer", "noscript")] == [1] * 4
    assert ("title", "Copied news") in page.texts


@pytest.mark.parametrize(
    ("language", "direction"), [("fa", "rtl"), ("ar", "rtl"), ("ur", "rtl"), ("en", "ltr")]
)
def test_the_first_language_can_be_asked_for(language: str, direction: str) -> None:
    """Its direction comes with it."""
    root = Page(to_html(the_seeds(), language=language)).all("html")

    assert root == [{"lang": language, "dir": direction}]


def test_a_language_the_page_does_not_know_is_refused() -> None:
    """It would open without words."""
    with pytest.raises(SettingError, match="fa, ar, ur, en"):
        to_html(a_report(), language="tlh")


def test_an_archive_that_is_not_persian_opens_in_english() -> None:
    """Arabic letters alone do not make Persian."""
    assert Page(to_html(a_report())).all("html") == [{"lang": "en", "dir": "ltr"}]


@pytest.mark.parametrize("text", [*HOSTILE.values(), "".join(HOSTILE.values())])
def test_hostile_text_adds_no_markup(text: str) -> None:
    """Outside the packed pieces, the page of a hostile archive is that of a plain one."""

    def outside(report: Report) -> str:
        return re.sub(
            r'(<script type="text/plain" id="[\w-]+">)[\w+/=]+(</script>)', r"\1\2", to_html(report).decode()
        )

    hostile = outside(hostile_report(text))

    assert hostile == outside(hostile_report("plain"))
    assert Page(hostile.encode()).other == []


def test_document_text_stands_in_the_core_as_it_was_written() -> None:
    """What looks like markup is kept; what would act on a line is gone."""
    documents = piece(to_html(hostile_report("<img src=x onerror=alert(1)>\u202e")), "documents")

    assert documents["title"].split("\n")[0] == "<img src=x onerror=alert(1)>"


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
    """Links go to http and https without blanks, quotes or controls; all else is shown as text."""
    report = a_report(clusters=(a_cluster(a_member("a", url=url), a_member("b", Verdict.IDENTICAL)),))

    documents = piece(to_html(report), "documents")

    assert documents["url"] == (f"{url}\n\n" if linked else "\n\n")
    assert (documents["address"] == "\n\n") is linked


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (a_report(), "No documents: nothing to compare."),
        (a_report(counts={"documents": 3}), "No copies found among 3 documents."),
        (the_seeds(), "1 of 5 documents could be spared as copies; 1 cluster of copies."),
    ],
)
def test_the_lead_stands_in_the_markup(report: Report, words: str) -> None:
    """A reader whose browser runs no script still learns what was found."""
    assert ("p", words) in Page(to_html(report)).texts


def test_equal_reports_give_equal_pages() -> None:
    """Nothing of the clock or the process is in it."""
    assert to_html(the_seeds()) == to_html(the_seeds())


def test_the_program_of_the_page_is_built_from_its_sources() -> None:
    """After a change of page/src, `npm run build` in page writes the program anew."""
    digest = hashlib.sha256()

    for name in sorted(path.relative_to(SOURCES).as_posix() for path in SOURCES.rglob("*.js")):
        digest.update(SOURCES.joinpath(name).read_bytes())

    assert script().startswith(f"// page/src {digest.hexdigest()}\n")


def test_the_program_of_the_page_makes_no_markup_of_text() -> None:
    """Nothing that a document says can become an element or a program."""
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert word not in script()


def test_the_font_comes_with_its_licence() -> None:
    """Vazirmatn may be embedded and passed on with the text of the SIL Open Font License."""
    folder = files("dedup.output.page")

    assert folder.joinpath("vazirmatn.woff2").read_bytes()[:4] == b"wOF2"
    assert len(folder.joinpath("vazirmatn.woff2").read_bytes()) <= 120_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in folder.joinpath("OFL.txt").read_text(encoding="utf-8")
