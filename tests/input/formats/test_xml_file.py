"""Feeds, news sitemaps and items of wire agencies, and XML that is no friend."""

import json
import re
from pathlib import Path

import pytest

from dedup.input import read
from dedup.input.formats.xml_stream import mended
from dedup.model import Document, Problem
from tests.input.test_examples import EXAMPLES
from tests.inputs import documents, only, problems, put

RSS = "<rss><channel><title>Paper</title>{}</channel></rss>"
ITEM = "<item><guid>{0}</guid><title>t</title><description>{0} &lt;b&gt;x&lt;/b&gt;</description></item>"


def test_the_items_of_a_feed_are_documents() -> None:
    """With guid or link, the fuller text without its markup, date and the feed as source."""
    first, second = documents(list(read([EXAMPLES / "example.rss"])))

    assert first.text.splitlines()[1] == "More & more."
    assert (first.id, first.title, first.source) == ("paper-1", "Snow closes roads", "Valley Paper")
    assert (first.published, first.url) == ("Mon, 08 Jan 2024 06:00:00 GMT", "https://paper.example/1")
    assert second.id == "https://paper.example/2"


def test_an_entry_of_atom_has_its_own_link() -> None:
    """The alternate link, not that of the entry itself; titles with markup lose it."""
    (entry,) = documents(list(read([EXAMPLES / "example.atom"])))

    assert (entry.title, entry.url) == ('Snow closes "roads"', "https://paper.example/1")
    assert entry.text.splitlines()[1] == "More snow."


def test_plain_text_of_atom_keeps_its_signs(tmp_path: Path) -> None:
    """Content of type text is no markup."""
    feed = "<feed><entry><id>1</id><content type='text'>a &lt;b&gt; c</content></entry></feed>"

    entry = only(put(tmp_path / "a.xml", feed))

    assert isinstance(entry, Document)
    assert entry.text == "a <b> c"


def test_a_news_sitemap_has_titles(tmp_path: Path) -> None:
    """Entries without news are counted."""
    sitemap = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        "<url><loc>https://paper.example/1</loc><news:news><news:publication><news:name>Paper</news:name>"
        "</news:publication><news:publication_date>2024-01-08</news:publication_date>"
        "<news:title>Snow closes roads</news:title></news:news></url>"
        "<url><loc>https://paper.example/2</loc></url></urlset>"
    )

    entry, problem = read([put(tmp_path / "a.xml", sitemap)])

    place = "https://paper.example/1"
    assert entry == Document(
        place,
        "Snow closes roads",
        "Snow closes roads",
        "Paper",
        "2024-01-08",
        place,
        "a.xml",
        encoding="utf-8",
    )
    assert problem == Problem("a.xml", None, "1 items without a text; skipped", kind="skipped")


def test_an_item_without_a_public_identifier_has_its_revision_in_its_id(tmp_path: Path) -> None:
    """Revisions of one item of NewsML 1 are documents of their own."""
    public = re.compile("<PublicIdentifier>.*</PublicIdentifier>")
    item = public.sub("", (EXAMPLES / "example.newsml").read_text(encoding="utf-8"))

    entry = only(put(tmp_path / "a.newsml", item))

    assert isinstance(entry, Document)
    assert entry.id == "snow:2"


@pytest.mark.parametrize(
    ("suffix", "identity", "credit"),
    [
        ("xml", "urn:newsml:agency.example:20240108:snow:2", "Valley Agency/Staff"),
        ("newsml", "urn:newsml:agency.example:20240108:snow:2", "Valley Agency"),
        ("nitf", "snow-1:2", "Valley Agency"),
    ],
)
def test_an_item_of_an_agency_has_its_version_dateline_and_credit(
    suffix: str, identity: str, credit: str
) -> None:
    """In NewsML-G2, NewsML 1 and NITF; what a document has no field for is in its record."""
    entry = only(EXAMPLES / f"example.{suffix}", records=True)

    assert isinstance(entry, Document)
    assert (entry.id, entry.title, entry.source) == (identity, "Snow closes roads", "Valley Agency")
    assert entry.published in {"2024-01-08T07:00:00+00:00", "20240108T070000Z", "20240108T060000Z"}
    record = json.loads(entry.record)
    assert (record["version"], record["credit"]) == ("2", credit)
    assert record["dateline"].startswith("TWO VALLEYS")
    assert "Staff" in record["byline"]
    assert entry.text.splitlines()[1:] == ["More snow is expected."]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + RSS.format("<item>&b;</item>"),
            "it declares entities, which can make an XML bomb (EntitiesForbidden); skipped",
        ),
        (
            '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + RSS.format("<item>&x;</item>"),
            "it declares entities",
        ),
        ("<rss>" + "<a>" * 500, "its elements are nested more than 200 deep; skipped"),
        ("<office><p>x</p></office>", "its first element is <office>, which is not read (RSS, Atom,"),
        ("no markup", "there is no element in it, which is not read"),
        (RSS.format(""), "there is no item in it; no document was read"),
        ('<?xml version="1.0" encoding="no-such"?><rss/>', "unknown encoding"),
    ],
)
def test_hostile_and_broken_xml_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    """No entity is expanded, no file is opened, and the reason is one line."""
    entry = only(put(tmp_path / "a.xml", content))

    assert isinstance(entry, Problem)
    assert reason in entry.reason


