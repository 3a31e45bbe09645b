"""What differs between an index file and others when it is looked after between the runs."""

import sqlite3
from array import array
from collections.abc import Callable, Iterator
from itertools import repeat

from dedup.model.errors import quoted
from dedup.model.recipe import Recipe
from dedup.story_index.header import written
from dedup.story_index.maintenance import Facts, Row, fault_of_text
from dedup.story_index.protocol import posted, unpack
from dedup.story_index.sqlite.sqlite_index import SqliteIndex


class SqliteUpkeep:
    """An index file between the runs; see `dedup.story_index.maintenance.Upkeep`."""

    def __init__(self, index: SqliteIndex) -> None:
        self._index = index

    def facts(self) -> Facts:
        """Count what the index holds."""
        with self._index.reading() as view:
            connection = view.connection
            (stories,) = connection.execute("SELECT stories FROM tally").fetchone()
            (held,) = connection.execute("SELECT count(*) FROM stories WHERE holder IS NOT NULL").fetchone()
            (last,) = connection.execute("SELECT max(last_seen) FROM stories").fetchone()
            (first,) = connection.execute("SELECT min(first_seen) FROM stories").fetchone()
        return Facts(stories, held, self._index.path.stat().st_size, first, last)

    def faults(self) -> Iterator[str]:
        """Name what is wrong: damaged pages, texts that are not what they were, lost keys."""
        with self._index.reading() as view:
            connection = view.connection
            for (said,) in connection.execute("PRAGMA integrity_check"):
                if said != "ok":
                    yield said
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
                "SELECT count(*) FROM postings WHERE abs(story) NOT IN (SELECT seq FROM stories)"
            ).fetchone()
            if lost:
                yield f"{lost} keys lead to stories that are not there"

    def rows(self) -> Iterator[Row]:
        """Yield every story that is stored for good, the first stored first."""
        query = (
            "SELECT id, source, published, body, first_seen, last_seen "
            "FROM stories JOIN texts USING (seq) WHERE holder IS NULL ORDER BY seq"
        )
        with self._index.reading() as view:
            for identity, source, published, body, first, last in view.connection.execute(query):
                yield Row(identity, source, published, unpack(body), first, last)

    def rebuild(self, recipe: Recipe, keys_of: Callable[[str], tuple[int, ...]]) -> int:
        """Put every story under the keys of another recipe; how many there are."""
        with self._index.writing() as writing:
            connection = writing.connection
            connection.execute("DELETE FROM postings")
            numbers = [seq for (seq,) in connection.execute("SELECT seq FROM texts ORDER BY seq")]
            for seq in numbers:
                (body,) = connection.execute("SELECT body FROM texts WHERE seq = ?", (seq,)).fetchone()
                _put_under(connection, seq, keys_of(unpack(body)), cap=recipe.bucket_cap)
            connection.execute("UPDATE header SET value = ? WHERE name = 'recipe'", (written(recipe),))
        return len(numbers)

    def compact(self) -> None:
        """Give the room of removed stories back to the system; nobody else can write meanwhile."""
        with self._index.alone() as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _put_under(connection: sqlite3.Connection, seq: int, keys: tuple[int, ...], *, cap: int) -> None:
    written = array("i", keys).tobytes()
    connection.execute("UPDATE texts SET keys = ? WHERE seq = ?", (written, seq))
    connection.execute("UPDATE stories SET keys = ? WHERE seq = ?", (len(keys), seq))
    connection.executemany(
        "INSERT INTO postings SELECT ?1, ?2 WHERE (SELECT count(*) FROM postings WHERE key = ?1) < ?3",
        zip(keys, repeat(posted(seq, len(keys))), repeat(cap), strict=False),
    )
