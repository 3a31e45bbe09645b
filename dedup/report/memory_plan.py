"""What a run may have in memory, all in all, and how it keeps to that.

Texts and sketches go to disk beyond a share of it. The columns beside them grow with the archive: once they
would not fit any more, the run ends in words, before the system ends it. It is a plan, not a limit that the
system enforces.
"""

from dedup.model.errors import SettingError
from dedup.report.spill import IN_MEMORY, MemoryBudget

MB = 1 << 20

FIXED = 160 * MB
"""The interpreter, libraries, and the batches that threads work on (benchmarks/scale.py)."""
RANKED = 200 * MB
"""What the ranking has besides: its libraries, and the words of a sample (the same, with `--full`)."""
A_STORY = 1000
"""Bytes of each story that always stay in memory: numbers, ids, candidates, pairs (benchmarks/scale.py)."""
_SHARE = 4
"""One in so many bytes is for texts and sketches."""


class MemoryPlan:
    """How memory is shared out.

    Attributes:
        stored: What texts and sketches may take.
    """

    def __init__(self, size: int | None, *, ranked: bool) -> None:
        """Share out.

        Args:
            size: Bytes, all in all; None for as many as the archive takes, with a bound for texts alone.
            ranked: Whether the run ranks.

        Raises:
            SettingError: It is less than any run takes.
        """
        self._fixed = FIXED + RANKED * ranked
        self._size = size
        if size is not None and size < self._fixed:
            raise SettingError(
                "memory",
                _spelt(size),
                f"any run takes {_spelt(self._fixed)}; give more{_unranked(ranked=ranked)}",
            )
        self._ranked = ranked
        room = IN_MEMORY if size is None else (size - self._fixed) // _SHARE
        self.stored = MemoryBudget(min(room, IN_MEMORY))

    def check(self, stories: int) -> None:
        """Ask whether there is room for so many stories.

        Raises:
            SettingError: There is not.
        """
        if self._size is None:
            return
        needed = self._fixed + A_STORY * stories + self.stored.size
        if needed > self._size:
            raise SettingError(
                "memory",
                _spelt(self._size),
                f"{stories:,} stories need {_spelt(needed)}, and more may come; give more"
                f"{_unranked(ranked=self._ranked)}, or take a part of the archive",
            )


def _unranked(*, ranked: bool) -> str:
    return ", or leave the ranking out (--no-rank)" if ranked else ""


def _spelt(size: int) -> str:
    return f"{-(-size // MB):,}M"
