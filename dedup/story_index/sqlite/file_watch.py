"""Whether the files of an open index are still those under its name."""

import os
from pathlib import Path

from dedup.model.errors import IndexFileError


class FileWatch:
    """Identifies the file of an index and its log by device and inode number.

    Attributes:
        place: Device and inode number of the file; None until it is opened.
        log_place: The same of the log as it was last seen; None if there was none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log_path = log_path(path)
        self.log_place: tuple[int, int] | None = None
        self.place: tuple[int, int] | None = None

    def opened(self) -> None:
        """Remember the file, which was just opened, perhaps again: then its log is a new one."""
        self.place = _place(self._path)
        self.log_place = None

    def check(self) -> None:
        """Compare what is there now with what was opened.

        Raises:
            IndexFileError: The file or its log was removed or replaced.
        """
        if _place(self._path) != self.place:
            raise IndexFileError(f"{self._path}: the file was removed or replaced while it was in use")
        log = _place(self._log_path)
        if self.log_place is not None and log != self.log_place:
            raise IndexFileError(
                f"{self._log_path}: the log of the index was removed or replaced while it was in use; "
                "put it back, or restore the index from a copy"
            )
        self.log_place = log


def log_path(path: Path) -> Path:
    """The log of an index."""
    return path.with_name(f"{path.name}-wal")


def _place(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - the method takes twice as long, and each transaction waits
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
