"""Kills commands, or lets them run out of disk or memory, at random moments; counts what they survive.

Survived means: every file is the earlier one or the new one, whole; the files of one run are all earlier or
all new; after a second run of `dedup filter` each line is there once; an index is as before or as after, or,
where it is changed in steps, complete after a second run; the exit code says what happened.

    python -m benchmarks.faults [--minutes N] [--seed N] [--command NAME ...] [--check]
"""

import argparse
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from benchmarks.faults.commands import NAMES, Command, commands, run
from benchmarks.faults.index_commands import CHANGES, STEPWISE, index_commands

try:
    import resource
except ImportError:  # pragma: no cover - Windows
    sys.exit("faults need the limits and signals of POSIX")

KILLED_WITHIN = 4
"""Seconds after its start in which a command is killed."""
WRITING = 0.1
"""Seconds after its first write in which every other command is killed."""
DISK_BYTES = 500_000
"""Largest size of a file on the full disk."""
MEMORY_MB = (80, 260)
"""Address space of a command without memory."""
NO_MEMORY = 3

type Fault = Callable[[Command, Path, random.Random], str]


def killed(command: Command, folder: Path, draw: random.Random) -> str:
    """Kill a command at a random moment: at any time, or while it writes."""
    before = _sizes(folder)
    started = run(command.arguments, folder)
    if draw.random() < 0.5:  # noqa: PLR2004
        while started.poll() is None and _sizes(folder) == before:
            time.sleep(0.001)
        time.sleep(draw.uniform(0, WRITING))
    else:
        time.sleep(draw.uniform(0, KILLED_WITHIN))
    started.send_signal(signal.SIGKILL)
    started.communicate()
    return command.fault(folder)


def _sizes(folder: Path) -> dict[Path, int]:
    """Return the size of each file; -1 for one that is removed meanwhile."""
    sizes = dict.fromkeys(folder.iterdir(), -1)
    for path in sizes:
        with suppress(FileNotFoundError):
            sizes[path] = path.stat().st_size
    return sizes


def without_disk(command: Command, folder: Path, draw: random.Random) -> str:
    """Let no file grow beyond a random size."""
    size = draw.randrange(DISK_BYTES)
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))
    return _ended(command, folder, limit, codes={0, 2})


def without_memory(command: Command, folder: Path, draw: random.Random) -> str:
    """Run a command with too little memory, or just enough."""
    size = draw.randint(*MEMORY_MB) << 20
    limit = partial(resource.setrlimit, resource.RLIMIT_AS, (size, size))
    return _ended(command, folder, limit, codes={0, NO_MEMORY})


def _ended(command: Command, folder: Path, limit: Callable[[], object], *, codes: set[int]) -> str:
    started = run(command.arguments, folder, limit=limit)
    words = started.communicate()[1].decode("utf-8", "replace")
    if started.returncode not in codes or (started.returncode and words.count("\n") != 1):
        return f"exit code {started.returncode}: {words[-200:]!r}"
    return command.fault(folder)


FAULTS: dict[str, Fault] = {"killed": killed, "disk full": without_disk, "no memory": without_memory}


def main() -> int:
    """Try the commands and faults in turn until the time is up; print a row for each combination."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", allow_abbrev=False)
    parser.add_argument("--minutes", type=float, default=2, metavar="N", help="(default: 2)")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    names = (*NAMES, *CHANGES, *STEPWISE)
    parser.add_argument("--command", nargs="+", choices=names, default=names, metavar="NAME")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a fault was not survived")
    options = parser.parse_args()
    draw, until = random.Random(options.seed), time.monotonic() + 60 * options.minutes
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        every = [each for each in commands(folder) if each.name in options.command]
        every += index_commands(folder, options.command)
        pairs = [(command, fault) for command in every for fault in FAULTS]
        tried = dict.fromkeys([(command.name, fault) for command, fault in pairs], 0)
        wrong: list[str] = []
        lost = dict(tried)
        while time.monotonic() < until or not all(tried.values()):
            command, fault = pairs[sum(tried.values()) % len(pairs)]
            command.prepare(folder)
            try:
                what = FAULTS[fault](command, folder, draw)
            except RuntimeError as error:  # a second run, or the check of the index, failed
                what = str(error)
            tried[command.name, fault] += 1
            if what:
                lost[command.name, fault] += 1
                wrong.append(f"{command.name}, {fault}: {what}")
    print("| command | fault | tried | survived |\n|---|---|---|---|")
    for (command_name, fault), times in tried.items():
        print(f"| {command_name} | {fault} | {times} | {times - lost[command_name, fault]} |")
    print("\n".join(wrong), file=sys.stderr)
    return 1 if options.check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
