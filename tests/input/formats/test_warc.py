"""WARC archives: a page, or a text, is a document."""

import gzip
import io
import random
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from dedup.input import read
from dedup.input.formats import warc, web_page
from dedup.model import Document, Problem
from tests.inputs import documents, only, problems, put

STORY = "The ministry of energy said on Monday that two new power stations in the south will open soon. " * 3
HTML = f"<html><head><title>Two stations</title></head><body><article><p>{STORY}</p></article></body></html>"
PERSIAN = "وزارت نيرو روز دوشنبه گفت دو نيروگاه تازه در جنوب كشور پيش از تابستان به بهره برداري مي رسد. " * 3


def record(role: str, body: bytes, *, length: str | None = None, **headers: str) -> bytes:
    """Write one record; underscores in the names of headers become hyphens."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    size = str(len(body)) if length is None else length
    return (
        f"WARC/1.0\r\nWARC-Type: {role}\r\n{lines}Content-Length: {size}\r\n\r\n".encode()
        + body
        + b"\r\n\r\n"
    )


def http(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """Write what a server answers."""
    lines = "".join(f"{line}\r\n" for line in (f"Content-Type: {kind}", *headers))
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def response(body: bytes, *headers: str, url: str = "https://paper.example/1", **answer: str) -> bytes:
    """Write the record of an answer."""
    return record("response", http(body, *headers, **answer), WARC_Target_URI=url)


def chunked(body: bytes, sizes: Sequence[int]) -> bytes:
    """Send a body in chunks, with an extension on the first."""
    written, start = b"", 0
    for number, size in enumerate((*sizes, len(body) - sum(sizes))):
        extension = b";name=value" if number == 0 else b""
        written += b"%x%s\r\n%s\r\n" % (size, extension, body[start : start + size])
        start += size
    return written + b"0\r\n\r\n"


GOOD = response(HTML.encode())
CHUNKED = "Transfer-Encoding: chunked"


def test_a_page_is_a_document(tmp_path: Path) -> None:
    """Its id is its place among the records, its address the one it was fetched from."""
    file = put(tmp_path / "a.warc", record("warcinfo", b"software: x\r\n") + GOOD)

    assert only(file) == Document(
        "a.warc#2",
        STORY.strip(),
        title="Two stations",
        source="paper.example",
        url="https://paper.example/1",
        path="a.warc",
        encoding="utf-8",
    )


def test_members_packed_one_by_one_are_read(tmp_path: Path) -> None:
    """The usual .warc.gz has each record in a gzip member of its own."""
    packed = b"".join(map(gzip.compress, (record("warcinfo", b"x"), GOOD, GOOD)))

    found = list(read([put(tmp_path / "a.warc.gz", packed)]))

    assert [entry.id for entry in documents(found)] == ["a.warc.gz#2", "a.warc.gz#3"]


def test_what_warcio_writes_is_read(tmp_path: Path) -> None:
    """An archive written by the field's own library gives the pages that were put into it."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    written = io.BytesIO()
    writer = WARCWriter(written, gzip=True)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "x"}))
    for number in range(3):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        url, body = f"https://paper.example/{number}", io.BytesIO(HTML.encode())
        kept = writer.create_warc_record(url, "response", payload=body, http_headers=headers)
        writer.write_record(kept)

    found = list(read([put(tmp_path / "a.warc.gz", written.getvalue())]))

    assert [entry.url for entry in documents(found)] == [f"https://paper.example/{n}" for n in range(3)]
    assert {entry.text for entry in documents(found)} == {STORY.strip()}


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(HTML.encode()), ["Content-Encoding: gzip"]),
        (gzip.compress(HTML.encode()), ["content-encoding: X-GZIP"]),
        (zlib.compress(HTML.encode()), ["Content-Encoding: deflate"]),
        (zlib.compress(HTML.encode(), wbits=-15), ["Content-Encoding: deflate"]),
        (chunked(HTML.encode(), [1, 20, 100]), [CHUNKED]),
        (
            chunked(gzip.compress(HTML.encode()), [7]),
            [CHUNKED, "Content-Encoding: gzip"],
        ),
        (HTML.encode(), [CHUNKED]),
        (HTML.encode(), ["Content-Encoding: gzip"]),
        (HTML.encode(), ["Content-Encoding: deflate"]),
        (HTML.encode(), ["Content-Encoding: identity"]),
        (HTML.encode(), ["X-Crawler-Content-Encoding: br"]),
    ],
)
def test_pages_are_unpacked_as_they_were_sent(tmp_path: Path, body: bytes, headers: list[str]) -> None:
    """Chunks and packing are undone; a body that was kept unpacked under such headers is taken as it is."""
    entry = only(put(tmp_path / "a.warc", response(body, *headers)))

    assert isinstance(entry, Document)
    assert entry.text == STORY.strip()


