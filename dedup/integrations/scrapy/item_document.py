"""An item -> the document to check: the same for every kind of item with the same content."""

from collections.abc import Iterable, Mapping

from itemadapter import ItemAdapter

from dedup.model.likely_fields import likely_fields
from dedup.model.quoting import printable


def as_item_document(item: object, fields: Mapping[str, str]) -> dict[str, object] | None:
    """Make a document of an item: a dict, an `Item`, a dataclass, an attrs class or a pydantic model.

    Item loaders collect every value in a list: of a list of texts all are taken, of any other the first value
    that is not empty.

    Args:
        item: The item.
        fields: For each field of a document the field of the item.

    Returns:
        None for an item without text, or of a kind that Scrapy does not know either.
    """
    if not ItemAdapter.is_item(item):
        return None
    adapter = ItemAdapter(item)
    values = {name: adapter.get(field) for name, field in fields.items()}
    text = _all(values.pop("text"))
    if not text.strip():
        return None
    document = {name: _first(value) for name, value in values.items()}
    if document["id"] is None:
        document["id"] = document["url"]
    return {**document, "text": text}


def without_text(item: object, fields: Mapping[str, str]) -> str:
    """Say that an item has no text, which fields it has, and which are likely meant; arguments as above."""
    wanted = f"an item without text in its field {fields['text']!r} passes unchecked"
    if not ItemAdapter.is_item(item):
        return wanted
    values = dict(ItemAdapter(item))
    names = ", ".join(printable(name) for name in values) or "none"
    likely = likely_fields(list(values), {part: [field] for part, field in fields.items()}, values)
    advice = f"; if it has one, try DEDUP_FIELDS = {likely}" if likely else ""
    return f"{wanted}; it has the fields {names}{advice}"


def _all(value: object) -> str:
    parts = map(_decoded, value) if isinstance(value, list | tuple) else [_decoded(value)]
    return "\n".join(part for part in parts if isinstance(part, str))


def _first(value: object) -> object:
    """The value itself, or the first of a list; None if it is empty."""
    values: Iterable[object] = value if isinstance(value, list | tuple) else [value]
    return next((_decoded(each) for each in values if each is not None and each not in ("", b"")), None)


def _decoded(value: object) -> object:
    """Decode bytes, which items of news-please contain."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
