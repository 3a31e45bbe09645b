"""Show the progress of a run on one terminal line, and measure how long each stage takes.

Without a library, so that the line appears at once, without a thread and with a visible cursor.
"""

import sys
from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Self, TextIO

from dedup.output.terminal_width import terminal_width

EVERY = 0.1
"""Minimum time in seconds between two updates."""

SURE = 1.0
"""Time in seconds after which the rate of a stage is shown."""

_LONGEST_BAR, _SHORTEST_BAR = 30, 8
_READING = frozenset({"read", "sketch"})
"""Stages that run concurrently: a story is sketched as soon as it is read."""
_ITEMS = {"read": "stories", "match": "pairs"}
_WIPE = "\r\x1b[K"


def peak_memory() -> float:
    """Return the peak memory of this process so far in MB; 0 if the system does not report it."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return 0.0
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _nothing_known() -> tuple[int, int]:
    return 0, 0


class Progress:
    """A line with the stage, how much of it is done, the speed and the time left; erased at the end.

    Attributes:
        seconds: Duration of each stage, in the order in which they began; that of the current stage is added
            when it ends.
    """

    def __init__(
        self, stream: TextIO, *, shown: bool, position: Callable[[], tuple[int, int]] = _nothing_known
    ) -> None:
        """Start the clock.

        Args:
            stream: Standard error.
            shown: Whether anything is written at all.
            position: Returns the bytes read so far and in total; (0, 0) if unknown.
        """
        self._stream = stream
        self._shown = shown
        self._position = position
        self._last = 0.0
        self._stage, self._done = "", 0
        self._began = self._counting_from = monotonic()
        self.seconds: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Record that `done` of `total` items of a stage are done; a total of 0 is unknown."""
        now = monotonic()
        self._enter("read" if stage in _READING else stage, now)
        self._done = max(self._done, done)
        if not self._done:  # the time before the first item says nothing about the others
            self._counting_from = now
        if self._shown and now - self._last >= EVERY:
            self._last = now
            self._stream.write(_WIPE + self._line(now, total))
            self._stream.flush()

    def _enter(self, stage: str, now: float) -> None:
        if stage == self._stage:
            return
        self._close(now)
        self._stage, self._done, self._began, self._counting_from = stage, 0, now, now
        self._last = 0.0  # a new stage is shown at once

    def _close(self, now: float) -> None:
        if self._stage:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._began

    def _line(self, now: float, total: int) -> str:
        elapsed, counted = now - self._began, now - self._counting_from
        part, whole = self._position() if self._stage == "read" else (self._done, total)
        share = min(part / whole, 1.0) if part and whole else None
        items = _ITEMS.get(self._stage, "")
        count = f"{self._done:,}" + (f" of {total:,}" if total else "") + f" {items}"
        pieces = [self._stage]
        pieces += [] if share is None else [f"{int(100 * share):3} %"]
        pieces += [count] if items else []
        if elapsed >= SURE:
            pieces += [f"{self._done / counted:,.0f}/s"] if items and self._done and counted else []
            pieces += [f"{_clock(counted / share - counted)} left" if share else _clock(elapsed)]
        return self._fitted(pieces, share)

    def _fitted(self, pieces: list[str], share: float | None) -> str:
        """Drop pieces from the end until the line fits, and give the remaining room to the bar."""
        room = max(terminal_width(self._stream) - 1, 1)
        while len(pieces) > 1 and len("  ".join(pieces)) > room:
            pieces.pop()
        free = min(room - len("  ".join(pieces)) - 2, _LONGEST_BAR)
        if share is not None and free >= _SHORTEST_BAR:
            pieces.insert(1, _bar(share, free, self._stream))
        return "  ".join(pieces)[:room]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Erase the line, however the run ended."""
        self.end()

    def end(self) -> None:
        """Erase the line, if there is one, and stop the clock of the stage."""
        if not self._stage:
            return
        self._close(monotonic())
        self._stage = ""
        if self._shown:
            self._stream.write(_WIPE)
            self._stream.flush()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _bar(share: float, length: int, stream: TextIO) -> str:
    full = round(share * length)
    done, open_ = ("\u2501", "\u2500") if (stream.encoding or "utf-8").lower().startswith("utf") else "#-"
    return done * full + open_ * (length - full)
