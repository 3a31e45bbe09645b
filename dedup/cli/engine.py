"""Where a report is computed: on this machine, in a work folder, on Spark."""

import argparse
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from dedup.cli.streams import say
from dedup.input import expected
from dedup.model import Report
from dedup.model.decisions import Decisions
from dedup.model.document_batch import BatchSource
from dedup.model.errors import SettingError
from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe
from dedup.output.progress import Progress
from dedup.report.find_duplicates import find_duplicates

ROOM = 3.0
"""Bytes of a work folder for each byte of its input, unpacked: 2.0 to 2.8 in five archives of news, and a
margin (benchmarks/engines.py). A text of a hundred bytes takes 600, and each pair 400."""
_UNITS = ("bytes", "KB", "MB", "GB", "TB")
_KILO = 1000


def find(
    options: argparse.Namespace,
    documents: BatchSource,
    reference: BatchSource,
    *,
    decisions: Decisions,
    boilerplate: Sequence[KnownPassage],
    recipe: Recipe,
    progress: Progress,
) -> Report:
    """Find the copies on the engine that the options choose.

    Raises:
        SettingError: Spark has no work folder, a master is named for another engine, or memory for Spark.
        EngineError: Spark cannot run.
    """
    _check_engine(options)
    _tell_room(options)
    if options.engine == "local":
        return find_duplicates(
            documents,
            reference=reference,
            cross_source=options.cross_source,
            recipe=recipe,
            decisions=decisions,
            boilerplate=boilerplate,
            workers=options.workers,
            work_dir=options.work_dir,
            memory=options.memory,
            progress=progress,
        )
    from dedup.integrations import spark  # noqa: PLC0415 - an extra

    session = spark.start(options.master or "local[*]")
    return spark.find_duplicates(
        documents,
        spark=session,
        work_dir=options.work_dir,
        reference=reference,
        cross_source=options.cross_source,
        decisions=decisions,
        boilerplate=boilerplate,
        recipe=recipe,
        progress=progress,
    )


def _check_engine(options: argparse.Namespace) -> None:
    """Refuse settings of another engine than the one chosen."""
    if options.engine == "local":
        if options.master is not None:
            raise SettingError("master", options.master, "it is Spark's; add --engine spark")
        return
    if options.memory is not None:
        allowed = "it is of one machine; Spark has spark.driver.memory and spark.executor.memoryOverhead"
        raise SettingError("memory", options.memory, allowed)
    if options.work_dir is None:
        raise SettingError("engine", "spark", "it needs --work-dir DIR, which all executors see")


def _tell_room(options: argparse.Namespace) -> None:
    """Say how much room the work folder takes, before hours of work."""
    inputs = [*options.input, *options.reference]
    if options.work_dir is None or options.quiet or "-" in inputs:
        return
    size = expected(
        inputs, glob=options.glob or (), exclude=options.exclude or (), follow_links=options.follow_links
    )
    folder = Path(options.work_dir).absolute()
    there = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(there).free
    say(
        f"dedup: the work folder takes about {_spelt(ROOM * size)}, more where the input is compressed or "
        f"its texts are very short; {_spelt(free)} are free"
    )


def over_budget(options: argparse.Namespace, peak: float) -> Iterator[str]:
    """Warn of a run that took more memory than it was to have.

    Not with a work folder: files that are mapped into memory count in the peak, although the
    system takes their pages back when it needs them.

    Args:
        options: Of the command.
        peak: Peak memory of the run in MB; 0 if the system does not report it.
    """
    if options.memory is not None and options.work_dir is None and peak * (1 << 20) > options.memory:
        yield (
            f"dedup: warning: the run took {peak:,.0f} MB of memory, more than --memory allows: a text or "
            "the pairs took more than was planned; to enforce a limit, use a container or ulimit"
        )


def _spelt(size: float) -> str:
    unit = 0
    while size >= _KILO and unit < len(_UNITS) - 1:
        size, unit = size / _KILO, unit + 1
    return f"{size:,.0f} {_UNITS[unit]}" if size >= 10 or not unit else f"{size:.1f} {_UNITS[unit]}"  # noqa: PLR2004
