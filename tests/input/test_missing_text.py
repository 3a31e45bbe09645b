"""The message for an input without a field for the text."""

import pytest

from dedup.input.fields import Fields
from dedup.input.missing_text import missing_text


@pytest.mark.parametrize(("count", "more"), [(12, ""), (13, " and 1 more"), (20, " and 8 more")])
def test_twelve_fields_are_listed(count: int, more: str) -> None:
    """The others are counted."""
    listed = ", ".join(f"`c{number}`" for number in range(min(count, 12)))

    message = missing_text([f"c{number}" for number in range(count)], Fields())

    assert message.startswith(f"no column is called `text` ({listed}{more}); ")
