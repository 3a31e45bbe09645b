"""Parquet: each row is a document; a few rows are read at a time.

Only columns for parts of documents are read, and texts stay dictionary-encoded until their row is needed, so
that a small file that repeats one long text a million times takes little memory.
"""

from collections.abc import Iterator
from dataclasses import replace
from io import SEEK_END
from typing import TYPE_CHECKING, Any, BinaryIO

from dedup.input.arrow_columns import documents_in, text_lengths
from dedup.input.byte_source import Source
from dedup.input.fields import Fields, to_document
from dedup.input.formats.format import Format, Task
from dedup.input.formats.parquet_cells import cell_size, cell_value, spelt_cell, unusual_columns
from dedup.input.json_parsing import dump_json
from dedup.input.missing_text import missing_text
from dedup.input.unusable_columns import unusable_columns
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.document_batch import BatchTask, DocumentBatch, ReadBatch
from dedup.model.errors import ReadingError
from dedup.model.extras import optional
from dedup.model.likely_fields import likely_dates
from dedup.model.memory import is_out_of_memory, need_arrow_memory
from dedup.model.quoting import why

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet

_ROWS = 256
"""Number of rows unpacked at a time."""
_LETTERS = 1 << 24
"""Maximum number of characters of these rows; if there are more, rows are read one by one."""
_BUFFER = 1024 * 1024
"""Size in bytes of the read buffer of a column."""


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    return (entry for entry in _entries(source, task, in_columns=False) if not isinstance(entry, ReadBatch))


def _batches(source: Source, task: Task) -> Iterator[Document | Problem | BatchTask]:
    return _entries(source, task, in_columns=not task.records)


def _entries(source: Source, task: Task, *, in_columns: bool) -> Iterator[Document | Problem | ReadBatch]:
    need_arrow_memory()
    parquet = optional("pyarrow.parquet", what="Parquet data", library="pyarrow", extra="parquet")
    arrow = optional("pyarrow", what="Parquet data", library="pyarrow", extra="parquet")
    with source.seekable_file() as file:
        packed = file.seek(0, SEEK_END)
        count = 0
        broken = ""
        try:
            schema = parquet.read_metadata(file).schema
            columns = schema.to_arrow_schema().names
            task = replace(task, names=_names(columns, task))
            source.date_fields = likely_dates(columns, task.names.published)
            rows = _Rows(task, packed)
            for batch in _row_batches(parquet, file, schema, task=task):
                yield from rows.unusable(batch)
                yield from rows.entries(batch, in_columns=in_columns)
                count = rows.number
                broken = rows.bomb()
                if broken:
                    break
        except (OSError, ValueError, KeyError, arrow.ArrowException) as error:
            if is_out_of_memory(error):
                raise
            broken = f"the Parquet data is damaged ({why(error)})"
    if broken:
        kept = f"kept are the {count} rows before it" if count else "skipped"
        yield Problem.of_input(task.path, None, Reason(ReasonKind.DAMAGED, (broken, kept)))
    elif not count:
        yield Problem.of_input(task.path, None, Reason(ReasonKind.EMPTY_INPUT, ("there is no row in it",)))


def _names(columns: list[str], task: Task) -> Fields:
    names = task.names.spelt_as(columns)
    if not names.has_text(columns):
        raise ReadingError(missing_text(columns, task.names))
    return names


