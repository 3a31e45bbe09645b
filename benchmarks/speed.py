"""Seconds of the whole command on one archive, beside the cost of reading it.

Every command is a process of its own, run once to warm up and then in turn with the others; the median
counts. The reference decompresses the file and parses every line, nothing else: quote the ratio to
it, since machines differ.

    python -m benchmarks.speed [--runs N] [--json FILE] [ARCHIVE]
"""

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

from benchmarks.archives import DATA, leave_without_data, present

ARCHIVE = "isna_2019.jsonl.gz"
READING = "import gzip, json, sys\nfor line in gzip.open(sys.argv[1]): json.loads(line)"


def commands(path: Path) -> dict[str, list[str]]:
    """What is timed, by name; the first is the reference."""
    report = [sys.executable, "-m", "dedup", "report", str(path), "--quiet", "--json", "-"]
    return {
        "reading alone": [sys.executable, "-c", READING, str(path)],
        "report --no-rank": [*report, "--no-rank"],
        "report": report,
    }


def timed(command: list[str]) -> tuple[float, float]:
    """Wall seconds of one run and the largest resident size so far of any child, MB."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Print a line a command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", nargs="?", default=ARCHIVE)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if not present(options.archive):
        leave_without_data()
    todo = commands(DATA / options.archive)
    peaks = {name: timed(command)[1] for name, command in todo.items()}
    seconds: dict[str, list[float]] = {name: [] for name in todo}
    for _ in range(options.runs):
        for name, command in todo.items():
            seconds[name].append(timed(command)[0])
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    reference = next(iter(medians.values()))
    for name, median in medians.items():
        print(f"{name:18} {median:6.2f} s  {median / reference:6.1f} x  at most {peaks[name]:,.0f} MB so far")
    if options.json:
        result = {
            "archive": options.archive,
            "python": platform.python_version(),
            "numpy": version("numpy"),
            "seconds": seconds,
        }
        options.json.write_text(json.dumps(result, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
