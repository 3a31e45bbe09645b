"""A Scrapy item of any kind -> the document to check."""

from collections.abc import Iterable, Mapping

from itemadapter import ItemAdapter

from dedup.model.likely_fields import likely_fields
from dedup.model.quoting import printable


def as_item_document(item: object, fields: Mapping[str, str]) -> dict[str, object] | None:
    """Make a document of an item: a dict, an `Item`, a dataclass, an attrs class or a pydantic model.

    Item loaders collect every value in a list: texts in a list are joined, of other lists the first non-empty
    value is taken.

    Args:
        item: The item.
        fields: The field of the item for each field of a document.

    Returns:
        The document; None for an item without text, or for an object that Scrapy does not accept as an item.
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
    """Return a message that an item has no text, with its fields and the fields that are probably meant."""
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
    """Return the value itself, or the first non-empty one of a list; None if there is none."""
    values: Iterable[object] = value if isinstance(value, list | tuple) else [value]
    return next((_decoded(each) for each in values if each is not None and each not in ("", b"")), None)


def _decoded(value: object) -> object:
    """Decode bytes, which occur in items of news-please."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
