"""The format of an index file: its tables, and how files of earlier formats are used.

Format 2 had no table of recent postings, formats 2 and 3 no filter of keys. Files of them are upgraded when
they are opened to be written, in one transaction, and read as they are when they are only read.
"""

import sqlite3
from pathlib import Path

from dedup.model.errors import IndexFileError
from dedup.story_index.header import check_version
from dedup.story_index.sqlite import key_filter
from dedup.story_index.sqlite.stored_rows import damaged

FORMAT = 4
"""Increases when the tables, their contents, the fold table or the hashes of keys change."""
APPLICATION = 0x64647570
"""`ddup`, the application id in the header of every index file."""

SCHEMA = {
    "header": "CREATE TABLE header(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "tally": "CREATE TABLE tally(stories INTEGER NOT NULL, writes INTEGER NOT NULL, last INTEGER NOT NULL, "
    "moved INTEGER NOT NULL, moving INTEGER NOT NULL, share INTEGER NOT NULL)",
    "stories": "CREATE TABLE stories(seq INTEGER PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL, "
    "published TEXT NOT NULL, url TEXT NOT NULL, digest BLOB NOT NULL, letters INTEGER NOT NULL, "
    "keys INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, "
    "secret INTEGER NOT NULL, cluster INTEGER, cluster_id TEXT, holder INTEGER, held_until INTEGER, "
    "replaces INTEGER)",
    "stories_by_id": "CREATE INDEX stories_by_id ON stories(id)",
    "stories_by_url": "CREATE INDEX stories_by_url ON stories(url) WHERE url <> ''",
    "stories_by_digest": "CREATE INDEX stories_by_digest ON stories(digest)",
    "stories_by_last_seen": "CREATE INDEX stories_by_last_seen ON stories(last_seen)",
    "stories_by_cluster": "CREATE INDEX stories_by_cluster ON stories(cluster) WHERE cluster IS NOT NULL",
    "stories_held": "CREATE INDEX stories_held ON stories(holder) WHERE holder IS NOT NULL",
    "texts": "CREATE TABLE texts(seq INTEGER PRIMARY KEY, keys BLOB NOT NULL, body BLOB NOT NULL)",
    "copies": "CREATE TABLE copies(cluster INTEGER, source TEXT, id TEXT, url TEXT NOT NULL, "
    "verdict TEXT NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, "
    "PRIMARY KEY(cluster, source, id)) WITHOUT ROWID",
    "copies_by_id": "CREATE INDEX copies_by_id ON copies(id)",
    "copies_by_url": "CREATE INDEX copies_by_url ON copies(url) WHERE url <> ''",
    "postings": "CREATE TABLE postings(key INTEGER, story INTEGER, PRIMARY KEY(key, story)) WITHOUT ROWID",
    "recent": "CREATE TABLE recent(seq INTEGER PRIMARY KEY, story INTEGER NOT NULL, keys BLOB NOT NULL)",
    "key_filter": "CREATE TABLE key_filter(part INTEGER PRIMARY KEY, bits BLOB NOT NULL)",
}
NOTHING_YET = "INSERT INTO tally VALUES(0, 0, 0, 0, 0, 0)"
_SCHEMA_3 = {name: made for name, made in SCHEMA.items() if name != "key_filter"}
_SCHEMA_2 = {name: made for name, made in _SCHEMA_3.items() if name != "recent"} | {
    "tally": "CREATE TABLE tally(stories INTEGER NOT NULL, writes INTEGER NOT NULL)"
}
_SCHEMAS = {2: _SCHEMA_2, 3: _SCHEMA_3, FORMAT: SCHEMA}
_LAST = "(SELECT coalesce(max(seq), 0) FROM stories)"
_SAY_CHANGED = "UPDATE header SET value = value || ' ' WHERE name = 'recipe'"
"""An older dedup that has the file open finds another text than it read, and asks to open the file again."""
_FROM_3 = (SCHEMA["key_filter"], f"INSERT INTO key_filter {key_filter.UNKNOWN}")
_FROM_2 = (
    "ALTER TABLE tally RENAME TO tally_before",
    SCHEMA["tally"],
    f"INSERT INTO tally SELECT stories, writes, {_LAST}, {_LAST}, {_LAST}, 0 FROM tally_before",  # noqa: S608
    "DROP TABLE tally_before",
    SCHEMA["recent"],
    *_FROM_3,
)
_UPGRADES = {2: _FROM_2, 3: _FROM_3}
_VIEWS_3 = (f"CREATE TEMP VIEW key_filter AS {key_filter.UNKNOWN}",)
_VIEWS_2 = (
    "CREATE TEMP VIEW recent AS SELECT 0 AS seq, 0 AS story, x'' AS keys WHERE 0",
    (
        "CREATE TEMP VIEW tally AS SELECT stories, writes, 0 AS last, 0 AS moved, 0 AS moving, 0 AS share "
        "FROM main.tally"
    ),
    *_VIEWS_3,
)
_VIEWS = {2: _VIEWS_2, 3: _VIEWS_3}


def check_format(connection: sqlite3.Connection, path: Path, *, is_used: bool = False) -> int:
    """Refuse a file that is no index, or has another format or other tables.

    Args:
        connection: To the file.
        path: Of the file.
        is_used: Whether it was open before, with the present format.

    Returns:
        Its format.
    """
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    if application != APPLICATION:
        raise IndexFileError(f"{path}: an SQLite file, but not an index of dedup; give another name")
    if version in _UPGRADES and is_used:
        raise IndexFileError(f"{path}: replaced by an index of an older dedup; open it again")
    if version not in _UPGRADES:
        check_version(version, str(path), supported=FORMAT)
    try:
        schema = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))
    except UnicodeDecodeError as error:  # from the message of SQLite, which quotes the file
        raise damaged("its tables are none") from error
    if schema != _SCHEMAS[version]:
        raise IndexFileError(f"{path}: its tables are not those of format {version}; restore it from a copy")
    return int(version)


def upgrade(connection: sqlite3.Connection, version: int) -> None:
    """Change an index of an earlier format into one of this format, whole or not at all. Needs the lock."""
    if version == FORMAT:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in (*_UPGRADES[version], _SAY_CHANGED, f"PRAGMA user_version={FORMAT:d}"):
            connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def read_older(connection: sqlite3.Connection, version: int) -> None:
    """Let a connection that only reads find in an index of an earlier format what it looks for."""
    for statement in _VIEWS.get(version, ()):
        connection.execute(statement)
