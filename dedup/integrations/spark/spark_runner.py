"""Run steps on Spark: executors read the work folder and write results to it, which the driver reads."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.integrations.spark.executor_tasks import Place, do_tasks, on_executors
from dedup.integrations.spark.spark_job import SparkJob
from dedup.report.run_steps import Codec, Material, Step
from dedup.report.work.arrays_file import read_arrays
from dedup.report.work.folder_runner import kept_once, make_result
from dedup.report.work.open_material import run_name, share_material
from dedup.report.work.work_folder import WorkFolder

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_PAUSE = 0.2
"""Seconds after which the driver looks for further results."""


class SparkRunner:
    """Runs tasks on executors; a single one in this process, and none whose result is in the work folder."""

    def __init__(self, spark: "SparkSession", folder: WorkFolder, place: Place) -> None:
        self._spark = spark
        self._folder = folder
        self._place = place

    def run[Task, Result](
        self, step: Step[Task, Result], tasks: Sequence[Task], material: Material
    ) -> Iterator[Result]:
        """Return the result of each task, in their order, while later ones are still made.

        Raises:
            EngineError: An executor cannot do its work.
        """
        share_material(self._folder, material)
        paths = [self._folder.result(step.name, number) for number in range(len(tasks))]
        missing = [(path, task) for path, task in zip(paths, tasks, strict=True) if not path.exists()]
        written: Iterable[Path] = paths
        if len(missing) == 1:  # nothing to divide: an executor would only load the libraries once more
            ((path, task),) = missing
            make_result(path, step, material, task)
        elif missing:
            written = self._as_written(paths, step, missing)
        for path in written:
            yield step.codec.unpack(read_arrays(path))

    def _as_written[Task, Result](
        self, paths: Sequence[Path], step: Step[Task, Result], missing: Sequence[tuple[Path, Task]]
    ) -> Iterator[Path]:
        """Return each path once executors have written it."""
        do = partial(do_tasks, place=self._place, run=run_name(self._folder.path), step=step)
        tasks = [(str(path), task) for path, task in missing]
        with SparkJob(self._spark, partial(on_executors, self._spark, do, tasks, step=step.name)) as job:
            for path in paths:
                while not (job.is_over(seconds=0) or path.exists()):
                    job.is_over(seconds=_PAUSE)
                yield path
            while not job.is_over(seconds=_PAUSE):  # its last report: a job left before it counts as failed
                pass

    def once[Result](self, name: str, codec: Codec[Result], make: Callable[[], Result]) -> Result:
        """Return a result that the driver makes unless it is there."""
        return kept_once(self._folder.result(name, 0), codec, make)
