"""Maintenance of an index on a PostgreSQL server."""

from collections.abc import Iterator
from typing import Any

from dedup.model.errors import IndexServerError, quoted
from dedup.model.recipe import Recipe
from dedup.story_index.header import recipe_json
from dedup.story_index.maintenance import Facts, Row, Size, fault_of_text, rows_of
from dedup.story_index.postgres.postgres_index import PostgresIndex
from dedup.story_index.postgres.postgres_rekeying import PostgresRekeying
from dedup.story_index.postgres.postgres_server import COLUMNS, Connection
from dedup.story_index.rebuild_steps import INTERRUPTED, UNFINISHED, KeysOf, rebuild_in_steps

AT_ONCE = 200
"""Stories fetched in one batch."""
_COMPACTED = ("stories", "texts", "postings", "copies")
_SIZE = (
    "SELECT (SELECT stories FROM tally), (SELECT count(*) FROM stories WHERE holder IS NOT NULL), "
    "(SELECT sum(pg_total_relation_size(name::regclass))::bigint FROM unnest(%s::text[]) name)"
)
_FACTS = f"{_SIZE}, min(first_seen), max(last_seen) FROM stories"
_TEXTS = "SELECT seq, id, digest, body FROM stories LEFT JOIN texts USING (seq)"
_LOST = (
    "SELECT count(*) FROM postings "
    "WHERE NOT EXISTS (SELECT FROM stories WHERE stories.seq = abs(postings.story))"
)
_ROWS = """
    SELECT id, source, published, url, body, first_seen, last_seen,
           coalesce(cluster, seq), coalesce(cluster_id, id),
           cluster IS NOT NULL OR EXISTS (SELECT FROM stories other WHERE other.cluster = stories.seq)
    FROM stories JOIN texts USING (seq) WHERE holder IS NULL ORDER BY seq
"""
_SET_RECIPE = "UPDATE header SET value = %s WHERE name = 'recipe'"
_OWNED = "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class WHERE oid = ANY(%s::regclass[])"
_UNFINISHED_INDEXES = (
    "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = ANY(%s::regclass[]) AND NOT indisvalid"
)
"""What an interrupted `REINDEX` left behind; names come quoted."""
_UNFINISHED = "SELECT value FROM header WHERE name = %s"


class PostgresMaintenance:
    """Maintenance of an index on a server; see `dedup.story_index.maintenance.Maintenance`."""

    def __init__(self, index: PostgresIndex) -> None:
        self._index = index

    def facts(self) -> Facts:
        """Count the stories and their bytes."""
        with self._index.reading() as view:
            (row,) = view.connection.execute(_FACTS, (list(COLUMNS),)).fetchall()
        return Facts(*row)

    def size(self) -> Size:
        """Read the size alone."""
        with self._index.reading() as view:
            (row,) = view.connection.execute(_SIZE, (list(COLUMNS),)).fetchall()
        return Size(*row)

    def faults(self) -> Iterator[str]:
        """Describe what is wrong: texts that have changed, orphaned keys, a wrong count."""
        with self._index.reading() as view:
            connection = view.connection
            counts = connection.execute("SELECT count(*), (SELECT stories FROM tally) FROM stories")
            ((stories, tally),) = counts.fetchall()
            if stories != tally:
                yield f"{stories} stories are stored, {tally} were counted"
            for seq, identity, digest, body in _streamed(connection, _TEXTS):
                fault = fault_of_text(digest, body)
                if fault:
                    yield f"story {seq} ({quoted(identity)}): {fault}"
            ((lost,),) = connection.execute(_LOST).fetchall()
            if lost:
                yield f"{lost} keys of stories that do not exist"
        if self.is_rebuilding():
            yield INTERRUPTED

    def rows(self) -> Iterator[Row]:
        """Yield every story that is not on hold, in the order they were stored."""
        with self._index.reading() as view:
            yield from rows_of(_streamed(view.connection, _ROWS), view)

    def rebuild(self, recipe: Recipe, keys_of: KeysOf) -> int:
        """Index every story again under another recipe, in steps; returns their number."""
        return rebuild_in_steps(PostgresRekeying(self._index), recipe, keys_of)

    def is_rebuilding(self) -> bool:
        """Whether a rebuild goes on, or was interrupted."""
        with self._index.reading() as view:
            return view.connection.execute(_UNFINISHED, (UNFINISHED,)).fetchone() is not None

    def set_recipe(self, recipe: Recipe) -> int:
        """Return the index another recipe that makes the same keys; returns the number of stories."""
        with self._index.writing() as writing:
            connection = writing.connection
            connection.execute(_SET_RECIPE, (recipe_json(recipe),))
            ((stories,),) = connection.execute("SELECT stories FROM tally").fetchall()
        self._index.adopt(recipe)
        return int(stories)

    def compact(self) -> None:
        """Return the space of removed stories to the system while others go on writing, as far as that goes.

        Indexes are made anew. Of the tables, pages at the end are returned; later stories fill the others.

        Raises:
            IndexServerError: The tables are another user's.
        """
        with self._index.alone() as connection:
            if connection.execute(_OWNED, (list(COLUMNS),)).fetchone() != (True,):
                raise IndexServerError(
                    f"{self._index.place}: only the owner of the tables can return their space"
                )
            connection.execute(f"VACUUM (ANALYZE) tally, {', '.join(_COMPACTED)}")
            for (unfinished,) in connection.execute(_UNFINISHED_INDEXES, (list(_COMPACTED),)).fetchall():
                connection.execute(f"DROP INDEX CONCURRENTLY {unfinished}")
            for table in _COMPACTED:
                connection.execute(f"REINDEX TABLE CONCURRENTLY {table}")


def _streamed(connection: Connection, query: str) -> Iterator[tuple[Any, ...]]:
    """Fetch rows piece by piece; a client would otherwise have them all in memory."""
    with connection.cursor(name="upkeep") as cursor:
        cursor.itersize = AT_ONCE
        yield from cursor.execute(query)
