"""Seconds, processor seconds and memory of each stage, measured by a progress callback."""

import time
from dataclasses import asdict, dataclass

from dedup.bench.resident_peak import peak_mb, reset_peak

START = "start"
"""The stage in which libraries are loaded and, on Spark, a session begins."""
WRITE = "write"
"""The stage in which the JSON is written."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Cost of a stage.

    Attributes:
        stage: Its name: `start`, those of `dedup.find_duplicates`, `write`.
        seconds: On the clock.
        processor_seconds: Of all threads of the process; executors of Spark are other processes.
        peak_mb: Largest resident size during the stage, or since the process began if that is all the system
            reports.
    """

    stage: str
    seconds: float
    processor_seconds: float
    peak_mb: float


class StageClock:
    """Hears where a run is, see `dedup.find_duplicates`, and measures its stages."""

    def __init__(self, *, began: float) -> None:
        """Begin in the stage `start`; `began` is when, by `time.perf_counter`."""
        self._stages: list[Stage] = []
        self._stage, self._began, self._processor = START, began, 0.0
        reset_peak()

    def __call__(self, stage: str, _done: int, _total: int) -> None:
        """Hear the stage."""
        if stage == self._stage:
            return
        now, processor = time.perf_counter(), time.process_time()
        taken = Stage(self._stage, now - self._began, processor - self._processor, peak_mb())
        self._stages.append(taken)
        self._stage, self._began, self._processor = stage, now, processor
        reset_peak()

    def stages(self) -> list[dict[str, str | float]]:
        """End the last stage, and give all as JSON has them."""
        self("", 0, 0)
        return [asdict(each) for each in self._stages]
