"""Whole processes, one at a time: elapsed seconds, processor seconds, largest resident size.

The largest size is that of the process or of a child that it waited for, whichever is the largest single one;
what a pool of processes holds together is more.
"""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LAUNCHER = Path(__file__).with_name("launcher.py")
_UNITS_PER_MB = 1024**2 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command."""

    seconds: float
    processor_seconds: float
    peak_mb: float


class RunError(Exception):
    """A measured command failed; the end of its output is in the message."""


def timed(command: list[str], *, limit: float = 0, descendants: bool = False) -> Run:
    """Run a command in the root of the project, and wait for its end.

    Args:
        command: Path of a program, and arguments.
        limit: Seconds after which it is ended; 0 for none.
        descendants: Whether processor seconds are those of all descendants, also of those whose parents do
            not wait for them.

    Raises:
        RunError: It did not exit with 0, or not in time.
    """
    whose = "all" if descendants else "child"
    launch = [sys.executable, "-I", "-S", str(LAUNCHER), str(limit), whose, *command]
    with tempfile.TemporaryFile() as words:
        printed = subprocess.run(launch, cwd=ROOT, stdout=subprocess.PIPE, stderr=words, check=True).stdout
        code, seconds, processor_seconds, size = printed.split()
        if limit and float(seconds) >= limit:
            raise RunError(f"{' '.join(command)} was ended after {limit:g} seconds")
        if int(code):
            words.seek(0)
            last = words.read()[-2000:].decode("utf-8", "replace").strip()
            raise RunError(f"{' '.join(command)} left with {int(code)}: {last}")
    return Run(float(seconds), float(processor_seconds), int(size) / _UNITS_PER_MB)


def report(source: Path, out: Path, *options: str) -> list[str]:
    """Return the command that writes the report on `source` to `out` as JSON."""
    return [sys.executable, "-m", "dedup", "report", str(source), "--quiet", "--json", str(out), *options]


def keep(source: Path, out: Path) -> list[str]:
    """Return the command that writes the documents to keep of `source` to `out`, without ranking or JSON."""
    quiet = ["--quiet", "--no-rank"]
    return [sys.executable, "-m", "dedup", "report", str(source), *quiet, "--keep", str(out)]


def floor(source: Path) -> list[str]:
    """Return the command that only reads `source`."""
    return [sys.executable, "-m", "benchmarks.floor", str(source)]
