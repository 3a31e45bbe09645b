"""Whole processes, one at a time: seconds on the clock, seconds of processor, largest resident size.

The largest size is that of the child or of a child that it waited for, whichever is the largest single
process; what a pool of processes holds together is more. Linux counts the size of the parent at the start of
a child, so whoever measures stays small: heavy imports come after the last run.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_UNITS_PER_MB = 1024**2 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command."""

    seconds: float
    processor_seconds: float
    peak_mb: float


class RunError(Exception):
    """A measured command failed; its last words are in the message."""


def timed(command: list[str], *, limit: float = 0) -> Run:
    """Run a command from the root of the project to its end.

    Args:
        command: Program and arguments.
        limit: Seconds after which it is ended; 0 for none.

    Raises:
        RunError: It did not leave with 0, or not in time.
    """
    with tempfile.TemporaryFile() as words:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=words,
        )
        clock = threading.Timer(limit or threading.TIMEOUT_MAX, process.kill)
        clock.daemon = True
        clock.start()
        _, status, usage = os.wait4(process.pid, 0)
        clock.cancel()
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if limit and seconds >= limit:
            raise RunError(f"{' '.join(command)} was ended after {limit:g} seconds")
        if process.returncode:
            words.seek(0)
            last = words.read()[-2000:].decode("utf-8", "replace").strip()
            raise RunError(f"{' '.join(command)} left with {process.returncode}: {last}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _UNITS_PER_MB)


def report(source: Path, out: Path, *options: str) -> list[str]:
    """Write the command whose report on `source` goes to `out` as JSON."""
    return [sys.executable, "-m", "dedup", "report", str(source), "--quiet", "--json", str(out), *options]


def floor(source: Path) -> list[str]:
    """Write the command that only reads `source`."""
    return [sys.executable, "-m", "benchmarks.floor", str(source)]
