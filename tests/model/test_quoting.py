"""Names and messages on one line."""

import pytest

from dedup.model.quoting import printable, printable_line


@pytest.mark.parametrize("char", ["\u061c", "\x1b", "\u2028", "\u202a", "\u202e", "\u206a", "\u206f"])
def test_signs_that_reorder_or_break_a_line_are_escaped(char: str) -> None:
    """In a name and in a whole line."""
    assert char not in printable(char)
    assert char not in printable_line(char)


def test_isolates_are_escaped_in_a_name_alone() -> None:
    """A line has them around names."""
    isolates = "\u2066\u2067\u2068\u2069"

    assert printable(isolates) == r"\u2066\u2067\u2068\u2069"
    assert printable_line(isolates) == isolates
