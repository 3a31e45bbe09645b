"""Run a report on this machine, with or without a work folder, or on Spark."""

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
"""Size of a work folder relative to its unpacked input: 2.0 to 2.8 for five archives of news, and a margin
(benchmarks/engines.py). A text of a hundred bytes takes 600 bytes, and each pair 400."""
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
    """Find the copies with the engine that the options select.

    Raises:
        SettingError: Spark without a work folder, `--master` without Spark, or `--memory` with Spark.
        EngineError: Spark cannot run.
    """
    _check_engine(options)
    _print_size_estimate(options)
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
    """Refuse options that do not apply to the chosen engine."""
    if options.engine == "local":
        if options.master is not None:
            raise SettingError("master", options.master, "it is for Spark; add --engine spark")
        return
    if options.memory is not None:
        allowed = (
            "it applies to one machine; for Spark set spark.driver.memory and spark.executor.memoryOverhead"
        )
        raise SettingError("memory", options.memory, allowed)
    if options.work_dir is None:
        raise SettingError(
            "engine", "spark", "it needs --work-dir DIR, a folder that all executors can access"
        )


def _print_size_estimate(options: argparse.Namespace) -> None:
    """Print how much disk space the work folder will take, before hours of work."""
    inputs = [*options.input, *options.reference]
    if options.work_dir is None or options.quiet or "-" in inputs:
        return
    size = expected(
        inputs, glob=options.glob or (), exclude=options.exclude or (), follow_links=options.follow_links
    )
    folder = Path(options.work_dir).absolute()
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(existing).free
    say(
        f"dedup: the work folder takes about {_size_text(ROOM * size)}, more if the input is compressed or "
        f"its texts are very short; {_size_text(free)} are free"
    )


def over_budget(options: argparse.Namespace, peak: float) -> Iterator[str]:
    """Warn if a run took more memory than `--memory` allows.

    Not with a work folder: the peak includes memory-mapped files, although the system reclaims their pages
    when it needs them.

    Args:
        options: Options of the command.
        peak: Peak memory of the run in MB; 0 if the system does not report it.
    """
    if options.memory is not None and options.work_dir is None and peak * (1 << 20) > options.memory:
        yield (
            f"dedup: warning: the run took {peak:,.0f} MB of memory, more than --memory allows: a text or "
            "the pairs took more than expected; to enforce a limit, use a container or ulimit"
        )


def _size_text(size: float) -> str:
    unit = 0
    while size >= _KILO and unit < len(_UNITS) - 1:
        size, unit = size / _KILO, unit + 1
    return f"{size:,.0f} {_UNITS[unit]}" if size >= 10 or not unit else f"{size:.1f} {_UNITS[unit]}"  # noqa: PLR2004
