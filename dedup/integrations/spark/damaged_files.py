"""Data frames over files of which some are damaged: name those, and read the rest."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from dedup.integrations.spark.executor_tasks import error_line
from dedup.model import Problem

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_SKIPPING = ("spark.sql.files.ignoreCorruptFiles", "spark.sql.files.ignoreMissingFiles")
"""Settings with which Spark skips files that it cannot read; it names them in its log only."""

_READING_FILE = re.compile(r"while reading file (\S+)\.\s")
"""Where an error of Spark names the file, its path encoded as in a URL."""

_PATTERN = re.compile(r"[\[\]{}*?\\]")
"""Characters that Spark would interpret as a pattern of several paths."""

_CAUSE = re.compile(r"^Caused by: [\w.$]+: (.+)$", re.MULTILINE)

_OWN_READER = {".parquet": "parquet", ".orc": "orc"}
"""Formats of Spark by the end of a file's name; all other files are read as lines of text."""


def damaged_files(frame: "DataFrame", error: Exception) -> list[Problem]:
    """Return a problem for each file of a frame that Spark cannot read.

    Args:
        frame: The frame, shuffled or not.
        error: Why it could not be computed.

    Returns:
        None, unless the error is that of a file. All files of the frame are then read once more.
    """
    named = _READING_FILE.search(str(error))
    if named is None:
        return []
    reasons = {unquote(named[1]): _cause(error)}
    for file, fault in _unreadable(frame.sparkSession, sorted(set(map(unquote, frame.inputFiles())))):
        reasons.setdefault(file, _cause(fault))
    return [
        Problem(
            file.removeprefix("file://"),
            None,
            f"Spark cannot read the file ({reasons[file]}); rows before the damage are kept",
        )
        for file in sorted(reasons)
    ]


def _cause(error: Exception) -> str:
    """Return the innermost cause that an error names, on one line."""
    causes = _CAUSE.findall(str(error))
    return causes[-1].strip() if causes else error_line(error)


def _unreadable(spark: "SparkSession", files: Sequence[str]) -> Iterator[tuple[str, Exception]]:
    """Find the files that cannot be read."""
    by_format = defaultdict(list)
    for file in files:
        by_format[_OWN_READER.get(PurePosixPath(file).suffix, "text")].append(file)
    for form, some in sorted(by_format.items()):
        yield from _unreadable_of(spark, form, some)


def _unreadable_of(spark: "SparkSession", form: str, files: list[str]) -> Iterator[tuple[str, Exception]]:
    """Find the files of one format that cannot be read, by bisection."""
    paths = [_PATTERN.sub(r"\\\g<0>", file) for file in files]
    try:
        spark.read.format(form).load(paths).write.format("noop").mode("overwrite").save()
    except Exception as error:  # noqa: BLE001 - whatever it was, the file is named
        if len(files) == 1:
            yield files[0], error
            return
        middle = len(files) // 2
        yield from _unreadable_of(spark, form, files[:middle])
        yield from _unreadable_of(spark, form, files[middle:])


@contextmanager
def skipping_damage(spark: "SparkSession") -> Iterator[None]:
    """Let Spark skip files that it cannot read."""
    before = {name: spark.conf.get(name) for name in _SKIPPING}
    for name in _SKIPPING:
        spark.conf.set(name, "true")
    try:
        yield
    finally:
        for name, value in before.items():
            spark.conf.set(name, value or "false")
