"""JSON lines in C and in Python: where lines begin, which are blank, and what values are without escapes."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import core
from dedup.core import json_spans

PARTS = (("id",), ("text",), ("title",), ("source",), ("published", "date"), ("url",))


@given(st.lists(st.sampled_from([b'{"text": "a"}', b"", b" \t", b"\x0b\r", b"x"]), max_size=5), st.booleans())
def test_lines_begin_where_the_numpy_kernel_finds_them(lines: list[bytes], feed: bool) -> None:  # noqa: FBT001 - drawn
    """With and without a line feed at the end; the same lines are blank."""
    data = b"\n".join(lines) + b"\n" * feed

    ours, twin = core.json_lines(data, PARTS), json_spans.json_lines(data, PARTS)

    assert ours.bounds.tolist() == twin.bounds.tolist()
    assert (ours.status == json_spans.BLANK).tolist() == (twin.status == json_spans.BLANK).tolist()


def test_values_are_where_the_spans_say() -> None:
    """The first filled name of a part counts; an empty value and a missing one have no bytes."""
    data = b'{"id": 7, "text": "a\\nb", "published": "", "date": "2024", "title": ""}\n\nno'
    if core.NAME != "compiled":
        pytest.skip("the numpy kernel refuses every line")

    lines = core.json_lines(data, PARTS)

    assert lines.status.tolist() == [json_spans.TAKEN, json_spans.BLANK, json_spans.REFUSED]
    spans = zip(lines.starts[:, 0].tolist(), lines.ends[:, 0].tolist(), strict=True)
    assert [data[start:end] for start, end in spans] == [b"7", b"a\\nb", b"", b"", b"2024", b""]


@pytest.mark.parametrize("kernel", [core, json_spans], ids=["kernel", "twin"])
def test_escapes_are_replaced(kernel: object) -> None:
    """Letters, signs, a unit of two, three and a pair of four bytes; values come one after the other."""
    values = [b"plain", rb"\"\\\/\b\f\n\r\t", b"", rb"a\u00e9\u0633\u20ac\ud83d\ude00z"]
    data = b"".join(values)
    bounds = np.cumsum([0, *map(len, values)])

    letters, ends = kernel.json_unescape(data, bounds[:-1], bounds[1:])  # type: ignore[attr-defined]

    split = [letters[start:end].tobytes().decode() for start, end in pairwise(ends)]
    assert split == ["plain", '"\\/\b\f\n\r\t', "", "aéس€😀z"]


def test_values_outside_the_data_are_refused() -> None:
    """C would read whatever lies there."""
    if core.NAME != "compiled":
        pytest.skip("slices have no outside")
    for start, end in ((-1, 1), (2, 1), (0, 4)):
        with pytest.raises(IndexError, match="3 bytes"):
            core.json_unescape(b"abc", np.array([start]), np.array([end]))
    with pytest.raises(ValueError, match="differ in length: 1, 2"):
        core.json_unescape(b"abc", np.array([0]), np.array([1, 2]))


@pytest.mark.parametrize("kernel", [core, json_spans], ids=["kernel", "twin"])
def test_spans_are_gathered(kernel: object) -> None:
    """In any order, some twice, some empty; of a part of an array too."""
    data = np.frombuffer(b"x-abcdef", dtype=np.uint8)[2:]
    starts, ends = np.array([[3, 0, 2, 0], [6, 1, 2, 2]])

    gathered = kernel.gather_bytes(data, starts, ends)  # type: ignore[attr-defined]

    assert gathered.tobytes() == b"defaab"
    assert gathered.dtype == np.uint8
    assert kernel.gather_bytes(data[:0], starts[:0], ends[:0]).size == 0  # type: ignore[attr-defined]


def test_spans_outside_the_data_are_not_gathered() -> None:
    """C would read whatever lies there."""
    if core.NAME != "compiled":
        pytest.skip("numpy raises an error of its own, or takes an empty span")
    for start, end in ((-1, 1), (2, 1), (0, 4)):
        with pytest.raises(IndexError, match="3 bytes"):
            core.gather_bytes(np.zeros(3, dtype=np.uint8), np.array([start]), np.array([end]))
    with pytest.raises(ValueError, match="differ in length: 2, 1"):
        core.gather_bytes(np.zeros(3, dtype=np.uint8), np.array([0, 1]), np.array([2]))
    with pytest.raises(TypeError, match="starts: expected an array of int64"):
        core.gather_bytes(np.zeros(3, dtype=np.uint8), np.array([0], dtype=np.int32), np.array([1]))


@pytest.mark.parametrize(("lists", "status"), [(63, json_spans.TAKEN), (64, json_spans.REFUSED)])
def test_a_line_is_taken_up_to_a_depth_of_sixty_four(lists: int, status: int) -> None:
    """The record itself is the first level; what is deeper is left to the strict reader."""
    if core.NAME != "compiled":
        pytest.skip("the numpy kernel refuses every line")
    data = b'{"text": "a", "n": ' + b"[" * lists + b"1" + b"]" * lists + b"}"

    assert core.json_lines(data, PARTS).status.tolist() == [status]
