"""Pages in ARC archives, saved pages, books, PDF, and answers with few headers."""

from pathlib import Path

import brotli
import pytest

from dedup.input import read
from dedup.input.formats import book
from dedup.input.formats.http_response import parse_response
from dedup.model import Document, Problem
from dedup.model.errors import ReadingError
from tests.input.formats.test_packed_folder import zipped
from tests.input.formats.test_warc import GOOD, HTML, STORY, record
from tests.input.test_examples import EXAMPLES
from tests.inputs import documents, only, problems, put


def arc(*bodies: bytes, url: str = "https://paper.example/1", kind: str = "text/html") -> bytes:
    """Make an ARC archive without its first record."""
    return b"".join(
        f"{url} 192.0.2.1 20240108060000 {kind} {len(body)}\n".encode() + body + b"\n" for body in bodies
    )


OK = b"HTTP/1.1 200 OK\r\n\r\n"


def test_an_archive_of_arc_files(tmp_path: Path) -> None:
    """Pages are documents, others are counted, a record without header is named and the next is read."""
    page, moved = OK + HTML.encode(), b"HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\nno"
    picture = arc(OK + b"x", kind="image/png")
    file = put(tmp_path / "a.arc", arc(page, moved) + picture + b"junk\nmore junk\n" + arc(page))

    found = list(read([file]))

    assert [entry.text for entry in documents(found)] == [STORY.strip()] * 2
    assert [entry.reason for entry in problems(found)] == [
        "record 4 has no header; skipped up to the next one",
        "1 skipped: failed response (moved, not found, error)",
        "1 skipped: response that is not a page",
    ]


def test_an_arc_file_without_a_page_is_reported(tmp_path: Path) -> None:
    """Its first record describes the file."""
    first = arc(b"1 0 Example\n", url="filedesc://a.arc", kind="text/plain")

    entry = only(put(tmp_path / "a.arc", first))

    assert isinstance(entry, Problem)
    assert entry.reason == "there is no page in it; no document was read"


def test_a_cut_record_of_an_arc_file_is_named(tmp_path: Path) -> None:
    """It claims more than there is."""
    file = put(tmp_path / "a.arc", arc(OK + HTML.encode())[:-100])

    assert only(file) == Problem("a.arc", None, "record 1 is cut off; skipped up to the next one")


@pytest.mark.parametrize("lines", [b"", b"Content-Type: \r\n"])
def test_an_answer_without_a_media_type_is_looked_at(tmp_path: Path, lines: bytes) -> None:
    """What begins as a page is one; other answers are counted."""
    pages = [b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n" + body for body in (HTML.encode(), b"x,y\n1,2")]
    file = put(tmp_path / "a.warc", b"".join(record("response", page) for page in pages))

    found = list(read([file]))

    assert [entry.text for entry in documents(found)] == [STORY.strip()]
    assert [entry.reason for entry in problems(found)] == ["1 skipped: response that is not a page"]


@pytest.mark.parametrize("packing", ["br", "zstd"])
def test_bodies_may_be_packed_in_newer_ways(packing: str) -> None:
    """Brotli and Zstandard are unpacked up to a limit."""
    zstd = pytest.importorskip("backports.zstd" if packing == "zstd" else "brotli")
    body = zstd.compress(b"words " * 1000)
    got = parse_response(f"HTTP/1.1 200 OK\r\nContent-Encoding: {packing}\r\n\r\n".encode() + body)

    assert got.unpacked(max_bytes=6000) == b"words " * 1000
    with pytest.raises(ReadingError, match="larger than 5999 bytes"):
        got.unpacked(max_bytes=5999)


def test_a_brotli_bomb_is_not_unpacked() -> None:
    """A hundred megabytes cost some hundred kilobytes."""
    import tracemalloc

    got = parse_response(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n" + brotli.compress(bytes(100_000_000), quality=1)
    )
    tracemalloc.start()
    with pytest.raises(ReadingError, match="larger than 1000 bytes"):
        got.unpacked(max_bytes=1000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 3_000_000


def test_damaged_brotli_is_named() -> None:
    """Unless the body was kept unpacked, as archives do."""
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n"

    with pytest.raises(ReadingError, match="packed data is damaged"):
        parse_response(head + b"\xff" * 50).unpacked(max_bytes=1000)
    assert parse_response(head + b"<html>").unpacked(max_bytes=1000) == b"<html>"


def test_a_saved_page_knows_its_address() -> None:
    """The page is the story; its pictures are not looked at."""
    entry = only(EXAMPLES / "example.mhtml")

    assert isinstance(entry, Document)
    assert (entry.title, entry.url) == ("Snow closes roads", "https://paper.example/1")


def test_a_saved_page_without_a_page_is_refused(tmp_path: Path) -> None:
    """A message of plain text is no page."""
    entry = only(put(tmp_path / "a.mhtml", "Content-Type: text/plain\n\nwords"))

    assert entry == Problem("a.mhtml", None, "there is no page in it; skipped")


def test_the_articles_of_a_book_are_documents() -> None:
    """In the order in which they are read; a cover without text is none."""
    entry = only(EXAMPLES / "example.epub")

    assert isinstance(entry, Document)
    assert (entry.id, entry.title, entry.source) == ("example.epub#2", "Snow closes roads", "Valley Paper")


@pytest.mark.parametrize(
    "files",
    [{}, {"META-INF/container.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a full-path='x'/>"}],
)
def test_a_broken_book_is_named(tmp_path: Path, files: dict[str, bytes]) -> None:
    """Entities are refused here too."""
    entry = only(put(tmp_path / "a.epub", zipped(files)))

    assert isinstance(entry, Problem)
    assert entry.reason.endswith("; skipped")


def test_a_pdf_has_its_title_and_date(tmp_path: Path) -> None:
    """What cannot be parsed is named."""
    pytest.importorskip("pypdf")
    entry = only(EXAMPLES / "example.pdf")
    broken = only(put(tmp_path / "a.pdf", b"%PDF-1.4\nbroken"))

    assert isinstance(entry, Document)
    assert (entry.title, entry.published[:10]) == ("Snow closes roads", "2024-01-08")
    assert isinstance(broken, Problem)
    assert broken.reason.startswith("it cannot be parsed (")


def test_a_good_record_stays_good(tmp_path: Path) -> None:
    """An answer that names its media type is read as before."""
    assert [entry.text for entry in documents(list(read([put(tmp_path / "a.warc", GOOD)])))] == [
        STORY.strip()
    ]


def test_chapters_beyond_the_limit_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of three are read; the third is a problem, not lost without a word."""
    monkeypatch.setattr(book, "CHAPTERS", 2)
    names = ["one", "two", "three"]
    items = "".join(f'<item id="{name}" href="{name}.html"/>' for name in names)
    order = "".join(f'<itemref idref="{name}"/>' for name in names)
    files = {
        "META-INF/container.xml": b'<container><rootfile full-path="book.opf"/></container>',
        "book.opf": f"<package><manifest>{items}</manifest><spine>{order}</spine></package>".encode(),
        **{f"{name}.html": f"<p>{STORY} {name}</p>".encode() for name in names},
    }

    entries = list(read([put(tmp_path / "a.epub", zipped(files))]))

    assert [entry.id for entry in documents(entries)] == ["a.epub#1", "a.epub#2"]
    assert entries[-1] == Problem("a.epub", None, "more than 2 chapters; the last 1 skipped")
