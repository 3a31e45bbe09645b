"""Read data frames of pandas, polars, pyarrow and every other library that narwhals supports.

A value is missing if the library of the frame says so (None, NaN, NaT, NA); NaN always is.
"""

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from numbers import Integral
from types import ModuleType
from typing import TYPE_CHECKING, Any
from uuid import UUID

from dedup.input.arrow_columns import documents_in
from dedup.input.fields import Fields, kind_of, to_document
from dedup.input.unusable_columns import unusable_columns
from dedup.model import Document, Problem
from dedup.model.document_batch import BatchTask, DocumentBatch, ReadBatch, packed
from dedup.model.document_like import Frame
from dedup.model.errors import ReadingError
from dedup.model.extras import optional
from dedup.model.likely_fields import likely_fields
from dedup.model.memory import is_out_of_memory

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

ROWS = 4096
"""Number of rows converted at a time."""

_NAME_AND_VALUE = 2

_LISTED = 12
"""Maximum number of columns that an error lists."""


def from_frame(frame: Frame, *, fields: Fields | Mapping[str, str] | None = None) -> "FrameReading":
    """Read the rows of a data frame as documents.

    Args:
        frame: A frame with a column `text`, and optionally `id`, `title`, `published` or `date`, `source` and
            `url`, in upper or lower case; other columns are ignored. Only these columns of a lazy frame are
            collected.
        fields: Other names of these columns, such as `{"text": "body"}`.

    Returns:
        An iterator over the documents of the rows in order, with a problem for each row without a text. The
        id of a row without one is its position, from 0; dates and times become ISO 8601.

    Raises:
        SettingError: `fields` has an unknown part of a document.
        ReadingError: The frame has no column for the text, or narwhals does not support it or is missing.
    """
    table = as_table(frame)
    names = Fields.of(fields).spelt_as(_called(table.collect_schema().names()))
    return FrameReading(_columns(table, names), names)


def as_table(frame: Frame) -> "nw.DataFrame[Any] | nw.LazyFrame[Any]":
    """Wrap a native frame in a narwhals frame.

    Raises:
        ReadingError: narwhals does not support it, refuses it or is not installed.
    """
    narwhals = narwhals_module()
    try:
        table: nw.DataFrame[Any] | nw.LazyFrame[Any] = narwhals.from_native(_whole(frame))
    except (TypeError, narwhals.exceptions.NarwhalsError) as error:
        cause = " ".join(str(error).split())
        raise ReadingError(
            f"a {type(frame).__name__} that cannot be used as a data frame: {cause}"
        ) from error
    return table


def _whole(frame: Frame) -> Frame:
    """Convert a record batch of pyarrow, which narwhals does not support, to a table."""
    arrow = sys.modules.get("pyarrow")
    return arrow.Table.from_batches([frame]) if arrow and isinstance(frame, arrow.RecordBatch) else frame


def narwhals_module() -> ModuleType:
    """Import narwhals, the common interface to all data frames.

    Raises:
        ReadingError: It is not installed.
    """
    return optional("narwhals.stable.v2", what="a data frame", library="narwhals", extra="frames")


def _columns(table: "nw.DataFrame[Any] | nw.LazyFrame[Any]", names: Fields) -> "nw.DataFrame[Any]":
    """Select the columns that contain parts of documents."""
    there = table.collect_schema().names()
    called = _called(there)
    if not names.has_text(called):
        raise ReadingError(no_text_column(there, names))
    wanted = names.wanted()
    chosen = table.select(*(name for name in called if name in wanted))
    return chosen.collect() if hasattr(chosen, "collect") else chosen


def _called(columns: Sequence[object]) -> list[str]:
    """Return the column names that are strings; pandas also allows numbers, tuples and dates."""
    return [name for name in columns if isinstance(name, str)]


def no_text_column(columns: Sequence[object], names: Fields) -> str:
    """Return the message that no column of a frame contains the text; it proposes the likely one."""
    listed = ", ".join(map(repr, columns[:_LISTED])) or "no columns"
    listed += ", and more" if len(columns) > _LISTED else ""
    return (
        f"no column of the frame is called {' or '.join(map(repr, names.texts))} (it has: {listed}); "
        f"try fields={likely_fields(_called(columns), names.by_part()) or {'text': 'NAME'}}"
    )


