"""The SQLite file: created atomically, checked when it is opened, never repaired silently."""

import errno
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dedup.model.errors import IndexBusyError, IndexFileError, IndexWriteError
from dedup.model.recipe import Recipe
from dedup.story_index.header import FORMAT, check_version, recipe_json
from dedup.story_index.sqlite import locking
from dedup.story_index.sqlite.file_watch import log_path
from dedup.story_index.sqlite.write_count import NO_LOG, Noted, log_mark

APPLICATION = 0x64647570
"""`ddup`, the application id in the header of every index file."""
PAGE = 1024
"""Page size in bytes, small because storing a story writes one page per key."""
CACHE = 4 * 1024
"""Page cache of a process, in KiB: the inner pages of a million stories fit. The system caches the file too,
and after a page split SQLite walks through its whole cache at the next commit: with 96 MiB a story took a
third more processor time at 100,000 stored (benchmarks/prefilter.py)."""
WAL_PAGES = 16 * 1024
"""Pages in the log before a checkpoint, which is one every few hundred stories."""
_MAGIC = b"SQLite format 3\x00"
_SAFE_WAL = (3, 51, 3)
"""First SQLite version since 3.7.0 that cannot corrupt a WAL database which two processes write."""

SCHEMA = {
    "header": "CREATE TABLE header(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "tally": "CREATE TABLE tally(stories INTEGER NOT NULL, writes INTEGER NOT NULL)",
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
}
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})


def create(path: Path, recipe: Recipe) -> None:
    """Create an empty index under a temporary name, then rename it. Needs the lock."""
    unfinished = path.with_name(path.name + ".new")
    if log_mark(log_path(path)) != NO_LOG:
        raise IndexFileError(
            f"{path}: the file is gone, but its log {path.name}-wal is there; restore the file, or "
            "remove the log too to start a new index"
        )
    with translated(path):
        unfinished.unlink(missing_ok=True)
        connection = sqlite3.connect(unfinished, isolation_level=None)
        try:
            connection.execute(f"PRAGMA page_size={PAGE:d}")
            connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
            connection.execute("BEGIN")
            for statement in SCHEMA.values():
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id={APPLICATION:d}")
            connection.execute(f"PRAGMA user_version={FORMAT:d}")
            connection.execute("INSERT INTO header VALUES('recipe', ?)", (recipe_json(recipe),))
            connection.execute("INSERT INTO tally VALUES(0, 0)")
            connection.execute("COMMIT")
        finally:
            connection.close()
        unfinished.rename(path)
        _settle(path.parent)


def _settle(folder: Path) -> None:
    """Flush the folder to the disk, so that the new name survives a crash; not possible on Windows."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # pragma: no cover - Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def connect(path: Path, *, synchronous: str, timeout: float) -> sqlite3.Connection:
    """Connect to an existing index, for all threads; the caller must make them take turns.

    Raises:
        IndexFileError: It is not an index, is damaged, or has another format.
    """
    with translated(path):
        check_beginning(path)
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=timeout,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            check_format(connection, path)
            connection.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True)  # noqa: FBT003
            connection.execute(f"PRAGMA journal_mode={'WAL' if _wal_is_safe() else 'TRUNCATE'}")
            connection.execute(f"PRAGMA synchronous={synchronous}")
            connection.execute(f"PRAGMA cache_size={-CACHE:d}")
            connection.execute(f"PRAGMA wal_autocheckpoint={WAL_PAGES:d}")
            connection.execute(f"PRAGMA journal_size_limit={4 * WAL_PAGES * PAGE:d}")
            connection.execute("PRAGMA temp_store=MEMORY")
            connection.execute("PRAGMA secure_delete=OFF")  # some builds overwrite deleted content
        except BaseException:
            connection.close()
            raise
        return connection


def _wal_is_safe() -> bool:
    """Whether WAL mode is safe: with our lock there is one writer at a time; else it needs a fixed SQLite."""
    return locking.AVAILABLE or sqlite3.sqlite_version_info >= _SAFE_WAL


def check_beginning(path: Path) -> None:
    """Refuse a file that is no database of SQLite."""
    with path.open("rb") as file:
        beginning = file.read(len(_MAGIC))
    if not beginning:
        raise IndexFileError(
            f"{path}: the file is empty, not an index; restore it, or delete it to start a new index"
        )
    if beginning != _MAGIC:
        raise IndexFileError(f"{path}: not an index but some other file; give another name")


def check_format(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is no index, or has another format or other tables."""
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    if application != APPLICATION:
        raise IndexFileError(f"{path}: an SQLite file, but not an index of dedup; give another name")
    check_version(version, str(path))
    schema = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))
    if version != FORMAT or schema != SCHEMA:
        raise IndexFileError(f"{path}: its tables are not those of format {FORMAT}; restore it from a copy")


def check_log(path: Path, *, noted: Noted, log: str, is_used: bool = False) -> None:
    """Refuse a file beside the log of another: SQLite would write the other's stories into it.

    Args:
        path: The file.
        noted: What its lock file says.
        log: The mark of the log.
        is_used: Whether the log of another process that is using the index was removed.
    """
    log_name = f"{path.name}-wal"
    if log != NO_LOG and noted.is_other and noted.log == log:
        raise IndexFileError(
            f"{path}: the log {log_name} belongs to the file that had this name before; put that one back, "
            f"or remove {log_name} and {path.name}.lock, and with them its last stories, to use this one"
        )
    if is_used and log != noted.log:
        raise IndexFileError(
            f"{path}: the log {log_name} was removed while other processes use the index; end them, and open "
            "it again"
        )


def check_writes(connection: sqlite3.Connection, path: Path, *, noted: Noted, log: str) -> None:
    """Compare the number of writes in the index with what its lock file says.

    Args:
        connection: To the index.
        path: Its file.
        noted: What the lock file says.
        log: The mark of the log before it was opened.

    Raises:
        IndexFileError: Some are missing: they were in a log that was removed or damaged.
    """
    (writes,) = connection.execute("SELECT writes FROM tally").fetchone()
    if missing := noted.missing(writes, log):
        raise IndexFileError(
            f"{path}: its last {missing:,} writes are missing: the log {path.name}-wal was removed or "
            f"damaged; put it back or restore the index from a copy. To go on without them, remove "
            f"{path.name}.lock and offer the last stories again"
        )


def read_recipe_json(connection: sqlite3.Connection) -> str:
    """Recipe of the index as JSON, from its header."""
    row = connection.execute("SELECT value FROM header WHERE name = 'recipe'").fetchone()
    return str(row[0]) if row else ""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Translate errors of SQLite and the system into errors that name the file and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(path, error) from error
    except zlib.error as error:
        raise IndexFileError(f"{path}: the text of a story is damaged; see `dedup index check`") from error
    except OSError as error:
        kind = IndexWriteError if error.errno in _NO_ROOM else IndexFileError
        raise kind(f"{path}: cannot be used: {error.strerror}") from error


def _translate(path: Path, error: sqlite3.Error) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return IndexBusyError(f"{path}: another program keeps the file locked; end it, or try again later")
    if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}:
        return IndexWriteError(
            f"{path}: cannot be written ({error}); the index is unchanged: free some space or "
            "allow writing, then offer the same stories again"
        )
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return IndexFileError(f"{path}: the file is damaged or cut off ({error}); restore it from a copy")
    return IndexFileError(f"{path}: {error}")
