"""Fit document text into terminal lines: measure its cells, shorten it, isolate right-to-left text.

Sources: UAX #11 (east Asian width), UAX #9 (first strong isolate).
"""

import unicodedata
from itertools import accumulate, takewhile

from dedup.output.sanitize import ELLIPSIS, sanitize_line

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"
_NO_ISOLATES = {ord(_FIRST_STRONG_ISOLATE): None, ord(_POP_ISOLATE): None}


def cells(text: str) -> int:
    """Count the terminal cells of `text`; marks and format characters take none, wide letters two."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def _cells_of(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def shorten(text: str, room: int) -> str:
    """Cut `text` to `room` cells (at least 1); if anything was cut, the last cell is an ellipsis."""
    if cells(text) <= room:
        return text
    used = accumulate(map(_cells_of, text))
    kept = sum(1 for _ in takewhile(lambda reached: reached < room, used))
    return text[:kept].rstrip() + ELLIPSIS


def shown(text: str, room: int) -> str:
    """Prepare document text for a terminal line: sanitized, at most `room` cells, isolated.

    ASCII text is not isolated, so that file names can be copied from the line.
    """
    return isolated(shorten(sanitize_line(text).strip(), max(room, 1)))


def isolated(line: str) -> str:
    """Isolate a line, so that right-to-left text does not reorder the text next to it."""
    return line if line.isascii() else f"{_FIRST_STRONG_ISOLATE}{line}{_POP_ISOLATE}"


def without_isolates(text: str) -> str:
    """Remove the isolates from lines that are not for a terminal, so that `grep` finds the text."""
    return text.translate(_NO_ISOLATES)
