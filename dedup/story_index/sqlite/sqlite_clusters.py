"""Clusters in a SQLite file: stories that copy one text, and copies of them that were not stored.

A story that begins a cluster has NULL as its cluster: most stay alone, and cost nothing.
"""

import sqlite3

from dedup.story_index.protocol import COPIES, NAMED, Copy

_COPIES = (
    "SELECT id, source, url, verdict, first_seen, last_seen FROM copies WHERE cluster = ? "
    "ORDER BY first_seen, source, id"
)
_STORIES = "(SELECT count(*) FROM stories WHERE seq = ?1) + (SELECT count(*) FROM stories WHERE cluster = ?1)"
_SIZE = f"SELECT {_STORIES} + (SELECT count(*) FROM copies WHERE cluster = ?1)"  # noqa: S608 - all ours
_COPIED = (
    "SELECT cluster FROM copies WHERE id = ?1 UNION "  # noqa: S608
    f"SELECT cluster FROM copies WHERE url <> '' AND url = ?1 ORDER BY cluster LIMIT {NAMED}"
)
_ADD = (
    "INSERT INTO copies(cluster, source, id, url, verdict, first_seen, last_seen) "
    "VALUES(?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO UPDATE SET url = excluded.url, verdict = excluded.verdict, "
    "first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)"
)
_COUNT = "SELECT count(*) FROM copies WHERE cluster = ?"
_OLDEST = (
    "DELETE FROM copies WHERE (cluster, source, id) IN "
    "(SELECT cluster, source, id FROM copies WHERE cluster = ?1 ORDER BY last_seen, source, id LIMIT ?2)"
)
_NAMED = "DELETE FROM copies WHERE id = ?1 OR (url <> '' AND url = ?1)"


def copies(connection: sqlite3.Connection, cluster: int) -> list[Copy]:
    """Copies of a cluster, in the order they were first offered."""
    return [Copy(*row) for row in connection.execute(_COPIES, (cluster,))]


def size(connection: sqlite3.Connection, cluster: int) -> int:
    """How many stories and copies a cluster has."""
    number: int = connection.execute(_SIZE, (cluster,)).fetchone()[0]
    return number


def copied(connection: sqlite3.Connection, name: str) -> list[int]:
    """Clusters with a copy of that id or URL."""
    return [cluster for (cluster,) in connection.execute(_COPIED, (name,))]


def add_copy(connection: sqlite3.Connection, cluster: int, copy: Copy, *, now: int) -> None:
    """Record a copy, or that it was offered again."""
    first = now if copy.first_seen is None else min(copy.first_seen, now)
    last = now if copy.last_seen is None else min(copy.last_seen, now)
    connection.execute(_ADD, (cluster, copy.source, copy.id, copy.url, copy.verdict, first, last))
    over = connection.execute(_COUNT, (cluster,)).fetchone()[0] - COPIES
    if over > 0:
        connection.execute(_OLDEST, (cluster, over))


def forget_copy(connection: sqlite3.Connection, cluster: int, *, source: str, identity: str) -> None:
    """Forget a copy, because it is stored now."""
    query = "DELETE FROM copies WHERE cluster = ? AND source = ? AND id = ?"
    connection.execute(query, (cluster, source, identity))


def forget_named(connection: sqlite3.Connection, name: str) -> int:
    """Forget the copies of that id or URL; returns their number."""
    return connection.execute(_NAMED, (name,)).rowcount


def forget_empty(connection: sqlite3.Connection, cluster: int) -> None:
    """Forget the copies of a cluster that has no stored story."""
    if connection.execute(f"SELECT {_STORIES}", (cluster,)).fetchone() == (0,):
        connection.execute("DELETE FROM copies WHERE cluster = ?", (cluster,))