def test_entities_of_html_are_read(tmp_path: Path) -> None:
    """Feeds use them without declaring them; those of XML keep their meaning."""
    item = (
        "<item><guid>1</guid><title>Caf&eacute;</title><description>a&nbsp;b &amp;lt; c</description></item>"
    )

    entry = only(put(tmp_path / "a.rss", RSS.format(item)))

    assert isinstance(entry, Document)
    assert (entry.title, entry.text) == ("Caf\u00e9", "a\u00a0b < c")


@pytest.mark.parametrize("cut", range(2, 10))
def test_an_entity_may_be_cut_between_two_chunks(cut: int) -> None:
    """The parser gets it whole, and nothing in between that looks like the end of the file."""
    whole = b"x&nbsp;y&"

    chunks = [*mended([whole[:cut], whole[cut:]])]

    assert b"".join(chunks) == b"x&#160;y&amp;"
    assert all(chunks)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"\xef\xbb\xbf\n <?xml?><a/>", b"<?xml?><a/>"),
        (b"<a>A & B &c; &#38;</a>", b"<a>A &amp; B &amp;c; &#38;</a>"),
        (b"<a>\x0b\x00&#x1f;&#0;&#xd800;&#9999999;x</a>", b"<a>      x</a>"),
        (
            b"<a><![CDATA[A & B &nbsp; \x01]]> & <![CDATA[&]]></a>",
            b"<a><![CDATA[A & B &nbsp;  ]]> &amp; <![CDATA[&]]></a>",
        ),
    ],
)
def test_common_faults_of_feeds_are_mended(written: bytes, read: bytes) -> None:
    """The same wherever the bytes are cut: in a CDATA section a reference is text."""
    for cut in range(len(written)):
        assert b"".join(mended([written[:cut], written[cut:]])) == read


@pytest.mark.parametrize(
    ("item", "text", "url"),
    [
        ("<guid>https://a.example/1</guid><description>x</description>", "x", "https://a.example/1"),
        ("<guid>1</guid><m:group xmlns:m='m'><m:description>x</m:description></m:group>", "x", ""),
    ],
)
def test_items_of_feeds_without_link_or_description(tmp_path: Path, item: str, text: str, url: str) -> None:
    """A guid that is an address serves for the link, the description of a media group for the text."""
    entry = only(put(tmp_path / "a.rss", RSS.format(f"<item>{item}</item>")))

    assert isinstance(entry, Document)
    assert (entry.text, entry.url) == (text, url)


def test_items_before_a_fault_are_kept(tmp_path: Path) -> None:
    """The fault is named with its line."""
    feed = put(tmp_path / "a.rss", RSS.format(f"\n{ITEM.format(1)}\n{ITEM.format(2)}\n<item></b>"))

    *found, problem = read([feed])

    assert [(entry.id, entry.text) for entry in documents(found)] == [("1", "1 x"), ("2", "2 x")]
    assert isinstance(problem, Problem)
    assert problem.reason == "line 4 column 9: mismatched tag; kept are the 2 items before it"


def test_a_large_item_is_refused_and_many_small_ones_are_not(tmp_path: Path) -> None:
    """What was read is not kept."""
    large = put(tmp_path / "a.rss", RSS.format(ITEM.format("x" * 600_000)))
    many = put(tmp_path / "b.rss", RSS.format("\n".join(ITEM.format("y" * 20_000) for _ in range(40))))

    assert (
        "larger than the 400000 bytes allowed" in problems(list(read([large], max_bytes=400_000)))[0].reason
    )
    assert len(documents(list(read([many], max_bytes=400_000)))) == 40


@pytest.mark.parametrize(
    ("name", "codec"), [("gb2312", "gb18030"), ("windows-1256", "cp1256"), ("big5", "big5")]
)
def test_xml_may_declare_another_encoding(tmp_path: Path, name: str, codec: str) -> None:
    """Those of East Asia too, which the parser does not know."""
    text = "خبر تازه" if codec == "cp1256" else "山路封鎖"
    feed = f'<?xml version="1.0" encoding="{name}"?>' + RSS.format(ITEM.format(text))

    entry = only(put(tmp_path / "a.xml", feed.encode(codec)))

    assert isinstance(entry, Document)
    assert entry.text == f"{text} x"
