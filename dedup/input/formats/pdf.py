"""PDF: the text of all pages is one document; pictures of text have none."""

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from dedup.input.byte_source import Source
from dedup.input.formats.format import Format, Task
from dedup.input.formats.whole_input import read_whole
from dedup.input.titles import headline
from dedup.input.unread_file import UnreadFileError
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.errors import ReadingError
from dedup.model.extras import optional
from dedup.model.memory import is_out_of_memory
from dedup.model.quoting import why

PDF_BYTES = 64 * 1024 * 1024
PDF_PAGES = 1000
_SILENT = logging.CRITICAL + 1


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    pypdf = optional("pypdf", what="a PDF file", library="pypdf", extra="pdf")
    data = read_whole(source, max_bytes=min(PDF_BYTES, task.limits.max_bytes))
    if source.damage:
        raise ReadingError(source.damage)
    log = logging.getLogger("pypdf")  # its messages quote bytes of the file, unsafe for a terminal
    level = log.level
    log.setLevel(_SILENT)
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        is_locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if is_locked else len(reader.pages)
        text = "\n".join(page.extract_text() for page in reader.pages[:PDF_PAGES]).strip() if pages else ""
        title, published = ("", "") if is_locked else _about(reader)
    except Exception as error:
        if is_out_of_memory(error):
            raise
        raise UnreadFileError(ReasonKind.DAMAGED_FILE, why(error)) from None
    finally:
        log.setLevel(level)
    if is_locked:
        raise UnreadFileError(ReasonKind.LOCKED)
    if text:
        title = title or headline(text)
        yield Document(task.path, text, title=title, published=published, path=task.path, encoding="")
    else:
        yield Problem.of_input(task.path, None, Reason(ReasonKind.NO_TEXT_LAYER), kind="skipped")
    if pages > PDF_PAGES:
        yield Problem(task.path, None, f"it has {pages} pages, of which {PDF_PAGES} were read")


def _about(reader: Any) -> tuple[str, str]:  # noqa: ANN401 - of pypdf
    about = reader.metadata
    if about is None:
        return "", ""
    try:
        created = about.creation_date
    except ValueError:
        created = None
    return str(about.title or ""), created.isoformat() if created else ""


FORMAT = Format(
    ("pdf",),
    _read,
    "the text of all pages",
    limits="64 MiB, 1,000 pages",
    extra="pdf",
    begins=lambda start: start.startswith("%PDF-"),
)
