"""A job of Spark that runs while the driver goes on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from types import TracebackType
from typing import TYPE_CHECKING, Self
from uuid import uuid4

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class SparkJob:
    """A job in a thread of its own; leaving its context before the end cancels it."""

    def __init__(self, spark: "SparkSession", run: Callable[[], object]) -> None:
        """Start the job.

        Args:
            spark: The session.
            run: Runs it, until it is done.
        """
        from pyspark import inheritable_thread_target  # noqa: PLC0415 - an extra

        self._context = spark.sparkContext
        self._tag = f"dedup-{uuid4()}"
        self._thread = ThreadPoolExecutor(1)
        self._job = self._thread.submit(inheritable_thread_target(spark)(self._tagged(run)))

    def _tagged(self, run: Callable[[], object]) -> Callable[[], None]:
        def tagged() -> None:
            self._context.addJobTag(self._tag)
            try:
                run()
            finally:
                self._context.removeJobTag(self._tag)

        return tagged

    def is_over(self, *, seconds: float) -> bool:
        """Wait for the end, for some seconds at most; return whether it has come.

        Raises:
            Exception: The job has failed.
        """
        if not wait([self._job], timeout=seconds).done:
            return False
        self._job.result()
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cancel the job unless it is done, and wait for its end."""
        if not self._job.done():
            self._context.cancelJobsWithTag(self._tag)
        self._thread.shutdown()
