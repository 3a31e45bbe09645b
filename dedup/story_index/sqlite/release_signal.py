"""How a process that waits for a lock learns that it was released: a futex in the lock file.

Who only asks again and again finds the lock free too late, or wakes too often. The signal is no more than a
hint: the lock is that of the operating system, and a signal that is lost, since its process was killed or the
other did not wait yet, costs one pause.

Source: futex(2). The kernel reads the word itself, so a lock file that somebody cuts short cannot end this
process with SIGBUS.
"""

import ctypes
import errno
import mmap
import os
import platform
import sys
from functools import cache
from typing import Any

import numpy as np

_NUMBERS = {"x86_64": 202, "aarch64": 98, "riscv64": 98, "ppc64le": 221, "s390x": 238}
"""Number of the system call by machine."""
_WAIT, _WAKE = 0, 1
_WORD = int.from_bytes(b"0000", sys.byteorder)
"""The note in the lock file begins so: a number of 20 digits, which counts writes."""
_SIZE = 4
_BILLION = 10**9
_WAITED = frozenset({errno.ETIMEDOUT, errno.EINTR})
"""Errors after which it has waited."""


class _Time(ctypes.Structure):
    """The C structure `timespec` of machines of 64 bits."""

    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


class ReleaseSignal:
    """The signal of a lock file that is open; one object must not be shared by threads."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._mapping: mmap.mmap | None = None
        self._address: int | None = None

    def wait(self, seconds: float) -> bool:
        """Wait for the signal, or for less than a second.

        Returns:
            False if the signal does not work here, and nothing was waited for.
        """
        call, address = futex_call(), self._mapped()
        if call is None or address is None:
            return False
        pause = _Time(0, int(seconds * _BILLION))
        ended = call(address, _WAIT, _WORD, ctypes.byref(pause))
        return ended == 0 or ctypes.get_errno() in _WAITED

    def send(self) -> int:
        """Wake one process that waits, if there is one; returns how many were woken."""
        call, address = futex_call(), self._mapped()
        if call is None or address is None:
            return 0
        woken: int = call(address, _WAKE, 1, None)
        return max(woken, 0)

    def close(self) -> None:
        """Let go of the file."""
        self._address = None
        if self._mapping is not None:
            self._mapping.close()
            self._mapping = None

    def _mapped(self) -> int | None:
        """Where the first word of the file is in memory; None while it has none."""
        if self._address is None and os.fstat(self._handle).st_size >= _SIZE:
            self._mapping = mmap.mmap(self._handle, _SIZE, access=mmap.ACCESS_READ)
            self._address = np.frombuffer(self._mapping, dtype=np.uint8).ctypes.data
        return self._address


@cache
def futex_call() -> Any:  # noqa: ANN401 - a function of C
    """The system call, for an address, an operation, a value and a time; None if the system has none."""
    number = _NUMBERS.get(platform.machine()) if sys.platform == "linux" and sys.maxsize > 2**32 else None
    if number is None:  # pragma: no cover - other systems
        return None
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.restype = ctypes.c_long

    def futex(address: int, operation: int, value: int, pause: Any) -> int:  # noqa: ANN401
        returned: int = call(
            ctypes.c_long(number), ctypes.c_void_p(address), operation, ctypes.c_uint32(value), pause, None, 0
        )
        return returned

    return futex
