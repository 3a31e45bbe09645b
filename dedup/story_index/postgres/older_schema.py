"""Stories of an index on a server of an older format, to be imported into a new index."""

import zlib
from collections.abc import Iterator
from contextlib import closing

from dedup.story_index.maintenance import Row
from dedup.story_index.postgres import postgres_server
from dedup.story_index.postgres.postgres_server import translated
from dedup.story_index.postgres.server_address import read_address

_FORMAT = "SELECT value FROM header WHERE name = 'format'"
_ROWS = (
    "SELECT id, source, published, body, first_seen, last_seen "
    "FROM stories JOIN texts USING (seq) WHERE holder IS NULL ORDER BY seq"
)
FOLDED = "1"
"""The format that kept no titles, and only folded texts."""
TIMEOUT_S = 30.0
AT_ONCE = 200
"""Stories fetched in one batch."""


def older_rows(address: str) -> Iterator[Row] | None:
    """Stories of a schema of an older format; None if it has another format."""
    place = read_address(address)
    connection = postgres_server.connect(place, timeout=TIMEOUT_S, synchronous="NORMAL")
    with translated(place), closing(connection):
        has_header = connection.execute("SELECT to_regclass('header') IS NOT NULL").fetchone() == (True,)
        is_older = has_header and connection.execute(_FORMAT).fetchone() == (FOLDED,)
    return _rows(address) if is_older else None


def _rows(address: str) -> Iterator[Row]:
    place = read_address(address)
    connection = postgres_server.connect(place, timeout=TIMEOUT_S, synchronous="NORMAL")
    with (
        translated(place),
        closing(connection),
        connection.transaction(),
        connection.cursor(name="older") as cursor,
    ):
        cursor.itersize = AT_ONCE
        for identity, source, published, body, first, last in cursor.execute(_ROWS):
            yield Row(identity, source, published, "", "", zlib.decompress(body).decode(), first, last)
