"""EPUB: each chapter or article of a book is a document, in reading order.

Source: W3C EPUB 3.3.
"""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote

from dedup.input.byte_source import Source
from dedup.input.decoding import decode
from dedup.input.formats.format import Format, Task
from dedup.input.formats.web_page import PAGE_BYTES
from dedup.input.formats.xml_stream import text_at
from dedup.input.markup import plain_text
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.errors import ReadingError
from dedup.model.quoting import printable, why

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile

CHAPTERS = 10_000
"""Maximum number of chapters that are read of a book."""
_HEADING = re.compile(r"<(h[1-3]|title)\b[^>]{0,500}>(.{1,1000}?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_HEAD = re.compile(r"<head\b.*?</head\s*>", re.IGNORECASE | re.DOTALL)


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415 - few inputs need it

    with source.seekable_file() as file:
        try:
            with ZipFile(file) as archive:
                yield from _chapters(archive, task)
        except (
            BadZipFile,
            NotImplementedError,
            OSError,
            EOFError,
            KeyError,
            ValueError,
            RuntimeError,
        ) as error:
            raise ReadingError(f"the book is damaged ({why(error)})") from None


def _chapters(archive: "ZipFile", task: Task) -> Iterator[Document | Problem]:
    container = _xml(archive, "META-INF/container.xml")
    package_name = next((file.get("full-path", "") for file in container.iter() if file.get("full-path")), "")
    package = _xml(archive, package_name)
    files = {item.get("id"): item.get("href", "") for item in package.iterfind("{*}manifest/{*}item")}
    order = [files.get(item.get("idref")) for item in package.iterfind("{*}spine/{*}itemref")]
    count = 0
    for number, href in enumerate(filter(None, order[:CHAPTERS]), 1):
        name = normpath(join(dirname(package_name), unquote(href)))
        try:
            markup, encoding = decode(_bytes(archive, name), "utf-8")
        except (ReadingError, KeyError) as error:
            yield Problem(
                task.path, None, f"chapter {printable(name)} cannot be read ({why(error)}); skipped"
            )
            continue
        text = plain_text(_HEAD.sub("", markup))
        if text:
            count += 1
            heading = _HEADING.search(_HEAD.sub("", markup)) or _HEADING.search(markup)
            yield Document(
                f"{task.path}#{number}",
                text,
                title=plain_text(heading[2]).replace("\n", " ") if heading else "",
                source=text_at(package, "metadata/title"),
                published=text_at(package, "metadata/date"),
                path=task.path,
                encoding=encoding,
            )
    if len(order) > CHAPTERS:
        yield Problem(
            task.path, None, f"more than {CHAPTERS} chapters; the last {len(order) - CHAPTERS} skipped"
        )
    if not count:
        yield Problem.of_input(
            task.path, None, Reason(ReasonKind.EMPTY_INPUT, ("there is no text in the book",))
        )


def _xml(archive: "ZipFile", name: str) -> "Element":
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - few inputs need it
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415

    try:
        root: Element = fromstring(_bytes(archive, name))
    except (ParseError, DefusedXmlException) as error:
        raise ReadingError(f"{printable(name)} in it is not XML that can be read ({why(error)})") from None
    return root


def _bytes(archive: "ZipFile", name: str) -> bytes:
    stream: IO[bytes]
    with archive.open(name) as stream:
        data = stream.read(PAGE_BYTES + 1)
    if len(data) > PAGE_BYTES:
        raise ReadingError(f"it is larger than {PAGE_BYTES} bytes")
    return data


FORMAT = Format(
    ("epub",),
    _read,
    "each chapter or article",
    limits="10,000 chapters of 5 MiB",
    begins=lambda start: start[30:58] == "mimetypeapplication/epub+zip",
)
