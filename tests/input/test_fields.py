"""Which field of a record is which part of a document."""

import json
from pathlib import Path
from typing import Any

import pytest

from dedup.input import PRESETS, Fields, preset, read
from dedup.model import Document, Problem
from dedup.model.errors import SettingError
from tests.inputs import documents, line, only, problems, put, read_both_ways


def test_parts_are_taken_from_the_names_that_are_given(tmp_path: Path) -> None:
    """Mapped parts come from other fields, the rest from their own."""
    file = put(tmp_path / "a.jsonl", line(body="x", headline="t", url="u", text="other", title="other"))

    entry = only(file, fields=Fields().mapped(["text=body,title=headline"]))

    assert entry == Document("a.jsonl:1", "x", title="t", url="u", path="a.jsonl", line=1, encoding="utf-8")


def test_the_first_filled_alternative_is_taken(tmp_path: Path) -> None:
    """`text=a|b` takes `a` where it holds something, else `b`; an empty text is still a text."""
    records = [{"a": "1", "b": "2"}, {"a": "", "b": "2"}, {"a": None, "b": "2"}, {"a": ""}]
    file = put(tmp_path / "a.json", json.dumps(records))

    found = list(read([file], fields=Fields().mapped(["text = a | b"])))

    assert [entry.text for entry in documents(found)] == ["1", "2", "2", ""]


def test_dots_lead_inside(tmp_path: Path) -> None:
    """`a.b.c` is looked for inside objects, unless a field has that very name."""
    rows = [
        line(text="x", meta={"site": {"name": "s"}}),
        line(text="x", meta=5),
        line(**{"text": "x", "meta.site.name": "whole", "meta": {"site": {"name": "s"}}}),
    ]
    file = put(tmp_path / "a.jsonl", "\n".join(rows))

    found = documents(list(read([file], fields=Fields(source=("meta.site.name",)))))

    assert [entry.source for entry in found] == ["s", "", "whole"]


def test_half_characters_inside_are_replaced(tmp_path: Path) -> None:
    """A lone surrogate in a nested field becomes U+FFFD as in others."""
    file = put(tmp_path / "a.jsonl", r'{"text": "x", "meta": {"title": "\ud800"}}')

    entry = only(file, fields=Fields(title=("meta.title",)))

    assert isinstance(entry, Document)
    assert entry.title == "\ufffd"


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"body": None}, "the field `body` is null, not a string; skipped"),
        ({"lead": [1]}, "the field `lead` is a list, not a string; skipped"),
    ],
)
def test_a_problem_names_the_mapped_field(tmp_path: Path, record: dict[str, Any], reason: str) -> None:
    """The problem of a record without text is worded for its format."""
    file = put(tmp_path / "a.jsonl", line(**record))

    assert only(file, fields=Fields(text=("body", "lead"))) == Problem("a.jsonl", 1, reason)


def test_a_line_that_lacks_what_others_have_is_named(tmp_path: Path) -> None:
    """One line without a text costs that line."""
    file = put(tmp_path / "a.jsonl", line(body="x") + "\n" + line(title="t"))

    _, problem = read([file], fields=Fields(text=("body", "lead")))

    assert problem == Problem("a.jsonl", 2, "the field `body` or `lead` is missing, not a string; skipped")


@pytest.mark.parametrize("pair", ["body", "text=", "=body", "text=a|", "author=x", "text=a,", ""])
def test_a_bad_mapping_is_refused(pair: str) -> None:
    """What is no PART=NAME is refused, with the parts there are."""
    with pytest.raises(SettingError, match="PART=NAME, where PART is one of id, text, title, source, publis"):
        Fields().mapped([pair])


NEWS_PLEASE = {
    "authors": ["A. Writer"],
    "date_download": "2024-02-03 10:00:00",
    "date_modify": "None",
    "date_publish": "2024-02-02 08:00:00",
    "description": "d",
    "filename": "f.json",
    "image_url": None,
    "language": "en",
    "localpath": None,
    "maintext": "x",
    "source_domain": "paper.example",
    "text": None,
    "title": "t",
    "title_page": None,
    "title_rss": None,
    "url": "https://paper.example/1",
}
OSCAR = {
    "content": "x",
    "warc_headers": {
        "warc-record-id": "<urn:uuid:1>",
        "warc-date": "2024-02-02T08:00:00Z",
        "warc-target-uri": "https://paper.example/1",
    },
    "metadata": {"identification": {"label": "fa"}},
}
CCNET = {
    "url": "https://paper.example/1",
    "date_download": "2024-02-02T08:00:00Z",
    "digest": "sha1:1",
    "source_domain": "paper.example",
    "title": "t",
    "raw_content": "x",
}