class _Rows:
    """Reads the rows of a file, and counts their unpacked bytes.

    Attributes:
        number: Number of the last row read, from 1.
    """

    def __init__(self, task: Task, packed: int) -> None:
        self._task = task
        self._packed = packed
        self._unpacked = 0
        self._unusual: set[str] = set()
        self.number = 0

    def bomb(self) -> str:
        """Return why unpacking has to stop; empty if it may continue."""
        return self._task.limits.bomb(self._unpacked, packed=self._packed)

    def unusable(self, batch: "pa.RecordBatch") -> Iterator[Problem]:
        """Yield a problem for each column of an unusable type whose first values are in this batch."""
        unusual = {name: kind for name, kind in unusual_columns(batch).items() if name not in self._unusual}
        self._unusual |= unusual.keys()
        for problem in unusable_columns(unusual, self._task.names):
            yield replace(problem, path=self._task.path)

    def entries(
        self, batch: "pa.RecordBatch", *, in_columns: bool
    ) -> Iterator[Document | Problem | ReadBatch]:
        """Read a batch, as columns if its types are usual; stop at a row that exceeds the limits."""
        whole = self._in_one_piece(batch) if in_columns else None
        if whole is not None:
            yield ReadBatch(whole)
            return
        for place in range(batch.num_rows):
            row = {name: cell_value(batch.column(name)[place]) for name in batch.schema.names}
            self.number += 1
            size = sum(map(cell_size, row.values()))
            yield row_entry(row, self.number, self._task)
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
    parquet: Any,  # noqa: ANN401 - a module
    file: BinaryIO,
    schema: "parquet.ParquetSchema",
    *,
    task: Task,
) -> "Iterator[pa.RecordBatch]":
    """Yield batches of rows with distinct columns; the first of columns with the same name is used."""
    wanted = task.names.wanted()
    columns = [name for name in schema.to_arrow_schema().names if task.records or name in wanted]
    leaves = map(schema.column, range(len(schema)))
    texts = [
        leaf.path for leaf in leaves if leaf.physical_type == "BYTE_ARRAY" and _outer(leaf.path) in columns
    ]
    file.seek(0)
    opened = parquet.ParquetFile(file, read_dictionary=texts, pre_buffer=False, buffer_size=_BUFFER)
    _refuse_bombs(opened.metadata, columns, task)
    unlike = list(dict.fromkeys(columns))
    if len(unlike) == len(columns):
        yield from opened.iter_batches(_ROWS, columns=columns, use_threads=False)
        return
    for batch in opened.iter_batches(
        1, columns=unlike, use_threads=False
    ):  # one column has no dictionary then
        yield batch.select([batch.schema.names.index(name) for name in unlike])


def _refuse_bombs(metadata: "parquet.FileMetaData", columns: list[str], task: Task) -> None:
    """Refuse a file with a column chunk whose metadata exceeds the limits.

    Only the chunks of suspicious row groups are examined: pyarrow may abort on metadata of a damaged one.
    """
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        if not task.limits.bomb(group.total_byte_size, packed=0):
            continue
        for column in map(group.column, range(group.num_columns)):
            bomb = task.limits.bomb(column.total_uncompressed_size, packed=column.total_compressed_size)
            if bomb and _outer(column.path_in_schema) in columns:
                raise ReadingError(bomb)


def _outer(path: str) -> str:
    return path.partition(".")[0]


def row_entry(row: dict[str, object], number: int, task: Task) -> Document | Problem:
    """Make a document of one row with cells of any types."""
    wanted = task.names.wanted()
    encoding = "utf-8"
    for name in [name for name in row if name in wanted]:
        if cell_size(row[name]) > task.limits.max_bytes:
            reason = f"row {number} is larger than the {task.limits.max_bytes} bytes allowed; skipped"
            return Problem(task.path, None, reason)
        try:
            row[name], used = spelt_cell(row[name], is_text=name in task.names.texts)
        except ReadingError as error:
            return Problem(task.path, None, f"`{name}` in row {number} is not text: {error}; skipped")
        encoding = used or encoding
    return to_document(
        row,
        f"{task.path}#{number}",
        names=task.names,
        path=task.path,
        line=None,
        encoding=encoding,
        written=dump_json(row) if task.records else b"",
    )


FORMAT = Format(
    ("parquet", "pq"),
    _read,
    "a row",
    extra="parquet",
    begins=lambda start: start.startswith("PAR1"),
    batches=_batches,
)
