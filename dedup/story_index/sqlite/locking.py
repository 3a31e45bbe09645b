"""Locks between processes, kept by the operating system: they end with the process, however it ends."""

import glob
import os
import time
from pathlib import Path

from dedup.model.errors import IndexBusyError

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows; the index then keeps a rollback journal
    fcntl = None  # type: ignore[assignment]

AVAILABLE = fcntl is not None
_FIRST_WAIT, _LONGEST_WAIT = 0.0001, 0.002
"""Seconds between two tries for the lock: a write takes about half a millisecond."""


class FileLock:
    """A lock that one process at a time holds; not for two threads on one object."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self, *, timeout: float) -> None:
        """Wait for the lock.

        Raises:
            IndexBusyError: It was not to be had for `timeout` seconds.
        """
        if not AVAILABLE:
            return
        if self._handle is None:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        deadline, wait = time.monotonic() + timeout, _FIRST_WAIT
        while not _taken(self._handle, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise IndexBusyError(
                    f"{self._path}: another process has kept the lock for {timeout:g} s; "
                    "end that process, or give a longer timeout"
                )
            time.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    def release(self) -> None:
        """Let the next one in."""
        if self._handle is not None:
            fcntl.flock(self._handle, fcntl.LOCK_UN)

    def forget(self) -> None:
        """Close the file; in a forked child this leaves the lock of the parent alone."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class Holder:
    """The sign that this process is alive: a locked file beside the index."""

    def __init__(self, index: Path, number: int) -> None:
        self.number = number
        self._path = _sign(index, number)
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        if AVAILABLE:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def leave(self) -> None:
        """Take the sign down."""
        self.forget()
        self._path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Close the file in a forked child, whose parent goes on holding it."""
        os.close(self._handle)


def is_alive(index: Path, number: int) -> bool:
    """Whether the holder of that number still runs; False where the system locks no files."""
    try:
        handle = os.open(_sign(index, number), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return AVAILABLE and not _taken(handle, fcntl.LOCK_SH)  # two who ask do not deny each other
    finally:
        os.close(handle)


def clear_away(index: Path) -> None:
    """Remove the signs of holders that were killed; only under the lock, where none is just being made."""
    for sign in index.parent.glob(f"{glob.escape(index.name)}.holder-*"):
        number = sign.name.rpartition("-")[2]
        if AVAILABLE and number.isdecimal() and not is_alive(index, int(number)):
            sign.unlink(missing_ok=True)


def _sign(index: Path, number: int) -> Path:
    return index.with_name(f"{index.name}.holder-{number}")


def _taken(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
