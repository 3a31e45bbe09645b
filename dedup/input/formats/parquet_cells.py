"""Convert cells of a Parquet file to JSON values."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from dedup.input.decoding import decode
from dedup.input.json_parsing import SpeltFloat
from dedup.model.errors import ReadingError

if TYPE_CHECKING:
    import pyarrow as pa

_UUID_BYTES = 16

_UNUSUAL = {
    "is_boolean": "a boolean",
    "is_list": "a list",
    "is_large_list": "a list",
    "is_fixed_size_list": "a list",
    "is_list_view": "a list",
    "is_large_list_view": "a list",
    "is_struct": "an object",
    "is_map": "an object",
    "is_time": "a time of day",
    "is_duration": "a duration",
}
"""Names of unusual column types, by pyarrow's predicate; early releases lack some of these."""


def unusual_columns(batch: "pa.RecordBatch") -> dict[str, str]:
    """Return the type of columns whose values are not strings, bytes, numbers, dates or times, by name."""
    from pyarrow import types  # noqa: PLC0415 - the caller has a batch of it

    kinds = [(getattr(types, test), name) for test, name in _UNUSUAL.items() if hasattr(types, test)]
    return {
        field.name: name
        for field, column in zip(batch.schema, batch.columns, strict=True)
        for is_of, name in kinds
        if is_of(field.type) and column.null_count < len(column)
    }


def cell_value(cell: "pa.Scalar") -> object:
    """Convert a cell to a Python value.

    NaN becomes None, fixed-size binary of 16 bytes a UUID, a date outside the years 1 to 9999 Arrow's string,
    and a time in an unknown zone UTC, in which Arrow stores all of them.
    """
    import pyarrow as pa  # noqa: PLC0415 - the caller has one of its cells

    try:
        value = cell.as_py()
    except (OverflowError, ValueError, KeyError):
        return _spelt_by_arrow(cell)
    if isinstance(value, float):
        return SpeltFloat(value) if value == value else None  # noqa: PLR0124
    if pa.types.is_map(cell.type) and value is not None:
        return {str(name): each for name, each in value}
    if pa.types.is_fixed_size_binary(cell.type) and isinstance(value, bytes) and len(value) == _UUID_BYTES:
        return UUID(bytes=value)
    return value


def _spelt_by_arrow(cell: "pa.Scalar") -> object:
    import pyarrow as pa  # noqa: PLC0415

    kind = cell.type
    if pa.types.is_timestamp(kind) and kind.tz not in {None, "UTC"}:
        return cell_value(cell.cast(pa.timestamp(kind.unit, "UTC")))
    try:
        return cell.cast(pa.string()).as_py()
    except pa.ArrowException:  # inside a list or an object
        return None


def cell_size(value: object) -> int:
    """Count the characters and bytes of a value and of those inside it."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(cell_size, value.values()))
    return sum(map(cell_size, value)) if isinstance(value, list) else 0


def spelt_cell(value: object, *, is_text: bool) -> tuple[object, str]:
    """Convert a value to JSON, and return the encoding if it was decoded from bytes.

    Bytes that cannot be decoded become hexadecimal digits.

    Raises:
        ReadingError: The bytes of a text cannot be decoded.
    """
    if isinstance(value, bytes):
        try:
            return decode(value, "utf-8")
        except ReadingError:
            if is_text:
                raise
            return value.hex(), ""
    if isinstance(value, Mapping):
        return {name: spelt_cell(each, is_text=False)[0] for name, each in value.items()}, ""
    if isinstance(value, list):
        return [spelt_cell(each, is_text=False)[0] for each in value], ""
    return _spelt(value), ""


def _spelt(value: object) -> object:
    if isinstance(value, float):
        return SpeltFloat(value) if value == value else None  # noqa: PLR0124 - inside a list or an object
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value
