"""sanitize_line: document text cannot act on the terminal or the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.output.sanitize import sanitize_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("خبر\u200cها", "خبر\u200cها"),
        ("\U0001f468\u200d\U0001f469 \u200fالف\u200e", "\U0001f468\u200d\U0001f469 \u200fالف\u200e"),
        ("a\x1b[31mb\x9b2Jc", "a[31mb2Jc"),
        ("a\x00b\x08c\x7fd", "abcd"),
        ("one\r\n\ttwo\u2028three\x85four", "one two three four"),
        ("\u202eabc\u202c \u2066d\u2069", "abc d"),
        ("a\u200bb\u2060c\ufeffd\U000e0041e", "abcde"),
        ("a\ud800b\udfffc\uffff", "a\ufffdb\ufffdc\ufffd"),
        ("two  blanks ", "two  blanks "),
        ("", ""),
    ],
)
def test_what_acts_is_taken_and_what_spells_stays(text: str, line: str) -> None:
    """Controls go, breaks become one blank, half a pair is replaced, spelling and its blanks stay."""
    assert sanitize_line(text) == line


def test_a_long_text_ends_in_an_ellipsis() -> None:
    """The limit counts the ellipsis."""
    assert sanitize_line("abcdef", limit=6) == "abcdef"
    assert sanitize_line("abcdefg", limit=6) == "abcde\u2026"
    assert sanitize_line("a" * 300) == "a" * 300
    assert sanitize_line("a" * 301) == "a" * 299 + "\u2026"


def test_a_text_between_controls_is_shown_whole() -> None:
    """Five letters behind five controls fit into five."""
    assert sanitize_line("\x00" * 5 + "abcde", limit=5) == "abcde"


def test_a_text_hidden_behind_controls_is_marked_as_cut() -> None:
    """What was not looked at is never passed off as absent."""
    assert sanitize_line("\x00" * 50 + "hidden", limit=5) == "\u2026"


@given(st.text(st.characters()), st.integers(1, 40))
def test_sanitized_text_is_short_encodable_and_stable(text: str, limit: int) -> None:
    """Whatever came, the result fits, encodes, is one line and does not change when sanitized again."""
    line = sanitize_line(text, limit=limit)

    assert len(line) <= limit
    assert line.encode("utf-8").decode("utf-8") == line
    assert len(line.splitlines()) <= 1
    assert sanitize_line(line, limit=limit) == line
