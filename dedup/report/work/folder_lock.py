"""A lock that admits one process to a work folder; the operating system releases it when the process ends."""

import os
from pathlib import Path

from dedup.model.errors import WorkFolderError

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows, where there is no lock
    fcntl = None  # type: ignore[assignment]


class FolderLock:
    """A lock on a folder."""

    def __init__(self, path: Path) -> None:
        """Acquire the lock.

        Raises:
            WorkFolderError: Another process has it.
        """
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        if fcntl is None:
            return
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._handle)
            raise WorkFolderError(
                f"{path.parent}: another run works in this folder; wait for it, or name another folder"
            ) from None

    def release(self) -> None:
        """Release the lock."""
        os.close(self._handle)
