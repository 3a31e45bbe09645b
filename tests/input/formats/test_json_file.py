"""JSON in every shape that files have."""

import json
from pathlib import Path

import pytest

from dedup.input import Fields, read
from dedup.model import Document, Problem
from tests.inputs import documents, line, only, problems, put, read_both_ways

ONE, TWO = {"id": "1", "text": "x"}, {"id": "2", "text": "y"}


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.jl", "a.ndjson"])
@pytest.mark.parametrize(
    "content",
    [
        json.dumps([ONE, TWO]),
        json.dumps([ONE, TWO], indent=1),
        "\n".join(json.dumps(each, indent=1) for each in (ONE, TWO)),
        "\ufeff" + ",\n".join(json.dumps(each, indent=1) for each in (ONE, TWO)),
        json.dumps(
            {"status": "ok", "more": [{"n": 1}, {"n": 2}, {"n": 3}], "articles": [ONE, TWO]}, indent=1
        ),
        json.dumps({"response": {"docs": {"all": [ONE, TWO]}}}, indent=1),
        f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n",
        f"[{json.dumps(ONE)}, {json.dumps(TWO)},\n]",
        ",\n".join(json.dumps(each, indent=1) for each in (ONE, TWO)) + ",\n",
        "".join(f"{json.dumps(each)},\n" for each in (ONE, TWO)),
    ],
    ids=[
        "list",
        "spread list",
        "one after another",
        "with commas",
        "inside",
        "deep inside",
        "lines",
        "comma behind the last of a list",
        "comma behind the last one",
        "comma behind each line",
    ],
)
def test_the_shape_is_recognised_under_any_name(tmp_path: Path, name: str, content: str) -> None:
    """A list, objects over several lines, a list inside an object, an object a line."""
    found = list(read_both_ways([put(tmp_path / name, content)]))

    assert [(entry.id, entry.text) for entry in documents(found)] == [("1", "x"), ("2", "y")]
    assert not problems(found)


def test_numbers_that_are_none_are_missing(tmp_path: Path) -> None:
    """NaN and Infinity count as no value, in fields that are used and in others."""
    file = put(tmp_path / "a.jsonl", '{"text": "x", "score": NaN, "id": NaN, "n": [-Infinity]}')

    assert only(file) == Document("a.jsonl:1", "x", path="a.jsonl", line=1, encoding="utf-8")


def test_names_of_fields_may_be_in_capitals(tmp_path: Path) -> None:
    """`Text` is the text where the first lines have no `text`."""
    file = put(tmp_path / "a.jsonl", line(Text="x", ID=7))

    assert only(file) == Document("7", "x", path="a.jsonl", line=1, encoding="utf-8")


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_a_missing_text_is_reported_once_with_advice(tmp_path: Path, name: str) -> None:
    """Not for every line: the likely fields are named, ready to paste."""
    rows = [{"headline": "t", "body": "x", "pubDate": "2024"}] * 50
    cells = "headline,body,pubDate\n" + "t,x,2024\n" * 50
    content = cells if name == "a.csv" else "\n".join(line(**row) for row in rows)

    entry = only(put(tmp_path / name, content))

    thing = "column" if name == "a.csv" else "field"
    assert entry == Problem(
        name,
        None,
        f"no {thing} is called `text` (`headline`, `body`, `pubDate`); "
        "try --field text=body,title=headline,published=pubDate; skipped",
    )
    fields = Fields().mapped(["text=body,title=headline,published=pubDate"])
    assert len(documents(list(read_both_ways([tmp_path / name], fields=fields)))) == 50


@pytest.mark.parametrize(
    ("record", "advice"),
    [
        ({"a": 1, "b": "word " * 30}, "try --field text=b"),
        ({"doc": {"Body": "x"}}, "try --field text=doc.Body"),
        ({"outlet": {"id": "cnn"}, "content": "x"}, "try --field text=content; skipped"),
        ({"story": {"guid": "1", "content": "x"}}, "try --field text=story.content,id=story.guid; skipped"),
        ({"متن": "x", "عنوان": "t"}, "try --field text=متن,title=عنوان"),
        ({"a": "x"}, "name the field that contains the text with --field text=NAME"),
        ({"bo;dy": "x" * 200}, "try --field 'text=bo;dy'"),
        ({"b\x1b$(x)": "x" * 200}, "name the field that contains the text with --field text=NAME"),
        (
            {"maintext": "x", "source_domain": "s", "date_publish": "p"},
            "these are the fields of news-please: try --preset news",
        ),
        (
            {"uri": "u", "versionCreated": "v", "headlines": [{"value": "h"}], "bodies": [{"value": "b"}]},
            "these are the fields of ninjs: try --preset ninjs",
        ),
        (
            {"source": {"id": None, "name": "n"}, "content": "x"},
            "try --field text=content,source=source.name; skipped",
        ),
        ({"story_content": "x", "content_length": "9"}, "try --field text=story_content; skipped"),
    ],
)
def test_likely_fields_are_proposed(tmp_path: Path, record: dict[str, object], advice: str) -> None:
    """By their names in many languages, inside objects, by their length, or by the tool that wrote them."""
    entry = only(put(tmp_path / "a.jsonl", line(**record)))

    assert isinstance(entry, Problem)
    assert advice in entry.reason
    assert "\x1b" not in entry.reason


def test_a_field_that_is_read_by_default_is_not_proposed(tmp_path: Path) -> None:
    """`text` was there, and a wrong name took its place."""
    path = put(tmp_path / "a.jsonl", line(text="x"))

    (entry,) = read([path], fields={"text": "body"})

    assert isinstance(entry, Problem)
    assert entry.reason.endswith("the field `text` is read by default, without --field or --preset; skipped")


def test_stories_by_id_are_read(tmp_path: Path) -> None:
    """An object of objects is a list whose items have names."""
    path = put(tmp_path / "a.json", '{"n7": {"text": "one"}, "n9": {"text": "two"}}')

    assert [(each.id, each.text) for each in documents(list(read_both_ways([path])))] == [
        ("a.json#n7", "one"),
        ("a.json#n9", "two"),
    ]


def test_a_list_is_looked_for_deep_inside(tmp_path: Path) -> None:
    """Answers of services wrap their stories in several objects."""
    path = put(tmp_path / "a.json", '{"a": {"b": {"c": {"d": [{"text": "one"}, {"text": "two"}]}}}}')

    assert [each.text for each in documents(list(read_both_ways([path])))] == ["one", "two"]


def test_an_item_of_a_tool_is_not_searched_for_stories(tmp_path: Path) -> None:
    """The lists inside one item of ninjs are its headlines and bodies."""
    item = {"uri": "u", "versionCreated": "v", "headlines": [{"value": "h"}], "bodies": [{"value": "b"}]}
    entry = only(put(tmp_path / "a.json", json.dumps(item)))

    assert isinstance(entry, Problem)
    assert "try --preset ninjs" in entry.reason
