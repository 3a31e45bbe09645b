"""MHTML: a page that a browser saved with its pictures in one file.

Source: RFC 2557.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dedup.input.byte_source import Source
from dedup.input.formats.archived_page import PAGES
from dedup.input.formats.format import Format, Task
from dedup.input.formats.web_page import story
from dedup.input.formats.whole_input import read_whole
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.errors import ReadingError

if TYPE_CHECKING:
    from email.message import Message

SAVED_BYTES = 64 * 1024 * 1024
"""Maximum size in bytes of a saved page with its pictures."""


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    from email.parser import BytesParser  # noqa: PLC0415 - few inputs need it

    data = read_whole(source, max_bytes=min(SAVED_BYTES, task.limits.max_bytes))
    message = BytesParser().parsebytes(data)
    page = next((part for part in message.walk() if part.get_content_type() in PAGES), None)
    if page is None:
        raise ReadingError(source.damage or "there is no page in it")
    body = page.get_payload(decode=True)
    address = _line(page, "Content-Location") or _line(message, "Snapshot-Content-Location")
    yield story(
        body if isinstance(body, bytes) else b"",
        task.path,
        path=task.path,
        charset=page.get_content_charset() or "",
        url=address if address.startswith(("http://", "https://")) else "",
    )
    if source.damage:
        yield Problem.of_input(
            task.path, None, Reason(ReasonKind.DAMAGED, (source.damage, "the page before it is kept"))
        )


def _line(part: "Message", name: str) -> str:
    return "".join(str(part.get(name, "")).split())


FORMAT = Format(
    ("mhtml", "mht"),
    _read,
    "the article of the page that a browser saved",
    limits="64 MiB with pictures, pages of 5 MiB",
    extra="html",
    begins=lambda start: bool(re.search(r"(?im)^content-type:\s*multipart/related", start[:4096])),
)
