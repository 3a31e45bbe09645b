"""The fast JSON parser gives what the strict one gives, or leaves the work to it."""

import json
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dedup.input import json_parsing, read
from dedup.model import Document, Problem

NUMBERS = st.integers() | st.floats() | st.integers(2**62, 2**65) | st.sampled_from([1e400, -1e19, 2.0**63])
TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("\ud800\udfff\0\u2028\ufeff"))
VALUES = st.none() | st.booleans() | NUMBERS | TEXTS | st.lists(TEXTS, max_size=2)
OBJECTS = st.dictionaries(
    st.sampled_from(["id", "text", "title", "source", "published", "date", "url", "x"]), VALUES
)


def slowly(path: Path) -> list[Document | Problem]:
    """Read a file with the fast parser refusing everything."""

    def refuse(_: bytes) -> NoReturn:
        raise ValueError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_parsing.orjson, "loads", refuse)
        return list(read([path]))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(OBJECTS | VALUES, min_size=1, max_size=4), escaped=st.booleans())
@example(rows=[{"text": "x", "id": 2**64}], escaped=False)
@example(rows=[{"text": "\ud800", "id": 1e25}], escaped=True)
def test_fast_and_strict_parsing_give_the_same(tmp_path: Path, rows: list[object], *, escaped: bool) -> None:
    """Every line and list gives the same documents and problems, whichever parser took it."""
    spelt = [json.dumps(row, ensure_ascii=escaped) for row in rows]
    lines, listed = tmp_path / "a.jsonl", tmp_path / "b.json"
    lines.write_bytes("\n".join(spelt).encode("utf-8", "surrogatepass"))
    listed.write_bytes(f"[{','.join(spelt)}]".encode("utf-8", "surrogatepass"))

    assert list(read([lines])) == slowly(lines)
    assert list(read([listed])) == slowly(listed)


@pytest.mark.parametrize(
    ("spelt", "wanted"),
    [
        ("18446744073709551615", "18446744073709551615"),
        ("18446744073709551616", "18446744073709551616"),
        ("-9223372036854775809", "-9223372036854775809"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("1e25", "1e+25"),
        ("1e400", "inf"),
        ("0.5", "0.5"),
    ],
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_wide_numbers_keep_their_digits(tmp_path: Path, name: str, spelt: str, wanted: str) -> None:
    """An id of any length is the number that was spelt, in lines as in lists."""
    file = tmp_path / name
    file.write_text(f'{{"id": {spelt}, "text": "x"}}', encoding="utf-8")

    (entry,) = read([file])

    assert isinstance(entry, Document)
    assert entry.id == wanted


def test_a_list_with_one_hard_item_is_read_whole(tmp_path: Path) -> None:
    """Where the strict parser has to take over, no item comes twice or in another order."""
    file = tmp_path / "a.json"
    file.write_text(r'[{"text": "a"}, {"text": "b\ud800"}, {"text": "c"}]', encoding="utf-8")

    assert [(entry.id, entry.text) for entry in read([file]) if isinstance(entry, Document)] == [
        ("a.json#1", "a"),
        ("a.json#2", "b\ufffd"),
        ("a.json#3", "c"),
    ]


def test_a_document_is_frozen_and_compares_by_value() -> None:
    """Its own constructor leaves a document the frozen record that a dataclass is."""
    first = Document("1", "x", published="p", line=3)

    assert first == Document(
        id="1", text="x", title="", source="", published="p", url="", path="", line=3, encoding=""
    )
    assert hash(first) == hash(Document("1", "x", published="p", line=3))
    with pytest.raises(AttributeError):
        first.text = "y"  # type: ignore[misc]
