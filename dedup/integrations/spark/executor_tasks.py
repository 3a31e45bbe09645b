"""The tasks of executors, which read and write files of a work folder."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dedup import __version__, core
from dedup.model.document_batch import BatchTask
from dedup.model.errors import EngineError
from dedup.model.recipe import Recipe
from dedup.report.run_steps import Step
from dedup.report.work.document_parts import Made, make_parts
from dedup.report.work.folder_runner import make_result
from dedup.report.work.open_material import open_material

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

WAVES = 4
"""Slices per core: a slow task then delays few others."""


_CONDITION = re.compile(r"\[[A-Z0-9_.]+\] (.+?)\.?(?:\s+SQLSTATE: \w+)?$", re.MULTILINE)
"""What an error of Spark says behind the name of its condition."""

_DESCRIPTION = "spark.job.description"
"""Property of a thread with the description of its jobs."""

_NO_PACKAGE = "No module named 'dedup'"


class Place(NamedTuple):
    """The work folder, and what the driver requires of executors.

    Attributes:
        folder: The work folder.
        marker: Name of a file in the folder, which shows that an executor sees it.
        hazm: Release of hazm on the driver, empty where it has none; None where nothing is ranked.
        version: Of this package, on the driver.
        kernel: Likewise.
    """

    folder: str
    marker: str
    hazm: str | None = None
    version: str = __version__
    kernel: str = core.NAME

    def check(self) -> None:
        """Refuse an executor whose results would differ or be lost.

        Raises:
            EngineError: This executor has another release, no compiled kernel, another hazm, or does not
                see the folder.
        """
        if self.version != __version__:
            raise EngineError(
                f"an executor has version {__version__} of this package, the driver {self.version}; "
                "install the same on all"
            )
        if self.kernel != core.NAME:
            raise EngineError(
                f"an executor has the {core.NAME} kernel, the driver the {self.kernel} one; install a "
                "C compiler where the executors' environment is made, and the package again"
            )
        if self.hazm is not None and self.hazm != release_of_hazm():
            raise EngineError(
                f"an executor has {_named(release_of_hazm())}, the driver {_named(self.hazm)}, which choose "
                "other terms; install the same on all, or leave the ranking out (--no-rank)"
            )
        if not Path(self.folder, self.marker).exists():
            raise EngineError(
                f"an executor does not see the work folder {self.folder}; name one on storage that the "
                "driver and all executors have under the same path"
            )


def release_of_hazm() -> str:
    """Return the release of hazm that is installed, or nothing."""
    try:
        return metadata.version("hazm")
    except metadata.PackageNotFoundError:
        return ""


def _named(release: str) -> str:
    return f"hazm {release}" if release else "no hazm"


def cores(spark: "SparkSession") -> int:
    """Return the number of cores of the session."""
    count: int = spark.sparkContext.defaultParallelism
    return count


def make_some(group: Sequence[BatchTask], *, place: Place, documents: str, recipe: Recipe) -> Made:
    """Make the parts of some batches."""
    place.check()
    return make_parts(group, folder=Path(documents), recipe=recipe)


def do_tasks[Task, Result](
    tasks: Iterable[tuple[str, Task]], *, place: Place, run: str, step: Step[Task, Result]
) -> Iterator[str]:
    """Do tasks whose results do not exist, write them, and yield their paths."""
    place.check()
    material = open_material(place.folder, run)
    for path, task in tasks:
        make_result(Path(path), step, material, task)
        yield path


def on_executors[Task, Result](
    spark: "SparkSession", function: partial[Iterator[Result]], tasks: Sequence[Task], *, step: str
) -> list[Result]:
    """Map tasks on executors; the results come back in the order of the tasks.

    Args:
        spark: The session.
        function: Does some of the tasks.
        tasks: All of them.
        step: Name of the step, which Spark's page and event log show.

    Raises:
        EngineError: An executor cannot do its work.
    """
    slices = max(min(len(tasks), WAVES * cores(spark)), 1)
    context = spark.sparkContext
    before = context.getLocalProperty(_DESCRIPTION)
    context.setJobDescription(f"dedup: {step}")
    try:
        results: list[Result] = context.parallelize(tasks, slices).mapPartitions(function).collect()
    except Exception as error:
        raise engine_error(error) from error
    finally:
        context.setLocalProperty(_DESCRIPTION, before)  # type: ignore[arg-type] # None removes it
    return results


def engine_error(error: BaseException) -> EngineError:
    """Make a one-line error of one on an executor: the last line of the Python error there."""
    if isinstance(error, EngineError):
        return error
    if _NO_PACKAGE in str(error):
        return EngineError(
            "the executors cannot import dedup; install newsdedup in their Python, or send an environment "
            "along with spark.archives, such as one that venv-pack made"
        )
    if _has_ended(error) or "java.lang.OutOfMemoryError" in str(error):
        return EngineError(
            "Spark's Java has ended, or needs more memory, as very long texts do: raise "
            "spark.executor.memory, or with local[N] SPARK_DRIVER_MEMORY, such as 8g; what is done is kept, "
            "start the run again to go on"
        )
    return EngineError(f"Spark: {error_line(error)}; what is done is kept, start the run again to go on")


def ends_the_run(error: Exception) -> bool:
    """Return whether no other partition can be read: this package refuses to work, or Java has ended."""
    return _has_ended(error) or any(sign in str(error) for sign in (_NO_PACKAGE, "dedup.model.errors."))


def _has_ended(error: BaseException) -> bool:
    """Return whether Java no longer answers; it ends itself when its heap is too small."""
    return isinstance(error, ConnectionError) or type(error).__name__ == "Py4JNetworkError"


def error_line(error: BaseException) -> str:
    """Return the last line of a Python error on an executor, or what an error of Spark says."""
    message = str(error)
    lines = [
        line.strip() for line in message.splitlines() if "Error: " in line and not line.startswith("\tat")
    ]
    ours = [line for line in lines if line.startswith(("dedup.", "pyspark.", "MemoryError", "OSError"))]
    best = ours or lines
    if best:
        return best[0].rpartition("Error: ")[2]
    of_spark = _CONDITION.search(message)
    return of_spark[1] if of_spark else message.strip().partition("\n")[0]
