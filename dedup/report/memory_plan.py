"""The memory budget of a run, and how it is divided.

A run has as many workers as fit into half of what the libraries leave; texts and sketches beyond a quarter of
the rest go to disk. The other columns grow with the archive: if they would not fit, the run stops with an
error message before the operating system kills it. Nothing keeps a single text from being larger than the
budget, so the command compares the budget with the peak that it measured.
"""

from dedup.model.errors import SettingError
from dedup.report.pair.sketch_store import FINGERPRINTS_AT_ONCE
from dedup.report.spill import IN_MEMORY, MemoryBudget

MB = 1 << 20

FIXED = 160 * MB
"""Bytes of the interpreter, libraries, and the batches in progress (benchmarks/scale.py)."""
RANKED = 200 * MB
"""Additional bytes for ranking: its libraries, and the words of a sample (the same script, with `--full`)."""
A_STORY = 750
"""Bytes per story that always stay in memory: numbers, ids, candidates, pairs (benchmarks/scale.py)."""
A_RANKED_STORY = 250
"""Additional bytes per story for the terms of cluster members."""
A_PAIR = 600
"""Bytes per pair to measure, beyond one per story (benchmarks/memory.py --alike)."""
A_FINGERPRINT = 140
"""Bytes per fingerprint of the range that a worker pairs, beyond the `FINGERPRINTS_AT_ONCE` among the fixed
ones: where most texts share a passage, a range has more (benchmarks/range_memory.py)."""
A_BATCH = 10 * MB
"""Bytes of a worker beyond the first that prepares batches of texts (benchmarks/memory.py)."""
A_PART = 100 * MB
"""Likewise of one that makes parts of a work folder, which are many batches each (the same script)."""
_MORE = ", and more may come"
_WORKERS = 2
"""Workers get one part in this many of the budget."""
_SHARE = 4
"""Texts and sketches get one part in this many of what the workers leave."""


class MemoryPlan:
    """Division of a memory budget.

    Attributes:
        stored: Budget of texts and sketches in memory.
        workers: Number of workers.
    """

    def __init__(self, size: int | None, *, ranked: bool, workers: int = 1, each: int = A_BATCH) -> None:
        """Divide the budget.

        Args:
            size: Total bytes; None for no limit except on texts and sketches.
            ranked: Whether the run ranks.
            workers: How many workers are wanted; fewer if their memory would not fit.
            each: Bytes of each worker beyond the first.

        Raises:
            SettingError: It is less than the minimum of any run.
        """
        self._fixed = FIXED + RANKED * ranked
        self._size = size
        self._ranked = ranked
        self._a_story = A_STORY + A_RANKED_STORY * ranked
        self.workers = workers
        if size is None:
            self.stored = MemoryBudget(IN_MEMORY)
            return
        room = size - self._fixed
        if room < 0:
            raise SettingError(
                "memory",
                _spelt(size),
                f"any run takes {_spelt(self._fixed)}; give more{_unranked(ranked=ranked)}",
            )
        self.workers = min(workers, 1 + room // _WORKERS // each)
        self._fixed += (self.workers - 1) * each
        self.stored = MemoryBudget(min((size - self._fixed) // _SHARE, IN_MEMORY))

    def check(self, stories: int, candidates: int = 0) -> None:
        """Check that this many stories, and the pairs to compare, fit into memory.

        Once the pairs are known, everything is stored: what the texts and sketches do not take is free.

        Raises:
            SettingError: They do not.
        """
        pairs = A_PAIR * max(candidates - stories, 0)
        stored = self.stored.taken if candidates else self.stored.size
        counted = f"{candidates:,} pairs of {stories:,} stories" if pairs else f"{stories:,} stories"
        self._check_all(self._a_story * stories + pairs + stored, counted, "" if pairs else _MORE)

    def check_range(self, stories: int, fingerprints: int) -> None:
        """Check that the largest range of fingerprints fits into memory beside the stories, for each worker.

        Args:
            stories: All of them.
            fingerprints: Those of the largest range.

        Raises:
            SettingError: It does not.
        """
        beyond = self.workers * A_FINGERPRINT * max(fingerprints - FINGERPRINTS_AT_ONCE, 0)
        counted = f"{stories:,} stories with {fingerprints:,} fingerprints to pair at once"
        if beyond:
            self._check_all(self._a_story * stories + self.stored.taken + beyond, counted, _MORE)

    def _check_all(self, size: int, counted: str, more: str) -> None:
        """Check that this many bytes fit beside the fixed ones."""
        needed = self._fixed + size
        if self._size is not None and needed > self._size:
            raise SettingError(
                "memory",
                _spelt(self._size),
                f"{counted} need {_spelt(needed)}{more}; give more"
                f"{_unranked(ranked=self._ranked)}, or take a part of the archive",
            )


def _unranked(*, ranked: bool) -> str:
    return ", or leave the ranking out (--no-rank)" if ranked else ""


def _spelt(size: int) -> str:
    return f"{-(-size // MB):,}M" if size >= MB else f"{size:,} bytes"
