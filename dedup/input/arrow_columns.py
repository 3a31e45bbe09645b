"""Read rows in Arrow's memory as columns of documents, without a Python object per row.

Only the usual types are handled; a batch with other types is read row by row, and its faults are reported.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dedup.input.fields import NO_DATE, Fields
from dedup.model.document_batch import NO_LINE, CodedColumn, DocumentBatch, StringColumn
from dedup.model.memory import is_out_of_memory

if TYPE_CHECKING:
    import pyarrow as pa


def documents_in(
    batch: "pa.RecordBatch", names: Fields, *, default_ids: Sequence[str], path: str, encoding: str
) -> DocumentBatch | None:
    """Read the documents of some rows.

    Args:
        batch: Columns with distinct names.
        names: Names of the columns for each part of a document.
        default_ids: Ids for rows without one.
        path: Path of the file; empty if there is none.
        encoding: Encoding of the texts; empty if unknown.

    Returns:
        The documents in the order of the rows. None if they have to be read row by row: a row has no text; a
        column is not of strings, integers, booleans, dates or times; a dotted name leads into a column; texts
        have markup; or ids have versions.
    """
    import pyarrow as pa  # noqa: PLC0415 - the caller has one of its arrays

    parts = (names.id, names.text, names.title, names.source, names.published, names.url)
    dotted = [name for part in parts for name in part if "." in name]
    inside = not {name.partition(".")[0] for name in dotted}.isdisjoint(batch.schema.names)
    if names.html or names.version or inside:
        return None
    try:
        texts = _texts(batch, names.text)
        others = [
            _filled(batch, part, without=NO_DATE if part is names.published else frozenset())
            for part in (names.id, names.title, names.source, names.published, names.url)
        ]
    except (pa.ArrowException, _UnusualError, UnicodeError, ValueError, OverflowError, KeyError) as error:
        if is_out_of_memory(error):
            raise
        return None  # for example a year after 9999 or an unknown time zone
    ids, titles, sources, published, urls = others
    return DocumentBatch(
        ids=ids.with_defaults(default_ids.__getitem__),
        texts=texts,
        titles=titles,
        sources=sources,
        published=published,
        urls=urls,
        records=None,
        paths=CodedColumn.constant(path, batch.num_rows),
        lines=np.full(batch.num_rows, NO_LINE),
        encodings=CodedColumn.constant(encoding, batch.num_rows),
    )


def text_lengths(column: "pa.Array") -> NDArray[np.int64]:
    """Count the characters or bytes of each value; empty if the column has neither strings nor bytes.

    A value that a dictionary contains once is measured once.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    if pa.types.is_dictionary(column.type):
        lengths = text_lengths(column.dictionary)
        codes = column.indices.drop_null().to_numpy(zero_copy_only=False)
        return lengths[codes] if lengths.size else lengths
    if _is_string(column.type):
        lengths = pc.utf8_length(column)
    elif pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        lengths = pc.binary_length(column)
    else:
        return np.empty(0, dtype=np.int64)
    return np.asarray(pc.fill_null(lengths, 0), dtype=np.int64)


class _UnusualError(Exception):
    """The batch has to be read row by row."""


def _texts(batch: "pa.RecordBatch", names: Sequence[str]) -> StringColumn:
    """Return the first non-empty string of each row; empty if there is none."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    columns = [batch.column(name) for name in names if name in batch.schema.names]
    if not columns or not all(_is_string(column.type) or pa.types.is_null(column.type) for column in columns):
        raise _UnusualError
    strings = [column.cast(pa.large_string()) for column in columns]
    if batch.num_rows and not pc.all(_any(pc, [pc.is_valid(column) for column in strings])).as_py():
        raise _UnusualError
    return _column(_first_filled(pc, [pc.fill_null(column, "") for column in strings]))


def _filled(batch: "pa.RecordBatch", names: Sequence[str], *, without: frozenset[str]) -> StringColumn:
    """Return the first non-empty value of each row, as a string; words in `without` count as empty."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    columns = [_strings(batch.column(name)) for name in names if name in batch.schema.names]
    if without:
        words = pa.array(sorted(without), pa.large_string())
        columns = [pc.if_else(pc.is_in(column, words), "", column) for column in columns]
    return _column(_first_filled(pc, columns)) if columns else StringColumn.empty(batch.num_rows)


def _strings(column: "pa.Array") -> "pa.Array":
    """Convert the values of a column to the strings that `to_document` makes of them; empty if missing."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    types, kind = pa.types, column.type
    if types.is_null(kind) or types.is_boolean(kind):
        return pa.array([""] * len(column), pa.large_string())
    if types.is_timestamp(kind) or types.is_date(kind):
        coded = column.dictionary_encode()
        moments = [None if value is None else value.isoformat() for value in coded.dictionary.to_pylist()]
        column = pa.array(moments, pa.large_string()).take(coded.indices)
    elif not (_is_string(kind) or types.is_integer(kind)):
        raise _UnusualError
    return pc.fill_null(column.cast(pa.large_string()), "")


def _is_string(kind: "pa.DataType") -> bool:
    import pyarrow as pa  # noqa: PLC0415

    types = pa.types
    value = kind.value_type if types.is_dictionary(kind) else kind
    return bool(types.is_string(value) or types.is_large_string(value))


def _any(pc: Any, masks: "list[pa.Array]") -> "pa.Array":  # noqa: ANN401 - a module
    one, *others = masks
    for other in others:
        one = pc.or_(one, other)
    return one


def _first_filled(pc: Any, columns: "list[pa.Array]") -> "pa.Array":  # noqa: ANN401 - a module
    chosen, *others = columns
    for other in others:
        chosen = pc.if_else(pc.greater(pc.binary_length(chosen), 0), chosen, other)
    return chosen


def _column(array: "pa.Array") -> StringColumn:
    """Wrap the memory of an array of large strings without nulls."""
    array.validate(full=True)  # strings in a file may not be UTF-8
    if not len(array):
        return StringColumn.empty(0)
    _, offsets, data = array.buffers()
    bounds = np.frombuffer(offsets, dtype=np.int64)[array.offset : array.offset + len(array) + 1]
    letters = np.frombuffer(data or b"", dtype=np.uint8)[bounds[0] : bounds[-1]]
    return StringColumn(letters, bounds - bounds[0])