def test_the_server_may_name_the_encoding(tmp_path: Path) -> None:
    """The charset of the answer serves where the page names none."""
    body = f"<html><body><p>{PERSIAN}</p></body></html>".encode("cp1256")

    entry = only(put(tmp_path / "a.warc", response(body, kind='text/html; charset="Windows-1256"')))

    assert isinstance(entry, Document)
    assert (entry.text, entry.encoding) == (PERSIAN.strip(), "cp1256")


def test_texts_of_common_crawl_are_read(tmp_path: Path) -> None:
    """A WET file has texts, not pages: one document each, without any library."""
    body = f"رایزنی تلفنی وزیران\n{STORY}".encode()
    wet = record("conversion", body, Content_Type="text/plain", WARC_Target_URI="https://paper.example/1")

    entry = only(put(tmp_path / "a.warc.wet.gz", gzip.compress(record("warcinfo", b"x") + wet)))

    assert entry == Document(
        "a.warc.wet.gz#2",
        body.decode(),
        title="رایزنی تلفنی وزیران",
        source="paper.example",
        url="https://paper.example/1",
        path="a.warc.wet.gz",
        encoding="utf-8",
    )


def test_a_text_in_no_known_encoding_is_named(tmp_path: Path) -> None:
    """A WET record whose bytes are no text is a problem with its number."""
    entry = only(put(tmp_path / "a.wet", record("conversion", b"caf\x81", Content_Type="text/plain")))

    assert isinstance(entry, Problem)
    assert entry.reason.startswith("the text of record 1 cannot be read: byte 4 (0x81) is not UTF-8")


def test_pages_may_be_kept_without_their_answer(tmp_path: Path) -> None:
    """A resource record has the page itself."""
    archive = record(
        "resource", HTML.encode(), Content_Type="text/html", WARC_Target_URI="<https://paper.example/1>"
    )

    entry = only(put(tmp_path / "a.warc", archive))

    assert isinstance(entry, Document)
    assert entry.url == "https://paper.example/1"


def test_a_large_page_without_its_answer_is_not_taken_apart(tmp_path: Path) -> None:
    """A resource record has the limit of pages too."""
    archive = record("resource", b"x" * (web_page.PAGE_BYTES + 1), Content_Type="text/html")

    entry = only(put(tmp_path / "a.warc", archive))

    assert entry == Problem(
        "a.warc", None, f"the page of record 1 is larger than {web_page.PAGE_BYTES} bytes; skipped"
    )


def test_other_records_than_pages_are_counted_by_kind(tmp_path: Path) -> None:
    """Pictures, failures and revisits are one problem a kind; requests and metadata are none."""
    archive = b"".join(
        [
            record("request", b"GET / HTTP/1.1\r\n\r\n"),
            record("metadata", b"x"),
            response(b"\x89PNG", kind="image/png"),
            response(b"{}", kind="application/json"),
            response(HTML.encode(), status="404 Not InputFile"),
            record("revisit", http(b"")),
            GOOD,
        ]
    )

    found = list(read([put(tmp_path / "a.warc", archive)]))

    assert [entry.id for entry in documents(found)] == ["a.warc#7"]
    assert [(entry.reason, entry.kind) for entry in problems(found)] == [
        ("1 skipped: failed response (moved, not found, error)", "skipped"),
        ("2 skipped: response that is not a page", "skipped"),
        ("1 skipped: revisit of a page kept elsewhere", "skipped"),
    ]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"junk\r\njunk\r\n", "record 2 does not begin with WARC/; skipped up to the next one"),
        (b"\xff" * 200_000 + b"\n", "record 2 does not begin with WARC/"),
        (record("response", b"x", length="-1"), "record 2 does not say how long it is"),
        (record("response", b"x", length=""), "record 2 does not say how long it is"),
        (record("response", b"x", length="9" * 5000), "record 2 does not say how long it is"),
        (record("response", b"x", length="\u0663"), "record 2 does not say how long it is"),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * 20_000 + b"\r\n", "record 2 has a header of more than 65536 bytes"),
        (b"WARC/1.0\r\nX: " + b"y" * 200_000 + b"\r\n\r\n", "record 2 has a header of more than 65536 bytes"),
        (response(b"\x1f\x8bbroken", "Content-Encoding: gzip"), "cannot be read: its packed data is damaged"),
        (response(b"x", "Content-Encoding: lz"), "cannot be read: it is packed as 'lz', which is not read"),
        (response(b""), "there is no story in the page of record 2 (https://paper.example/1); skipped"),
        (
            response(b"caf\x81 caf\x81", kind="text/html"),
            "the page of record 2 (https://paper.example/1) can",
        ),
    ],
)
def test_a_bad_record_is_named_and_the_next_is_read(tmp_path: Path, bad: bytes, reason: str) -> None:
    """Each bad record is a problem with its number; the reader finds the next record."""
    first, problem, last = read([put(tmp_path / "a.warc", GOOD + bad + GOOD)])

    assert isinstance(first, Document)
    assert isinstance(problem, Problem)
    assert reason in problem.reason
    assert isinstance(last, Document)
    assert last.text == STORY.strip()


