"""Coverage-guided fuzzing of the readers, of fold, of words and of the alignment.

Atheris watches which lines of the package an input reaches, and changes inputs towards new lines;
fuzz_targets.py says what is run on each. Every target has a process of its own. A fault ends it and is
printed, and its input is kept as `crash-*` in the folder where this runs. Needs `pip install
newsdedup[fuzz,inputs]`.

    python -m benchmarks.faults.fuzz [--minutes N] [--seed N] [--jobs N] [--target NAME ...]
"""

import argparse
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.faults.fuzz_targets import LONGEST, TARGETS, attack_on, examples

SLOW = 20
"""Seconds on one input that are a fault."""
_INPUTS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


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
        atheris.Setup([sys.argv[0], *limits, f"-seed={seed}", "-print_final_stats=1", str(seeds)], attack)
        atheris.Fuzz()


def _tried(target: str, options: argparse.Namespace) -> tuple[str, int, str]:
    """Fuzz a target in a process of its own: its name, how many inputs, and the end of a faulty log."""
    alone = ("--alone", "--minutes", str(options.minutes), "--seed", str(options.seed), "--target", target)
    command = [sys.executable, "-m", "benchmarks.faults.fuzz", *alone]
    ended = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    inputs = _INPUTS.search(ended.stderr)
    return target, int(inputs[1]) if inputs else 0, ended.stderr[-4000:] if ended.returncode else ""


def main() -> int:
    """Fuzz the targets; print a row for each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults.fuzz", allow_abbrev=False)
    parser.add_argument("--minutes", type=float, default=1, metavar="N", help="of each (default: 1)")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="targets at the same time (default: 1)"
    )
    parser.add_argument("--target", nargs="+", choices=TARGETS, default=TARGETS, metavar="NAME")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        fuzz(*options.target, minutes=options.minutes, seed=options.seed)
        return 0
    print("| input | minutes | tried | faults |\n|---|---|---|---|", flush=True)
    faults = 0
    with ThreadPoolExecutor(options.jobs) as threads:
        for target, inputs, fault in threads.map(lambda name: _tried(name, options), options.target):
            print(f"| {target} | {options.minutes:g} | {inputs:,} | {int(bool(fault))} |", flush=True)
            print(fault, file=sys.stderr, end="")
            faults += bool(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
