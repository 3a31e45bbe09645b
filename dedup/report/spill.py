"""Append-only bytes that are read by position: in memory up to a budget, then in a temporary file.

The file has no name where the system allows it, so nothing is left behind after a crash.
"""

import os
import tempfile
from bisect import bisect_right
from collections.abc import Buffer
from io import FileIO
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from dedup.model.errors import WritingError

IN_MEMORY = 320 * 1024 * 1024
"""Bytes kept in memory per run before a file is used: 30,000 stories of 10 KB with their columns. The columns
that always stay in memory, and pairing, need more at a million stories."""


UNLIMITED = 2**62
"""Budget for data mapped from files, which costs no extra memory."""


class MemoryBudget:
    """Memory budget shared by the spills of one run; thread-safe.

    Attributes:
        size: The budget in bytes.
    """

    def __init__(self, size: int = IN_MEMORY) -> None:
        self.size = size
        self._left = size
        self._lock = Lock()

    @property
    def taken(self) -> int:
        """Bytes in use."""
        return self.size - self._left

    def take(self, size: int) -> bool:
        """Reserve memory; False if the budget does not allow it."""
        with self._lock:
            if size > self._left:
                return False
            self._left -= size
            return True


class Spill:
    """Growing storage of bytes that is read by position; thread-safe."""

    def __init__(self, memory: MemoryBudget | None = None) -> None:
        """Begin empty.

        Args:
            memory: Budget shared with other spills; None for a separate one.
        """
        self._memory = memory or MemoryBudget()
        self._chunks: list[memoryview] = []
        self._starts: list[int] = []
        self._in_memory = 0
        self._file: FileIO | None = None
        self._lock = Lock()
        self.size = 0

    def append(self, content: Buffer) -> int:
        """Append bytes, and return their position.

        In memory the content is stored without a copy: do not modify it.

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
                folder = tempfile.tempdir or "temporary folder"  # the query may fail for the same reason
                raise WritingError(
                    f"{folder}: the texts of a large archive are kept there during a run, and that failed "
                    f"({error.strerror}); name a folder with room in TMPDIR"
                ) from error
        return start

    def _write(self, view: memoryview) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - it lives as long as this
        while view.nbytes:  # an unbuffered write may be partial
            view = view[self._file.write(view) :]

    def read(self, start: int, end: int) -> Buffer:
        """Return the bytes from `start` to `end`, without a copy if they are contiguous in memory.

        Nothing may be appended afterwards.
        """
        if start < self._in_memory:
            at = bisect_right(self._starts, start) - 1
            first = start - self._starts[at]
            if first + end - start <= self._chunks[at].nbytes:
                return self._chunks[at][first : first + end - start]
        room = bytearray(end - start)
        self._read_into(memoryview(room), start)
        return room

    def gather(self, starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> bytearray:
        """Return the bytes of many spans, one after the other."""
        ends = starts + sizes
        edges = np.array([*self._starts, self._in_memory], dtype=np.int64)
        at = np.searchsorted(edges[:-1], starts, side="right") - 1
        if not self._chunks or (ends > edges[at + 1]).any():
            return self._gather_from_file(starts, sizes)
        firsts = starts - edges[at]
        places = zip(at.tolist(), firsts.tolist(), (firsts + sizes).tolist(), strict=True)
        return bytearray().join([self._chunks[chunk][first:last] for chunk, first, last in places])

    def _gather_from_file(self, starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> bytearray:
        room = bytearray(int(sizes.sum()))
        view, edges = memoryview(room), np.cumsum(sizes)
        for start, first, last in zip(starts.tolist(), (edges - sizes).tolist(), edges.tolist(), strict=True):
            self._read_into(view[first:last], start)
        return room

    def _read_into(self, room: memoryview, start: int) -> None:
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
        if hasattr(os, "preadv"):  # no lock: reading threads would block each other
            return os.preadv(self._file.fileno(), [room], start)
        with self._lock:
            self._file.seek(start)
            return self._file.readinto(room) or 0
