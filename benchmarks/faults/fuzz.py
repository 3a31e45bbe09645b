"""Coverage-guided fuzzing of the readers, of fold, of words and of the alignment.

Atheris watches which lines of the package an input reaches, and changes inputs so that they reach new lines;
fuzz_targets.py defines what is run on each. Every target has a process of its own. A fault ends it and is
printed, and its input is kept as `crash-*` in the folder where this runs. Needs `pip install
newsdedup[fuzz,inputs]`.

    python -m benchmarks.faults.fuzz [--minutes N] [--seed N] [--jobs N] [--target NAME ...]
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple, Self

from benchmarks.faults.fuzz_targets import LONGEST, TARGETS, attack_on, examples

SLOW = 120
"""Seconds on one input that are a fault; of a clock, so a busy machine must not reach them by itself."""
MEMORY = 8192
"""Megabytes that are a fault. Atheris 3.1 never frees the result of a comparison in watched code, which is an
array in the numpy kernel: some 10 KB an input of `alignment`. Not watched, that kernel stays at 40 MB."""
_INPUTS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


class Tried(NamedTuple):
    """The result of a target: how many inputs were run, and the end of the log if there was a fault."""

    inputs: int
    fault: str

    @classmethod
    def of(cls, ended: "subprocess.CompletedProcess[str]") -> Self:
        """Read the log of libFuzzer."""
        inputs = _INPUTS.search(ended.stderr)
        return cls(int(inputs[1]) if inputs else 0, ended.stderr[-4000:] if ended.returncode else "")


def fuzz(target: str, *, minutes: float, seed: int) -> None:
    """Fuzz one target until the time is up; the process ends with it."""
    import atheris  # noqa: PLC0415 - so that --help needs no extra

    with tempfile.TemporaryDirectory() as name:
        work, seeds = Path(name, "work"), Path(name, "seeds")
        for folder in (work, seeds):
            folder.mkdir()
        with atheris.instrument_imports(include=["dedup"], enable_loader_override=False):
            attack = attack_on(target, work)
            for number, content in enumerate(examples(target)):  # a reader loads its modules when it is met
                attack(content)
                Path(seeds, str(number)).write_bytes(content)
        limits = [f"-max_total_time={round(60 * minutes)}", f"-max_len={LONGEST}", f"-timeout={SLOW}"]
        limits += [f"-rss_limit_mb={MEMORY}", f"-seed={seed}", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *limits, str(seeds)], attack)
        atheris.Fuzz()


def fuzz_alone(target: str, *, minutes: float, seed: int) -> Tried:
    """Fuzz one target in a process of its own until the time is up."""
    alone = ("--alone", target, "--minutes", str(minutes), "--seed", str(seed))
    command = [sys.executable, "-m", "benchmarks.faults.fuzz", *alone]
    return Tried.of(subprocess.run(command, capture_output=True, text=True, errors="replace", check=False))


def print_tried(about: str, targets: Sequence[str], fuzz: Callable[..., Tried]) -> int:
    """Fuzz the targets that the command line names; print a row for each.

    Args:
        about: A docstring whose last paragraph is the usage.
        targets: All targets.
        fuzz: Called with a target, and with `minutes` and `seed`.

    Returns:
        The exit code: 1 for a fault.
    """
    parser = argparse.ArgumentParser(usage=about.rsplit("\n\n", 1)[-1].strip(), allow_abbrev=False)
    parser.add_argument("--minutes", type=float, default=1, metavar="N", help="of each (default: 1)")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="targets at the same time (default: 1)"
    )
    parser.add_argument("--target", nargs="+", choices=targets, default=targets, metavar="NAME")
    options = parser.parse_args()
    print("| input | minutes | tried | faults |\n|---|---|---|---|", flush=True)
    run = partial(fuzz, minutes=options.minutes, seed=options.seed)
    faults = 0
    with ThreadPoolExecutor(options.jobs) as threads:
        for target, tried in zip(options.target, threads.map(run, options.target), strict=True):
            print(
                f"| {target} | {options.minutes:g} | {tried.inputs:,} | {int(bool(tried.fault))} |",
                flush=True,
            )
            print(tried.fault, file=sys.stderr, end="")
            faults += bool(tried.fault)
    return 1 if faults else 0


def main() -> int:
    """Fuzz one target in this process, or each in a process of its own with a printed row."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--alone", choices=TARGETS)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--seed", type=int)
    options, _ = parser.parse_known_args()
    if options.alone:
        fuzz(options.alone, minutes=options.minutes, seed=options.seed)
        return 0
    return print_tried(__doc__, TARGETS, fuzz_alone)


if __name__ == "__main__":
    sys.exit(main())
