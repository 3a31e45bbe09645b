"""Columns of JSON values as spans of bytes, from which records are assembled without an object per value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.model import ExchangedFact
from dedup.model.document_batch import StringColumn
from dedup.output.json_text import encoded, encoded_column, encoded_scores

type Numbers = NDArray[np.int64]
type Columns = dict[str, Sequence[Any]]
"""The values of each field of some records."""
type Fields = Mapping[str, Callable[[Sequence[Any]], JsonColumn]]
"""The function that writes each field of a record, in the order of the fields."""

_QUOTE, _SLASH, _FIRST_SIGN, _HALF = 0x22, 0x5C, 0x20, 0xED


@dataclass(frozen=True, slots=True, eq=False)
class JsonColumn:
    """Encoded values, one per row: that of row i is data[starts[i]:ends[i]].

    Attributes:
        data: uint8.
        starts: int64, shape (n,).
        ends: int64, shape (n,).
    """

    data: NDArray[np.uint8]
    starts: Numbers
    ends: Numbers

    @classmethod
    def of(cls, values: Sequence[bytes]) -> Self:
        """Pack values."""
        packed = StringColumn.of_bytes(values)
        return cls(packed.data, packed.bounds[:-1], packed.bounds[1:])

    @classmethod
    def coded(cls, values: Sequence[bytes], codes: NDArray[np.integer] | NDArray[np.bool_]) -> Self:
        """Make a column of few distinct values from the index of each row's value."""
        return cls.of(values).take(codes.astype(np.int64))

    @classmethod
    def constant(cls, value: bytes, rows: int) -> Self:
        """Make a column of one value."""
        return cls.coded([value], np.zeros(rows, dtype=np.int64))

    @classmethod
    def concatenated(cls, parts: Sequence[Self]) -> Self:
        """Put columns one after the other."""
        nothing = np.empty(0, dtype=np.int64)
        data, shifts = _one_buffer(parts)
        shifted = list(zip(parts, shifts, strict=True))
        return cls(
            data,
            np.concatenate([nothing, *(part.starts + shift for part, shift in shifted)]),
            np.concatenate([nothing, *(part.ends + shift for part, shift in shifted)]),
        )

    def __len__(self) -> int:
        return self.starts.size

    def take(self, rows: Numbers) -> Self:
        """Pick values by their rows."""
        return type(self)(self.data, self.starts[rows], self.ends[rows])

    def written(self) -> bytes:
        """Return all values, concatenated."""
        return core.gather_bytes(self.data, self.starts, self.ends).tobytes()


def _one_buffer(columns: Sequence[JsonColumn]) -> tuple[NDArray[np.uint8], list[int]]:
    """Concatenate the bytes of columns; also return the offset of each in the result."""
    ends = np.cumsum([0, *(column.data.size for column in columns)]).tolist()
    nothing = np.empty(0, dtype=np.uint8)
    return np.concatenate([nothing, *(column.data for column in columns)]), ends[:-1]


def side_by_side(columns: Sequence[JsonColumn | bytes], rows: int) -> JsonColumn:
    """Concatenate the values of the columns in each row; plain bytes are the same in every row."""
    every = [JsonColumn.constant(each, rows) if isinstance(each, bytes) else each for each in columns]
    data, shifts = _one_buffer(every)
    starts, ends = np.empty((2, rows, len(every)), dtype=np.int64)
    for place, (column, shift) in enumerate(zip(every, shifts, strict=True)):
        starts[:, place], ends[:, place] = column.starts + shift, column.ends + shift
    bounds = np.zeros(rows + 1, dtype=np.int64)
    np.cumsum((ends - starts).sum(axis=1), out=bounds[1:])
    return JsonColumn(core.gather_bytes(data, starts.ravel(), ends.ravel()), bounds[:-1], bounds[1:])


def join_lists(items: JsonColumn, bounds: Numbers, separator: bytes) -> JsonColumn:
    """Join lists of values.

    Args:
        items: The values of all lists, concatenated.
        bounds: int64, shape (n + 1,): start of each list in `items`, and the end of the last.
        separator: Separator of two values.
    """
    follows = np.ones(len(items), dtype=np.bool_)
    follows[bounds[:-1][bounds[:-1] < bounds[1:]]] = False
    every = side_by_side([JsonColumn.coded([b"", separator], follows), items], len(items))
    ends = np.append(every.starts, every.data.size)[bounds]
    return JsonColumn(every.data, ends[:-1], ends[1:])


def records(columns: Mapping[str, JsonColumn], rows: int) -> JsonColumn:
    """Write one record per row."""
    pieces: list[JsonColumn | bytes] = []
    for place, (name, column) in enumerate(columns.items()):
        pieces += (b',"%b":' if place else b'{"%b":') % name.encode(), column
    return side_by_side([*pieces, b"}"], rows)


def in_brackets(column: JsonColumn) -> JsonColumn:
    """Put each value in square brackets."""
    return side_by_side([b"[", column, b"]"], len(column))


def strings(values: Sequence[str]) -> JsonColumn:
    """Write strings."""
    return side_by_side([b'"', bare_strings(StringColumn.of(values)), b'"'], len(values))


def bare_strings(column: StringColumn) -> JsonColumn:
    """Write strings without their quotes; only those with special characters are copied."""
    data = column.data
    special = (data == _QUOTE) | (data == _SLASH) | (data < _FIRST_SIGN)
    special[:-1] |= (data[:-1] == _HALF) & (data[1:] >= 0xA0)  # noqa: PLR2004 - half of a pair of units
    if not special.any():
        return JsonColumn(data, column.bounds[:-1], column.bounds[1:])
    rows = np.unique(np.searchsorted(column.bounds, np.flatnonzero(special), side="right") - 1)
    escaped = JsonColumn.of([encoded(column[row])[1:-1] for row in rows.tolist()])
    places = np.arange(len(column))
    places[rows] = len(column) + np.arange(rows.size)
    plain = JsonColumn(data, column.bounds[:-1], column.bounds[1:])
    return JsonColumn.concatenated([plain, escaped]).take(places)


def values(column: Sequence[str | float | bool | None]) -> JsonColumn:
    """Write plain values of any type."""
    return JsonColumn.of(encoded_column(column))


def scores(column: Sequence[float | None]) -> JsonColumn:
    """Write scores, see `rounded`.

    Raises:
        ValueError: A score is infinite or NaN, which JSON does not have.
    """
    return JsonColumn.of(encoded_scores(column))


def lists(column: Sequence[Sequence[str]]) -> JsonColumn:
    """Write lists of strings; most are empty."""
    return JsonColumn.of([encoded(items) if items else b"[]" for items in column])


def changes(column: Sequence[Sequence[ExchangedFact]]) -> JsonColumn:
    """Write the changed facts of each record; most have none."""
    return JsonColumn.of(
        [encoded([fact.as_json() for fact in facts]) if facts else b"[]" for facts in column]
    )
