"""WARC archives, and the texts that Common Crawl makes of them (WET): each page, each text is a document.

The records are framed here, because the libraries for it read a header line of any length into memory
(warcio 1.8) or abort on streams that cannot be rewound (FastWARC 2.0).
Source: ISO 28500:2017, WARC 1.1.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from dedup.input.byte_source import Source
from dedup.input.decoding import decode
from dedup.input.formats.format import Format, Task
from dedup.input.formats.http_response import answer, fields_of, media_type
from dedup.input.formats.web_page import PAGE_BYTES, story
from dedup.input.titles import headline
from dedup.model import Document, Problem
from dedup.model.errors import ReadingError
from dedup.model.quoting import printable

_HEADER_BYTES = 64 * 1024
_PAGES = {"text/html", "application/xhtml+xml", "application/xhtml"}
_OK = range(200, 300)
_LENGTH = re.compile(r"[0-9]{1,15}\Z")


class _Bytes:
    """The bytes of a source by line and by number; what was read is not kept."""

    def __init__(self, source: Source) -> None:
        self._chunks = iter(source)
        self._held = b""
        self._at = 0

    def line(self, *, max_bytes: int) -> bytes | None:
        """Give the next line with its end, or so much of it; None at the end of the source."""
        while (end := self._held.find(b"\n", self._at, self._at + max_bytes)) < 0:
            if len(self._held) - self._at >= max_bytes or not self._more():
                return self._take(max_bytes) or None
        return self._take(end + 1 - self._at)

    def back(self, line: bytes) -> None:
        """Take the line back that was given last."""
        self._at -= len(line)

    def read(self, size: int) -> bytes:
        """Give so many bytes; fewer at the end of the source."""
        parts = [self._take(size)]
        missing = size - len(parts[0])
        while missing > 0 and self._more():
            parts.append(self._take(missing))
            missing -= len(parts[-1])
        return b"".join(parts)

    def skip(self, size: int) -> int:
        """Leave out so many bytes; say how many there were."""
        left = size - len(self._take(size))
        while left > 0 and self._more():
            left -= len(self._take(left))
        return size - left

    def _more(self) -> bool:
        chunk = next(self._chunks, b"")
        self._held = self._held[self._at :] + chunk
        self._at = 0
        return bool(chunk)

    def _take(self, size: int) -> bytes:
        taken = self._held[self._at : self._at + size]
        self._at += len(taken)
        return taken


@dataclass(frozen=True, slots=True)
class _Record:
    number: int
    fields: dict[str, str]
    length: int

    @property
    def url(self) -> str:
        return self.fields.get("warc-target-uri", "").strip("<>")

    @property
    def place(self) -> str:
        shown = printable(self.url)[:200]
        return f" of record {self.number}" + (f" ({shown})" if shown else "")


class _RecordError(Exception):
    """A record cannot be read; the next one may be."""


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    stream = _Bytes(source)
    left_out: Counter[str] = Counter()
    number, count = 0, 0
    while True:
        number += 1
        try:
            record = _next_record(stream, number)
            if record is None:
                break
            entry = _entry(record, stream, task, left_out=left_out)
        except _RecordError as error:
            if source.damage:
                break
            entry = Problem(task.path, None, f"record {number} {error}; skipped up to the next one")
        if entry:
            count += 1
            yield entry
    if source.damage:
        yield Problem(task.path, None, f"{source.damage} in record {number}; the records before it are kept")
    for what, times in sorted(left_out.items()):
        yield Problem(task.path, None, f"{times} {what}; skipped", kind="skipped")
    if not (count or left_out or source.damage):
        yield Problem(task.path, None, "there is no page in it; no document was read")


def _next_record(stream: _Bytes, number: int) -> _Record | None:
    """Read the header of the next record; None at the end."""
    while (first := stream.line(max_bytes=_HEADER_BYTES)) is not None and not first.strip():
        pass
    if first is None:
        return None
    if not first.startswith(b"WARC/"):
        _to_next(stream)
        raise _RecordError("does not begin with WARC/")
    lines: list[bytes] = []
    size = 0
    while (line := stream.line(max_bytes=_HEADER_BYTES)) and line.strip():
        lines.append(line)
        size += len(line)
        if size > _HEADER_BYTES:
            _to_next(stream)
            raise _RecordError(f"has a header of more than {_HEADER_BYTES} bytes")
    fields = fields_of(b"".join(lines))
    length = fields.get("content-length", "")
    if not _LENGTH.match(length):
        _to_next(stream)
        raise _RecordError("does not say how long it is")
    return _Record(number, fields, int(length))


def _to_next(stream: _Bytes) -> None:
    """Go to where the next record seems to begin."""
    while (line := stream.line(max_bytes=_HEADER_BYTES)) is not None:
        if line.startswith(b"WARC/"):
            stream.back(line)
            return


def _entry(
    record: _Record, stream: _Bytes, task: Task, *, left_out: Counter[str]
) -> Document | Problem | None:
    """Make a document of a record, or go past it."""
    kind, charset = media_type(record.fields)
    role = record.fields.get("warc-type", "").lower()
    is_page = role == "response" or (role == "resource" and kind in _PAGES)
    is_text = role in {"conversion", "resource"} and kind == "text/plain"
    allowed = 2 * PAGE_BYTES if is_page else task.limits.max_bytes if is_text else 0
    if not (is_page or is_text) or record.length > allowed:
        if stream.skip(record.length) < record.length:
            raise _RecordError("is cut off")
        if role == "revisit":
            left_out["revisits of pages that are kept elsewhere"] += 1
        if is_page or is_text:
            reason = f"the page{record.place} is larger than {allowed} bytes; skipped"
            return Problem(task.path, None, reason)
        return None
    data = stream.read(record.length)
    if len(data) < record.length:
        raise _RecordError("is cut off")
    if is_text:
        return _text(data, record, task)
    if role == "resource":
        return _story(data, record, task, charset=charset)
    return _answer(data, record, task, left_out=left_out)


def _answer(data: bytes, record: _Record, task: Task, *, left_out: Counter[str]) -> Document | Problem | None:
    got = answer(data)
    if got.kind not in _PAGES:
        left_out["answers that are no pages"] += 1
        return None
    if got.status not in _OK:
        left_out["answers other than a page (moved, not found, failed)"] += 1
        return None
    try:
        page = got.unpacked(max_bytes=PAGE_BYTES)
    except ReadingError as error:
        return Problem(task.path, None, f"the page{record.place} cannot be read: {error}; skipped")
    return _story(page, record, task, charset=got.charset)


def _story(page: bytes, record: _Record, task: Task, *, charset: str) -> Document | Problem:
    return story(
        page,
        f"{task.path}#{record.number}",
        path=task.path,
        place=record.place,
        charset=charset,
        url=record.url,
    )


def _text(data: bytes, record: _Record, task: Task) -> Document | Problem:
    try:
        text, encoding = decode(data, "utf-8")
    except ReadingError as error:
        return Problem(task.path, None, f"the text{record.place} cannot be read: {error}; skipped")
    host = ""
    with suppress(ValueError):  # an address that is none
        host = urlsplit(record.url).hostname or ""
    return Document(
        f"{task.path}#{record.number}",
        text,
        title=headline(text),
        source=host,
        url=record.url,
        path=task.path,
        encoding=encoding,
    )


FORMAT = Format(("warc", "wet"), _read, begins=lambda start: start.startswith("WARC/"))
