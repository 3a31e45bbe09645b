"""WARC archives, and the texts extracted from them by Common Crawl (WET): each page or text is a document.

Records are parsed here because the libraries read a header line of any length into memory (warcio 1.8), or
fail on streams without seeking (FastWARC 2.0).
Source: ISO 28500:2017, WARC 1.1.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dedup.input.byte_source import Source
from dedup.input.formats.archived_page import (
    PAGES,
    PageRecord,
    closing_problems,
    page_document,
    response_document,
    text_document,
)
from dedup.input.formats.byte_reader import ByteReader
from dedup.input.formats.format import Format, Task
from dedup.input.formats.http_response import media_type, parse_headers
from dedup.input.formats.web_page import PAGE_BYTES
from dedup.model import Document, Problem, Reason, ReasonKind

HEADER_BYTES = 64 * 1024
"""Maximum size of the header of a record."""
_LENGTH = re.compile(r"[0-9]{1,15}\Z")


@dataclass(frozen=True, slots=True)
class _Record:
    page: PageRecord
    fields: dict[str, str]
    length: int


class _RecordError(Exception):
    """A record cannot be read; the next one may be."""

    def reason(self, number: int) -> Reason:
        """Return why the record of this number was not read; without a message, it is incomplete."""
        if not self.args:
            return Reason(ReasonKind.CUT_RECORD, (number,))
        return Reason(ReasonKind.BROKEN_RECORD, (number, str(self)))


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    stream = ByteReader(source)
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
            entry = Problem.of_input(task.path, None, error.reason(number))
        if entry:
            count += 1
            yield entry
    yield from closing_problems(source, task, number=number, count=count, left_out=left_out)


def _next_record(stream: ByteReader, number: int) -> _Record | None:
    """Read the header of the next record; None at the end."""
    while (first := stream.line(max_bytes=HEADER_BYTES)) is not None and not first.strip():
        pass
    if first is None:
        return None
    if not first.startswith(b"WARC/"):
        _to_next(stream)
        raise _RecordError("does not begin with WARC/")
    lines: list[bytes] = []
    size = 0
    while (line := stream.line(max_bytes=HEADER_BYTES)) and line.strip():
        lines.append(line)
        size += len(line)
        if size > HEADER_BYTES:
            _to_next(stream)
            raise _RecordError(f"has a header of more than {HEADER_BYTES} bytes")
    fields = parse_headers(b"".join(lines))
    length = fields.get("content-length", "")
    if not _LENGTH.match(length):
        _to_next(stream)
        raise _RecordError("does not say how long it is")
    page = PageRecord(number, fields.get("warc-target-uri", "").strip("<>"))
    return _Record(page, fields, int(length))


def _to_next(stream: ByteReader) -> None:
    """Skip to the apparent beginning of the next record."""
    while (line := stream.line(max_bytes=HEADER_BYTES)) is not None:
        if line.startswith(b"WARC/"):
            stream.back(line)
            return


def _entry(
    record: _Record, stream: ByteReader, task: Task, *, left_out: Counter[str]
) -> Document | Problem | None:
    """Make a document of a record, or skip it."""
    kind, charset = media_type(record.fields)
    role = record.fields.get("warc-type", "").lower()
    is_page = role == "response" or (role == "resource" and kind in PAGES)
    is_text = role in {"conversion", "resource"} and kind == "text/plain"
    allowed = 2 * PAGE_BYTES if is_page else task.limits.max_bytes if is_text else 0
    if not (is_page or is_text) or record.length > allowed:
        if stream.skip(record.length) < record.length:
            raise _RecordError
        if role == "revisit":
            left_out["revisit of a page kept elsewhere"] += 1
        if is_page or is_text:
            reason = f"the page{record.page.place} is larger than {allowed} bytes; skipped"
            return Problem(task.path, None, reason)
        return None
    data = stream.read(record.length)
    if len(data) < record.length:
        raise _RecordError
    if is_text:
        return text_document(data, record.page, task)
    if role == "resource":
        return page_document(data, record.page, task, charset=charset)
    return response_document(data, record.page, task, left_out=left_out)


FORMAT = Format(
    ("warc", "wet"),
    _read,
    "each page that was fetched successfully, each text (gzip, deflate, Brotli or Zstandard inside)",
    limits="pages of 5 MiB and 100,000 tags",
    extra="warc",
    begins=lambda start: start.startswith("WARC/"),
)
