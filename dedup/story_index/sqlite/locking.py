"""File locks between processes; the operating system releases them when a process ends, however it ends."""

import glob
import math
import os
import time
from pathlib import Path

from dedup.model.errors import IndexBusyError
from dedup.story_index.sqlite.write_count import Noted, WriteCount

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows; the index then keeps a rollback journal
    fcntl = None  # type: ignore[assignment]

AVAILABLE = fcntl is not None
BRIEF_PAUSE, LONG_PAUSE = 0.0004, 0.002
"""Seconds between attempts to take the lock; a write takes about half a millisecond. With the long pause from
the beginning one process often wrote for long while others slept: of the offers of four writers one in a
hundred took 98 ms or more in the median of three runs, and 52 ms with the brief one
(benchmarks/prefilter.py --load)."""
BRIEFLY = 0.05
"""Seconds for which pauses are brief: asking so often costs processor time, which a long write does not
deserve."""
SPIN = 0.0005
"""Seconds for which a process does not pause at all, but lets others run between two attempts: most writes
end within that time, and a pause would go on after their end. Four writers store more with it on two idle
cores (benchmarks/prefilter.py --load); busy cores make no use of it."""


class FileLock:
    """A lock between processes; one object must not be shared by threads.

    Attributes:
        was_busy: Whether another process had it when it was last asked for.
    """

    def __init__(self, path: Path) -> None:
        self.was_busy = False
        self._path = path
        self._handle: int | None = None
        self._gave_up = -math.inf

    def acquire(self, *, timeout: float, since: float | None = None) -> None:
        """Wait for the lock.

        Args:
            timeout: Seconds to wait at most; a lock that is free is taken at once.
            since: When the caller began to wait for its turn to ask, by the monotonic clock; None for now. If
                another caller gave up since then, both waited for the same process, and the time of that wait
                counts; if the others wrote, it does not.

        Raises:
            IndexBusyError: Another process has it, and the time is over.
        """
        if not AVAILABLE:
            return
        if self._handle is None:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        began, self.was_busy = time.monotonic(), False
        if since is not None and since <= self._gave_up:
            began = since
        while not _try_lock(self._handle, fcntl.LOCK_EX):
            now, self.was_busy = time.monotonic(), True
            if now > began + timeout:
                self._gave_up = now
                raise IndexBusyError(
                    f"{self._path}: another process has kept the lock for {timeout:g} s; "
                    "end that process, or set a longer timeout"
                )
            pause(pause_after(now - began))

    def count(self, place: tuple[int, int]) -> WriteCount | None:
        """The count of writes of the file of that device and number; None if the system cannot lock files."""
        return None if self._handle is None else WriteCount(place, self._handle)

    def release(self) -> None:
        """Release the lock."""
        if self._handle is not None:
            fcntl.flock(self._handle, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the file; in a forked child the parent keeps its lock."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def pause_after(waited: float) -> float:
    """Seconds until the lock is asked for again, after so many seconds of waiting for it."""
    if waited < SPIN:
        return 0.0
    return min(waited, BRIEF_PAUSE if waited < BRIEFLY else LONG_PAUSE)


def pause(seconds: float) -> None:
    """Sleep, or only let other processes run."""
    if seconds or not hasattr(os, "sched_yield"):
        time.sleep(seconds)
    else:
        os.sched_yield()


class LivenessLock:
    """Lock file beside the index that shows other processes that this one is running."""

    def __init__(self, index: Path, number: int) -> None:
        self.number = number
        self._path = _liveness_path(index, number)
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        if AVAILABLE:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def remove(self) -> None:
        """Remove the file."""
        self.close()
        self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file; in a forked child the parent keeps its lock."""
        os.close(self._handle)


def lock_path(index: Path) -> Path:
    """The lock file of an index."""
    return index.with_name(f"{index.name}.lock")


def noted_writes(index: Path) -> Noted:
    """What the lock file of an index records of its writes; nothing if it has none."""
    try:
        handle = os.open(lock_path(index), os.O_RDONLY)
    except FileNotFoundError:
        return Noted()
    try:
        status = index.stat()
        return WriteCount((status.st_dev, status.st_ino), handle).read()
    finally:
        os.close(handle)


def is_alive(index: Path, number: int) -> bool:
    """Whether the process with that number still runs; False if the system cannot lock files."""
    try:
        handle = os.open(_liveness_path(index, number), os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return AVAILABLE and not _try_lock(handle, fcntl.LOCK_SH)  # shared: callers do not collide
    finally:
        os.close(handle)


def remove_dead_locks(index: Path) -> None:
    """Remove liveness files of killed processes; needs the index lock, so that none is being created."""
    for path in index.parent.glob(f"{glob.escape(index.name)}.holder-*"):
        number = path.name.rpartition("-")[2]
        if AVAILABLE and number.isdecimal() and not is_alive(index, int(number)):
            path.unlink(missing_ok=True)


def _liveness_path(index: Path, number: int) -> Path:
    return index.with_name(f"{index.name}.holder-{number}")


def _try_lock(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
