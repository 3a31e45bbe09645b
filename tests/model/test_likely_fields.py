"""Which fields of a record are guessed to be its text."""

import pytest

from dedup.model.likely_fields import dotted, likely_fields

PARTS = ("text", "title", "published", "source", "url", "id")


def test_names_are_looked_for_three_objects_deep() -> None:
    """An object inside three others is a value, not a place for names."""
    record = {"a": {"b": {"body": "x", "c": {"text": "y"}}}}

    assert dict(dotted(record)) == {"a.b.body": "x", "a.b.c": {"text": "y"}}


@pytest.mark.parametrize(("letters", "fields"), [(99, {}), (100, {"text": "f17"})])
def test_a_hundred_letters_are_a_text_under_any_name(letters: int, fields: dict[str, str]) -> None:
    """A shorter string in a field with an unknown name may be anything."""
    values = {"f17": "x" * letters, "f18": "y"}

    assert likely_fields(["f17", "f18"], {part: [part] for part in PARTS}, values) == fields
