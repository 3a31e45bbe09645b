"""Web pages: the story of each."""

import gzip
import random
import sys
from pathlib import Path

import pytest

from dedup.input import read
from dedup.input.formats import web_page
from dedup.model import Document, Problem
from tests.inputs import only, put

FIRST = "The ministry of energy said on Monday that two new power stations in the south will open soon. "
SECOND = "They are to feed nine hundred megawatts into the national grid before the summer begins. "
PERSIAN = "وزارت نيرو روز دوشنبه گفت دو نيروگاه تازه در جنوب كشور پيش از تابستان به بهره برداري مي رسد. "


def html(*paragraphs: str, head: str = "") -> str:
    """Write a page as newspapers do, with furniture around the story."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html>\n<html><head><title>Two stations</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
        f"<article><h1>Two stations</h1>{body}</article>"
        "<aside><a href='/1'>Read more</a></aside><footer>All rights reserved</footer></body></html>"
    )


def test_a_page_gives_its_story_and_what_it_says_of_itself(tmp_path: Path) -> None:
    """The text is the article without the furniture; title, site, date and address come from the head."""
    head = (
        "<meta property='og:site_name' content='Paper'>"
        "<meta property='article:published_time' content='2019-03-04T10:00:00Z'>"
        "<link rel='canonical' href='https://paper.example/a/1'>"
    )
    entry = only(put(tmp_path / "a.html", html(FIRST * 3, SECOND * 3, head=head)))

    assert entry == Document(
        "a.html",
        f"Two stations\n{(FIRST * 3).strip()}\n{(SECOND * 3).strip()}",
        title="Two stations",
        source="Paper",
        published="2019-03-04",
        url="https://paper.example/a/1",
        path="a.html",
        encoding="utf-8",
    )


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "a.HTML"])
def test_pages_are_told_by_their_suffix(tmp_path: Path, name: str) -> None:
    """Every usual suffix is read in a folder."""
    put(tmp_path / name, html(FIRST * 3))

    assert isinstance(only(tmp_path), Document)


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>", "<html lang='fa'>", " \n<HTML>", "<!doctype HTML PUBLIC>"]
)
def test_pages_are_told_by_their_content(tmp_path: Path, start: str) -> None:
    """A file named as input with another suffix is a page when it begins like one."""
    file = put(tmp_path / "a.php", start + html(FIRST * 3).removeprefix("<!DOCTYPE html>"))

    entry = only(file)

    assert isinstance(entry, Document)
    assert "<p>" not in entry.text


def test_what_looks_like_code_stays_text(tmp_path: Path) -> None:
    """Escaped marks come back as letters, scripts do not come at all."""
    entry = only(
        put(tmp_path / "a.html", html(FIRST * 3, f"&lt;b&gt; {SECOND * 3}<script>alert(1)</script>"))
    )

    assert isinstance(entry, Document)
    assert "<b> They are" in entry.text
    assert "alert" not in entry.text


@pytest.mark.parametrize(
    ("encoding", "declared", "wanted"),
    [
        ("utf-8", "", "utf-8"),
        ("utf-8-sig", "", "utf-8-sig"),
        ("utf-16", "", "utf-16-le"),
        ("cp1256", "windows-1256", "cp1256"),
        ("cp1256", "x-cp1256", "cp1256"),
        ("cp1256", "", "cp1256"),
        ("cp1256", "no-such-encoding", "cp1256"),
        ("utf-8", "windows-1256", "utf-8"),
        ("iso8859-6", "ISO-8859-6", "iso8859-6"),
    ],
)
def test_the_encoding_is_the_one_of_the_bytes_then_the_declared_one(
    tmp_path: Path, encoding: str, declared: str, wanted: str
) -> None:
    """A mark and valid UTF-8 count more than what the page declares, and that more than a guess."""
    text = PERSIAN if encoding != "iso8859-6" else PERSIAN.translate(str.maketrans("پگچژ", "بكجز"))
    head = f"<meta charset='{declared}'>" if declared else ""

    entry = only(put(tmp_path / "a.html", html(text * 3, head=head).encode(encoding, "ignore")))

    assert isinstance(entry, Document)
    assert text.strip() in entry.text
    assert entry.encoding == wanted


def test_a_damaged_letter_does_not_spoil_a_page(tmp_path: Path) -> None:
    """A page that says it is UTF-8 and has a bad byte is read, as browsers read it."""
    data = html(FIRST * 3 + "caf\u00e9", head="<meta charset=utf-8>").encode()

    entry = only(put(tmp_path / "a.html", data.replace(b"\xc3\xa9", b"\xc3")))

    assert isinstance(entry, Document)
    assert "caf\ufffd" in entry.text


@pytest.mark.parametrize("codec", ["zlib", "rot13", "punycode", "unicode_escape", "idna", "utf-7", "hex"])
def test_no_name_in_a_page_reaches_the_codecs_unchecked(tmp_path: Path, codec: str) -> None:
    """A page that names a codec of Python's own is read as if it had named none."""
    data = html(FIRST * 3, head=f"<meta charset='{codec}'>").encode() + b"<!-- \xff -->"

    entry = only(put(tmp_path / "a.html", data))

    assert isinstance(entry, Document)
    assert entry.encoding == "cp1252"


