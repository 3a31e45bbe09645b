"""Checks of the rows read from a file: a row that differs from what was written proves damage.

SQLite itself does not notice a page that has been replaced by another valid page.
"""

import sqlite3
from array import array
from collections.abc import Sequence

from dedup.story_index.protocol import StoryText, unpack

STORY = (int, str, str, str, str, bytes, int, int, int, int, int, int, str)
"""Types of the columns of a story, as `Stored` has them."""


def damaged(what: str) -> sqlite3.DatabaseError:
    """The error for a row that is not what was written."""
    return sqlite3.DatabaseError(f"the file is damaged: {what}; see `dedup index check`")


def checked(row: Sequence[object] | None, types: Sequence[type], what: str) -> None:
    """Refuse a row that is missing, or has a value of another type."""
    if row is None or tuple(map(type, row)) != types:
        raise damaged(what)


def unpacked_keys(keys: bytes) -> "array[int]":
    """The keys of a story."""
    try:
        return array("i", keys)
    except (TypeError, ValueError) as error:
        raise damaged("the keys of a story cannot be read") from error


def unpacked_text(body: bytes) -> StoryText:
    """The title and the text of a story; zlib.error if they are damaged."""
    try:
        return unpack(body)
    except ValueError as error:
        raise damaged("the text of a story cannot be read") from error
