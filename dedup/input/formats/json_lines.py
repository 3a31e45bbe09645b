"""JSON lines: one object per line. The first lines decide the case of field names."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice

from dedup.input.byte_source import HEAD, Source, split_lines
from dedup.input.decoding import decode, sniff_encoding, to_utf8
from dedup.input.fields import to_document
from dedup.input.formats.format import Task
from dedup.input.formats.line_block import KEPT_LINES, LineBlock, blocks_of_lines
from dedup.input.json_parsing import NotJsonError, parse, parse_bytes
from dedup.input.missing_text import field_names, names_in
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.document_batch import BatchTask
from dedup.model.errors import ReadingError
from dedup.model.likely_fields import likely_dates

_SAMPLE = 20
"""Number of lines that are searched for a text before the whole file counts as without one."""


def documents_in_lines(source: Source, task: Task) -> Iterator[Document | Problem]:
    """Read line by line."""
    task = _named(source, task)
    encoding = sniff_encoding(source.head)
    chunks = to_utf8(source, encoding) if encoding.startswith("utf-16") else source
    max_bytes = task.limits.max_bytes
    read_lines = 0
    blank = True
    read_line = partial(read_entry, guess=source.guessed())
    for number, line in enumerate(split_lines(chunks, max_bytes=max_bytes), 1):
        entry = (
            Problem.of_input(task.path, number, Reason(ReasonKind.LINE_TOO_LONG, (str(max_bytes),)))
            if line is None
            else read_line(line, task, number=number, encoding=encoding)
        )
        if entry is not None:
            if source.damage and isinstance(entry, Problem):
                break  # a line that was cut by the damage
            yield entry
            blank = False
        read_lines = number
    if source.damage:
        broken = read_lines + 1
        how = f"{source.damage} in line {broken}"
        yield Problem.of_input(task.path, broken, Reason(ReasonKind.DAMAGED, (how, KEPT_LINES)))
    elif blank:
        yield Problem.of_input(task.path, None, Reason(ReasonKind.EMPTY_INPUT, ("there is nothing in it",)))


def batches_of_lines(source: Source, task: Task) -> Iterator[Problem | BatchTask]:
    """Yield tasks that read many lines each."""
    task = _named(source, task)
    encoding = sniff_encoding(source.head)
    chunks = to_utf8(source, encoding) if encoding.startswith("utf-16") else source
    blank = True
    read_line = partial(read_entry, guess=source.guessed())
    for lines in blocks_of_lines(chunks, max_bytes=task.limits.max_bytes):
        blank = blank and lines.data is not None and not lines.data.strip()
        damage = source.damage if lines.is_last else ""
        if lines.data != b"" or damage:
            yield LineBlock(lines, task, encoding, read_line, damage)
    if blank and not source.damage:
        yield Problem.of_input(task.path, None, Reason(ReasonKind.EMPTY_INPUT, ("there is nothing in it",)))


def _named(source: Source, task: Task) -> Task:
    """Adapt the names of fields to the case in the first lines.

    Raises:
        ReadingError: None of these lines has a text.
    """
    lines = source.head.decode(sniff_encoding(source.head), "replace").split("\n")
    whole = lines[:-1] if len(source.head) >= HEAD else lines
    records: list[object] = []
    for line in islice(filter(str.strip, whole), _SAMPLE):
        with suppress(NotJsonError):
            records.append(_value(line.removeprefix("\ufeff")))
    names = names_in(records, task.names)
    source.date_fields = likely_dates(field_names(records), names.published)
    return replace(task, names=names)


def _value(line: str) -> object:
    try:
        return parse_bytes(line.encode())
    except ValueError:
        return parse(_without_comma(line))


def _without_comma(line: str) -> str:
    """Remove a comma after an object, which the lines of a list have."""
    bare = line.rstrip()
    return bare[:-1] if bare.endswith("},") else line


def read_entry(
    line: bytes, task: Task, *, number: int, encoding: str, guess: str
) -> Document | Problem | None:
    """Make a document of one line, with the fast parser if possible; None for a blank line."""
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
        value = parse(_without_comma(text))
    except NotJsonError as error:
        return Problem.of_input(path, number, Reason(ReasonKind.NOT_JSON, (error.column, error.message)))
    except ReadingError as error:
        return Problem.of_input(path, number, Reason(ReasonKind.UNREAD_LINE, (str(error),)))
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
