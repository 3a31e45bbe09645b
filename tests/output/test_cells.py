"""cells: text on a terminal line."""

import pytest

from dedup.output.cells import cells, shorten, shown


@pytest.mark.parametrize(
    ("text", "count"),
    [("abc", 3), ("خبر\u200cها", 5), ("مُهر", 3), ("新聞", 4), ("", 0), ("\u2068a\u2069", 1)],
)
def test_cells_are_counted_as_a_terminal_draws_them(text: str, count: int) -> None:
    """Marks, half-spaces and isolates take no cell, wide letters two."""
    assert cells(text) == count


@pytest.mark.parametrize(
    ("text", "room", "cut"),
    [
        ("abcd", 4, "abcd"),
        ("abcde", 4, "abc\u2026"),
        ("ab cde", 4, "ab\u2026"),
        ("新聞社", 6, "新聞社"),
        ("新聞社", 5, "新聞\u2026"),
        ("新聞社", 4, "新\u2026"),
        ("abc", 1, "\u2026"),
    ],
)
def test_a_text_is_cut_to_its_room(text: str, room: int, cut: str) -> None:
    """The ellipsis takes the last cell, a wide letter is never halved, no blank comes before it."""
    assert shorten(text, room) == cut


def test_only_what_can_turn_a_line_is_isolated() -> None:
    """Persian is put between isolates, ASCII is left as it is."""
    assert shown("خبر", 10) == "\u2068خبر\u2069"
    assert shown(" a-1.txt\n", 10) == "a-1.txt"


def test_a_document_cannot_leave_its_isolate() -> None:
    """The closing mark of an isolate is taken from the text."""
    assert shown("خ\u2069\u202eبر", 10) == "\u2068خبر\u2069"


def test_no_room_is_room_for_an_ellipsis() -> None:
    """A room below one cell counts as one."""
    assert shown("abc", -3) == "\u2068\u2026\u2069"
