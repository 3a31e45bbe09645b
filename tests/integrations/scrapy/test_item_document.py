"""Items of Scrapy as documents."""

import pytest

pytest.importorskip("scrapy")


def test_items_of_every_kind_with_the_same_content_are_the_same_document() -> None:
    """Mappings, `Item`, dataclasses, attrs, pydantic; the lists of item loaders too."""
    import dataclasses

    import attrs
    import pydantic
    import scrapy
    from scrapy.loader import ItemLoader

    from dedup.integrations.scrapy.item_document import as_item_document

    content = {"link": "https://news.invalid/1", "body": "A story.", "title": "A title"}
    fields = {"id": "id", "url": "link", "text": "body", "title": "title"}
    kinds = {
        "item": type("Plain", (scrapy.Item,), {name: scrapy.Field() for name in content}),
        "dataclass": dataclasses.make_dataclass("Data", [(name, str) for name in content]),
        "attrs": attrs.make_class("Attrs", list(content)),
        "pydantic": pydantic.create_model("Model", **dict.fromkeys(content, (str, ...))),  # type: ignore[call-overload]
    }
    loader = ItemLoader(item={})
    for name, value in content.items():
        loader.add_value(name, value)
    items = [content, *(kind(**content) for kind in kinds.values()), loader.load_item()]

    assert isinstance(items[-1]["body"], list)
    expected = {"id": content["link"], "url": content["link"], "text": "A story.", "title": "A title"}
    assert [as_item_document(item, fields) for item in items] == [expected] * 6


@pytest.mark.parametrize(
    ("item", "document"),
    [
        (
            {"text": ["one", b"two", None], "title": []},
            {"id": None, "url": None, "text": "one\ntwo", "title": None},
        ),
        ({"text": "a", "id": ["", 7, 8], "url": ("u",)}, {"id": 7, "url": "u", "text": "a", "title": None}),
        ({"text": ["", " "]}, None),
        ({"text": None}, None),
        ({"text": 7}, None),
        ({}, None),
        ("no item", None),
    ],
    ids=repr,
)
def test_a_document_is_made_of_what_an_item_has(item: object, document: object) -> None:
    """Of a list of texts all, of any other list the first value; without text there is nothing to check."""
    from dedup.integrations.scrapy.item_document import as_item_document

    fields = {name: name for name in ("id", "url", "text", "title")}

    assert as_item_document(item, fields) == document
