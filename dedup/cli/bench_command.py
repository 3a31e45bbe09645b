"""`dedup bench`: measure the cost and the results of a report on an archive."""

import argparse
import sys
from pathlib import Path

from dedup.bench.bench_page import bench_page
from dedup.bench.bench_result import BenchResult, bench_json
from dedup.bench.bench_text import bench_text
from dedup.bench.run_bench import FewStoriesError, Plan, run_bench
from dedup.cli.exit_codes import DONE
from dedup.cli.output_paths import Guarded, check_outputs
from dedup.cli.say_problems import say_problems
from dedup.cli.settings import fields_of, recipe_of
from dedup.cli.streams import encoded, write_all
from dedup.cli.terminal import on_terminal
from dedup.input import ReadProgress, expected, read
from dedup.model.errors import SettingError
from dedup.output.progress import Progress
from dedup.output.whole_files import Content
from dedup.report.work.work_folder import make_folder


def run(options: argparse.Namespace) -> int:
    """Measure, and write the figures."""
    if options.engine != "spark" and (options.master or options.work_dir):
        raise SettingError(
            "engine", options.engine, "--master and --work-dir are for Spark; add --engine spark"
        )
    if options.engine == "spark":
        _check_spark(options)
    named = [(name, path) for name in ("html", "json") if (path := getattr(options, name)) is not None]
    check_outputs(options, named)
    read_progress = ReadProgress()
    prefixed = len(options.input) > 1
    reading = read(options.input, fields=fields_of(options), prefixed=prefixed, read_progress=read_progress)
    archive = Guarded(reading, options.input, outputs=[path for _, path in named], prefixed=prefixed)
    try:
        with _progress(options, read_progress) as progress:
            result = run_bench(archive.document_batches(), _plan(options), progress=progress)
    except FewStoriesError as error:
        say_problems(error.problems)
        raise
    if not options.quiet:
        say_problems(result.census.problems)
    write_all(_outputs(result, dict(named)))
    return DONE


def _check_spark(options: argparse.Namespace) -> None:
    """Check that the run on Spark, the last one, can start.

    Raises:
        EngineError: Java is missing, PySpark is too old, or the master cannot be reached.
        WorkFolderError: The work folder cannot be created.
    """
    from dedup.integrations.spark.spark_session import check_spark  # noqa: PLC0415 - an extra

    check_spark(options.master or "local[*]")
    if options.work_dir is not None:
        make_folder(Path(options.work_dir))


def _plan(options: argparse.Namespace) -> Plan:
    return Plan(
        sample=options.sample,
        stories=options.stories,
        recipe=recipe_of(options, rank=False if options.no_rank else None),
        workers=options.workers,
        master=(options.master or "local[*]") if options.engine == "spark" else "",
        work_dir=options.work_dir or "",
        peers=options.peers,
    )


def _outputs(result: BenchResult, paths: dict[str, str]) -> list[tuple[str, Content]]:
    """List the outputs: the requested files, and the summary unless `-` replaces it."""
    writers: dict[str, Content] = {
        "html": lambda: [bench_page(result)],
        "json": lambda: [bench_json(result)],
    }
    outputs = [(path, writers[name]) for name, path in paths.items()]
    if "-" not in paths.values():
        outputs.insert(0, ("-", lambda: [encoded(bench_text(result))]))
    return outputs


def _progress(options: argparse.Namespace, read_progress: ReadProgress) -> Progress:
    """Make the progress line, shown only on a terminal."""
    if options.quiet or not on_terminal(sys.stderr):
        return Progress(sys.stderr, shown=False)
    size = 0 if "-" in options.input else expected(options.input)
    return Progress(sys.stderr, shown=True, position=lambda: (read_progress.read(), size))
