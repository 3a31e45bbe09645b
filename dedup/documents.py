"""Whatever a caller has -> documents: records, mappings, plain strings."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from dedup.errors import ReadingError
from dedup.records import Document, Problem

type DocumentLike = Document | Mapping[str, object] | str
"""A record; a mapping with `text` and optionally the other fields of a record; or the text itself."""


def as_document(item: DocumentLike, *, position: int = 0) -> Document:
    """Make a record of one item.

    Args:
        item: See `DocumentLike`; `date` serves for `published`, which may be a date or datetime.
        position: Serves as the id of an item that has none.

    Raises:
        ReadingError: The item has no text, or is none of the three.
    """
    if isinstance(item, Document):
        return item
    if isinstance(item, str):
        return Document(id=str(position), text=item)
    if not isinstance(item, Mapping):
        raise ReadingError(
            f"item {position} is a {type(item).__name__}; give a Document, a mapping with a text, or a string"
        )
    text = item.get("text")
    if not isinstance(text, str):
        raise ReadingError(
            f"item {position} has no string under 'text' (it has: {', '.join(map(str, item))})"
        )
    published = item.get("published") or item.get("date") or ""
    if isinstance(published, date):
        published = published.isoformat()
    identity = item.get("id")
    return Document(
        id=str(position) if identity is None else str(identity),
        text=text,
        published=str(published),
        title=str(item.get("title") or ""),
        source=str(item.get("source") or ""),
        url=str(item.get("url") or ""),
        path=str(item.get("path") or ""),
    )


def gather(items: Iterable[DocumentLike | Problem]) -> tuple[list[Document], list[Problem]]:
    """Collect documents in the order of their ids, and what was wrong with the rest.

    The order of the input leaves no trace. Of documents with one id, all are kept: the first in the
    order of their texts keeps the id, the others get `#2`, `#3` and so on behind it, and each of
    those is a problem.

    Raises:
        ReadingError: A single text or mapping was given.
    """
    if isinstance(items, str | Mapping):
        raise ReadingError("one text is no archive; give a list of documents")
    documents: list[Document] = []
    problems: list[Problem] = []
    for position, item in enumerate(items):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        try:
            documents.append(as_document(item, position=position))
        except ReadingError as error:
            problems.append(Problem("", None, str(error)))
    documents.sort(key=_content)
    taken = {document.id for document in documents}
    seen, number = "", 1
    unique: list[Document] = []
    for document in documents:
        if unique and document.id == seen:
            number += 1
            while f"{seen}#{number}" in taken:
                number += 1
            taken.add(f"{seen}#{number}")
            problems.append(_duplicate(document, kept_as=f"{seen}#{number}"))
            unique.append(replace(document, id=f"{seen}#{number}"))
        else:
            seen, number = document.id, 1
            unique.append(document)
    unique.sort(key=lambda document: document.id)
    return unique, problems


def _content(document: Document) -> tuple[str | int, ...]:
    return (
        document.id,
        document.text,
        document.path,
        document.title,
        document.published,
        document.source,
        document.url,
        document.line or 0,
        document.encoding,
    )


def _duplicate(document: Document, *, kept_as: str) -> Problem:
    reason = f"another document has the id {document.id!r} too; this one is kept as {kept_as!r}"
    return Problem(document.path, document.line, reason, "duplicate_id")
