"""Maintenance of an index in a SQLite file."""

from collections.abc import Iterator
from itertools import batched

from dedup.model.errors import quoted
from dedup.model.recipe import Recipe
from dedup.story_index.header import recipe_json
from dedup.story_index.maintenance import Facts, Row, Size, fault_of_text, rows_of
from dedup.story_index.rebuild_steps import INTERRUPTED, UNFINISHED, KeysOf, rebuild_in_steps
from dedup.story_index.sqlite import key_filter
from dedup.story_index.sqlite.sqlite_index import SqliteIndex
from dedup.story_index.sqlite.sqlite_rekeying import SqliteRekeying

_ROWS = """
    SELECT id, source, published, url, body, first_seen, last_seen,
           coalesce(cluster, seq), coalesce(cluster_id, id),
           cluster IS NOT NULL OR EXISTS (SELECT 1 FROM stories other WHERE other.cluster = stories.seq)
    FROM stories JOIN texts USING (seq) WHERE holder IS NULL ORDER BY seq
"""
PAGES_AT_ONCE = 512
"""Free pages that one transaction returns: a megabyte."""
PARTS_AT_ONCE = 16
"""Parts of the filter of keys that one transaction makes anew."""
_SET_RECIPE = "UPDATE header SET value = ? WHERE name = 'recipe'"
_UNFINISHED = "SELECT value FROM header WHERE name = ?"
_HELD = "SELECT count(*) FROM stories WHERE holder IS NOT NULL"


class SqliteMaintenance:
    """Maintenance of an index file; see `dedup.story_index.maintenance.Maintenance`."""

    def __init__(self, index: SqliteIndex) -> None:
        self._index = index

    def facts(self) -> Facts:
        """Count the stories and their bytes."""
        size = self.size()
        with self._index.reading() as view:
            connection = view.connection
            (last,) = connection.execute("SELECT max(last_seen) FROM stories").fetchone()
            (first,) = connection.execute("SELECT min(first_seen) FROM stories").fetchone()
        return Facts(size.stories, size.held, size.bytes, first, last)

    def size(self) -> Size:
        """Read the size alone."""
        with self._index.reading() as view:
            (stories,) = view.connection.execute("SELECT stories FROM tally").fetchone()
            (held,) = view.connection.execute(_HELD).fetchone()
        return Size(stories, held, self._index.path.stat().st_size)

    def faults(self) -> Iterator[str]:
        """Describe what is wrong: damaged pages, texts that have changed, orphaned keys."""
        with self._index.reading() as view:
            connection = view.connection
            for (message,) in connection.execute("PRAGMA integrity_check"):
                if message != "ok":
                    yield message
            (stories,) = connection.execute("SELECT count(*) FROM stories").fetchone()
            (tally,) = connection.execute("SELECT stories FROM tally").fetchone()
            if stories != tally:
                yield f"{stories} stories are stored, {tally} were counted"
            query = "SELECT seq, id, digest, body FROM stories LEFT JOIN texts USING (seq)"
            for seq, identity, digest, body in connection.execute(query):
                fault = fault_of_text(digest, body)
                if fault:
                    yield f"story {seq} ({quoted(identity)}): {fault}"
            (lost,) = connection.execute(
                "SELECT (SELECT count(*) FROM postings WHERE abs(story) NOT IN (SELECT seq FROM stories)) + "
                "(SELECT count(*) FROM recent WHERE seq NOT IN (SELECT seq FROM stories))"
            ).fetchone()
            if lost:
                yield f"{lost} keys of stories that do not exist"
            if fault := key_filter.fault_of(connection, stories=stories):
                yield fault
        if self.is_rebuilding():
            yield INTERRUPTED

    def rows(self) -> Iterator[Row]:
        """Yield every story that is not on hold, in the order they were stored."""
        with self._index.reading() as view:
            yield from rows_of(view.connection.execute(_ROWS), view)

    def rebuild(self, recipe: Recipe, keys_of: KeysOf) -> int:
        """Index every story again under another recipe, in steps; returns their number."""
        stories = rebuild_in_steps(SqliteRekeying(self._index), recipe, keys_of)
        self._make_filter_anew()
        return stories

    def is_rebuilding(self) -> bool:
        """Whether a rebuild goes on, or was interrupted."""
        with self._index.reading() as view:
            return view.connection.execute(_UNFINISHED, (UNFINISHED,)).fetchone() is not None

    def set_recipe(self, recipe: Recipe) -> int:
        """Return the index another recipe that makes the same keys; returns the number of stories."""
        with self._index.writing() as writing:
            writing.connection.execute(_SET_RECIPE, (recipe_json(recipe),))
            stories = writing.count()
        self._index.adopt(recipe)
        return stories

    def compact(self) -> None:
        """Return the space of removed stories to the system, in steps between which others can write."""
        self._make_filter_anew()
        while True:
            with self._index.writing() as writing:
                writing.connection.execute(f"PRAGMA incremental_vacuum({PAGES_AT_ONCE})").fetchall()
                (left,) = writing.connection.execute("PRAGMA freelist_count").fetchone()
            if not left:
                break
        with self._index.alone() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _make_filter_anew(self) -> None:
        """Let the filter of keys forget those of removed stories."""
        for parts in batched(range(key_filter.PARTS), PARTS_AT_ONCE):
            with self._index.writing() as writing:
                for part in parts:
                    key_filter.make_anew(writing.connection, part, stories=writing.count())
