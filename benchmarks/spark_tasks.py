"""A report on Spark: how long the slowest task of each step ran, beside the median one, by Spark's event log.

A task of Spark does several tasks of a step, one after the other. The first one on each core also starts
Python and opens the work folder. With `--only` the archive has nothing but alerts of one template, or nothing
but copies of one story, as in `benchmarks.driver`.

    python -m benchmarks.spark_tasks (ARCHIVE | --synthetic N) [--only alerts|copies] [--master URL] [--rank]
        [--json FILE]
"""

import argparse
import json
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks import corpus, processes
from benchmarks.machine import describe
from benchmarks.spark_events import event_log, task_seconds
from benchmarks.synthetic import skewed


def show(steps: Mapping[str, Sequence[float]]) -> None:
    """Print a line for each step."""
    for name, seconds in steps.items():
        median, slowest = statistics.median(seconds), max(seconds)
        print(
            f"{name:24} {len(seconds):5,} tasks of {median:8.2f} s, the slowest {slowest:8.2f} s: "
            f"{slowest / max(median, 1e-3):.1f} times the median"
        )


def main() -> None:
    """Report, and print the steps."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.spark_tasks", description=__doc__.splitlines()[0]
    )
    corpus.add_arguments(parser, synthetic=20_000)
    parser.add_argument("--only", choices=skewed.KINDS, help="an archive of one template or one story")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--rank", action="store_true", help="rank too")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.only:
            options.archive = folder / f"{options.only}.jsonl"
            skewed.write_skewed(options.archive, options.synthetic, kind=options.only)
        archive = corpus.prepare(options, folder)
        engine = ("--engine", "spark", "--master", options.master, "--work-dir", str(folder / "work"))
        ranked = () if options.rank else ("--no-rank",)
        with event_log(folder / "events"):
            run = processes.timed(
                processes.report(archive.path, folder / "report.json", *engine, *ranked), descendants=True
            )
        steps = task_seconds(folder / "events")
    print(f"{archive.documents:,} documents: {run.seconds:.1f} s, {run.processor_seconds:.1f} s of processor")
    show(steps)
    if options.json:
        result = {
            "machine": describe(),
            "archive": archive.described(),
            "run": asdict(run),
            "steps": steps,
        }
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
