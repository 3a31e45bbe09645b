"""Clock of an index: which times of the system clock are believed, and which are refused.

Without a window no story expires, and the system clock is believed. With one, a wrong clock would forget
stories:

- Stamps never go back: with a clock set to 1970, time goes on from the latest stamp.
- While a process runs, time passes at most twice as fast as it does; when one starts, it jumps by at most
  half the window.
- A clock more than a year, and more than the window, after the latest stamp is refused; so is one of before
  this program was made if the index is empty, and one more than a year before the latest stamp if it can be
  right. A person can say that it is right, and forget what is too old, with `dedup index prune`.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from dedup.model.errors import ClockError

MADE = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)
"""No clock that says less is right, in milliseconds since 1970."""
YEAR = 366 * 86_400_000


class IndexClock:
    """Milliseconds since 1970, corrected for a wrong system clock."""

    def __init__(
        self,
        window: int | None,
        *,
        place: str = "the index",
        trusted: bool = False,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make a clock.

        Args:
            window: In milliseconds; None for none.
            place: The name of the index in messages.
            trusted: Whether the system clock is believed whatever it says.
            wall: The system clock, in seconds.
            steady: The monotonic clock, in seconds.
        """
        self._window = window
        self._place = place
        self._trusted = trusted
        self._wall = wall
        self._steady = steady
        self._value = 0
        self._read_at: float | None = None

    def now(self, newest: int) -> int:
        """Return the current time.

        Args:
            newest: The latest timestamp in the index, 0 if it is empty.

        Raises:
            ClockError: The clock and the index cannot both be right.
        """
        wall, steady = int(self._wall() * 1000), self._steady()
        if self._trusted:
            return wall
        if self._window is None:  # no story expires, so the system clock is believed
            self._value = wall
        elif self._read_at is None:
            self._check(wall, newest, self._window)
            self._value = min(wall, newest + self._window // 2) if newest else wall
        else:
            passed = max(int((steady - self._read_at) * 1000), 0)
            ahead = wall - self._value
            self._value += passed // 2 if ahead < 0 else passed + min(max(ahead - passed, 0), passed)
        self._read_at = steady
        self._value = max(self._value, newest)
        return self._value

    def _check(self, wall: int, newest: int, window: int) -> None:
        if not newest:
            if wall < MADE:
                raise ClockError(self._place, wall, None)
        elif wall > newest + max(YEAR, window) or MADE <= wall < newest - YEAR:
            raise ClockError(self._place, wall, newest)
