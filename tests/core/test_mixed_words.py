"""The quick test of whether words mix scripts."""

import pytest

from dedup.core.mixed_words import may_mix
from dedup.core.text_column import utf16_units


@pytest.mark.parametrize(
    ("text", "mixes"),
    [
        ("ab\u052f", True),
        ("\u052fab", True),
        ("ab\u0530", False),
        ("ab\u03b1", True),
        ("ab\u03b0", False),
        ("a0b", True),
        ("a0", False),
        ("ab \u052f", False),
    ],
)
def test_a_letter_of_greek_or_cyrillic_next_to_a_latin_one_may_mix(text: str, *, mixes: bool) -> None:
    """From U+03B1 to U+052F; so may a zero between two Latin letters."""
    assert may_mix(utf16_units(text)) is mixes
