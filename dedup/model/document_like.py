"""Whatever a caller has -> documents: records, mappings, plain strings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import Protocol, TypeGuard

from dedup.model import Document, Problem
from dedup.model.errors import QUOTED, ReadingError
from dedup.model.likely_fields import Names, likely_fields

type DocumentLike = Document | Mapping[str, object] | str
"""A record; a mapping with `text` and optionally the other fields of a record; or the text itself."""

_OWN_NAMES: Names = MappingProxyType({})
_FRAME_METHODS = ("__arrow_c_stream__", "__dataframe__", "collect")
"""What tells a frame from other things with columns; series have some of them, but no columns."""


class Frame(Protocol):
    """A data frame or table: pandas, polars, pyarrow and what else narwhals knows, lazy ones too."""

    @property
    def columns(self) -> object:
        """Its columns, or their names."""


def is_frame(thing: object) -> TypeGuard[Frame]:
    """Tell a data frame from an iterable of documents; no library is loaded for that."""
    kind = type(thing)  # asking a lazy frame itself for its columns may run it
    return hasattr(kind, "columns") and any(hasattr(kind, name) for name in _FRAME_METHODS)


def listed[Item](items: Iterable[Item]) -> Iterable[Item]:
    """Return what stands in a column of pyarrow, which by itself gives boxes with values in them."""
    unboxed = getattr(items, "to_pylist", None)
    return unboxed() if callable(unboxed) else items


def as_document(
    item: DocumentLike, *, position: int = 0, default_id: str | None = None, names: Names = _OWN_NAMES
) -> Document:
    """Make a record of one item.

    Args:
        item: See `DocumentLike`; `date` serves for `published`, which may be a date or datetime.
        position: Which item it is, for messages.
        default_id: The id of an item that has none; None for its position.
        names: Keys under which a mapping has parts of a document, where they are not the names of the parts.

    Raises:
        ReadingError: The item has no text, or is none of the three.
    """
    if isinstance(item, Document):
        return item
    default_id = str(position) if default_id is None else default_id
    if isinstance(item, str):
        return Document(id=default_id, text=item)
    if not isinstance(item, Mapping):
        raise ReadingError(
            f"item {position} is a {type(item).__name__}; give a Document, a mapping with a text, or a string"
        )
    keys = item
    if names:
        item = {**item, **{part: _first(item, several) for part, several in names.items()}}
    text = item.get("text")
    if not isinstance(text, str):
        raise ReadingError(f"item {position} has no string under {_missing(keys, names)}")
    published = item.get("published") or item.get("date") or ""
    if isinstance(published, date):
        published = published.isoformat()
    identity = item.get("id")
    return Document(
        id=default_id if identity is None else str(identity),
        text=text,
        published=str(published),
        title=str(item.get("title") or ""),
        source=str(item.get("source") or ""),
        url=str(item.get("url") or ""),
        path=str(item.get("path") or ""),
    )


def _first(item: Mapping[str, object], names: Sequence[str]) -> object:
    """Return the first value that is filled, else the first that is there."""
    there = [value for name in names if (value := item.get(name)) is not None]
    return next(filter(None, there), there[0] if there else None)


def as_documents(
    items: Iterable[DocumentLike | Problem],
    problems: list[Problem],
    *,
    prefix: str = "",
    names: Names = _OWN_NAMES,
) -> Iterator[Document]:
    """Make records of a stream of items; what is wrong with the others goes to `problems`.

    An item without an id is called by its position, with `prefix` before it; `names` as in `as_document`.

    Raises:
        ReadingError: A single text or mapping was given, or a data frame, whose items are its columns; or
            there are mappings, and none has a key for the text.
    """
    if isinstance(items, str | Mapping):
        raise ReadingError("expected a list of documents, got one text")
    if is_frame(items):
        raise ReadingError("expected a list of documents, got a data frame; give dedup.from_frame(frame)")
    return _as_documents(listed(items), problems, prefix, names)


def _as_documents(
    items: Iterable[DocumentLike | Problem], problems: list[Problem], prefix: str, names: Names
) -> Iterator[Document]:
    wanted = names.get("text", ("text",))
    lacking: Mapping[str, object] = {}
    for position, item in enumerate(items):
        if isinstance(item, Mapping) and not any(name in item for name in wanted):
            lacking = item if position == 0 else lacking
        else:
            lacking = {}
        if isinstance(item, Document):
            yield item
        elif isinstance(item, Problem):
            problems.append(item)
        else:
            try:
                yield as_document(item, position=position, default_id=f"{prefix}{position}", names=names)
            except ReadingError as error:
                problems.append(Problem("", None, str(error)))
    if lacking:
        likely = _likely(lacking, names) or {"text": "NAME"}
        raise ReadingError(
            f"no item has a text under {' or '.join(map(repr, wanted))} (the first has: "
            f"{', '.join(map(repr, lacking))[:QUOTED]}); try fields={likely}"
        )


def _missing(item: Mapping[str, object], names: Names) -> str:
    """Say under which keys there is no text, which keys there are, and which is likely meant."""
    wanted = names.get("text", ("text",))
    listed = f"{' or '.join(map(repr, wanted))} (it has: {', '.join(map(str, item))[:QUOTED]})"
    likely = {} if any(name in item for name in wanted) else _likely(item, names)
    return f"{listed}; its text is likely under {likely['text']!r}" if likely else listed


def _likely(item: Mapping[str, object], names: Names) -> dict[str, str]:
    own = {part: (part,) for part in ("id", "text", "title", "source", "url")}
    keys = [key for key in item if isinstance(key, str)]
    return likely_fields(keys, {**own, "published": ("published", "date"), **names}, item)


def renamed(
    ids: Sequence[str], document: Callable[[int], Document], *, references: int = 0
) -> Iterator[tuple[int, str]]:
    """Return names of their own to the documents whose id another has too, by row.

    The order of the rows leaves no trace: of documents with one id, the first in the order of their
    texts keeps it, the others get `#2`, `#3` and so on behind it.

    Args:
        ids: Of all documents.
        document: Gives the document of a row.
        references: How many rows, the first ones, are of the reference: these come after the others.
    """
    taken: set[str] = set()
    for name, group in groupby(sorted(range(len(ids)), key=ids.__getitem__), key=ids.__getitem__):
        rows = list(group)
        if len(rows) == 1:
            continue
        taken = taken or set(ids)
        number = 1
        for row in sorted(rows, key=lambda row: (row < references, _content(document(row))))[1:]:
            number += 1
            while f"{name}#{number}" in taken:
                number += 1
            taken.add(f"{name}#{number}")
            yield row, f"{name}#{number}"


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
