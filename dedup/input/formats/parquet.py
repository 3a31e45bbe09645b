"""Parquet: a row is a document, read a few rows at a time.

Only columns that may hold a part of a document are read, and texts stay in the dictionary of their page
until their row is asked for: a small file that repeats one long text a million times stays small.
"""

from collections.abc import Iterator
from datetime import date
from io import SEEK_END
from typing import TYPE_CHECKING, Any, BinaryIO

from dedup.input.arrow_columns import documents_in, text_lengths
from dedup.input.byte_source import Source
from dedup.input.decoding import decode
from dedup.input.fields import no_column, to_document
from dedup.input.formats.format import Format, Task
from dedup.input.json_parsing import SpeltFloat, spell
from dedup.model import Document, Problem
from dedup.model.document_batch import BatchTask, DocumentBatch, ReadBatch
from dedup.model.errors import ReadingError
from dedup.model.extras import optional
from dedup.model.quoting import why

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet

_ROWS = 256
"""Rows that are unpacked at once."""
_LETTERS = 1 << 24
"""Characters of these rows that are unpacked at once; where they are more, rows are read one by one."""
_BUFFER = 1024 * 1024
"""Bytes of a column that are read at once."""


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    return (entry for entry in _entries(source, task, in_columns=False) if not isinstance(entry, ReadBatch))


def _batches(source: Source, task: Task) -> Iterator[Document | Problem | BatchTask]:
    return _entries(source, task, in_columns=not task.records)


def _entries(source: Source, task: Task, *, in_columns: bool) -> Iterator[Document | Problem | ReadBatch]:
    parquet = optional("pyarrow.parquet", what="Parquet data", library="pyarrow", extra="parquet")
    arrow = optional("pyarrow", what="Parquet data", library="pyarrow", extra="parquet")
    with source.anywhere() as file:
        rows = _Rows(task, file.seek(0, SEEK_END))
        broken = ""
        try:
            for batch in _row_batches(arrow, parquet, file, task=task):
                yield from rows.entries(batch, in_columns=in_columns)
                broken = rows.bomb()
                if broken:
                    break
        except (OSError, ValueError, KeyError, arrow.ArrowException) as error:
            broken = f"the Parquet data is damaged ({why(error)})"
    if broken:
        kept = f"kept are the {rows.number} rows before it" if rows.number else "skipped"
        yield Problem(task.path, None, f"{broken}; {kept}")
    elif not rows.number:
        yield Problem(task.path, None, "there is no row in it; no document was read")


class _Rows:
    """The rows of a file, and what they unpack to.

    Attributes:
        number: Of the row that was read last, from 1.
    """

    def __init__(self, task: Task, packed: int) -> None:
        self._task = task
        self._packed = packed
        self._unpacked = 0
        self.number = 0

    def bomb(self) -> str:
        """Say why no more rows are to be unpacked; empty when they are."""
        return self._task.limits.bomb(self._unpacked, packed=self._packed)

    def entries(
        self, batch: "pa.RecordBatch", *, in_columns: bool
    ) -> Iterator[Document | Problem | ReadBatch]:
        """Read a batch, in one piece if nothing in it is unusual; up to the row that makes it a bomb."""
        whole = self._in_one_piece(batch) if in_columns else None
        if whole is not None:
            yield ReadBatch(whole)
            return
        for place in range(batch.num_rows):
            row = {name: _value(batch.column(name)[place]) for name in batch.schema.names}
            self.number += 1
            size = sum(len(value) for value in row.values() if isinstance(value, str | bytes))
            yield _entry(row, self.number, self._task)
            self._unpacked += size
            if self.bomb():
                return

    def _in_one_piece(self, batch: "pa.RecordBatch") -> DocumentBatch | None:
        lengths = [text_lengths(column) for column in batch.columns]
        size = sum(int(each.sum()) for each in lengths)
        longest = max((int(each.max(initial=0)) for each in lengths), default=0)
        limits, total = self._task.limits, self._unpacked + size
        if longest > limits.max_bytes or size > _LETTERS or limits.bomb(total, packed=self._packed):
            return None
        path = self._task.path
        ids = [f"{path}#{number}" for number in range(self.number + 1, self.number + batch.num_rows + 1)]
        documents = documents_in(batch, self._task.names, default_ids=ids, path=path, encoding="utf-8")
        if documents is not None:
            self.number += batch.num_rows
            self._unpacked = total
        return documents


def _row_batches(
    arrow: Any,  # noqa: ANN401 - a module
    parquet: Any,  # noqa: ANN401 - a module
    file: BinaryIO,
    *,
    task: Task,
) -> "Iterator[pa.RecordBatch]":
    schema = parquet.read_schema(file)
    columns = _columns(schema, task)
    texts = [name for name in columns if _is_text(schema.field(name).type, arrow)]
    file.seek(0)
    opened = parquet.ParquetFile(file, read_dictionary=texts, pre_buffer=False, buffer_size=_BUFFER)
    _refuse_bombs(opened.metadata, columns, task)
    yield from opened.iter_batches(_ROWS, columns=columns, use_threads=False)


def _refuse_bombs(metadata: "parquet.FileMetaData", columns: list[str], task: Task) -> None:
    """Refuse a file with a column chunk that says of itself that it unpacks to too much."""
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            bomb = task.limits.bomb(column.total_uncompressed_size, packed=column.total_compressed_size)
            if bomb and column.path_in_schema.partition(".")[0] in columns:
                raise ReadingError(bomb)


def _columns(schema: "pa.Schema", task: Task) -> list[str]:
    if not set(schema.names) & set(task.names.text):
        raise ReadingError(no_column(schema.names, task.names))
    wanted = task.names.wanted()
    return [name for name in schema.names if task.records or name in wanted]


def _is_text(kind: "pa.DataType", arrow: Any) -> bool:  # noqa: ANN401 - a module
    types = arrow.types
    return any(
        test(kind)
        for test in (types.is_string, types.is_large_string, types.is_binary, types.is_large_binary)
    )


def _value(cell: "pa.Scalar") -> object:
    """Make a value of a cell; a date outside the years 1 to 9999 is spelt as Arrow spells it."""
    try:
        return cell.as_py()
    except (OverflowError, ValueError):
        import pyarrow as pa  # noqa: PLC0415 - the caller has one of its cells

        return cell.cast(pa.string()).as_py()


def _entry(row: dict[str, object], number: int, task: Task) -> Document | Problem:
    encoding = "utf-8"
    wanted = task.names.wanted()
    for name, value in row.items():
        if isinstance(value, float):
            row[name] = SpeltFloat(value) if value == value else None  # noqa: PLR0124 - NaN is missing
        if name not in wanted:  # it was read for the record alone
            continue
        if isinstance(value, str | bytes) and len(value) > task.limits.max_bytes:
            reason = f"row {number} is larger than the {task.limits.max_bytes} bytes allowed; skipped"
            return Problem(task.path, None, reason)
        if isinstance(value, bytes):
            try:
                row[name], encoding = decode(value, "utf-8")
            except ReadingError as error:
                return Problem(task.path, None, f"`{name}` in row {number} is no text: {error}; skipped")
        elif isinstance(value, date):
            row[name] = value.isoformat()
    return to_document(
        row,
        f"{task.path}#{number}",
        names=task.names,
        path=task.path,
        line=None,
        encoding=encoding,
        written=spell(row) if task.records else b"",
    )


FORMAT = Format(("parquet", "pq"), _read, begins=lambda start: start.startswith("PAR1"), batches=_batches)
