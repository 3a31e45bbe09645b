"""Bytes that are written once and looked at rarely: in memory while they are few, then in a temporary file.

The file has no name where the system allows that, so nothing is left behind however the run ends.
"""

import os
import tempfile
from collections.abc import Buffer
from io import FileIO
from threading import Lock

from dedup.model.errors import WritingError

IN_MEMORY = 64 * 1024 * 1024
"""Bytes kept in memory before the file is begun: the texts of some 15,000 stories."""


class Spill:
    """A growing string of bytes that is read by position; safe in many threads."""

    def __init__(self, *, in_memory: int = IN_MEMORY) -> None:
        self._most = in_memory
        self._held = bytearray()
        self._file: FileIO | None = None
        self._lock = Lock()
        self.size = 0

    def append(self, content: Buffer) -> int:
        """Add bytes at the end, and give the position where they begin.

        Raises:
            WritingError: The temporary folder is full or closed to us.
        """
        view = memoryview(content).cast("B")
        with self._lock:
            start, self.size = self.size, self.size + view.nbytes
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
        if self._file is None and self.size > self._most:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - it lives as long as this
            _write(self._file, memoryview(self._held))
            self._held = bytearray()
        if self._file is None:
            self._held += view
        else:
            _write(self._file, view)

    def read_into(self, room: memoryview, start: int) -> None:
        """Fill `room`, bytes, with what stands from `start` on; nothing may be appended any more."""
        if self._file is None:
            room[:] = memoryview(self._held)[start : start + room.nbytes]
            return
        done = 0
        while done < room.nbytes:
            got = self._read_some(self._file, room[done:], start + done)
            if not got:
                raise WritingError("a temporary file was cut short while the run needed it")
            done += got

    def _read_some(self, file: FileIO, room: memoryview, start: int) -> int:
        if hasattr(os, "preadv"):  # no lock: threads that read a lot would wait for each other
            return os.preadv(file.fileno(), [room], start)
        with self._lock:
            file.seek(start)
            return file.readinto(room) or 0

    def read(self, start: int, end: int) -> bytes:
        """Give the bytes from `start` to `end`."""
        if self._file is None:
            return bytes(self._held[start:end])
        room = bytearray(end - start)
        self.read_into(memoryview(room), start)
        return bytes(room)


def _write(file: FileIO, view: memoryview) -> None:
    while view.nbytes:  # an unbuffered file may take less than it was given
        view = view[file.write(view) :]
