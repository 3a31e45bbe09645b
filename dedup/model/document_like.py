"""Input of callers (records, mappings, plain strings) -> documents."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from os import PathLike
from types import MappingProxyType
from typing import Protocol, TypeGuard

from dedup.model import Cluster, Document, Member, Problem
from dedup.model.errors import QUOTED, ReadingError
from dedup.model.likely_fields import Names, dotted, likely_fields

type DocumentLike = Document | Member | Mapping[str, object] | str
"""A record; a member of a cluster; a mapping with `text` and optionally the other fields of a record; or the
text itself."""

type Parts = Callable[[Mapping[str, object]], Mapping[str, object]]
"""Returns the values of a mapping by the part of a document that they are."""

_OWN_NAMES: Names = MappingProxyType({})
_FRAME_METHODS = ("__arrow_c_stream__", "__dataframe__", "collect")
"""Attributes that distinguish a frame from other objects with columns; series have some of them, but no
columns."""


class Frame(Protocol):
    """A data frame or table of any library that narwhals supports (pandas, polars, pyarrow), lazy or not."""

    @property
    def columns(self) -> object:
        """The columns, or their names."""


def is_frame(thing: object) -> TypeGuard[Frame]:
    """Whether an object is a data frame and not an iterable of documents; loads no library."""
    kind = type(thing)  # the columns of a lazy frame may be expensive: reading them can execute it
    return hasattr(kind, "columns") and any(hasattr(kind, name) for name in _FRAME_METHODS)


def listed[Item](items: Iterable[Item]) -> Iterable[Item]:
    """Return the values of a column; iterating over a pyarrow column yields scalar objects instead."""
    unboxed = getattr(items, "to_pylist", None)
    return unboxed() if callable(unboxed) else items


def as_document(
    item: DocumentLike,
    *,
    position: int = 0,
    default_id: str | None = None,
    names: Names = _OWN_NAMES,
    parts: Parts | None = None,
) -> Document:
    """Make a document of one item.

    Args:
        item: See `DocumentLike`; `date` is accepted for `published`, which may be a date or datetime.
        position: Position of the item, for messages.
        default_id: The id of an item without one; None for its position.
        names: Keys of a mapping for the parts of a document, if they differ from the names of the parts.
        parts: Finds the parts by these keys; None if the keys are the names of the parts.

    Raises:
        ReadingError: The item has no text, or is not a record, a mapping or a string.
    """
    if isinstance(item, Document | Member):
        return item.document if isinstance(item, Member) else item
    default_id = str(position) if default_id is None else default_id
    if isinstance(item, str):
        return Document(id=default_id, text=item)
    if not isinstance(item, Mapping):
        raise _wrong_kind(position, item)
    keys = item
    if parts:
        item = {**item, **parts(item)}
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


def as_documents(
    items: Iterable[DocumentLike | Problem] | Mapping[str, DocumentLike],
    problems: list[Problem],
    *,
    prefix: str = "",
    names: Names = _OWN_NAMES,
    parts: Parts | None = None,
) -> Iterator[Document]:
    """Make documents of a stream of items; problems of other items go to `problems`.

    The id of an item without one is `prefix` and its position, or its key if the items are the values of a
    mapping; `names` and `parts` as in `as_document`.

    Raises:
        ReadingError: A single text or document was given, or a data frame, whose items are its columns; or
            there are mappings, and none has a key for the text; or no item can be a document.
    """
    if isinstance(items, str) or (isinstance(items, Mapping) and not _outer_names(names).isdisjoint(items)):
        raise ReadingError("expected a list of documents, got one text; dedup.compare compares two")
    if is_frame(items):
        raise ReadingError("expected a list of documents, got a data frame; give dedup.from_frame(frame)")
    make = partial(as_document, names=names, parts=parts)
    if isinstance(items, Mapping):
        keyed = ((str(key), item) for key, item in items.items())
        return _as_documents(keyed, problems, names=names, make=make)
    numbered = ((f"{prefix}{position}", item) for position, item in enumerate(listed(items)))
    return _as_documents(numbered, problems, names=names, make=make)


def _as_documents(
    items: Iterable[tuple[str, DocumentLike | Problem]],
    problems: list[Problem],
    *,
    names: Names,
    make: Callable[..., Document],
) -> Iterator[Document]:
    wanted = _outer_names(names)
    hopeless: tuple[object, ...] = ()  # the first item, as long as no item could be a document
    for position, (name, item) in enumerate(items):
        if isinstance(item, Document):
            hopeless = ()
            yield item
        elif isinstance(item, Problem):
            hopeless = ()
            problems.append(item)
        else:
            try:
                document = make(item, position=position, default_id=name)
            except ReadingError as error:
                problems.append(Problem("", None, str(error)))
                keyed = isinstance(item, Mapping) and not wanted.isdisjoint(item)
                hopeless = () if keyed else (item,) if position == 0 else hopeless
            else:
                hopeless = ()
                yield document
    for first in hopeless:
        raise _none_usable(first, names)


def _none_usable(first: object, names: Names) -> ReadingError:
    """Make the error for a collection without any document, of its first item."""
    if not isinstance(first, Mapping):
        return _wrong_kind(0, first)
    likely = _likely(first, names) or {"text": "NAME"}
    return ReadingError(
        f"no item has a text under {' or '.join(map(repr, _text_names(names)))} (the first has: "
        f"{', '.join(map(repr, first))[:QUOTED]}); try fields={likely}"
    )


def _wrong_kind(position: int, item: object) -> ReadingError:
    hint = "; give its text: path.read_text()" if isinstance(item, PathLike) else ""
    hint = "; give two of its members" if isinstance(item, Cluster) else hint
    return ReadingError(
        f"item {position}: expected a text, a mapping with a text or a Document, "
        f"got {type(item).__name__}{hint}"
    )


def _missing(item: Mapping[str, object], names: Names) -> str:
    """Say which keys were tried for the text, which keys exist, and which one is probably meant."""
    wanted = _text_names(names)
    listed = f"{' or '.join(map(repr, wanted))} (it has: {', '.join(map(str, item))[:QUOTED]})"
    likely = {} if any(name in item for name in wanted) else _likely(item, names)
    return f"{listed}; its text is likely under {next(iter(likely.values()))!r}" if likely else listed


def _text_names(names: Names) -> tuple[str, ...]:
    return (*names.get("text", ("text",)), *names.get("html", ()))


def _outer_names(names: Names) -> set[str]:
    """Return the keys of a mapping under which the text may be, of dotted names the beginning too."""
    texts = _text_names(names)
    return {*texts, *(name.partition(".")[0] for name in texts)}


def _likely(item: Mapping[str, object], names: Names) -> dict[str, str]:
    own = {part: (part,) for part in ("id", "text", "title", "source", "url")}
    keys = [key for key in item if isinstance(key, str)]
    values = dict(dotted({key: item[key] for key in keys}))
    there = list(dict.fromkeys([*keys, *values]))
    return likely_fields(there, {**own, "published": ("published", "date"), **names}, values)


def renamed(
    ids: Sequence[str], document: Callable[[int], Document], *, references: int = 0
) -> Iterator[tuple[int, str]]:
    """Return new ids for documents whose id is not unique, by row.

    The result does not depend on the order of rows: of documents with the same id, the first in the order of
        their texts keeps it, the others get the suffixes `#2`, `#3` and so on.

    Args:
        ids: Ids of all documents.
        document: Returns the document of a row.
        references: Number of reference rows, which come first; in this order they follow the others.
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
