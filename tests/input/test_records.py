"""Documents that carry the whole record they were read from, and inputs kept apart."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from dedup.input import Fields, read
from dedup.input.json_parsing import dump_json
from dedup.model import Document
from tests.inputs import documents, only, put


def record_of(path: Path, **settings: Any) -> bytes:  # noqa: ANN401 - as read takes them
    """Read one document and give its record."""
    document = only(path, records=True, **settings)
    assert isinstance(document, Document)
    return document.record


@pytest.mark.parametrize(
    ("content", "record"),
    [
        (b'{"text":"x",  "n": 1.50, "big": 123456789012345678901}\n', None),
        (b'  {"text":"x"}\t\r\n', b'{"text":"x"}'),
        (b'\xef\xbb\xbf{"text":"x"}', b'{"text":"x"}'),
        (rb'{"text":"x\ud800","more":"\ud800"}', None),
        ('{"text":"سلام بر مردم"}'.encode("cp1256"), '{"text":"سلام بر مردم"}'.encode()),
        ('{"text":"خبر"}'.encode("utf-16"), '{"text":"خبر"}'.encode()),
    ],
    ids=["numbers", "blanks", "mark", "half", "Windows-1256", "UTF-16"],
)
def test_a_line_is_carried_as_it_came(content: bytes, record: bytes | None, tmp_path: Path) -> None:
    """Byte for byte but for blanks around it, in UTF-8."""
    assert record_of(put(tmp_path / "a.jsonl", content)) == (content.strip() if record is None else record)


def test_nothing_is_carried_unless_asked_for(tmp_path: Path) -> None:
    """It would double what a run keeps."""
    document = only(put(tmp_path / "a.jsonl", '{"text":"x"}'))

    assert isinstance(document, Document)
    assert document.record == b""


@pytest.mark.parametrize("content", ['[{"text":"x","n":{"m":[1.5,null]},"big":123456789012345678901}]'])
def test_an_object_of_a_list_is_spelt_in_one_line(content: str, tmp_path: Path) -> None:
    """With every field and every digit."""
    record = record_of(put(tmp_path / "a.json", content.replace(",", ",\n")))

    assert b"\n" not in record
    assert [json.loads(record)] == json.loads(content)


def test_a_row_is_an_object_of_its_cells(tmp_path: Path) -> None:
    """In the order of the columns; a missing end is left out, of equal names the first stays."""
    assert (
        record_of(put(tmp_path / "a.csv", "id,text,n,n,last\n7,x,1,2\n"))
        == b'{"id": "7", "text": "x", "n": "1"}'
    )


def test_a_parquet_row_has_all_its_columns(tmp_path: Path) -> None:
    """Those that are no part of a document too, in words that JSON has."""
    columns = {
        "body": ["x"],
        "when": [dt.datetime(2024, 3, 1, 9, 30)],  # noqa: DTZ001 - as archives have it
        "score": [float("nan")],
        "image": [b"\xff\x00"],
        "raw": ["متن".encode()],
        "tags": [["a", None]],
    }
    written = io.BytesIO()
    parquet.write_table(pa.table(columns), written)

    record = record_of(put(tmp_path / "a.parquet", written.getvalue()), fields=Fields(text=("body",)))

    assert json.loads(record) == {
        "body": "x",
        "when": "2024-03-01T09:30:00",
        "score": None,
        "image": "/wA=",
        "raw": "متن",
        "tags": ["a", None],
    }


def test_another_column_without_text_is_not_a_problem(tmp_path: Path) -> None:
    """Bytes that nothing can decode, in a column that no field of a document comes from."""
    written = io.BytesIO()
    parquet.write_table(pa.table({"text": ["x"], "image": [b"\xff\xd8\xff\x00" * 50]}), written)
    path = put(tmp_path / "a.parquet", written.getvalue())

    assert only(path, records=True).text == only(path).text == "x"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_texts_and_pages_have_no_record(name: str, tmp_path: Path) -> None:
    """What is known of them is in the document."""
    story = "The ministry of energy said on Monday that two new power stations will feed the grid. " * 5
    page = f"<html><head><title>t</title></head><body><article><p>{story}</p></article></body></html>"

    assert record_of(put(tmp_path / name, page if name.endswith("html") else story)) == b""


@pytest.mark.parametrize("value", [float("inf"), {"a": [float("nan")]}, {(1, 2): 3}])
def test_what_json_has_no_words_for_gives_nothing(value: object) -> None:
    """Then the document's own fields are written."""
    assert dump_json(value) == b""


def test_an_input_leaves_out_what_is_kept_apart(tmp_path: Path) -> None:
    """A folder and a file inside it, also by another name for them."""
    for name in ("new/a.txt", "new/old/b.txt", "new/c.txt"):
        put(tmp_path / name, "x")
    (tmp_path / "link").symlink_to(tmp_path / "new" / "old")

    found = documents(list(read([tmp_path / "new"], apart=[tmp_path / "link", tmp_path / "new" / "c.txt"])))

    assert [document.path for document in found] == ["a.txt"]


def test_names_can_begin_with_the_only_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As they do where there are several."""
    put(tmp_path / "new/a.txt", "x")
    monkeypatch.chdir(tmp_path)

    found = documents(list(read(["new"], prefixed=True)))

    assert [(document.id, document.path) for document in found] == [("new/a.txt", "new/a.txt")]
