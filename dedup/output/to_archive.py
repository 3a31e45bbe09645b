"""Write the archive without its copies as JSON lines, in the order of the input."""

import json
from collections.abc import Iterator

from dedup.model import Document, Report


def to_archive(report: Report) -> Iterator[bytes]:
    """Write the documents in `Report.kept`.

    A document with the record it was read from (`read(..., records=True)`) is written as this record, with
    all of its fields; JSON lines are copied byte for byte. Other documents (pages, plain texts) get the
    fields of `Document`: `id`; `title`, `source`, `published` and `url` if known; and `text`. `dedup` can
    read the result again.

    Yields:
        One line per document; only a few documents are in memory at a time.
    """
    for document in report.kept:
        yield (document.record or json_line(document)) + b"\n"


def json_line(document: Document) -> bytes:
    """Format the known fields of a document as one line of JSON, without the line end."""
    fields = {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "published": document.published,
        "url": document.url,
        "text": document.text,
    }
    known = {name: value for name, value in fields.items() if value or name in {"id", "text"}}
    return json.dumps(known, ensure_ascii=False).encode("utf-8", "backslashreplace")
