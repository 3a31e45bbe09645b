"""Steps of a rebuild in a SQLite file."""

import math
import sqlite3
from array import array
from collections.abc import Sequence
from itertools import batched, repeat

from dedup.model.recipe import Recipe
from dedup.story_index.header import recipe_json
from dedup.story_index.protocol import posting_id
from dedup.story_index.rebuild_steps import AT_ONCE, UNFINISHED, KeysOf, Rekeyed
from dedup.story_index.sqlite.key_filter import note_keys
from dedup.story_index.sqlite.recent_postings import settle
from dedup.story_index.sqlite.sqlite_index import SqliteIndex
from dedup.story_index.sqlite.stored_rows import unpacked_keys, unpacked_text

_NOTE = "INSERT OR REPLACE INTO header VALUES(?, ?)"
_AFTER = "SELECT seq, body FROM texts WHERE seq > ? ORDER BY seq LIMIT ?"
_KEYS = "SELECT keys, body FROM texts WHERE seq = ?"
_SET_KEYS = "UPDATE texts SET keys = ? WHERE seq = ?"
_FEWEST = "UPDATE stories SET keys = min(keys, ?) WHERE seq = ?"
_SIZE = "UPDATE stories SET keys = ? WHERE seq = ?"
_POST = (
    "INSERT OR IGNORE INTO postings SELECT ?1, ?2 WHERE (SELECT count(*) FROM postings WHERE key = ?1) < ?3"
)
_DROP = "DELETE FROM postings WHERE key = ? AND story = ?"
_OVER = "SELECT key FROM postings GROUP BY key HAVING count(*) > ?"
_TRIM = (
    "DELETE FROM postings WHERE key = ?1 AND story IN "
    "(SELECT story FROM postings WHERE key = ?1 ORDER BY abs(story) LIMIT -1 OFFSET ?2)"
)


class SqliteRekeying:
    """Steps on an index file; see `dedup.story_index.rebuild_steps.Rekeying`."""

    def __init__(self, index: SqliteIndex) -> None:
        self._index = index

    def begin(self, recipe: Recipe) -> None:
        """Note in the header that a rebuild goes on."""
        with self._index.writing() as writing:
            writing.connection.execute(_NOTE, (UNFINISHED, recipe_json(recipe)))

    def texts_after(self, number: int, most: int) -> list[tuple[int, bytes]]:
        """Numbers and bodies of the stories that follow a number, in order."""
        with self._index.reading() as view:
            return view.connection.execute(_AFTER, (number, most)).fetchall()

    def add_keys(self, stories: Sequence[Rekeyed], *, cap: int) -> None:
        """Index stories by more keys."""
        with self._index.writing() as writing:
            for story in stories:
                _add(writing.connection, story, cap=cap, stories=writing.count())

    def switch(self, recipe: Recipe, keys_of: KeysOf, *, after: int) -> int:
        """Add the keys of the stories after a number, then set the recipe; returns the last number."""
        with self._index.writing() as writing:
            connection = writing.connection
            for seq, body in connection.execute(_AFTER, (after, -1)).fetchall():
                story = Rekeyed(seq, body, keys_of(unpacked_text(body).text))
                _add(connection, story, cap=recipe.bucket_cap, stories=writing.count())
            connection.execute(_NOTE, ("recipe", recipe_json(recipe)))
            (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM texts").fetchone()
        self._index.adopt(recipe)
        return int(last)

    def set_keys(self, stories: Sequence[Rekeyed], *, cap: int) -> None:
        """Index stories by these keys alone."""
        with self._index.writing() as writing:
            for story in stories:
                _set(writing.connection, story, cap=cap, stories=writing.count())

    def trim(self, cap: int) -> None:
        """Take the latest stories out of buckets that have more than the cap."""
        with self._index.reading() as view:
            over = view.connection.execute(_OVER, (cap,)).fetchall()
        for some in batched(over, AT_ONCE):
            with self._index.writing() as writing:
                writing.connection.executemany(_TRIM, [(key, cap) for (key,) in some])

    def end(self) -> int:
        """Remove the note; returns the number of stories."""
        with self._index.writing() as writing:
            writing.connection.execute("DELETE FROM header WHERE name = ?", (UNFINISHED,))
            return writing.count()


def _add(connection: sqlite3.Connection, story: Rekeyed, *, cap: int, stories: int) -> None:
    if (earlier := _keys_of(connection, story)) is None:
        return
    both = array("i", sorted({*earlier, *story.keys}))
    settle(connection, story.number, stories=stories)
    connection.execute(_SET_KEYS, (both.tobytes(), story.number))
    connection.execute(_FEWEST, (len(story.keys), story.number))  # estimates may be too high for now
    _post(connection, story, cap=cap, stories=stories)


def _set(connection: sqlite3.Connection, story: Rekeyed, *, cap: int, stories: int) -> None:
    if (earlier := _keys_of(connection, story)) is None:
        return
    settle(connection, story.number, stories=stories)
    own = {(key, posting_id(story.number, len(story.keys))) for key in story.keys}
    there = [(key, story.number * sign) for key in earlier for sign in (1, -1)]
    connection.executemany(_DROP, [each for each in there if each not in own])
    connection.execute(_SET_KEYS, (array("i", story.keys).tobytes(), story.number))
    connection.execute(_SIZE, (len(story.keys), story.number))
    _post(connection, story, cap=cap, stories=stories)


def _keys_of(connection: sqlite3.Connection, story: Rekeyed) -> array[int] | None:
    """The stored keys of a story; None if it is gone."""
    row = connection.execute(_KEYS, (story.number,)).fetchone()
    return unpacked_keys(row[0]) if row is not None and row[1] == story.body else None


def _post(connection: sqlite3.Connection, story: Rekeyed, *, cap: int, stories: int) -> None:
    posting = posting_id(story.number, len(story.keys))
    connection.executemany(_POST, zip(story.keys, repeat(posting), repeat(cap), strict=False))
    note_keys(connection, story.keys, stories=stories, keys_a_story=math.inf)
