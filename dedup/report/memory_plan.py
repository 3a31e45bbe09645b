"""The memory budget of a run, and how it is divided.

Texts and sketches beyond a fraction of it go to disk. The other columns grow with the archive: if they would
not fit, the run stops with an error message before the operating system kills it. The operating system does
not enforce the budget.
"""

from dedup.model.errors import SettingError
from dedup.report.spill import IN_MEMORY, MemoryBudget

MB = 1 << 20

FIXED = 160 * MB
"""Bytes of the interpreter, libraries, and the batches in progress (benchmarks/scale.py)."""
RANKED = 200 * MB
"""Additional bytes for ranking: its libraries, and the words of a sample (the same script, with `--full`)."""
A_STORY = 1000
"""Bytes per story that always stay in memory: numbers, ids, candidates, pairs (benchmarks/scale.py)."""
_SHARE = 4
"""Texts and sketches get one part in this many of the budget."""


class MemoryPlan:
    """Division of a memory budget.

    Attributes:
        stored: Budget of texts and sketches in memory.
    """

    def __init__(self, size: int | None, *, ranked: bool) -> None:
        """Divide the budget.

        Args:
            size: Total bytes; None for no limit except on texts and sketches.
            ranked: Whether the run ranks.

        Raises:
            SettingError: It is less than the minimum of any run.
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
        """Check that so many stories fit.

        Raises:
            SettingError: They do not.
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
