"""How many transactions have written to an index: noted beside it, so that a lost log is noticed.

A log that was removed or damaged takes acknowledged stories with it, and leaves a file that is sound: only a
count that is kept elsewhere tells. The note is not flushed to the disk. A power cut may undo the last writes,
too: their log is then still there, since SQLite flushes the beginning of each log before it is used.

Source: "WAL-mode File Format" of SQLite; its salts are new in each log, and bytes 16 to 23 of it.
"""

import os
import uuid
from functools import cache
from pathlib import Path
from typing import NamedTuple

NO_LOG = "0" * 16
"""The mark of a log that is missing or has nothing in it."""
_SALTS = 16, 8
_LONGEST = 240


class Noted(NamedTuple):
    """What was noted of an index.

    Attributes:
        number: Of the last transaction.
        flushed: Of the last one that was on the disk by then, and that no power cut can undo.
        log: The mark of the log that has the last one.
        is_running: Whether the machine has not been restarted since.
        is_other: Whether it was noted of another file that had this name; the numbers are 0 then.
    """

    number: int = 0
    flushed: int = 0
    log: str = NO_LOG
    is_running: bool = True
    is_other: bool = False

    def missing(self, writes: int, log: str) -> int:
        """How many transactions a lost or damaged log has taken with it, beside those of a power cut.

        Args:
            writes: How many the index has.
            log: The mark of its log as it was found.
        """
        if self.is_running or log != self.log:
            return max(self.number - writes, 0)
        return max(self.flushed - writes, 0)


class WriteCount:
    """The note in the lock file of an index.

    Args:
        place: Device and number of the index.
        handle: Of the lock file.
    """

    def __init__(self, place: tuple[int, int], handle: int) -> None:
        self._place = "{:020} {:020}".format(*place)
        self._handle = handle
        self._known = b"", Noted()

    def note(self, number: int, *, log: str, is_flushed: bool) -> None:
        """Note the last transaction, while no other process writes.

        Args:
            number: Of the transaction.
            log: The mark of the log.
            is_flushed: Whether it is on the disk, and with it all before.
        """
        before = self.read()
        flushed = (
            before.flushed if before.log == log else before.number
        )  # a new log: the file has all before it
        flushed = number if is_flushed else flushed if before.is_running else 0
        line = f"{number:020} {flushed:020} {log} {self._place} {boot_id():36}\n".encode()
        os.pwrite(self._handle, line, 0)
        self._known = line, Noted(number, flushed, log)

    def read(self) -> Noted:
        """What was noted; no numbers of another file, and nothing of an older dedup."""
        line = os.pread(self._handle, _LONGEST, 0)
        if line != self._known[0]:
            self._known = line, self._parsed(line.decode("ascii", "replace"))
        return self._known[1]

    def _parsed(self, line: str) -> Noted:
        number, _, rest = line.partition(" ")
        flushed, _, rest = rest.partition(" ")
        log, _, rest = rest.partition(" ")
        place = rest[: len(self._place)]
        if not (number.isdecimal() and flushed.isdecimal() and len(place) == len(self._place)):
            return Noted()
        if place != self._place:
            is_other = (
                place.split()[1:] != self._place.split()[1:]
            )  # devices are numbered anew after a restart
            return Noted(log=log, is_other=is_other)
        return Noted(int(number), int(flushed), log, rest[len(self._place) :].strip() == boot_id())


def log_mark(log: Path) -> str:
    """What distinguishes a log from others, and from copies of it; see `NO_LOG`."""
    try:
        handle = os.open(log, os.O_RDONLY)
    except FileNotFoundError:
        return NO_LOG
    try:
        return _mark_of(handle, os.fstat(handle).st_ino)
    finally:
        os.close(handle)


class OpenLog:
    """The log of an index that is in use, kept open: its mark is read at the end of each transaction."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._place: tuple[int, int] | None = None
        self._handle: int | None = None

    def mark(self, place: tuple[int, int] | None) -> str:
        """See `log_mark`.

        Args:
            place: Device and number of the log as the transaction began; None if there was none.
        """
        if place is None:
            return log_mark(self._path)
        if self._handle is None or place != self._place:
            self.close()
            self._handle, self._place = os.open(self._path, os.O_RDONLY), place
        return _mark_of(self._handle, place[1])

    def close(self) -> None:
        """Close it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _mark_of(handle: int, number: int) -> str:
    salts = os.pread(handle, _SALTS[1], _SALTS[0]).hex()
    return f"{salts}-{number:020}" if salts else NO_LOG


@cache
def boot_id() -> str:
    """What distinguishes this boot of the machine; a new value at each call if the system has none."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:  # pragma: no cover - systems other than Linux
        return str(uuid.uuid4())
