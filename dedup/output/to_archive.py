"""A report -> the archive without its copies, as JSON lines in the order of the input."""

import json
from collections.abc import Iterator

from dedup.model import Document, Report


def to_archive(report: Report) -> Iterator[bytes]:
    """Write every document that is not a copy: one of each cluster, and all that are in none.

    A document that carries the record it was read from (`read(..., records=True)`) is written as that, with
    every field it had; a line of JSON lines as it came, byte for byte. Of others (pages, plain texts) there
    is what `Document` knows: `id`, then `title`, `source`, `published` and `url` where they are known, and
    `text`. `dedup` can read the result again.

    Yields:
        A line for each document; a few documents are in memory at a time.
    """
    for document in report.kept:
        yield (document.record or json_line(document)) + b"\n"


def json_line(document: Document) -> bytes:
    """Write what is known of a document as a line of JSON lines, without its end."""
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
