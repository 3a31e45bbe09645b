"""Inputs to documents: find the files, unpack, decode, parse."""

import sys
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from os import PathLike
from typing import BinaryIO

from dedup.errors import ReadingError, SettingError
from dedup.reading.decoding import decode, sniff_encoding, to_utf8, without_stump
from dedup.reading.files import Found, find, why
from dedup.reading.parsing import NotJsonError, items, parse, parse_bytes, to_document
from dedup.reading.source import Source, split_lines
from dedup.reading.titles import headline
from dedup.records import Document, Problem

MAX_BYTES = 256 * 1024 * 1024
"""Bytes that one line, or one whole text or JSON file, may have once unpacked."""


def read(
    inputs: Sequence[str | PathLike[str]], *, stdin: BinaryIO | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Document | Problem]:
    """Stream the documents of folders, files and standard input (`-`), in a fixed order.

    Read are .txt (one document a file), .json (an object or a list of objects), .jsonl and .ndjson (an object
    a line), each also with .gz. Standard input, and a file named as input with another suffix, is taken by
    its first non-blank character: `{` for JSON lines (alone on its line: one object), `[` for a JSON list,
    else one text.

    Args:
        inputs: Folders (read recursively, sorted), files, or `-`. With several of them, ids and paths begin
            with the input as it was named.
        stdin: What `-` reads; the process's own standard input by default.
        max_bytes: Longest line of JSON lines, and largest text or JSON file, in unpacked bytes.

    Yields:
        A document, or the problem that stands in its place; a problem ends nothing but the thing it names.

    Raises:
        SettingError: `max_bytes` is below 1.
    """
    if max_bytes < 1:
        raise SettingError("max_bytes", max_bytes, "at least 1")
    named = [inputs] if isinstance(inputs, str | PathLike) else inputs
    return _read_all(named, stdin, max_bytes=max_bytes)


def _read_all(
    inputs: Sequence[str | PathLike[str]], stdin: BinaryIO | None, *, max_bytes: int
) -> Iterator[Document | Problem]:
    for found in find(inputs):
        if isinstance(found, Problem):
            yield found
        elif found.path:
            yield from _read_file(found, max_bytes=max_bytes)
        elif stream := stdin or getattr(sys.stdin, "buffer", None):
            yield from _read_stream(stream, found, max_bytes=max_bytes)
        else:
            yield Problem(found.name, None, "standard input is closed; nothing was read")


def _read_file(found: Found, *, max_bytes: int) -> Iterator[Document | Problem]:
    try:
        stream = open(found.path or "", "rb")  # noqa: PTH123, SIM115 - the next statement closes it
    except OSError as error:
        yield Problem(found.name, None, f"the file cannot be opened ({why(error)}); skipped")
        return
    with stream:
        yield from _read_stream(stream, found, max_bytes=max_bytes)


def _read_stream(stream: BinaryIO, found: Found, *, max_bytes: int) -> Iterator[Document | Problem]:
    source = Source(stream, packed=found.packed)
    try:
        encoding = sniff_encoding(source.head)
    except ReadingError as error:
        yield Problem(found.name, None, f"{error}; skipped")
        return
    form = found.form or _sniff_form(source.head, encoding)
    road = _json_lines if form == "jsonl" else _json_file if form == "json" else _text_file
    yield from road(source, found.name, encoding=encoding, max_bytes=max_bytes)


def _sniff_form(head: bytes, encoding: str) -> str:
    start = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    if start.startswith("[") or start.split("\n", 1)[0].rstrip() == "{":
        return "json"
    return "jsonl" if start.startswith("{") else "txt"


def _json_lines(source: Source, path: str, *, encoding: str, max_bytes: int) -> Iterator[Document | Problem]:
    chunks = to_utf8(source, encoding) if encoding.startswith("utf-16") else source
    read_lines = 0
    blank = True
    for number, line in enumerate(split_lines(chunks, max_bytes=max_bytes), 1):
        entry = (
            Problem(path, number, f"the line is longer than the {max_bytes} bytes allowed; skipped")
            if line is None
            else _json_line(line, path, number=number, encoding=encoding)
        )
        if entry is not None:
            if source.damage and isinstance(entry, Problem):
                break  # the stump of the line that the damage cut
            yield entry
            blank = False
        read_lines = number
    if source.damage:
        reason = f"{source.damage} in line {read_lines + 1}; the lines before it are kept"
        yield Problem(path, read_lines + 1, reason)
    elif blank:
        yield Problem(path, None, "there is nothing in it; no document was read")


