"""Start a process that reports on a file, and read its measurements."""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dedup.bench.stage_clock import Stage
from dedup.model.errors import EngineError
from dedup.model.recipe import Recipe

_WORKER = (sys.executable, "-P", "-m", "dedup.bench.run_worker")
_LAST = 300
"""Maximum number of characters shown of the output of a failed process."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The engine that makes a report.

    Attributes:
        workers: Number of threads on this machine; None for one per processor.
        master: Of Spark; empty for this machine.
        work_dir: Folder of a run on Spark.
    """

    workers: int | None = None
    master: str = ""
    work_dir: str = ""


@dataclass(frozen=True, slots=True)
class MeasuredRun:
    """Cost and results of one report.

    Attributes:
        stages: In their order.
        counts: `documents`, `clusters`, `pairs`, `candidates`, and `copies`, what could be spared.
        stored_mb: Texts and sketches that were kept in memory.
        json_mb: Size of the JSON.
    """

    stages: tuple[Stage, ...]
    counts: dict[str, int]
    stored_mb: float
    json_mb: float

    @property
    def documents(self) -> int:
        """Stories of the sample, those that could not be compared included."""
        return self.counts["documents"]

    @property
    def seconds(self) -> float:
        """On the clock, from the beginning of the process to the end of its work."""
        return sum(stage.seconds for stage in self.stages)

    @property
    def processor_seconds(self) -> float:
        """Of all threads of the process."""
        return sum(stage.processor_seconds for stage in self.stages)

    @property
    def peak_mb(self) -> float:
        """Largest resident size of all stages."""
        return max(stage.peak_mb for stage in self.stages)

    def as_json(self) -> dict[str, Any]:
        """Return the run as JSON has it."""
        totals = {name: getattr(self, name) for name in ("seconds", "processor_seconds", "peak_mb")}
        return asdict(self) | totals


def measured_run(archive: Path, out: Path, *, recipe: Recipe, engine: Engine) -> MeasuredRun:
    """Report on a file of JSON lines in a process of its own, which writes its JSON to `out`.

    Raises:
        EngineError: The process cannot do it, says why, or was ended.
        MemoryError: It ran out of memory.
    """
    settings = {"archive": str(archive), "out": str(out), "recipe": recipe.as_json(), **asdict(engine)}
    done = subprocess.run(  # noqa: S603 - this interpreter
        _WORKER, input=json.dumps(settings).encode(), capture_output=True, check=False
    )
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip()[-_LAST:]
        raise EngineError(f"a run on the sample ended with {done.returncode}: {last or 'it was killed'}")
    result = json.loads(done.stdout)
    if "out_of_memory" in result:
        raise MemoryError("a run on the sample ran out of memory")
    if "error" in result:
        raise EngineError(f"a run on the sample ended: {result['error']}")
    stages = tuple(Stage(**stage) for stage in result.pop("stages"))
    return MeasuredRun(stages, **result)
