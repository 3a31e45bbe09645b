"""Tables of separated values, with a header row that names the fields.

Cells are text; formulas are never evaluated.
"""

from collections.abc import Iterator
from dataclasses import replace

from dedup.input.byte_source import Source
from dedup.input.decoding import sniff_encoding
from dedup.input.fields import to_document
from dedup.input.formats.format import Format, Task
from dedup.input.formats.table_dialect import dialect_of
from dedup.input.formats.table_rows import Row, TableRows
from dedup.input.json_parsing import dump_json
from dedup.input.missing_text import missing_text
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.errors import ReadingError
from dedup.model.likely_fields import likely_dates


def _read_commas(source: Source, task: Task) -> Iterator[Document | Problem]:
    return _read(source, task)


def _read_tabs(source: Source, task: Task) -> Iterator[Document | Problem]:
    return _read(source, task, separator="\t")


def _read(source: Source, task: Task, *, separator: str = "") -> Iterator[Document | Problem]:
    beginning = source.head.decode(sniff_encoding(source.head), "replace")
    rows = TableRows(source, dialect_of(beginning, separator=separator), max_bytes=task.limits.max_bytes)
    names = _header(rows, source, task)
    rows.width = len(names)
    task = replace(task, names=task.names.spelt_as(names))
    source.date_fields = likely_dates(names, task.names.published)
    last = rows.number
    blank = True
    pending = None
    for row in rows:
        if pending:
            yield pending
        last = row.line
        pending = _entry(row, names, task) if row.cells else None
        blank = blank and not pending
    if source.damage:  # the last row may be incomplete
        yield Problem.of_input(
            task.path,
            last,
            Reason(ReasonKind.DAMAGED, (f"{source.damage} near line {last}", "the rows before it are kept")),
        )
    elif pending:
        yield pending
    elif blank:
        yield Problem.of_input(
            task.path, None, Reason(ReasonKind.EMPTY_INPUT, ("there is only a header row in it",))
        )


def _header(rows: TableRows, source: Source, task: Task) -> list[str]:
    header = next((row.cells for row in rows if row.cells), None)
    if isinstance(header, ReadingError):
        raise header
    if header is None:
        raise ReadingError(source.damage or "there is no header row in it")
    names = [name.strip() for name in header]
    if not task.names.spelt_as(names).has_text(names):
        first = next((row.cells for row in rows if row.cells and not isinstance(row.cells, ReadingError)), [])
        raise ReadingError(missing_text(names, task.names, values=dict(zip(names, first, strict=False))))
    return names


def _entry(row: Row, names: list[str], task: Task) -> Document | Problem:
    path, cells = task.path, row.cells
    if isinstance(cells, ReadingError):
        return Problem(path, row.line, f"{cells}; row skipped")
    if any(cells[len(names) :]):
        reason = f"the row has {len(cells)} cells, the header {len(names)}; row skipped"
        return Problem(path, row.line, reason)
    cells = cells[: len(names)]  # a comma at the end of a line adds an empty cell
    record = dict(
        zip(reversed(names[: len(cells)]), reversed(cells), strict=True)
    )  # of equal names the first
    return to_document(
        record,
        f"{path}:{row.line}",
        names=task.names,
        path=path,
        line=row.line,
        encoding=row.encoding,
        written=dump_json({name: record[name] for name in names[: len(cells)]}) if task.records else b"",
    )


FORMATS = (
    Format(
        ("csv",),
        _read_commas,
        "a row below the header row; the separator is a comma, semicolon, tab or bar, or as `sep=;` says",
        limits="rows of 16 MiB",
    ),
    Format(
        ("tsv", "tab"), _read_tabs, "a row below the header row, cells between tabs", limits="rows of 16 MiB"
    ),
)
