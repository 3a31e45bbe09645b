"""Parse many JSON lines at once, without the GIL; unusual lines are read one by one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core.json_spans import REFUSED, TAKEN, JsonLines, count_feeds
from dedup.core.json_spans import json_lines as refuse_all
from dedup.input.fields import Fields
from dedup.input.formats.format import ReadLine, Task
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.document_batch import (
    CodedColumn,
    DocumentBatch,
    ReadBatch,
    StringColumn,
    concatenate,
    pack,
)

BLOCK = 1 << 20
"""Size of a block in bytes: some 300 stories, so that the overhead of a call is negligible."""

BLOCK_LINES = 1 << 14
"""Maximum number of lines in a block."""

KEPT_LINES = "the lines before it are kept"
"""Message about the lines before the place where a stream broke off."""


class Lines(NamedTuple):
    """Consecutive whole lines of a stream.

    Attributes:
        first: Number of the first line, from 1.
        data: The lines with their line feeds; the last line of a stream may lack one. None for a single line
            that is too long.
        is_last: Whether the stream ends here.
    """

    first: int
    data: bytes | None
    is_last: bool = False


def blocks_of_lines(chunks: Iterable[bytes], *, max_bytes: int) -> Iterator[Lines]:
    """Cut a stream into blocks of about `BLOCK` bytes. The last block may be empty.

    At most `max_bytes` of a line and one chunk are in memory.
    """
    first = 1
    for data, is_last in _whole_lines(chunks, max_bytes=max_bytes):
        if data is None:
            yield Lines(first, None, is_last=is_last)
            first += 1
            continue
        count = count_feeds(data)
        *blocks, last = _blocks(data, first, count)
        yield from blocks
        yield last._replace(is_last=is_last)
        first += count


def _whole_lines(chunks: Iterable[bytes], *, max_bytes: int) -> Iterator[tuple[bytes | None, bool]]:
    """Yield many lines at a time, and whether they are the last; None for a line that is too long."""
    whole: list[bytes] = []
    rest: list[bytes] = []
    size = rest_size = 0
    for chunk in chunks:
        if rest_size > max_bytes:
            _, feed, chunk = chunk.partition(b"\n")  # noqa: PLW2901 - the rest after the long line
            if not feed:
                continue
            yield b"".join(whole), False
            yield None, False
            whole, size, rest_size = [], 0, 0
        end = chunk.rfind(b"\n") + 1
        if end:
            whole += [*rest, chunk[:end]]
            size += rest_size + end
            rest, rest_size = [], 0
        rest_size += len(chunk) - end
        rest = [] if rest_size > max_bytes else [*rest, chunk[end:]]
        if size >= BLOCK:
            yield b"".join(whole), False
            whole, size = [], 0
    if rest_size > max_bytes:
        yield b"".join(whole), False
        yield None, True
    else:
        yield b"".join([*whole, *rest]), True


def _blocks(data: bytes, first: int, count: int) -> list[Lines]:
    """Cut `count` lines into blocks of at most `BLOCK_LINES`; at least one."""
    if count <= BLOCK_LINES:
        return [Lines(first, data)]
    feeds = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n"))
    cuts = [0, *(feeds[BLOCK_LINES - 1 :: BLOCK_LINES] + 1).tolist(), len(data)]
    return [
        Lines(first + number * BLOCK_LINES, data[start:end])
        for number, (start, end) in enumerate(pairwise(cuts))
        if end > start
    ]


@dataclass(frozen=True, slots=True)
class LineBlock:
    """A task that parses lines into a batch, in any thread or process.

    Attributes:
        lines: The lines.
        task: Names of the fields, limits and options.
        encoding: Encoding of the input.
        read_line: Strict parser for the lines that the fast one refuses.
        damage: How the stream broke off after these lines; empty if it did not.
    """

    lines: Lines
    task: Task
    encoding: str
    read_line: ReadLine
    damage: str = ""

    def __call__(self) -> ReadBatch:
        """Parse the lines."""
        if self.lines.data is None:
            return self._with_damage(pack([]), [self._too_long(0)], 1)
        parsed = _find(self.lines.data, self.task.names)
        lengths = np.diff(parsed.bounds) - 1
        parsed.status[lengths > self.task.limits.max_bytes] = REFUSED
        taken = self._taken(parsed, np.flatnonzero(parsed.status == TAKEN))
        entries = [self._strictly(parsed, row) for row in np.flatnonzero(parsed.status == REFUSED).tolist()]
        documents = [entry for entry in entries if isinstance(entry, Document)]
        problems = [entry for entry in entries if isinstance(entry, Problem)]
        batch = taken
        if documents:
            both = concatenate([taken, pack(documents)])
            batch = both.take(np.argsort(both.lines, kind="stable"))
        return self._with_damage(batch, problems, parsed.status.size)

    def _with_damage(self, batch: DocumentBatch, problems: list[Problem], count: int) -> ReadBatch:
        """Add a problem for the line where the stream broke off, instead of one for the incomplete line."""
        if self.damage:
            line = self.lines.first + count
            is_cut = self.lines.data is None or not self.lines.data.endswith(b"\n")
            if is_cut and problems and problems[-1].line == line - 1:
                problems.pop()
                line -= 1
            damaged = Reason(ReasonKind.DAMAGED, (f"{self.damage} in line {line}", KEPT_LINES))
            problems.append(Problem.of_input(self.task.path, line, damaged))
        return ReadBatch(batch, tuple(problems))

    def _too_long(self, row: int) -> Problem:
        too_long = Reason(ReasonKind.LINE_TOO_LONG, (str(self.task.limits.max_bytes),))
        return Problem.of_input(self.task.path, self.lines.first + row, too_long)

    def _strictly(self, parsed: JsonLines, row: int) -> Document | Problem | None:
        line = self._line(parsed, row)
        if len(line) > self.task.limits.max_bytes:
            return self._too_long(row)
        return self.read_line(line, self.task, number=self.lines.first + row, encoding=self.encoding)

    def _line(self, parsed: JsonLines, row: int) -> bytes:
        start, end = parsed.bounds[row : row + 2].tolist()
        return (self.lines.data or b"")[start:end].removesuffix(b"\n")

    def _taken(self, parsed: JsonLines, rows: NDArray[np.int64]) -> DocumentBatch:
        data = self.lines.data or b""
        ids, texts, titles, sources, published, urls = (
            StringColumn(*core.json_unescape(data, starts[rows], ends[rows]))
            for starts, ends in zip(parsed.starts, parsed.ends, strict=True)
        )
        lines = rows + self.lines.first
        records = [self._line(parsed, row).strip() for row in rows.tolist()] if self.task.records else None
        return DocumentBatch(
            ids=ids.with_defaults(lambda row: f"{self.task.path}:{lines[row]}"),
            texts=texts,
            titles=titles,
            sources=sources,
            published=published,
            urls=urls,
            records=None if records is None else StringColumn.of_bytes(records),
            paths=CodedColumn.constant(self.task.path, rows.size),
            lines=lines,
            encodings=CodedColumn.constant(self.encoding, rows.size),
        )


def _find(data: bytes, names: Fields) -> JsonLines:
    """Locate the fields of each line. Only the strict reader handles names that lead inside other fields."""
    parts = (names.id, names.text, names.title, names.source, names.published, names.url)
    return core.json_lines(data, parts) if names.plain else refuse_all(data, parts)
