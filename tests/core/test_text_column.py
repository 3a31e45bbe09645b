"""Many texts in one buffer: how strings get there and back, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.core import TextColumn, as_column

ANY = st.lists(st.text(st.characters(), max_size=6), max_size=6)


def test_strings_are_written_as_utf_16() -> None:
    """Wide letters take two units; halves and NUL stay as they are."""
    column = as_column(["ab", "", "é\x00", "ک\ud800", "\U0001f600ك"])

    assert column.data.tolist() == [0x61, 0x62, 0xE9, 0, 0x6A9, 0xD800, 0xD83D, 0xDE00, 0x643]
    assert (column.bounds.tolist(), column.bounds.dtype) == ([0, 2, 2, 4, 6, 9], np.int64)
    assert not column.folded


@given(ANY)
def test_a_column_gives_its_strings_back(texts: list[str]) -> None:
    """One by one and in order, two adjacent halves as the letter they make."""
    whole = [text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") for text in texts]

    column = as_column(texts)

    assert (len(column), list(column)) == (len(texts), whole)


def test_a_column_of_utf_8_gives_strings() -> None:
    """The third text is no UTF-8: its byte is replaced."""
    data = np.frombuffer("سلام".encode() + b"a" + b"\xff", dtype=np.uint8)

    assert list(TextColumn(data, np.array([0, 8, 9, 10]))) == ["سلام", "a", "\ufffd"]


def test_a_column_stays_what_it_is() -> None:
    """Nothing is copied."""
    column = as_column(["a"])

    assert as_column(column) is column


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        (["a", 1], "text 1 is int, expected str"),
        ([b"a"], "text 0 is bytes, expected str"),
        ("ab", "expected a list of texts, got one str"),
        (7, "iterable"),
    ],
)
def test_only_strings_are_written(texts: object, says: str) -> None:
    """The message gives the number of the one that is not a string."""
    with pytest.raises(TypeError, match=says):
        as_column(texts)  # type: ignore[arg-type]


@pytest.mark.parametrize("bounds", [[], [1, 0], [0, 3], [-1, 1]])
def test_bounds_stay_inside_the_data(bounds: list[int]) -> None:
    """Two units: no texts without a first bound, none backwards, none beyond the end."""
    with pytest.raises(ValueError, match="bounds that ascend"):
        TextColumn(np.zeros(2, dtype=np.uint16), np.array(bounds, dtype=np.int64))


@pytest.mark.parametrize(("dtype", "folded"), [(np.int64, False), (np.uint8, True)])
def test_units_are_of_8_or_16_bits(dtype: type[np.generic], folded: bool) -> None:  # noqa: FBT001
    """Folded texts are in UTF-16 only."""
    with pytest.raises(ValueError, match="expected data of dtype uint8"):
        TextColumn(np.zeros(2, dtype=dtype), np.array([0, 2]), folded)  # type: ignore[arg-type]
