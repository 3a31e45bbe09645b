"""Stories of an index file of an older format, to be imported into a new index."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from dedup.story_index.maintenance import Row
from dedup.story_index.sqlite.file_format import APPLICATION
from dedup.story_index.sqlite.sqlite_file import translated

FOLDED = 1
"""The format that kept no titles, and only folded texts."""
_ROWS = (
    "SELECT id, source, published, body, first_seen, last_seen "
    "FROM stories JOIN texts USING (seq) WHERE holder IS NULL ORDER BY seq"
)
_MAGIC = b"SQLite format 3\x00"


def is_index_file(path: Path) -> bool:
    """Whether it is a database of SQLite, which exports are not."""
    if not path.is_file():
        return False
    with translated(path), path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def older_rows(path: Path) -> Iterator[Row] | None:
    """Stories of a file of an older format; None if it has another format, or is no index."""
    with translated(path), closing(_connected(path)) as connection:
        application, version = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
    return _rows(path) if (application, version) == (APPLICATION, FOLDED) else None


def _rows(path: Path) -> Iterator[Row]:
    with translated(path), closing(_connected(path)) as connection:
        for identity, source, published, body, first, last in connection.execute(_ROWS):
            text = zlib.decompress(body).decode()
            yield Row(identity, source, published, "", "", text, first, last)


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)
