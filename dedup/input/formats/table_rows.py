"""Rows of a table, with recovery after a broken row."""

import csv
import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from dedup.input.byte_source import Source, split_lines
from dedup.input.decoding import decode, sniff_encoding, to_utf8
from dedup.input.formats.table_dialect import Dialect
from dedup.model.errors import ReadingError

ROW_BYTES = 16 * 1024 * 1024
"""Maximum size of a row in bytes; the csv module takes six times as much memory for a cell."""

_ENDLESS = " (a quote may be open)"
_RETURN = re.compile(rb"\r(?!\n)")


class Row(NamedTuple):
    """One row.

    Attributes:
        line: Its first line, from 1.
        cells: Its cells, none for a blank line; or the reason why it cannot be read.
        encoding: Encoding of its lines.
    """

    line: int
    cells: list[str] | ReadingError
    encoding: str


class _Line(NamedTuple):
    text: str | ReadingError
    encoding: str
    size: int


class _Lines:
    """The decoded lines of a source, for a parser of rows; can go back to the second line of a row.

    Attributes:
        number: Number of lines returned so far.
        row: The lines of the current row.
        max_bytes: Maximum size of a row.
    """

    def __init__(self, source: Source, dialect: Dialect, *, max_bytes: int) -> None:
        self.number = 0
        self.row: list[_Line] = []
        self.max_bytes = min(max_bytes, ROW_BYTES)
        self._dialect = dialect
        self._sniffed = sniff_encoding(source.head)
        self._guess = source.guessed()
        chunks = to_utf8(source, self._sniffed) if self._sniffed.startswith("utf-16") else source
        chunks = _with_feeds(chunks) if dialect.returns else chunks
        self._lines = split_lines(chunks, max_bytes=self.max_bytes)
        self._size = 0
        self._again: deque[_Line] = deque()
        if dialect.named:
            self.number += len(list(islice(self._lines, 1)))

    @property
    def encoding(self) -> str:
        """Encoding of the current row: that of the source, or of a line with another one."""
        return next((line.encoding for line in self.row if line.encoding != self._sniffed), self._sniffed)

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        """Return the next line, with its end.

        Raises:
            ReadingError: It is not text, or the row it belongs to is too long.
        """
        line = self._again.popleft() if self._again else self._next()
        self.number += 1
        self.row.append(line)
        if isinstance(line.text, ReadingError):
            raise line.text
        self._size += line.size
        if len(self.row) > 1 and self._size > self.max_bytes:
            raise ReadingError(f"{self._too_long()}{_ENDLESS}")
        return line.text

    def begin_row(self) -> None:
        """Forget the previous row."""
        self.row.clear()
        self._size = 0

    def go_back(self) -> int:
        """Go back to the second line of the row; return the number of lines returned before."""
        reached = self.number
        self._again.extendleft(reversed(self.row[1:]))
        self.number -= len(self.row) - 1
        return reached

    def _next(self) -> _Line:
        data = next(self._lines)
        if data is None:
            return _Line(ReadingError(self._too_long()), self._sniffed, 0)
        try:
            text, used = decode(data, "utf-8", guess=self._guess)
        except ReadingError as error:
            return _Line(error, self._sniffed, len(data))
        encoding = self._sniffed if used == "utf-8" else used
        return _Line(self._dialect.standard(f"{text}\n"), encoding, len(data) + 1)

    def _too_long(self) -> str:
        return f"the row is longer than the {self.max_bytes} bytes allowed"


class TableRows(Iterator[Row]):
    """The rows of a source.

    A row that is broken by a misplaced or missing quote costs its first line. Its other lines are parsed
    again, and count as rows if they have `width` cells.

    Attributes:
        width: Number of cells of a row, once known.
        number: Number of lines read so far.
    """

    def __init__(self, source: Source, dialect: Dialect, *, max_bytes: int) -> None:
        self.width = 0
        self._lines = _Lines(source, dialect, max_bytes=max_bytes)
        self._parser = csv.reader(
            self._lines, delimiter=dialect.separator, skipinitialspace=dialect.blanks, strict=True
        )
        self._doubtful_until = 0

    @property
    def number(self) -> int:
        """Lines read so far."""
        return self._lines.number

    def __next__(self) -> Row:
        while True:
            row = self._row()
            is_whole = isinstance(row.cells, list) and len(row.cells) == self.width
            if is_whole or row.line > self._doubtful_until:
                self._recover(row)
                return row

    def _recover(self, row: Row) -> None:
        """Set up to which line only rows of full width count: as far as a broken row reached."""
        if isinstance(row.cells, ReadingError) and self.width:
            several = len(self._lines.row) > 1
            reached = self._lines.go_back()
            is_endless = several and _ENDLESS in str(row.cells)
            self._doubtful_until = sys.maxsize if is_endless else reached
        elif self._doubtful_until == sys.maxsize:
            self._doubtful_until = self._lines.number

    def _row(self) -> Row:
        self._lines.begin_row()
        begin = self.number + 1
        # The limit is global in the process, so it is set only while a row is read.
        before = csv.field_size_limit(self._lines.max_bytes)
        try:
            cells: list[str] | ReadingError = next(self._parser)
        except csv.Error as error:
            cells = ReadingError(_explained(str(error)))
        except ReadingError as error:
            cells = error
        finally:
            csv.field_size_limit(before)
        return Row(begin, cells, self._lines.encoding)


def _with_feeds(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Replace carriage returns by line feeds, except before a line feed."""
    carried = b""
    for chunk in chunks:
        whole = carried + chunk
        carried = b"\r" if whole.endswith(b"\r") else b""
        yield _RETURN.sub(b"\n", whole.removesuffix(b"\r"))
    yield _RETURN.sub(b"\n", carried)


def _explained(error: str) -> str:
    if error == "unexpected end of data":
        return "a quote is opened but never closed"
    if error.startswith("new-line character"):
        return "there is a carriage return in a cell without quotes"
    return error