@pytest.mark.parametrize("size", ["10", "100000000000000"])
def test_a_wrong_length_costs_at_most_what_it_claims(tmp_path: Path, size: str) -> None:
    """A record that claims too little is cut there, one that claims too much swallows the rest, by name."""
    wrong = GOOD.replace(
        f"Content-Length: {len(http(HTML.encode()))}".encode(), f"Content-Length: {size}".encode()
    )

    found = list(read([put(tmp_path / "a.warc", GOOD + wrong + GOOD)]))

    assert isinstance(found[0], Document)
    assert problems(found)


def test_a_bomb_inside_an_answer_is_refused(tmp_path: Path) -> None:
    """A packed page that unpacks beyond the limit is never unpacked further than that."""
    bomb = gzip.compress(b"<p>" + b"x" * (20 * web_page.PAGE_BYTES))

    problem, after = read([put(tmp_path / "a.warc", response(bomb, "Content-Encoding: gzip") + GOOD)])

    assert isinstance(problem, Problem)
    assert f"cannot be read: it is larger than {web_page.PAGE_BYTES} bytes" in problem.reason
    assert isinstance(after, Document)


def test_bombs_inside_bombs_are_refused(tmp_path: Path) -> None:
    """Packing over packing over packing is no page."""
    bomb = b"x" * 2_000_000
    for _ in range(30):
        bomb = gzip.compress(bomb)
    names = ", ".join(["gzip"] * 30)

    entry = only(put(tmp_path / "a.warc", response(bomb, f"Content-Encoding: {names}")))

    assert isinstance(entry, Problem)
    assert "it is packed 30 times over, which is not read" in entry.reason


def test_a_page_packed_three_times_is_refused(tmp_path: Path) -> None:
    """Twice happens, when a proxy packs what a server had packed; three times is no accident."""
    packed = gzip.compress(gzip.compress(HTML.encode()))

    twice = only(put(tmp_path / "2.warc", response(packed, "Content-Encoding: gzip, gzip")))
    thrice = only(
        put(tmp_path / "3.warc", response(gzip.compress(packed), "Content-Encoding: gzip, gzip, gzip"))
    )

    assert isinstance(twice, Document)
    assert isinstance(thrice, Problem)
    assert "it is packed 3 times over" in thrice.reason


def test_a_large_record_is_gone_past(tmp_path: Path) -> None:
    """An answer beyond the limit is not kept in memory, and the next record is read."""
    import tracemalloc

    file = put(tmp_path / "a.warc", response(b"x" * (3 * web_page.PAGE_BYTES)) + GOOD)
    list(read([put(tmp_path / "b.warc", GOOD)]))  # so that the libraries are there
    tracemalloc.start()
    problem, after = read([file])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert isinstance(problem, Problem)
    assert problem.reason.endswith(f"is larger than {2 * web_page.PAGE_BYTES} bytes; skipped")
    assert isinstance(after, Document)
    assert peak < 5_000_000


def test_a_long_text_is_skipped(tmp_path: Path) -> None:
    """Texts have the limit of all texts."""
    wet = record("conversion", b"x" * 2000, Content_Type="text/plain")

    entry = only(put(tmp_path / "a.wet", wet), max_bytes=1000)

    assert entry == Problem("a.wet", None, "the page of record 1 is larger than 1000 bytes; skipped")


@pytest.mark.parametrize("cut", [10, 60, 200, len(GOOD) - 10])
def test_a_cut_archive_keeps_the_records_before(tmp_path: Path, cut: int) -> None:
    """A record that ends in the middle is a problem, those before it are documents."""
    document, problem = read([put(tmp_path / "a.warc", GOOD + GOOD[:cut])])

    assert isinstance(document, Document)
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("record 2 ")


