"""JsonColumn: values as spans, put together as records and lists."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.model.document_batch import StringColumn
from dedup.output.json_columns import (
    JsonColumn,
    bare_strings,
    join_lists,
    records,
    scores,
    side_by_side,
    strings,
)
from dedup.output.json_text import encoded

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=5)


def lines(column: JsonColumn) -> list[bytes]:
    """Split a column into its values."""
    spans = zip(column.starts.tolist(), column.ends.tolist(), strict=True)
    return [column.data[start:end].tobytes() for start, end in spans]


@given(st.lists(ANY_TEXT | st.sampled_from(['"', "\\", "\n", "\x1f", "\ud7ff", "\ue000"]), max_size=6))
def test_strings_are_written_as_the_encoder_writes_them(texts: list[str]) -> None:
    """Quotes, controls and halves of characters among plain ones: what is written reads back."""
    written = lines(strings(texts))

    whole = [text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") for text in texts]
    assert written == [encoded(text) for text in whole]
    assert [json.loads(line) for line in written] == whole


def test_plain_strings_are_not_copied() -> None:
    """They stand in the buffer they came in, up to the last letter before the halves of characters."""
    column = StringColumn.of(["\ud7ff", "", "خبر"])

    assert bare_strings(column).data is column.data


@given(st.lists(st.lists(st.sampled_from([b"1", b"", b'"two"']), max_size=3), max_size=5))
def test_lists_are_joined(values: list[list[bytes]]) -> None:
    """Empty ones among them, and empty values."""
    bounds = np.cumsum([0, *map(len, values)])

    written = lines(join_lists(JsonColumn.of([each for some in values for each in some]), bounds, b", "))

    assert written == [b", ".join(some) for some in values]


def test_a_record_has_a_value_of_each_column() -> None:
    """Under its name, on one line."""
    columns = {
        "a": JsonColumn.of([b"1", b"2"]),
        "b": JsonColumn.coded([b"no", b"yes"], np.array([True, False])),
    }

    assert lines(records(columns, 2)) == [b'{"a":1,"b":yes}', b'{"a":2,"b":no}']
    assert lines(side_by_side([b"<", columns["a"], b">"], 2)) == [b"<1>", b"<2>"]
    assert lines(records({"a": JsonColumn.of([])}, 0)) == []


def test_columns_are_put_one_after_the_other() -> None:
    """Each with its own buffer; rows are picked in any order."""
    column = JsonColumn.concatenated([JsonColumn.of([b"a", b"bc"]), JsonColumn.of([]), JsonColumn.of([b"d"])])

    assert lines(column.take(np.array([2, 0, 0, 1]))) == [b"d", b"a", b"a", b"bc"]
    assert column.written() == b"abcd"


def test_scores_have_four_decimals() -> None:
    """None among them."""
    assert lines(scores([0.12345, 1, None])) == [b"0.1235", b"1.0", b"null"]
    with pytest.raises(ValueError, match="nan is not a score"):
        scores([float("nan")])