class FrameReading(Iterator[Document | Problem]):
    """A data frame that can be read once, document by document or in batches."""

    def __init__(self, table: "nw.DataFrame[Any]", names: Fields) -> None:
        self._table = table
        self._names = names
        self._entries = self._rows()

    @property
    def unusable(self) -> list[Problem]:
        """A problem for each column whose first value cannot be part of a document."""
        return unusable_columns(_unusual(self._table), self._names)

    def __next__(self) -> Document | Problem:
        """Return the document or the problem of the next row."""
        return next(self._entries)

    def document_batches(self) -> Iterator[BatchTask]:
        """Return the documents as columns, from Arrow's memory if pyarrow is there and types are usual."""
        return packed(self._parts())

    def _parts(self) -> Iterator[Document | Problem | BatchTask]:
        for start in range(0, len(self._table), ROWS):
            part = self._table[start : start + ROWS]
            batch = _in_arrow(part, self._names, start=start)
            if batch is None:
                yield from entries_of(part, self._names, start=start)
            else:
                yield ReadBatch(batch)

    def _rows(self) -> Iterator[Document | Problem]:
        for start in range(0, len(self._table), ROWS):
            yield from entries_of(self._table[start : start + ROWS], self._names, start=start)


def _unusual(table: "nw.DataFrame[Any]") -> dict[str, str]:
    """Return the type of columns that are not strings, numbers, dates or times, by their first value."""
    narwhals = narwhals_module()
    usual = (narwhals.String, narwhals.Categorical, narwhals.Enum, narwhals.Date, narwhals.Datetime)
    unusual = {}
    for name, kind in table.schema.items():
        if kind.is_numeric() or isinstance(kind, usual):
            continue
        for first in _values(table[name].drop_nulls().head(1), as_text=False):
            if first is not None and not isinstance(first, str):
                unusual[name] = kind_of(first)
    return unusual


def _in_arrow(part: "nw.DataFrame[Any]", names: Fields, *, start: int) -> DocumentBatch | None:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
    except ImportError:
        return None
    try:
        (batch,) = part.to_arrow().combine_chunks().to_batches()
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        if is_out_of_memory(error):
            raise
        return None  # for example a column with values of several types
    positions = list(map(str, range(start, start + len(part))))
    return documents_in(batch, names, default_ids=positions, path="", encoding="")


def entries_of(part: "nw.DataFrame[Any]", names: Fields, *, start: int) -> Iterator[Document | Problem]:
    """Make a document of each row; slower, but reads values of any type."""
    columns = {name: _values(part[name], as_text=name in names.texts) for name in part.columns}
    for position, row in enumerate(zip(*columns.values(), strict=True), start):
        record = dict(zip(columns, row, strict=True))
        yield to_document(record, str(position), names=names, path="", line=None, encoding="")


def _values(column: "nw.Series[Any]", *, as_text: bool) -> list[object]:
    """Return the values of a column as JSON values; None if missing."""
    missing = column.is_null().to_list()
    plain = _text if as_text else _plain
    return [
        None if is_missing else plain(value)
        for value, is_missing in zip(_listed(column), missing, strict=True)
    ]


def _listed(column: "nw.Series[Any]") -> list[object]:
    """Return the values of a column; dates outside the years 1 to 9999 as strings of the frame's library.

    Times in an unknown zone are returned in UTC, as Arrow stores them.
    """
    try:
        return column.to_list()
    except KeyError:  # pyarrow asks pytz or zoneinfo for the zone
        if hasattr(column.dtype, "time_zone"):
            return _listed(column.dt.convert_time_zone("UTC"))
    except (OverflowError, ValueError):
        pass
    return [_cell(column, place) for place in range(len(column))]


def _cell(column: "nw.Series[Any]", place: int) -> object:
    try:
        return column.item(place)
    except (KeyError, OverflowError, ValueError):
        return _spelt(column[place : place + 1])


def _spelt(cell: "nw.Series[Any]") -> object:
    """Convert a cell to a string by the frame's library; None if it cannot, for example a list."""
    try:
        return cell.cast(narwhals_module().String).item(0)
    except Exception:  # noqa: BLE001 - each library has its own
        return None


def _text(value: object) -> object:
    return None if isinstance(value, float) and math.isnan(value) else value


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):  # pandas converts integers to floats if one of them is missing
        return None if math.isnan(value) else str(int(value) if value.is_integer() else value)
    if isinstance(value, Integral | UUID | Decimal) and not isinstance(value, bool):
        return str(value)
    return _as_object(value) if isinstance(value, list) else value


def _as_object(items: list[Any]) -> object:
    """Convert a map of Arrow, which is a list of names and values, to an object."""
    is_map = items and all(isinstance(item, tuple) and len(item) == _NAME_AND_VALUE for item in items)
    return {str(name): value for name, value in items} if is_map else items
