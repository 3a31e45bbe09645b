"""Rows of separated values, under a header row that names the fields.

A cell is text, whatever it begins with: no formula is ever worked out.
"""

import csv
from collections.abc import Iterator

from dedup.input.byte_source import Source, split_lines
from dedup.input.decoding import decode, sniff_encoding, to_utf8
from dedup.input.fields import no_column, to_document
from dedup.input.formats.format import Format, Task
from dedup.input.json_parsing import spell
from dedup.model import Document, Problem
from dedup.model.errors import ReadingError

_COMMAS = ",;\t"
"""What may separate the cells of a .csv file: the one that stands most often in its first line."""


class _EndlessRowError(ReadingError):
    """A row of many lines does not end; where the next one begins, nobody can say."""


class _Lines:
    """The lines of a source, decoded, for a parser of rows.

    Attributes:
        number: Lines given so far.
        encoding: Of the source, or an older one when a line of the row was in it.
    """

    def __init__(self, source: Source, task: Task) -> None:
        self.number = 0
        self._sniffed = sniff_encoding(source.head)
        chunks = to_utf8(source, self._sniffed) if self._sniffed.startswith("utf-16") else source
        self._guess = source.guessed()
        self._max_bytes = task.limits.max_bytes
        self._lines = split_lines(chunks, max_bytes=self._max_bytes)
        self.begin_row()

    def begin_row(self) -> None:
        """Forget the row before."""
        self._row_bytes = 0
        self.encoding = self._sniffed

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        """Give the next line, with its end.

        Raises:
            ReadingError: It is no text, or the row it belongs to is too long.
        """
        line = next(self._lines)
        self.number += 1
        too_long = f"the row is longer than the {self._max_bytes} bytes allowed"
        if line is None:
            raise ReadingError(too_long)
        if self._row_bytes and self._row_bytes + len(line) > self._max_bytes:
            raise _EndlessRowError(f"{too_long} (a quote may be open); nothing behind it is read")
        self._row_bytes += len(line) + 1
        text, used = decode(line, "utf-8", guess=self._guess)
        if used != "utf-8":
            self.encoding = used
        return f"{text}\n"


def _read_commas(source: Source, task: Task) -> Iterator[Document | Problem]:
    first = source.head.decode(sniff_encoding(source.head), "replace").lstrip().split("\n", 1)[0]
    return _read(source, task, delimiter=max(_COMMAS, key=first.count))


def _read_tabs(source: Source, task: Task) -> Iterator[Document | Problem]:
    return _read(source, task, delimiter="\t")


def _read(source: Source, task: Task, *, delimiter: str) -> Iterator[Document | Problem]:
    lines = _Lines(source, task)
    rows = _rows(lines, delimiter=delimiter, max_bytes=task.limits.max_bytes)
    names = _header(rows, source, task)
    number = lines.number
    blank = True
    held = None
    for number, row in rows:
        if held:
            yield held
        held = _entry(row, names, task, number=number, encoding=lines.encoding) if row else None
        blank = blank and not held
    if source.damage:  # the last row may be cut, which no row can tell
        yield Problem(task.path, number, f"{source.damage} near line {number}; the rows before it are kept")
    elif held:
        yield held
    elif blank:
        yield Problem(task.path, None, "there is only a header row in it; no document was read")


def _header(rows: Iterator[tuple[int, list[str] | ReadingError]], source: Source, task: Task) -> list[str]:
    header = next((row for _, row in rows if row), None)
    if isinstance(header, ReadingError):
        raise header
    if header is None:
        raise ReadingError(source.damage or "there is no header row in it")
    names = [name.strip() for name in header]
    if not set(names) & set(task.names.text):
        raise ReadingError(no_column(names, task.names))
    return names


def _rows(lines: _Lines, *, delimiter: str, max_bytes: int) -> Iterator[tuple[int, list[str] | ReadingError]]:
    """Yield each row beside the line it begins in, from 1; an empty list for a blank line."""
    parser = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin_row()
        begin = lines.number + 1
        # The limit is one for the whole process: it is ours only while a row is read.
        before = csv.field_size_limit(max_bytes)
        try:
            row: list[str] | ReadingError = next(parser)
        except StopIteration:
            return
        except csv.Error as error:
            row = ReadingError(_said(str(error)))
        except ReadingError as error:
            row = error
        finally:
            csv.field_size_limit(before)
        yield begin, row
        if isinstance(row, _EndlessRowError):
            return


def _said(error: str) -> str:
    if error == "unexpected end of data":
        return "a quote that is opened in it is never closed"
    return error


def _entry(
    row: list[str] | ReadingError, names: list[str], task: Task, *, number: int, encoding: str
) -> Document | Problem:
    path = task.path
    if isinstance(row, ReadingError):
        return Problem(path, number, f"{row}; row skipped")
    if len(row) > len(names):
        reason = f"the row has {len(row)} cells, the header {len(names)}; row skipped"
        return Problem(path, number, reason)
    record = dict(zip(reversed(names[: len(row)]), reversed(row), strict=True))  # of equal names the first
    return to_document(
        record,
        f"{path}:{number}",
        names=task.names,
        path=path,
        line=number,
        encoding=encoding,
        written=spell({name: record[name] for name in names[: len(row)]}) if task.records else b"",
    )


FORMATS = (Format(("csv",), _read_commas), Format(("tsv", "tab"), _read_tabs))
