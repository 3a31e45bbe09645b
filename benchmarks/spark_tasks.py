"""How long the slowest and the median task of each step of a report on Spark ran, by Spark's event log.

A task of Spark does several tasks of a step, one after the other. Those that begin before any has ended also
start Python; the slowest of the others stands beside them. With `--only` an archive has nothing but alerts of
one template, or nothing but copies of one story, as in `benchmarks.driver`.

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
from benchmarks.spark_events import TaskTime, event_log, task_times
from benchmarks.synthetic import skewed


def show(steps: Mapping[str, Sequence[TaskTime]]) -> None:
    """Print a line for each step."""
    for name, tasks in steps.items():
        median = max(statistics.median(task.seconds for task in tasks), 1e-3)
        slowest = max(task.seconds for task in tasks)
        others = [task.seconds for task in tasks if not task.starts_python]
        started = (
            f"; {max(others) / median:.1f} without Python's start" if 0 < len(others) < len(tasks) else ""
        )
        print(
            f"{name:24} {len(tasks):5,} tasks of {median:7.2f} s, the slowest {slowest:7.2f} s, "
            f"{slowest / median:.1f} times the median{started}"
        )


def main() -> None:
    """Make a report, and print a line for each step."""
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
        steps = task_times(folder / "events")
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
