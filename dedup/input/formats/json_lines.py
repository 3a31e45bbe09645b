"""JSON lines: an object a line."""

from collections.abc import Iterator
from functools import partial

from dedup.input.byte_source import Source, split_lines
from dedup.input.decoding import decode, sniff_encoding, to_utf8
from dedup.input.fields import to_document
from dedup.input.formats.format import Format, Task
from dedup.input.formats.line_block import LineBlock, blocks_of_lines
from dedup.input.json_parsing import NotJsonError, parse, parse_bytes
from dedup.model import Document, Problem
from dedup.model.document_batch import BatchTask
from dedup.model.errors import ReadingError


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    encoding = sniff_encoding(source.head)
    chunks = to_utf8(source, encoding) if encoding.startswith("utf-16") else source
    max_bytes = task.limits.max_bytes
    read_lines = 0
    blank = True
    read_line = partial(_entry, guess=source.guessed())
    for number, line in enumerate(split_lines(chunks, max_bytes=max_bytes), 1):
        entry = (
            Problem(task.path, number, f"the line is longer than the {max_bytes} bytes allowed; skipped")
            if line is None
            else read_line(line, task, number=number, encoding=encoding)
        )
        if entry is not None:
            if source.damage and isinstance(entry, Problem):
                break  # the stump of the line that the damage cut
            yield entry
            blank = False
        read_lines = number
    if source.damage:
        reason = f"{source.damage} in line {read_lines + 1}; the lines before it are kept"
        yield Problem(task.path, read_lines + 1, reason)
    elif blank:
        yield Problem(task.path, None, "there is nothing in it; no document was read")


def _batches(source: Source, task: Task) -> Iterator[Problem | BatchTask]:
    encoding = sniff_encoding(source.head)
    chunks = to_utf8(source, encoding) if encoding.startswith("utf-16") else source
    blank = True
    read_line = partial(_entry, guess=source.guessed())
    for lines in blocks_of_lines(chunks, max_bytes=task.limits.max_bytes):
        blank = blank and lines.data is not None and not lines.data.strip()
        damage = source.damage if lines.is_last else ""
        if lines.data != b"" or damage:
            yield LineBlock(lines, task, encoding, read_line, damage)
    if blank and not source.damage:
        yield Problem(task.path, None, "there is nothing in it; no document was read")


def _entry(line: bytes, task: Task, *, number: int, encoding: str, guess: str) -> Document | Problem | None:
    """Make a document of one line, the short way when that gives the same; None for a blank line."""
    path = task.path
    try:
        return to_document(
            parse_bytes(line),
            f"{path}:{number}",
            names=task.names,
            path=path,
            line=number,
            encoding=encoding,
            written=line.strip() if task.records else b"",
        )
    except ValueError:
        if not line.strip():
            return None
    return _hard_entry(line, task, number=number, encoding=encoding, guess=guess)


def _hard_entry(line: bytes, task: Task, *, number: int, encoding: str, guess: str) -> Document | Problem:
    path = task.path
    try:
        text, used = decode(line, "utf-8", guess=guess)
        value = parse(text)
    except NotJsonError as error:
        return Problem(path, number, f"column {error.column}: {error.said}; line skipped")
    except ReadingError as error:
        return Problem(path, number, f"{error}; line skipped")
    encoding = encoding if used == "utf-8" else used
    return to_document(
        value,
        f"{path}:{number}",
        names=task.names,
        path=path,
        line=number,
        encoding=encoding,
        written=text.strip().encode() if task.records else b"",
    )


FORMAT = Format(("jsonl", "ndjson"), _read, begins=lambda start: start.startswith("{"), batches=_batches)
