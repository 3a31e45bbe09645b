"""Monotonic clock for index timestamps that tolerates wrong or changing system time.

Timestamps never go backwards, so with a clock set to 1970 no story is too old as soon as it is stored. A
clock set far ahead cannot expire all stories at once either: in an index with a window, time passes at most
twice as fast as real time while a process runs, and jumps by at most half the window when one starts.
"""

import time
from collections.abc import Callable


class IndexClock:
    """Milliseconds since 1970, corrected for a wrong system clock."""

    def __init__(
        self,
        window: int | None,
        *,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Set the window in milliseconds, and the wall and the monotonic clock in seconds."""
        self._window = window
        self._wall = wall
        self._steady = steady
        self._value = 0
        self._read_at: float | None = None

    def now(self, newest: int) -> int:
        """Return the current time.

        Args:
            newest: The latest timestamp in the index, 0 if it is empty.
        """
        wall, steady = int(self._wall() * 1000), self._steady()
        if self._window is None:  # no story expires, so the system clock is trusted
            self._value = wall
        elif self._read_at is None:
            self._value = min(wall, newest + self._window // 2) if newest else wall
        else:
            passed = max(int((steady - self._read_at) * 1000), 0)
            ahead = wall - self._value
            self._value += passed // 2 if ahead < 0 else passed + min(max(ahead - passed, 0), passed)
        self._read_at = steady
        self._value = max(self._value, newest)
        return self._value