@pytest.mark.parametrize("content", ["", "<html></html>", "<script>x</script>", "</p><//<<>"])
def test_a_page_without_a_story_says_so(tmp_path: Path, content: str) -> None:
    """Where nothing is found the page is skipped by name."""
    entry = only(put(tmp_path / "a.html", content))

    assert entry == Problem("a.html", None, "there is no story in the page; skipped", kind="skipped")


def test_a_large_page_is_not_taken_apart(tmp_path: Path) -> None:
    """A page beyond the limit is refused, packed or not, before any parser sees it."""
    put(tmp_path / "a.html", b"x" * (web_page.PAGE_BYTES + 1))
    put(tmp_path / "b.html.gz", gzip.compress(b"x" * (web_page.PAGE_BYTES + 1)))
    put(tmp_path / "c.html", html(FIRST * 3))

    first, second, third = read([tmp_path])

    limit = f"it is larger than the {web_page.PAGE_BYTES} bytes allowed; skipped"
    assert (first, second) == (Problem("a.html", None, limit), Problem("b.html.gz", None, limit))
    assert isinstance(third, Document)


def test_a_page_of_too_many_tags_is_not_taken_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page made of nothing but tags is refused before any parser sees it."""
    monkeypatch.setattr(web_page, "PAGE_TAGS", 40)
    put(tmp_path / "a.html", "<a>" * 40)
    put(tmp_path / "b.html", "<a>" * 41)

    entry = list(read([tmp_path]))[1]

    assert entry == Problem("b.html", None, "the page has more than 40 tags; skipped")


def test_a_deeply_nested_page_needs_no_deep_recursion(tmp_path: Path) -> None:
    """Ninety thousand elements inside each other end in a document or a problem."""
    entry = only(put(tmp_path / "a.html", html("<div>" * 90_000 + FIRST)))

    assert entry.path == "a.html"


def test_binary_bytes_are_no_page(tmp_path: Path) -> None:
    """A picture under the name of a page is a problem."""
    entry = only(put(tmp_path / "a.html", b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(2000)))

    assert isinstance(entry, Problem)
    assert "cannot be read" in entry.reason


def test_whatever_the_parser_raises_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error inside somebody else's parser ends that page alone."""
    import trafilatura

    def fail(text: str, **_: object) -> None:
        raise RecursionError(text[:0] + "too deep")

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)

    entry = only(put(tmp_path / "a.html", html(FIRST)))

    assert entry == Problem("a.html", None, "the page cannot be parsed (too deep); skipped")


def test_a_truncated_page_is_kept_and_reported(tmp_path: Path) -> None:
    """What comes before damage is read, then the damage is reported."""
    shuffled = random.Random(6)
    words = " ".join("".join(shuffled.choices("abcdefghijklm", k=6)) for _ in range(3000))
    packed = gzip.compress(html(words).encode())

    document, problem = read([put(tmp_path / "a.html.gz", packed[: len(packed) // 2])])

    assert isinstance(document, Document)
    assert words.startswith(document.text.removeprefix("Two stations\n")[:1000])
    assert isinstance(problem, Problem)
    assert problem.reason.endswith("the page before it is kept")


@pytest.mark.parametrize(
    "passage", ["It opened on May 6, 2011.", "&copy; 2012 Paper", "See /2013/05/06/story"]
)
def test_a_date_in_passing_is_not_the_date_of_publication(tmp_path: Path, passage: str) -> None:
    """Days that a story mentions, years of copyright and links are not its date."""
    entry = only(put(tmp_path / "a.html", html(FIRST * 3, passage)))

    assert isinstance(entry, Document)
    assert entry.published == ""


def test_without_its_library_a_page_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where trafilatura is missing, the problem says what to install, and other files are read."""
    put(tmp_path / "a.html", html(FIRST))
    put(tmp_path / "b.txt", "x")
    monkeypatch.setitem(sys.modules, "trafilatura", None)

    missing, there = read([tmp_path])

    assert missing == Problem(
        "a.html",
        None,
        "a web page needs trafilatura; install it with `pip install 'newsdedup[html]'`; skipped",
    )
    assert there.path == "b.txt"


def test_a_library_that_cannot_be_loaded_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that is there and lacks one of its own is not simply called missing."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "trafilatura"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "justext", None)
    monkeypatch.setitem(sys.modules, "justext.core", None)

    entry = only(put(tmp_path / "a.html", html(FIRST)))

    assert isinstance(entry, Problem)
    assert (
        "`pip install 'newsdedup[html]'` (it is there, but cannot be loaded: import of justext"
        in entry.reason
    )
