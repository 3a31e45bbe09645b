"""Bytes that are written once and read by position: in memory up to a budget, then in a temporary file.

The file has no name where the system allows that, so nothing is left behind however the run ends.
"""

import os
import tempfile
from bisect import bisect_right
from collections.abc import Buffer
from io import FileIO
from threading import Lock

from dedup.model.errors import WritingError

IN_MEMORY = 320 * 1024 * 1024
"""Bytes of one run that are kept in memory before a file is begun: 30,000 stories with all that is known of
them, 10 KB each. The columns that always stay in memory, and pairing, need more at a million stories."""


UNLIMITED = 2**62
"""Bytes of what is mapped from files: it is in memory already, or not at all."""


class MemoryBudget:
    """Bytes that the spills of one run may keep in memory together; safe in many threads.

    Attributes:
        size: How many, at most.
    """

    def __init__(self, size: int = IN_MEMORY) -> None:
        self.size = size
        self._left = size
        self._lock = Lock()

    @property
    def taken(self) -> int:
        """Bytes that are kept in memory."""
        return self.size - self._left

    def take(self, size: int) -> bool:
        """Ask for memory; False when that much is not left."""
        with self._lock:
            if size > self._left:
                return False
            self._left -= size
            return True


class Spill:
    """A growing string of bytes that is read by position; safe in many threads."""

    def __init__(self, memory: MemoryBudget | None = None) -> None:
        """Begin empty.

        Args:
            memory: Shared with other spills; None for a budget of its own.
        """
        self._memory = memory or MemoryBudget()
        self._chunks: list[memoryview] = []
        self._starts: list[int] = []
        self._in_memory = 0
        self._file: FileIO | None = None
        self._lock = Lock()
        self.size = 0

    def append(self, content: Buffer) -> int:
        """Add bytes at the end, and give the position where they begin.

        The content is kept, not copied, while it is in memory: nobody may change it.

        Raises:
            WritingError: The temporary folder is full or cannot be written.
        """
        view = memoryview(content)
        view = view.cast("B") if view.nbytes else memoryview(b"")
        with self._lock:
            start, self.size = self.size, self.size + view.nbytes
            if not view.nbytes:
                return start
            if self._file is None and self._memory.take(view.nbytes):
                self._chunks.append(view)
                self._starts.append(start)
                self._in_memory = self.size
                return start
            try:
                self._write(view)
            except OSError as error:
                folder = tempfile.tempdir or "temporary folder"  # asking may fail for the same reason
                raise WritingError(
                    f"{folder}: the texts of a large archive are kept there during a run, and that failed "
                    f"({error.strerror}); name a folder with room in TMPDIR"
                ) from error
        return start

    def _write(self, view: memoryview) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - it lives as long as this
        while view.nbytes:  # an unbuffered file may take less than it was given
            view = view[self._file.write(view) :]

    def read_into(self, room: memoryview, start: int) -> None:
        """Fill `room`, bytes, with what follows `start`; nothing may be appended any more."""
        while room.nbytes and start < self._in_memory:
            at = bisect_right(self._starts, start) - 1
            first = start - self._starts[at]
            part = self._chunks[at][first : first + room.nbytes]
            room[: part.nbytes] = part
            room, start = room[part.nbytes :], start + part.nbytes
        while room.nbytes:
            size = self._read_some(room, start - self._in_memory)
            if not size:
                raise WritingError("a temporary file was cut short while the run needed it")
            room, start = room[size:], start + size

    def _read_some(self, room: memoryview, start: int) -> int:
        if self._file is None:
            return 0
        if hasattr(os, "preadv"):  # no lock: threads that read a lot would wait for each other
            return os.preadv(self._file.fileno(), [room], start)
        with self._lock:
            self._file.seek(start)
            return self._file.readinto(room) or 0

    def read(self, start: int, end: int) -> Buffer:
        """Give the bytes from `start` to `end`, without a copy if they are one piece of memory."""
        if start < self._in_memory:
            at = bisect_right(self._starts, start) - 1
            first = start - self._starts[at]
            if first + end - start <= self._chunks[at].nbytes:
                return self._chunks[at][first : first + end - start]
        room = bytearray(end - start)
        self.read_into(memoryview(room), start)
        return room
