"""The driver of `dedup bench`: read the archive once, then report on growing parts of a sample."""

import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dedup.bench.bench_result import BenchResult, SparkRun
from dedup.bench.draw_sample import Census, Sample, draw_sample
from dedup.bench.exact_recall import OWN, exact_recall
from dedup.bench.extrapolate import extrapolate
from dedup.bench.measured_run import Engine, MeasuredRun, measured_run
from dedup.bench.other_settings import bare_jaccards, other_settings
from dedup.bench.peer_runs import PeerRun, run_peers
from dedup.bench.relations import Relations, joined_by, shown_by
from dedup.model import Problem
from dedup.model.document_batch import BatchTask
from dedup.model.errors import ReadingError, SettingError
from dedup.model.recipe import Recipe
from dedup.output.phrases import counted
from dedup.report.progress_notes import Progress, silent
from dedup.report.worker_count import usable_workers

PARTS = (8, 4, 2, 1)
"""Divisors of the sample size: reports are made on an eighth, a quarter, a half and all of it."""
LEAST = 16
"""Least number of stories in a sample: its parts would be too small."""


class FewStoriesError(ReadingError):
    """An archive has too few stories to measure.

    Attributes:
        problems: What of it could not be read.
    """

    def __init__(self, stories: int, problems: Sequence[Problem]) -> None:
        super().__init__(f"the archive has {counted(stories, 'readable story')}; expected {LEAST} or more")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings of a bench.

    Attributes:
        sample: Stories of the sample, at most.
        stories: To which the figures are carried over; None for those of the archive.
        recipe: Every setting of the report.
        workers: Number of threads; None for one per processor.
        master: Of Spark, which then runs on the sample too; empty for no Spark.
        work_dir: A folder that all executors see; empty for a temporary one.
        peers: Whether other tools that are installed run on the sample too.
    """

    sample: int = 20_000
    stories: int | None = None
    recipe: Recipe = field(default_factory=Recipe)
    workers: int | None = None
    master: str = ""
    work_dir: str = ""
    peers: bool = False

    def __post_init__(self) -> None:
        for name, least in (("sample", LEAST), ("stories", 1)):
            value = getattr(self, name)
            if value is not None and value < least:
                raise SettingError(name, value, f"{least} or more")


def run_bench(tasks: Iterable[BatchTask], plan: Plan, *, progress: Progress = silent) -> BenchResult:
    """Measure what a report on an archive takes and finds.

    Args:
        tasks: Batches of the archive, read once.
        plan: What is measured.
        progress: Hears what is being done: `read`, then a name for each run.

    Raises:
        FewStoriesError: The archive has too few stories.
        EngineError: A run cannot be made.
    """
    workers = usable_workers(plan.workers)
    census, sample = draw_sample(tasks, size=plan.sample, workers=workers, progress=progress)
    if len(sample) < LEAST:
        raise FewStoriesError(len(sample), census.problems)
    with tempfile.TemporaryDirectory(prefix="dedup-bench-") as name:
        return _Bench(Path(name), census, sample, plan, progress).result()


@dataclass(frozen=True, slots=True)
class _Bench:
    folder: Path
    census: Census
    sample: Sample
    plan: Plan
    progress: Progress

    def result(self) -> BenchResult:
        parts = [self._part(share) for share in PARTS]
        whole = parts[-1]
        report = json.loads(self._out(1).read_bytes())
        names = [document.id for document in self.sample.documents]
        spark = self._on_spark() if self.plan.master else None
        peers = self._peers() if self.plan.peers else ()
        tried = other_settings(
            self._archive(1), self.plan.recipe, whole, workers=self.plan.workers, progress=self.progress
        )
        self.progress("exact overlap", 0, 0)
        stories = max(self.plan.stories or self.census.stories, whole.documents)
        return BenchResult(
            census=self.census,
            recipe=self.plan.recipe,
            parts=tuple(parts),
            recall=exact_recall(
                names,
                [document.text for document in self.sample.documents],
                shown=shown_by(report, names),
                joined={
                    OWN: joined_by(report, names),
                    **{run.tool: Relations(names, groups=run.clusters) for run in peers},
                },
            ),
            settings=tried,
            jaccards=bare_jaccards(report),
            whole=extrapolate(
                parts,
                stories=stories,
                read_seconds=self.census.seconds * stories / self.census.stories,
            ),
            spark=spark,
            peers=peers,
        )

    def _archive(self, share: int) -> Path:
        return self.folder / f"part-{share}.jsonl"

    def _out(self, share: int) -> Path:
        return self.folder / f"part-{share}.json"

    def _part(self, share: int) -> MeasuredRun:
        """Run on a part of the sample."""
        self.progress(f"run on 1/{share} of the sample" if share > 1 else "run on the sample", 0, 0)
        self.sample.write(self._archive(share), stories=len(self.sample) // share)
        engine = Engine(self.plan.workers)
        return measured_run(self._archive(share), self._out(share), recipe=self.plan.recipe, engine=engine)

    def _on_spark(self) -> SparkRun:
        """Run on the sample on Spark, and compare the bytes."""
        self.progress("run on Spark", 0, 0)
        out = self.folder / "spark.json"
        with tempfile.TemporaryDirectory(prefix="dedup-bench-", dir=self.plan.work_dir or None) as work:
            engine = Engine(self.plan.workers, self.plan.master, work)
            run = measured_run(self._archive(1), out, recipe=self.plan.recipe, engine=engine)
            size = sum(path.stat().st_size for path in Path(work).rglob("*") if path.is_file())
        return SparkRun(run, out.read_bytes() == self._out(1).read_bytes(), size)

    def _peers(self) -> tuple[PeerRun, ...]:
        return tuple(run_peers(self._archive(1), self.folder, progress=self.progress))