@pytest.mark.parametrize(
    ("name", "record", "wanted"),
    [
        ("news-please", NEWS_PLEASE, ("", "t", "paper.example", "2024-02-02 08:00:00")),
        ("cc-news", {"text": "x", "title": "t", "domain": "d", "date": "p"}, ("", "t", "d", "p")),
        ("c4", {"text": "x", "timestamp": "p", "url": "https://paper.example/1"}, ("", "", "", "p")),
        ("fineweb", {"text": "x", "id": "i", "date": "p", "dump": "CC-MAIN-2024-10"}, ("i", "", "", "p")),
        ("oscar", OSCAR, ("<urn:uuid:1>", "", "", "2024-02-02T08:00:00Z")),
        ("ccnet", CCNET, ("sha1:1", "t", "paper.example", "2024-02-02T08:00:00Z")),
    ],
)
def test_presets_know_the_names_of_their_tools(
    tmp_path: Path, name: str, record: dict[str, Any], wanted: tuple[str, ...]
) -> None:
    """Each preset finds the parts where its tool puts them; a missing id is the place in the file."""
    entry = only(put(tmp_path / "a.jsonl", line(**record)), fields=preset(name))

    assert isinstance(entry, Document)
    assert entry.text == "x"
    assert (entry.id, entry.title, entry.source, entry.published) == (wanted[0] or "a.jsonl:1", *wanted[1:])


BODY = "<p>Snow closes <b>roads</b> &amp; schools.</p><script>no()</script><p>Buses wait.</p>"
PLAIN = "Snow closes roads & schools.\nBuses wait."


@pytest.mark.parametrize(
    ("name", "record", "wanted"),
    [
        (
            "json-feed",
            {"items": [{"id": "i", "content_html": BODY, "date_published": "p", "authors": [{"name": "s"}]}]},
            ("i", "s", "p", ""),
        ),
        (
            "feedparser",
            {"entries": [{"id": "i", "content": [{"value": BODY}], "published": "p", "link": "u"}]},
            ("i", "", "p", "u"),
        ),
        (
            "ninjs",
            {"uri": "i", "body_xhtml": BODY, "copyrightholder": "s", "versioncreated": "p"},
            ("i:p", "s", "p", ""),
        ),
        (
            "ninjs",
            {
                "uri": "i",
                "bodies": [{"role": "teaser", "value": "Snow."}, {"role": "main", "value": BODY}],
                "infoSources": [{"name": "s"}],
            },
            ("i", "s", "", ""),
        ),
        ("ninjs", {"uri": "i", "bodies": [{"value": BODY}]}, ("i", "", "", "")),
        (
            "eventregistry",
            {
                "articles": {
                    "results": [{"uri": "i", "body": PLAIN, "source": {"title": "s"}, "dateTime": "p"}]
                }
            },
            ("i", "s", "p", ""),
        ),
        (
            "newscatcher",
            {
                "articles": [
                    {"id": "i", "content": PLAIN, "name_source": "s", "published_date": "p", "link": "u"}
                ]
            },
            ("i", "s", "p", "u"),
        ),
        (
            "newscatcher",
            {
                "articles": [
                    {"_id": "i", "summary": PLAIN, "clean_url": "s", "published_date": "p", "link": "u"}
                ]
            },
            ("i", "s", "p", "u"),
        ),
        (
            "mediacloud",
            [{"stories_id": 7, "story_text": PLAIN, "media_name": "s", "publish_date": "p", "url": "u"}],
            ("7", "s", "p", "u"),
        ),
        (
            "mediacloud",
            [{"id": "i", "text": PLAIN, "media_name": "s", "publish_date": "p", "url": "u"}],
            ("i", "s", "p", "u"),
        ),
        (
            "gdelt",
            {"articles": [{"url": "u", "title": PLAIN, "domain": "s", "seendate": "p"}]},
            ("u", "s", "p", "u"),
        ),
        ("gdelt", [{"URL": "u", "MobileURL": "", "Date": "p", "Title": PLAIN}], ("u", "", "p", "u")),
        (
            "miniflux",
            {
                "total": 1,
                "entries": [{"id": 5, "content": BODY, "feed": {"title": "s"}, "published_at": "p"}],
            },
            ("5", "s", "p", ""),
        ),
        (
            "freshrss",
            {
                "items": [
                    {
                        "id": "i",
                        "summary": {"content": BODY},
                        "origin": {"title": "s"},
                        "published": 1704700000,
                        "canonical": [{"href": "u"}],
                    }
                ]
            },
            ("i", "s", "1704700000", "u"),
        ),
    ],
)
def test_presets_find_stories_in_answers(
    tmp_path: Path, name: str, record: object, wanted: tuple[str, ...]
) -> None:
    """Lists inside an object, items of lists inside, and text with markup are found by the preset."""
    entry = only(put(tmp_path / "a.json", json.dumps(record)), fields=preset(name))

    assert isinstance(entry, Document)
    assert (entry.text, entry.id, entry.source, entry.published, entry.url) == (PLAIN, *wanted)


