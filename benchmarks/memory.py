"""The peak memory of runs with a memory budget, beside the budget: made-up stories, one process for each run.

For each run: the largest resident size, and the largest anonymous size, which leaves out the files of a work
folder that are mapped into memory. Anonymous memory is sampled, so a short peak may be missed; Linux only.

With `--alike` the archive is one alert many times, each with another number: short texts, several pairs each.

    python -m benchmarks.memory [--stories N] [--alike] [--budgets SIZE ...] [--workers N ...] [--json FILE]
"""

import argparse
import json
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

from benchmarks import corpus, processes
from benchmarks.machine import describe

EVERY = 0.02
"""Seconds between two samples."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The largest sizes of one run, in MB."""

    budget: str
    workers: int
    work_folder: bool
    resident_mb: int
    anonymous_mb: int


def peak(command: list[str]) -> tuple[int, int]:
    """Run a command; return its largest resident and its largest anonymous size, MB."""
    process = subprocess.Popen(command, cwd=processes.ROOT, stdout=subprocess.DEVNULL)
    resident = anonymous = 0
    while process.poll() is None:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
        sizes = {
            name: rest.split()[0]
            for name, _, rest in (each.partition(":") for each in status.splitlines())
            if rest.endswith("kB")
        }
        resident = max(resident, int(sizes.get("VmHWM", 0)))
        anonymous = max(anonymous, int(sizes.get("RssAnon", 0)))
        time.sleep(EVERY)
    if process.returncode:
        raise processes.RunError(f"{' '.join(command)} left with {process.returncode}")
    return resident // 1024, anonymous // 1024


def made_up(stories: int, folder: Path) -> Path:
    """Make up stories."""
    return corpus.make_up(stories, folder).path


def alike(stories: int, folder: Path) -> Path:
    """Write one alert many times, each with another number."""
    path = folder / "alike.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(stories):
            text = (
                f"Tram line {number} runs every ten minutes again after works on the bridge, the city says."
            )
            file.write(json.dumps({"id": str(number), "text": text}) + "\n")
    return path


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=20_000)
    parser.add_argument("--alike", action="store_true", help="an archive of one alert that is varied")
    parser.add_argument("--budgets", nargs="+", default=["300M", "500M", "1G"], metavar="SIZE")
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 4, 16], metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    peaks = []
    print(f"{'budget':>8}{'workers':>9}{'folder':>8}{'resident MB':>13}{'anonymous MB':>14}")
    with tempfile.TemporaryDirectory() as name:
        archive = (alike if options.alike else made_up)(options.stories, Path(name))
        for budget, workers, folder in product(options.budgets, options.workers, (False, True)):
            settings = ["--no-rank", "--memory", budget, "--workers", str(workers)]
            with tempfile.TemporaryDirectory(dir=name) as work:
                settings += ["--work-dir", work] if folder else []
                found = Peak(
                    budget, workers, folder, *peak(processes.report(archive, Path(name, "o.json"), *settings))
                )
            peaks.append(found)
            row = f"{budget:>8}{workers:9}{'yes' if folder else 'no':>8}"
            print(f"{row}{found.resident_mb:13,}{found.anonymous_mb:14,}", flush=True)
    if options.json:
        content = {
            "machine": describe(),
            "stories": options.stories,
            "peaks": [asdict(each) for each in peaks],
        }
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
