"""Clusters on a server: stories that copy one text, and copies of them that were not stored.

Ids, sources and addresses may be longer than a key of a B-tree, so no index makes copies unique; writers, who
take turns, do.
"""

from typing import Any

from dedup.story_index.postgres.postgres_server import Connection
from dedup.story_index.protocol import COPIES, NAMED, Copy

_COPIES = (
    "SELECT id, source, url, verdict, first_seen, last_seen FROM copies WHERE cluster = %s "
    'ORDER BY first_seen, source COLLATE "C", id COLLATE "C"'
)
_SIZE = """
    SELECT (SELECT count(*) FROM stories WHERE seq = %(cluster)s)
         + (SELECT count(*) FROM stories WHERE cluster = %(cluster)s)
         + (SELECT count(*) FROM copies WHERE cluster = %(cluster)s)
"""
_COPIED = f"""
    SELECT cluster FROM copies WHERE id = %(name)s
    UNION SELECT cluster FROM copies WHERE url <> '' AND url = %(name)s ORDER BY cluster LIMIT {NAMED}
"""  # noqa: S608 - all ours
_ADD = """
    WITH again AS (
        UPDATE copies SET url = %(url)s, verdict = %(verdict)s, first_seen = least(first_seen, %(first)s),
               last_seen = greatest(last_seen, %(last)s)
        WHERE cluster = %(cluster)s AND source = %(source)s AND id = %(id)s RETURNING 1)
    INSERT INTO copies SELECT %(cluster)s, %(source)s, %(id)s, %(url)s, %(verdict)s, %(first)s, %(last)s
    WHERE NOT EXISTS (SELECT FROM again)
"""
_OVER = """
    DELETE FROM copies WHERE ctid IN (
        SELECT ctid FROM copies WHERE cluster = %(cluster)s
        ORDER BY last_seen DESC, source COLLATE "C" DESC, id COLLATE "C" DESC OFFSET %(most)s)
"""


def copies(connection: Connection, cluster: int) -> list[Copy]:
    """Copies of a cluster, in the order they were first offered."""
    return [Copy(*row) for row in connection.execute(_COPIES, (cluster,)).fetchall()]


def size(connection: Connection, cluster: int) -> int:
    """How many stories and copies a cluster has."""
    return _number(connection, _SIZE, cluster=cluster)


def copied(connection: Connection, name: str) -> list[int]:
    """Clusters with a copy of that id or URL."""
    return [cluster for (cluster,) in connection.execute(_COPIED, {"name": name}).fetchall()]


def add_copy(connection: Connection, cluster: int, copy: Copy, *, now: int) -> None:
    """Record a copy, or that it was offered again."""
    values = {
        "cluster": cluster,
        "source": copy.source,
        "id": copy.id,
        "url": copy.url,
        "verdict": copy.verdict,
        "first": now if copy.first_seen is None else min(copy.first_seen, now),
        "last": now if copy.last_seen is None else min(copy.last_seen, now),
        "most": COPIES,
    }
    connection.execute(_ADD, values)
    connection.execute(_OVER, values)


def forget_copy(connection: Connection, cluster: int, *, source: str, identity: str) -> None:
    """Forget a copy, because it is stored now."""
    query = "DELETE FROM copies WHERE cluster = %s AND source = %s AND id = %s"
    connection.execute(query, (cluster, source, identity))


def forget_named(connection: Connection, name: str) -> int:
    """Forget the copies of that id or URL; returns their number."""
    query = "DELETE FROM copies WHERE id = %(name)s OR (url <> '' AND url = %(name)s)"
    return connection.execute(query, {"name": name}).rowcount


def _number(connection: Connection, query: str, **values: Any) -> int:  # noqa: ANN401 - bound to the query
    row = connection.execute(query, values).fetchone()
    return int(row[0]) if row is not None else 0
