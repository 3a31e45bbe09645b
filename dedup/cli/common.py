"""What several commands share: exit codes, limits, files."""

import argparse
import os
import sys

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    type Adds = Callable[..., argparse.ArgumentParser]

DONE, PROBLEMS, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: done; done, but --strict found problems; usage, or nothing readable; stopped by Ctrl-C."""
FAULTS = PROBLEMS
_SHORTEST = 0.001
"""Seconds of a window, at least: an index counts in milliseconds."""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Offer the bounds of an index in time and size, and how safe its writes are."""
    limits = parser.add_argument_group("limits of the index")
    limits.add_argument(
        "--window", type=_seconds, metavar="T", help="forget what was not offered for 30d, 12h, 90m or 45s"
    )
    limits.add_argument(
        "--capacity",
        type=_stories,
        metavar="N",
        help="forget what was not offered for longest beyond N stories",
    )
    limits.add_argument(
        "--synchronous",
        choices=("normal", "full"),
        default="normal",
        help="full: lose nothing in a power cut either (default: normal)",
    )


def add_loudness(parser: argparse.ArgumentParser, *, quiet: str, verbose: str) -> None:
    """Offer to say less, or more, on standard error; what a command prints stays the same."""
    loudness = parser.add_mutually_exclusive_group()
    loudness.add_argument("--quiet", "-q", action="store_true", help=quiet)
    loudness.add_argument("--verbose", "-v", action="store_true", help=verbose)


def say(line: str) -> None:
    """Print a line to standard error, if there is one."""
    if sys.stderr is not None:
        print(line, file=sys.stderr)


def _seconds(written: str) -> float:
    number, unit = written[:-1], written[-1:]
    if unit not in _UNITS:
        raise argparse.ArgumentTypeError(f"{written!r} has no unit: write 30d, 12h, 90m or 45s")
    seconds = float(number) * _UNITS[unit]  # argparse names what float refuses
    if not _SHORTEST <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{written!r} is no time: write 30d, 12h, 90m or 45s")
    return seconds


def _stories(written: str) -> int:
    number = int(written)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{written!r} is too small: 1 or more")
    return number


def check_apart(paths: "list[str]") -> None:
    """Refuse to write over an input or another output."""
    from dedup.model.errors import SettingError  # noqa: PLC0415

    seen: set[str] = set()
    for path in paths:
        place = os.path.realpath(path)
        if path != "-" and place in seen:
            raise SettingError("output", path, "it is the input, the index or another output")
        if path != "-":
            seen.add(place)


def open_input(path: str) -> "BinaryIO":
    """Open a file, or standard input for `-`."""
    from dedup.model.errors import ReadingError  # noqa: PLC0415

    if path == "-":
        if sys.stdin is None:
            raise ReadingError("standard input is closed; name a file")
        return open(os.dup(sys.stdin.fileno()), "rb")  # noqa: PTH123 - closing it leaves stdin alone
    if "://" in path:  # it may hold a password
        raise ReadingError("an address is no input; name an index with --index, and a file here")
    try:
        return open(path, "rb")  # noqa: PTH123
    except OSError as error:
        raise ReadingError(f"{path}: cannot be opened: {error.strerror}") from error
