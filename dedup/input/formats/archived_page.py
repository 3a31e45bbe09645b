"""Make documents of the pages, HTTP responses and texts in a web archive."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from dedup.input.byte_source import Source
from dedup.input.decoding import decode
from dedup.input.formats.format import Task
from dedup.input.formats.http_response import parse_response
from dedup.input.formats.web_page import PAGE_BYTES, is_page, story
from dedup.input.titles import headline
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.errors import ReadingError
from dedup.model.quoting import printable

PAGES = frozenset({"text/html", "application/xhtml+xml", "application/xhtml"})
_OK = range(200, 300)


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A record of an archive.

    Attributes:
        number: Its number, from 1.
        url: The address that was fetched; empty if unknown.
    """

    number: int
    url: str

    @property
    def place(self) -> str:
        """Description of the record, for a problem."""
        shown = printable(self.url)[:200]
        return f" of record {self.number}" + (f" ({shown})" if shown else "")


def response_document(
    data: bytes, record: PageRecord, task: Task, *, left_out: Counter[str], kind: str = ""
) -> Document | Problem | None:
    """Make a document of an HTTP response with a page; count other responses.

    Args:
        data: The response, with its headers.
        record: Its record.
        task: How to read it.
        left_out: Number of responses without a page, by kind; updated.
        kind: The media type, if the response has none.
    """
    got = parse_response(data)
    named = got.kind or kind
    if named and named not in PAGES:
        left_out["response that is not a page"] += 1
        return None
    if got.status not in _OK:
        left_out["failed response (moved, not found, error)"] += 1
        return None
    try:
        page = got.unpacked(max_bytes=PAGE_BYTES)
    except ReadingError as error:
        return Problem(task.path, None, f"the page{record.place} cannot be read: {error}; skipped")
    if not named and not is_page(page):
        left_out["response that is not a page"] += 1
        return None
    return page_document(page, record, task, charset=got.charset)


def page_document(page: bytes, record: PageRecord, task: Task, *, charset: str) -> Document | Problem:
    """Make a document of a page."""
    return story(
        page,
        f"{task.path}#{record.number}",
        path=task.path,
        place=record.place,
        charset=charset,
        url=record.url,
    )


def text_document(data: bytes, record: PageRecord, task: Task) -> Document | Problem:
    """Make a document of a plain text."""
    try:
        text, encoding = decode(data, "utf-8")
    except ReadingError as error:
        return Problem(task.path, None, f"the text{record.place} cannot be read: {error}; skipped")
    host = ""
    with suppress(ValueError):  # not an address
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


def closing_problems(
    source: Source, task: Task, *, number: int, count: int, left_out: Counter[str]
) -> Iterator[Problem]:
    """Yield the problems of an archive as a whole: damage, skipped records, or that nothing was read.

    Args:
        source: The archive.
        task: How it was read.
        number: Number of the last record.
        count: Number of documents and problems so far.
        left_out: Number of records that are not stories, by kind.
    """
    if source.damage:
        yield Problem.of_input(
            task.path,
            None,
            Reason(
                ReasonKind.DAMAGED, (f"{source.damage} in record {number}", "the records before it are kept")
            ),
        )
    for what, times in sorted(left_out.items()):
        yield Problem(task.path, None, f"{times:,} skipped: {what}", kind="skipped")
    if not (count or left_out or source.damage):
        yield Problem.of_input(task.path, None, Reason(ReasonKind.EMPTY_INPUT, ("there is no page in it",)))
