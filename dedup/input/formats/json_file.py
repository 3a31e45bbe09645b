"""A JSON file holds one object or a list of them; or JSON lines, as many dumps call them."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator

from dedup.input.byte_source import Source
from dedup.input.decoding import sniff_encoding
from dedup.input.fields import to_document
from dedup.input.formats import json_lines
from dedup.input.formats.format import Format, Task
from dedup.input.formats.whole_input import decoded, whole
from dedup.input.json_parsing import NotJsonError, items, parse_bytes, spell
from dedup.model import Document, Problem
from dedup.model.document_batch import BatchTask

_LINES = re.compile(r"\ufeff?\s*\{[^\n]*\}[ \t\r]*\n\s*\{")


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    encoding = sniff_encoding(source.head)
    if _LINES.match(source.head.decode(encoding, "replace")):
        yield from json_lines.FORMAT.read(source, task)
        return
    data = whole(source, max_bytes=task.limits.max_bytes)
    if not (source.damage or task.records) and encoding.startswith("utf-8"):
        entries = _fast(data.removeprefix(BOM_UTF8), task, encoding=encoding)
        if entries:
            yield from entries
            return
    text, used = decoded(source, data, encoding=encoding)
    yield from _strict(text, source, task, encoding=used)


def _batches(source: Source, task: Task) -> Iterator[Document | Problem | BatchTask]:
    text = source.head.decode(sniff_encoding(source.head), "replace")
    as_lines = json_lines.FORMAT.batches if _LINES.match(text) else None
    yield from as_lines(source, task) if as_lines else _read(source, task)


def _fast(data: bytes, task: Task, *, encoding: str) -> list[Document | Problem] | None:
    """Make documents of a whole list or object the short way; None where only the long way tells all."""
    try:
        value = parse_bytes(data)
        marked = (
            [(f"#{number}", item) for number, item in enumerate(value, 1)]
            if isinstance(value, list)
            else [("", value)]
        )
        return [_entry(item, mark, task, encoding=encoding) for mark, item in marked]
    except ValueError:
        return None


def _strict(text: str, source: Source, task: Task, *, encoding: str) -> Iterator[Document | Problem]:
    count = 0
    broken = ""
    line = text.count("\n") + 1
    try:
        for count, (mark, value) in enumerate(items(text), 1):  # noqa: B007 - the count is used below
            yield _entry(value, mark, task, encoding=encoding)
    except NotJsonError as error:
        broken, line = str(error), error.line
        if error.said == "Extra data":
            broken += " (a file with an object a line is read when it is named .jsonl)"
    if source.damage:
        broken = f"{source.damage} in line {line}"
    if broken:
        kept = f"kept are the {count} items before it" if count else "skipped"
        yield Problem(task.path, line, f"{broken}; {kept}")
    elif not count:
        yield Problem(task.path, None, "the list is empty; no document was read")


def _entry(value: object, mark: str, task: Task, *, encoding: str) -> Document | Problem:
    return to_document(
        value,
        task.path + mark,
        names=task.names,
        path=task.path,
        line=None,
        encoding=encoding,
        written=spell(value) if task.records else b"",
    )


FORMAT = Format(
    ("json",),
    _read,
    batches=_batches,
    begins=lambda start: start.startswith("[") or start.split("\n", 1)[0].rstrip() == "{",
)
