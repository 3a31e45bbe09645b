"""ARC archives, the predecessor of WARC: each page that was fetched is a document.

Source: the Internet Archive's ARC file format 1.0 and 2.0.
"""

import re
from collections import Counter
from collections.abc import Iterator

from dedup.input.byte_source import Source
from dedup.input.formats.archived_page import PageRecord, closing_problems, response_document, text_document
from dedup.input.formats.byte_reader import ByteReader
from dedup.input.formats.format import Format, Task
from dedup.input.formats.web_page import PAGE_BYTES
from dedup.model import Document, Problem, Reason, ReasonKind

_HEADER_BYTES = 64 * 1024
_HEADER = re.compile(rb"([\w.+-]{2,20}:[^ ]*) \S+ \d{8,14} (\S+) (?:.* )?(\d{1,15})\s*\Z")
"""URL, address of the host, time, media type, in version 2 more, and length."""


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    stream = ByteReader(source)
    left_out: Counter[str] = Counter()
    number, count = 0, 0
    while (line := stream.line(max_bytes=_HEADER_BYTES)) is not None:
        if not line.strip():
            continue
        number += 1
        header = _HEADER.match(line)
        entry = (
            _entry(header, number, stream, task, left_out=left_out)
            if header
            else Problem.of_input(
                task.path, None, Reason(ReasonKind.BROKEN_RECORD, (number, "has no header"))
            )
        )
        if not header:
            _to_next(stream)
        if source.damage:
            break
        if entry:
            count += 1
            yield entry
    yield from closing_problems(source, task, number=number, count=count, left_out=left_out)


def _entry(
    header: re.Match[bytes], number: int, stream: ByteReader, task: Task, *, left_out: Counter[str]
) -> Document | Problem | None:
    record = PageRecord(number, header[1].decode("utf-8", "replace"))
    kind = header[2].decode("ascii", "replace").lower()
    length = int(header[3])
    if record.url.startswith("filedesc:") or length > 2 * PAGE_BYTES:
        stream.skip(length)
        too_large = f"the page{record.place} is larger than {2 * PAGE_BYTES} bytes; skipped"
        return None if record.url.startswith("filedesc:") else Problem(task.path, None, too_large)
    data = stream.read(length)
    if len(data) < length:
        return Problem.of_input(task.path, None, Reason(ReasonKind.CUT_RECORD, (number,)))
    if kind == "text/plain" and not data.startswith(b"HTTP/"):
        return text_document(data, record, task)
    return response_document(data, record, task, left_out=left_out, kind=kind if kind != "no-type" else "")


def _to_next(stream: ByteReader) -> None:
    while (line := stream.line(max_bytes=_HEADER_BYTES)) is not None:
        if _HEADER.match(line):
            stream.back(line)
            return


FORMAT = Format(
    ("arc",),
    _read,
    "each page that was fetched successfully",
    limits="pages of 5 MiB and 100,000 tags",
    extra="warc",
    begins=lambda start: start.startswith("filedesc://"),
)
