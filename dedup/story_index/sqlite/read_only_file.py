"""An index file that is only read, perhaps from media or a folder that cannot be written to."""

import os
import sqlite3
from pathlib import Path

from dedup.model.errors import IndexFileError
from dedup.story_index.sqlite import file_format, sqlite_file


def connect(path: Path, *, timeout: float) -> sqlite3.Connection:
    """Connect to an index without ever writing to it.

    Other processes may go on writing. Where SQLite cannot make the files that it shares with them, nobody can
    write, so the file is read as it is; but not if a log beside it has stories that the file lacks.

    Raises:
        IndexFileError: It is not an index, is damaged, has another format, or has a log that cannot be read.
    """
    with sqlite_file.translated(path):
        sqlite_file.check_beginning(path)
        log = path.with_name(f"{path.name}-wal")
        is_shared = os.access(path.parent, os.W_OK) or log.with_name(f"{path.name}-shm").exists()
        if not is_shared and log.exists() and log.stat().st_size:
            raise IndexFileError(
                f"{path}: its log {log.name} has stories that the file lacks, and cannot be read from here; "
                "copy both to a folder that can be written to"
            )
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro{'' if is_shared else '&immutable=1'}",
            uri=True,
            timeout=timeout,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            version = file_format.check_format(connection, path)
            connection.execute("PRAGMA temp_store=MEMORY")
            file_format.read_older(connection, version)
        except BaseException:
            connection.close()
            raise
        return connection
