"""The SQLite file: created atomically, checked when it is opened, never repaired silently."""

import errno
import os
import sqlite3
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dedup.model.errors import IndexBusyError, IndexFileError, IndexWriteError
from dedup.model.recipe import Recipe
from dedup.story_index.header import recipe_json
from dedup.story_index.sqlite import file_format, locking
from dedup.story_index.sqlite.file_watch import log_path
from dedup.story_index.sqlite.stored_rows import checked
from dedup.story_index.sqlite.write_count import NO_LOG, Noted, log_mark

PAGE = 2048
"""Page size in bytes. For each story 22 KB went to the disk, 34 with 4096, and 71 with 1024, since the system
writes no less than 4096 bytes at once (benchmarks/prefilter.py)."""
CACHE = 4 * 1024
"""Page cache of a process, in KiB: the inner pages of a million stories fit. The system caches the file too,
and after a page split SQLite walks through its whole cache at the next commit: with 96 MiB a story took a
third more processor time at 100,000 stored (benchmarks/prefilter.py)."""
WAL_PAGES = 8 * 1024
"""Pages in the log before a checkpoint, which is one every few hundred stories."""
MOST_BUSY = 2_000_000.0
"""Seconds that SQLite can wait at most: it counts milliseconds in 32 bits."""
_MAGIC = b"SQLite format 3\x00"
_SAFE_WAL = (3, 51, 3)
"""First SQLite version since 3.7.0 that cannot corrupt a WAL database which two processes write."""

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
_NO_WRITING = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_ONLY_READ = (
    "only to read it, use `dedup index info`, `check`, `show` or `export`, or open it with read_only=True"
)


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
            for statement in file_format.SCHEMA.values():
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id={file_format.APPLICATION:d}")
            connection.execute(f"PRAGMA user_version={file_format.FORMAT:d}")
            connection.execute("INSERT INTO header VALUES('recipe', ?)", (recipe_json(recipe),))
            connection.execute(file_format.NOTHING_YET)
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


def connect(path: Path, *, synchronous: str, timeout: float, is_locked: bool = False) -> sqlite3.Connection:
    """Connect to an existing index, for all threads; the caller must make them take turns.

    Args:
        path: The file.
        synchronous: `NORMAL` or `FULL`.
        timeout: Seconds to wait for another process.
        is_locked: Whether the caller has the lock; a file of an earlier format is then upgraded.

    Raises:
        IndexFileError: It is not an index, is damaged, or has another format.
    """
    with translated(path):
        check_beginning(path)
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=min(timeout, MOST_BUSY),
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            version = file_format.check_format(connection, path, is_used=not is_locked)
            connection.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True)  # noqa: FBT003
            connection.execute(f"PRAGMA journal_mode={'WAL' if _wal_is_safe() else 'TRUNCATE'}")
            connection.execute(f"PRAGMA synchronous={synchronous}")
            connection.execute(f"PRAGMA cache_size={-CACHE:d}")
            connection.execute(f"PRAGMA wal_autocheckpoint={WAL_PAGES:d}")
            connection.execute(f"PRAGMA journal_size_limit={4 * WAL_PAGES * PAGE:d}")
            connection.execute("PRAGMA temp_store=MEMORY")
            connection.execute("PRAGMA secure_delete=OFF")  # some builds overwrite deleted content
            file_format.upgrade(connection, version)
        except BaseException:
            connection.close()
            raise
        return connection


def _wal_is_safe() -> bool:
    """Whether WAL mode is safe: with our lock there is one writer at a time; else it needs a fixed SQLite."""
    return locking.AVAILABLE or sqlite3.sqlite_version_info >= _SAFE_WAL


def check_kind(path: Path) -> None:
    """Refuse what cannot be the name of a file, before it is opened: a pipe would wait for a writer."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - tells a name that is impossible from a missing file
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise IndexFileError(f"{path}: cannot be used: {error.strerror}") from error
    except ValueError as error:
        raise IndexFileError(f"{str(path)!r}: cannot be used: {error}") from error
    if stat.S_ISDIR(mode):
        raise IndexFileError(f"{path}: expected a file, got a folder; name a file in it")
    if not stat.S_ISREG(mode):
        raise IndexFileError(f"{path}: expected a file, got a pipe, a socket or a device; give another name")


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
    row = connection.execute("SELECT writes FROM tally").fetchone()
    checked(row, (int,), "its counts cannot be read")
    if missing := noted.missing(row[0], log):
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
        is_readable = error.errno in _NO_WRITING and os.access(path, os.R_OK)
        advice = f"; {_ONLY_READ}" if is_readable else ""
        what = "written" if is_readable else "used"
        raise kind(f"{path}: cannot be {what}: {error.strerror}{advice}") from error


def _translate(path: Path, error: sqlite3.Error) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return IndexBusyError(f"{path}: another program keeps the file locked; end it, or try again later")
    if code == sqlite3.SQLITE_READONLY:
        return IndexWriteError(f"{path}: cannot be written ({error}), and is unchanged; {_ONLY_READ}")
    if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
        return IndexWriteError(
            f"{path}: cannot be written ({error}); the index is unchanged: free some space or "
            "allow writing, then offer the same stories again"
        )
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return IndexFileError(f"{path}: the file is damaged or cut off ({error}); restore it from a copy")
    return IndexFileError(f"{path}: {error}")