def test_damaged_packing_keeps_the_records_before(tmp_path: Path) -> None:
    """Where the packed data breaks off, the record is named with the damage."""
    shuffled = random.Random(8)
    pages = [
        response(HTML.replace("Monday", "".join(shuffled.choices("abcdefghij", k=4000))).encode())
        for _ in range(50)
    ]
    packed = gzip.compress(b"".join(pages))

    found = list(read([put(tmp_path / "a.warc.gz", packed[: len(packed) // 2])]))

    (problem,) = problems(found)
    assert 15 < len(documents(found)) < 30
    assert problem.reason.startswith("the packed data is damaged (")
    assert problem.reason.endswith(f"in record {len(documents(found)) + 1}; the records before it are kept")


def test_an_archive_without_a_page_is_reported(tmp_path: Path) -> None:
    """An archive without a record, or without a page, is never passed over in silence."""
    put(tmp_path / "a.warc", "")
    put(tmp_path / "b.warc", record("warcinfo", b"x"))

    assert [entry.reason for entry in problems(list(read([tmp_path])))] == [
        "there is no page in it; no document was read"
    ] * 2


def test_an_archive_is_recognised_by_its_content(tmp_path: Path) -> None:
    """A file of another suffix, and standard input, are archives when they begin like one."""
    (piped,) = read(["-"], stdin=io.BytesIO(GOOD))
    (named,) = read([put(tmp_path / "a.archive", GOOD)])

    assert isinstance(piped, Document)
    assert isinstance(named, Document)
    assert (piped.id, named.id) == ("-#1", "a.archive#1")


def test_addresses_are_labels_only(tmp_path: Path) -> None:
    """Whatever is given as an address, no file is touched and the report stays one line."""
    urls = ["file:///etc/passwd", "../../outside.txt", "http://[", "https://a.example/\u001b[31m"]
    archive = b"".join(
        record("conversion", b"x", Content_Type="text/plain", WARC_Target_URI=url) for url in urls
    ) + b"".join(response(b"", url=url) for url in urls)

    found = list(read([put(tmp_path / "in/a.warc", archive)]))

    assert [entry.url for entry in documents(found)] == urls
    assert [entry.source for entry in documents(found)] == ["", "", "", "a.example"]
    assert "\u001b" not in "".join(entry.reason for entry in problems(found))
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.warc", "in"]


def test_lines_do_not_depend_on_the_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive read in chunks of any size gives the same documents."""
    file = put(tmp_path / "a.warc", GOOD + b"junk\n" + GOOD + record("revisit", b"x" * 300) + GOOD)
    whole = list(read([file]))

    for size in (1, 2, 3, 7, 64, 1000):
        monkeypatch.setattr("dedup.input.byte_source.PLAIN_CHUNK", size)
        monkeypatch.setattr("dedup.input.byte_source.HEAD", size)
        assert list(read([file])) == whole


@pytest.mark.parametrize("seed", range(40))
def test_random_damage_never_ends_the_run(tmp_path: Path, seed: int) -> None:
    """An archive with bytes changed, cut out or put in at random gives documents and problems."""
    generator = random.Random(seed)
    data = bytearray(GOOD * 4)
    for _ in range(generator.randint(1, 10)):
        start = generator.randrange(len(data))
        data[start : start + generator.randrange(20)] = generator.randbytes(generator.randrange(20))
    put(tmp_path / "a.warc", bytes(data))
    put(tmp_path / "b.txt", "x")

    found = list(read([tmp_path]))

    assert found[-1].path == "b.txt"


def test_without_its_library_an_archive_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where trafilatura is missing, the archive is one problem that says what to install."""
    put(tmp_path / "a.warc", GOOD + GOOD)
    put(tmp_path / "b.wet", record("conversion", b"x", Content_Type="text/plain"))
    monkeypatch.setitem(sys.modules, "trafilatura", None)

    missing, text = read([tmp_path])

    assert isinstance(missing, Problem)
    assert "needs trafilatura; install it with `pip install 'newsdedup[html]'`" in missing.reason
    assert isinstance(text, Document)


def test_endless_headers_are_not_kept_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A header line of 20 MB is gone past in pieces."""
    import tracemalloc

    monkeypatch.setattr(warc, "HEADER_BYTES", 1000)
    file = put(tmp_path / "a.warc", b"WARC/1.0\r\nX: " + b"y" * 20_000_000 + b"\r\n\r\n")
    tracemalloc.start()
    entry = only(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert isinstance(entry, Problem)
    assert peak < 5_000_000