def _json_line(line: bytes, path: str, *, number: int, encoding: str) -> Document | Problem | None:
    """Make a document of one line, the short way when that gives the same; None for a blank line."""
    try:
        return to_document(parse_bytes(line), f"{path}:{number}", path=path, line=number, encoding=encoding)
    except ValueError:
        return _hard_line(line, path, number=number, encoding=encoding) if line.strip() else None


def _hard_line(line: bytes, path: str, *, number: int, encoding: str) -> Document | Problem:
    try:
        text, used = decode(line, "utf-8")
        value = parse(text)
    except NotJsonError as error:
        return Problem(path, number, f"column {error.column}: {error.said}; line skipped")
    except ReadingError as error:
        return Problem(path, number, f"{error}; line skipped")
    encoding = used if used == "cp1256" else encoding
    return to_document(value, f"{path}:{number}", path=path, line=number, encoding=encoding)


def _text_file(source: Source, path: str, *, encoding: str, max_bytes: int) -> Iterator[Document | Problem]:
    data = source.whole(max_bytes=max_bytes)
    whole = _decoded(source, data, path, encoding=encoding, max_bytes=max_bytes)
    if isinstance(whole, Problem):
        yield whole
        return
    text, used = whole
    if text or not source.damage:
        yield Document(path, text, title=headline(text), path=path, encoding=used)
    if source.damage:
        line = text.count("\n") + 1
        kept = "the text before it is kept" if text else "skipped"
        yield Problem(path, line, f"{source.damage} in line {line}; {kept}")


def _json_file(source: Source, path: str, *, encoding: str, max_bytes: int) -> Iterator[Document | Problem]:
    data = source.whole(max_bytes=max_bytes)
    entries = None
    if data is not None and not source.damage and encoding.startswith("utf-8"):
        entries = _fast_items(data.removeprefix(BOM_UTF8), path, encoding=encoding)
    if entries:
        yield from entries
        return
    whole = _decoded(source, data, path, encoding=encoding, max_bytes=max_bytes)
    if isinstance(whole, Problem):
        yield whole
        return
    text, used = whole
    count = 0
    broken = ""
    line = text.count("\n") + 1
    try:
        for count, (mark, value) in enumerate(items(text), 1):  # noqa: B007 - the count is used below
            yield to_document(value, path + mark, path=path, line=None, encoding=used)
    except NotJsonError as error:
        broken, line = str(error), error.line
        if error.said == "Extra data":
            broken += " (a file with an object a line is read when it is named .jsonl)"
    if source.damage:
        broken = f"{source.damage} in line {line}"
    if broken:
        kept = f"kept are the {count} items before it" if count else "skipped"
        yield Problem(path, line, f"{broken}; {kept}")
    elif not count:
        yield Problem(path, None, "the list is empty; no document was read")


def _fast_items(data: bytes, path: str, *, encoding: str) -> list[Document | Problem] | None:
    """Make documents of a whole list or object the short way; None where only the long way tells all."""
    try:
        value = parse_bytes(data)
        numbered = (
            [(f"{path}#{number}", item) for number, item in enumerate(value, 1)]
            if isinstance(value, list)
            else [(path, value)]
        )
        return [to_document(item, name, path=path, line=None, encoding=encoding) for name, item in numbered]
    except ValueError:
        return None


def _decoded(
    source: Source, data: bytes | None, path: str, *, encoding: str, max_bytes: int
) -> tuple[str, str] | Problem:
    if data is None:
        return Problem(path, None, f"it is larger than the {max_bytes} bytes allowed; skipped")
    try:
        return decode(without_stump(data, encoding) if source.damage else data, encoding)
    except ReadingError as error:
        return Problem(path, None, f"{error}; skipped")
