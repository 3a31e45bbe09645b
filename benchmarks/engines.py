"""One archive on three roads: in one process, in a work folder, on Spark; all have to give the same bytes.

For each: seconds, processor seconds of the process and its children, largest resident size; for the work
folder also what a second run takes, which finds everything done, and the bytes that the folder has for each
byte of input. Spark's fixed cost is that of the same run on the seeds.

    python -m benchmarks.engines ARCHIVE [--spark] [--master URL] [--json FILE]
"""

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks import processes
from benchmarks.machine import describe
from benchmarks.processes import ROOT, Run, timed

SEEDS = ROOT / "seeds"


def roads(archive: Path, folder: Path, *, master: str) -> dict[str, list[str]]:
    """Name the commands; each writes its report to a file of its name."""
    local, spark = folder / "local", folder / "spark"
    on_spark = ("--engine", "spark", "--master", master, "--work-dir")
    commands = {
        "one process": (),
        "work folder": ("--work-dir", str(local)),
        "work folder, again": ("--work-dir", str(local)),
        "spark": (*on_spark, str(spark)),
        "spark, again": (*on_spark, str(spark)),
    }
    some = {name: each for name, each in commands.items() if master or not name.startswith("spark")}
    return {name: processes.report(archive, folder / f"{name}.json", *each) for name, each in some.items()}


def size_of(folder: Path) -> int:
    """Count the bytes in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(archive: Path, folder: Path, *, master: str) -> dict[str, Run]:
    """Run every road once.

    Raises:
        AssertionError: Two of them give other bytes.
    """
    measured: dict[str, Run] = {}
    first = folder / "one process.json"
    for name, command in roads(archive, folder, master=master).items():
        measured[name] = timed(command)
        if (folder / f"{name}.json").read_bytes() != first.read_bytes():
            raise AssertionError(f"{name}: the bytes differ from those of one process")
    return measured


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--spark", action="store_true", help="run on Spark too")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    master = options.master if options.spark else ""
    with tempfile.TemporaryDirectory() as name:
        folder, fixed = Path(name) / "archive", Path(name) / "seeds"
        folder.mkdir()
        fixed.mkdir()
        measured = measure(options.archive, folder, master=master)
        room = size_of(folder / "local")
        seeds = measure(SEEDS, fixed, master=master)
    size = options.archive.stat().st_size
    result = {
        "machine": describe(),
        "archive": {"name": options.archive.name, "bytes": size},
        "roads": {name: asdict(run) for name, run in measured.items()},
        "seeds": {name: asdict(run) for name, run in seeds.items()},
        "work_folder_bytes": room,
        "work_folder_bytes_for_each": round(room / size, 2),
    }
    for name, run in measured.items():
        fixed_cost = seeds[name].processor_seconds
        print(
            f"{name:20} {run.seconds:8.1f} s {run.processor_seconds:8.1f} s of processor "
            f"({fixed_cost:.1f} on the seeds) {run.peak_mb:8.0f} MB"
        )
    print(f"work folder: {room:,} bytes, {room / size:.2f} for each byte of input; equal bytes on all roads")
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
