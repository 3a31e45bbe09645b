"""Steps of a rebuild on a server."""

from collections.abc import Sequence
from itertools import batched

from dedup.model.recipe import Recipe
from dedup.story_index.header import recipe_json
from dedup.story_index.postgres.postgres_index import PostgresIndex
from dedup.story_index.postgres.postgres_server import Connection
from dedup.story_index.protocol import posting_id, unpack
from dedup.story_index.rebuild_steps import AT_ONCE, UNFINISHED, KeysOf, Rekeyed

_NOTE = "INSERT INTO header VALUES(%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_AFTER = "SELECT seq, body FROM texts WHERE seq > %s ORDER BY seq LIMIT %s"
_POST = """
    INSERT INTO postings SELECT key, %(posting)s FROM unnest(%(keys)s::integer[]) AS own(key)
    WHERE EXISTS (SELECT FROM texts WHERE seq = %(seq)s)
      AND (SELECT count(*) FROM postings there WHERE there.key = own.key) < %(cap)s
    ON CONFLICT DO NOTHING
"""
_UNITE = """
    WITH story AS (UPDATE stories SET keys = least(keys, %(size)s) WHERE seq = %(seq)s)
    UPDATE texts SET keys = (
        SELECT array_agg(DISTINCT key) FROM unnest(keys || %(keys)s::integer[]) AS every(key))
    WHERE seq = %(seq)s
"""
"""The number of keys is the lower of both: estimates may be too high for now, which only costs time."""
_DROP = """
    WITH earlier AS (SELECT unnest(keys) AS key FROM texts WHERE seq = %(seq)s),
    text AS (UPDATE texts SET keys = %(keys)s::integer[] WHERE seq = %(seq)s),
    story AS (UPDATE stories SET keys = %(size)s WHERE seq = %(seq)s)
    DELETE FROM postings USING earlier
    WHERE postings.key = earlier.key AND postings.story IN (%(seq)s, -%(seq)s)
      AND (postings.key <> ALL(%(keys)s::integer[]) OR postings.story <> %(posting)s)
"""
_OVER = "SELECT key FROM postings GROUP BY key HAVING count(*) > %s"
_TRIM = """
    DELETE FROM postings WHERE key = %(key)s AND story IN
    (SELECT story FROM postings WHERE key = %(key)s ORDER BY abs(story) OFFSET %(cap)s)
"""


class PostgresRekeying:
    """Steps on a server; see `dedup.story_index.rebuild_steps.Rekeying`."""

    def __init__(self, index: PostgresIndex) -> None:
        self._index = index

    def begin(self, recipe: Recipe) -> None:
        """Note in the header that a rebuild goes on."""
        with self._index.writing() as writing:
            writing.connection.execute(_NOTE, (UNFINISHED, recipe_json(recipe)))

    def texts_after(self, number: int, most: int) -> list[tuple[int, bytes]]:
        """Numbers and bodies of the stories that follow a number, in order."""
        with self._index.reading() as view:
            rows = view.connection.execute(_AFTER, (number, most)).fetchall()
        return [(seq, body) for seq, body in rows]

    def add_keys(self, stories: Sequence[Rekeyed], *, cap: int) -> None:
        """Index stories by more keys."""
        with self._index.writing() as writing:
            for story in stories:
                _add(writing.connection, _values(story, cap))

    def switch(self, recipe: Recipe, keys_of: KeysOf, *, after: int) -> int:
        """Add the keys of the stories after a number, then set the recipe; returns the last number."""
        with self._index.writing() as writing:
            connection = writing.connection
            for seq, body in connection.execute(_AFTER, (after, None)).fetchall():
                story = Rekeyed(seq, body, keys_of(unpack(body).text))
                _add(connection, _values(story, recipe.bucket_cap))
            connection.execute(_NOTE, ("recipe", recipe_json(recipe)))
            ((last,),) = connection.execute("SELECT coalesce(max(seq), 0) FROM texts").fetchall()
        self._index.adopt(recipe)
        return int(last)

    def set_keys(self, stories: Sequence[Rekeyed], *, cap: int) -> None:
        """Index stories by these keys alone."""
        with self._index.writing() as writing:
            for story in stories:
                _set(writing.connection, _values(story, cap))

    def trim(self, cap: int) -> None:
        """Take the latest stories out of buckets that have more than the cap."""
        with self._index.reading() as view:
            over = view.connection.execute(_OVER, (cap,)).fetchall()
        for some in batched(over, AT_ONCE):
            with self._index.writing() as writing:
                for (key,) in some:
                    writing.connection.execute(_TRIM, {"key": key, "cap": cap})

    def end(self) -> int:
        """Remove the note; returns the number of stories."""
        with self._index.writing() as writing:
            writing.connection.execute("DELETE FROM header WHERE name = %s", (UNFINISHED,))
            ((stories,),) = writing.connection.execute("SELECT stories FROM tally").fetchall()
        return int(stories)


def _add(connection: Connection, values: dict[str, object]) -> None:
    connection.execute(_UNITE, values)
    connection.execute(_POST, values)


def _set(connection: Connection, values: dict[str, object]) -> None:
    connection.execute(_DROP, values)
    connection.execute(_POST, values)


def _values(story: Rekeyed, cap: int) -> dict[str, object]:
    size = len(story.keys)
    posting = posting_id(story.number, size)
    return {"seq": story.number, "keys": list(story.keys), "size": size, "posting": posting, "cap": cap}
