"""The clock of an index that lasts: what a wrong or jumping machine clock says does no harm.

Stamps never run backwards, so a clock set to 1970 stores nothing that is old at once. A clock set
far ahead cannot make everything old at once either: while a process runs, an index with a window goes
at most twice as fast as time itself; when one starts, it moves on by half the window at most.
"""

import time
from collections.abc import Callable


class IndexClock:
    """Milliseconds since 1970, as far as they can be believed."""

    def __init__(
        self,
        window: int | None,
        *,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the window of the index in milliseconds, and the two clocks of the machine in seconds."""
        self._window = window
        self._wall = wall
        self._steady = steady
        self._value = 0
        self._read_at: float | None = None

    def now(self, newest: int) -> int:
        """Tell the time.

        Args:
            newest: The latest stamp in the index, 0 when it is empty.
        """
        wall, steady = int(self._wall() * 1000), self._steady()
        if self._window is None:  # nothing ever gets too old, so the machine is believed
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