def test_versions_of_one_story_have_ids_of_their_own(tmp_path: Path) -> None:
    """The version follows the id, or else the time when it was made; a story without either keeps its id."""
    stories: list[dict[str, object]] = [
        {"uri": "snow", "version": 1, "versioncreated": "2024-01-08T09:00:00Z", "body_text": "x"},
        {"uri": "snow", "version": "2", "versioncreated": "2024-01-08T10:00:00Z", "body_text": "x"},
        {"uri": "snow", "versioncreated": "2024-01-08T11:00:00Z", "body_text": "x"},
        {"uri": "snow", "body_text": "x"},
        {"version": "3", "body_text": "x"},
    ]
    ids = ["snow:1", "snow:2", "snow:2024-01-08T11:00:00Z", "snow", "a.jsonl:5"]
    file = put(tmp_path / "a.jsonl", "\n".join(line(**story) for story in stories))

    assert [entry.id for entry in documents(list(read_both_ways([file], fields=preset("ninjs"))))] == ids

    table = put(tmp_path / "a.csv", "guid,rev,text\nsnow,1,x\nsnow,2,x\n")
    fields = Fields().mapped(["id=guid,version=rev"])
    assert [entry.id for entry in documents(list(read([table], fields=fields)))] == ["snow:1", "snow:2"]


def test_text_with_markup_is_used_if_there_is_no_other(tmp_path: Path) -> None:
    """`html=content` takes tags out, and a filled text comes before it; JSON lines and tables alike."""
    lines = "\n".join([line(content=BODY), line(content=BODY, text="x"), line(content=5)])
    fields = Fields().mapped(["html=content"])

    found = list(read_both_ways([put(tmp_path / "a.jsonl", lines)], fields=fields))

    assert [entry.text for entry in documents(found)] == [PLAIN, "x"]
    assert [entry.reason for entry in problems(found)] == [
        "the field `content` is a number, not a string; skipped"
    ]


def test_the_trafilatura_preset_reads_what_trafilatura_writes(tmp_path: Path) -> None:
    """A page extracted to JSON by the tool itself gives its text, title, site, date and address."""
    import trafilatura

    paragraph = (
        "The ministry said on Monday that two power stations in the south will open before the summer. "
    )
    page = (
        "<html><head><title>Two stations</title><meta property='og:site_name' content='Paper'>"
        "<meta property='article:published_time' content='2024-02-02'></head>"
        f"<body><article><p>{paragraph * 4}</p></article></body></html>"
    )
    written = trafilatura.extract(
        page, url="https://paper.example/1", output_format="json", with_metadata=True
    )

    entry = only(put(tmp_path / "a.json", written or ""), fields=preset("trafilatura"))

    assert isinstance(entry, Document)
    assert entry.text == (paragraph * 4).strip()
    assert (entry.title, entry.source, entry.published, entry.url) == (
        "Two stations",
        "Paper",
        "2024-02-02",
        "https://paper.example/1",
    )


@pytest.mark.parametrize("nothing", ["None", "NaT", "nan", "null"])
def test_a_word_for_an_unknown_date_is_not_a_date(tmp_path: Path, nothing: str) -> None:
    """What programs write for a missing date counts as missing; in a title it is a word."""
    entry = only(put(tmp_path / "a.jsonl", line(text="x", published=nothing, title=nothing)))

    assert isinstance(entry, Document)
    assert (entry.published, entry.title) == ("", nothing)


def test_behind_a_word_for_no_date_the_next_field_is_taken(tmp_path: Path) -> None:
    """If `published` is None, `date` is used, whatever it is."""
    dates: list[object] = ["2024-02-03", ["2024"], {"a": 1}, "NaT", 2024]
    rows = [line(text="x", published="None", date=date) for date in dates]
    file = put(tmp_path / "a.jsonl", "\n".join(rows))

    assert [entry.published for entry in documents(list(read([file])))] == ["2024-02-03", "", "", "", "2024"]


def test_an_unknown_preset_names_those_there_are() -> None:
    """A preset that does not exist is refused with the list."""
    with pytest.raises(
        SettingError, match="preset='x' is not usable: expected one of news-please, trafilatura, cc-"
    ):
        preset("x")
    assert preset("c4") is PRESETS["c4"]


def test_mapped_fields_serve_rows_too(tmp_path: Path) -> None:
    """A CSV column is chosen like a JSON field."""
    found = list(read([put(tmp_path / "a.csv", "body,text\nx,other\n")], fields=Fields(text=("body",))))

    assert [entry.text for entry in documents(found)] == ["x"]
    assert not problems(found)
