"""How far a run is: one line on a terminal, nothing elsewhere."""

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from types import TracebackType
from typing import Self, TextIO

EVERY = 0.1
"""Seconds between two lines."""

STEP = 64
"""Items between two looks at the clock."""


def peak_memory() -> float:
    """Give the most memory that this process has had so far, MB; 0 where the system does not tell."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return 0.0
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


class Progress:
    """A line that tells the stage and its count, and is wiped at the end."""

    def __init__(self, stream: TextIO, *, shown: bool) -> None:
        self._stream = stream
        self._shown = shown
        self._last = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` items of a stage are done; a total of 0 is not known."""
        now = monotonic()
        if not self._shown or now - self._last < EVERY:
            return
        self._last = now
        count = f"{done:,} of {total:,}" if total else f"{done:,}"
        self._stream.write(f"\r\x1b[K{stage} {count}")
        self._stream.flush()

    def counted[T](self, stage: str, items: Iterable[T]) -> Iterator[T]:
        """Pass items on, and show how many have passed."""
        for done, item in enumerate(items):
            if done % STEP == 0:
                self(stage, done, 0)
            yield item

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe the line."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
