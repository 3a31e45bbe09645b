"""How time and memory grow with the archive: made-up stories, one process a run.

For every size: seconds and largest resident size of the floor (reading alone) and of `report --no-rank`, how
much both grew since the size before, and how many bytes each further story took. Every shorter archive is the
beginning of the longer ones. A million stories take 4 GB of disk and several minutes.

    python -m benchmarks.scale [SIZE ...] [--runs N] [--full] [--folder FOLDER] [--json FILE]
"""

import argparse
import json
import statistics
import sys
import tempfile
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks import corpus, processes
from benchmarks.corpus import Corpus
from benchmarks.machine import describe
from benchmarks.processes import Run, timed
from benchmarks.tool_results import Gold, ToolResult, against_gold

SIZES = (10_000, 100_000, 1_000_000)
FLOOR, FAST, FULL = "floor", "report --no-rank", "report"
MB = 1024**2

type Results = list[dict[str, Any]]


def measure(archive: Corpus, folder: Path, *, runs: int, full: bool) -> dict[str, list[Run]]:
    """Run each command `runs` times, in turn; the first also warms up the file."""
    out = outcome(archive, folder)
    todo = {
        FLOOR: processes.floor(archive.path),
        FAST: processes.report(archive.path, out, "--no-rank"),
    }
    if full:
        todo[FULL] = processes.report(archive.path, out)
    measured: dict[str, list[Run]] = {name: [] for name in todo}
    for _ in range(runs):
        for name, command in todo.items():
            measured[name].append(timed(command))
    return measured


def outcome(archive: Corpus, folder: Path) -> Path:
    """Return the path of the report on an archive."""
    return folder / f"{archive.path.stem}.report.json"


def summarised(archive: Corpus, measured: dict[str, list[Run]]) -> dict[str, Any]:
    """Return the medians of one size."""
    return {
        "corpus": archive.described(),
        "commands": {
            name: {
                "median_seconds": round(statistics.median(run.seconds for run in runs), 3),
                "median_peak_mb": round(statistics.median(run.peak_mb for run in runs), 1),
                "runs": [asdict(run) for run in runs],
            }
            for name, runs in measured.items()
        },
    }


def growth(results: Results) -> list[dict[str, Any]]:
    """Return by how much every command grew from each size to the next.

    Returns:
        `from` and `to` in documents, `seconds` as a ratio, and `bytes_a_story`, what each further document
        added to the largest resident size.
    """
    steps = []
    for before, after in pairwise(results):
        small, large = before["corpus"]["documents"], after["corpus"]["documents"]
        for name, now in after["commands"].items():
            then = before["commands"][name]
            more = (now["median_peak_mb"] - then["median_peak_mb"]) * MB
            steps.append(
                {
                    "command": name,
                    "from": small,
                    "to": large,
                    "seconds": round(now["median_seconds"] / then["median_seconds"], 2),
                    "bytes_a_story": round(more / (large - small)),
                }
            )
    return steps


def show(results: Results, steps: list[dict[str, Any]]) -> None:
    """Print one line per size and command."""
    grown = {(step["command"], step["to"]): step for step in steps}
    print(f"{'stories':>10}  {'':18}{'seconds':>9}{'grew':>7}{'MB':>9}{'bytes a further story':>23}")
    for result in results:
        documents = result["corpus"]["documents"]
        for name, command in result["commands"].items():
            step = grown.get((name, documents))
            rest = f"{step['bytes_a_story']:23,}" if step else ""
            factor = f"{step['seconds']:6.1f}x" if step else " " * 7
            seconds, peak = command["median_seconds"], command["median_peak_mb"]
            print(f"{documents:10,}  {name:18}{seconds:9.2f}{factor}{peak:9,.0f}{rest}")
        if "gold" in result:
            gold = result["gold"]
            print(f"{'':12}recall {gold['recall']:.4f}, precision {gold['precision']:.4f} against the gold")


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scale", description=__doc__.splitlines()[0], allow_abbrev=False
    )
    parser.add_argument(
        "sizes", nargs="*", type=int, default=SIZES, metavar="SIZE", help="stories, ascending"
    )
    parser.add_argument("--runs", type=int, default=1, metavar="N", help="runs of each command (default: 1)")
    parser.add_argument("--full", action="store_true", help="time the report with its ranking too")
    parser.add_argument("--folder", type=Path, help="where the archives go (default: a temporary folder)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the made-up stories (default: 1)")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if list(options.sizes) != sorted(set(options.sizes)) or min(options.sizes) < 1:
        parser.error("sizes are 1 or more and ascend")
    if options.runs < 1:
        parser.error("--runs is 1 or more")
    return options


def main() -> None:
    """Measure and score all sizes."""
    options = parsed()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        results = []
        for size in options.sizes:
            archive = corpus.make_up(size, folder, seed=options.seed)
            measured = measure(archive, folder, runs=options.runs, full=options.full)
            results.append(summarised(archive, measured) | {"gold": scored(archive, folder)})
            archive.path.unlink()
            print(f"{size:,} stories measured", file=sys.stderr, flush=True)
    steps = growth(results)
    show(results, steps)
    if options.json:
        content = {"schema": "dedup-scale/1", "machine": describe(), "sizes": results, "growth": steps}
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def scored(archive: Corpus, folder: Path) -> dict[str, object]:
    """Score the report on a made-up archive against its gold."""
    if archive.gold is None:
        raise ValueError(f"{archive.name} was not made up and has no gold")
    return against_gold(ToolResult.read(outcome(archive, folder)), Gold.read(archive.gold))


if __name__ == "__main__":
    main()
