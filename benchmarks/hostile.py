"""Deliberately difficult archives: time and memory must stay linear, and nothing may crash.

One story of 100 MB; one of a single letter without a blank; one of that letter between blanks; a million
stories of one short word each; a million of the same long word; 50,000 that begin alike and
are all different; and the families of benchmarks/families.py, 20,000 stories each. Every case runs at a
quarter, at half and at full size, each in one thread. Seconds are those of the processor, the fewest of
`--repeat` runs in turn, as whatever else the machine does can only add to them; of seconds and memory what a
run on one short story takes is subtracted. A doubling of the bytes may multiply them by what floors.json says
under `hostile`. It is counted from a quarter to the full size and from half to the full size, and the smaller
counts: what explodes exceeds the bound both times, what merely outgrows the processor's cache only once.
Figures too small to compare are not judged. With `--check`, a case beyond the bound is measured again, alone
and with twice the runs, and judged by those. A run that outlasts the limit is a crash.

    python -m benchmarks.hostile [--percent N] [--case NAME ...] [--limit SECONDS] [--repeat N] [--jobs N]
                                 [--json FILE] [--check]
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import batched
from math import log2
from pathlib import Path
from typing import Any

from benchmarks import processes
from benchmarks.families import FAMILIES, Texts
from benchmarks.machine import describe
from benchmarks.processes import Run, RunError, timed
from benchmarks.synthetic.dice import Dice
from benchmarks.synthetic.lexicon import lexicon

FLOORS = Path(__file__).with_name("floors.json")
STEPS = (4, 2, 1)
MB = 1024**2
LETTER = "ا"
STORIES = 1_000_000
CROWD = 50_000
STORY_BYTES = 100 * MB

LEAST_SECONDS, LEAST_MB = 0.5, 30
"""What the smaller of two runs has to take for their ratio to be meaningful."""


def one_long_story(share: float) -> Iterator[str]:
    """Write one story of up to 100 MB of made-up words."""
    words, dice, size = lexicon(1), Dice(1, 0), 0
    parts: list[str] = []
    while size < STORY_BYTES * share:
        parts.append(" ".join(words.draw(dice, 10_000)))
        size += len(parts[-1].encode())
    yield ".\n".join(parts)


def one_letter(share: float) -> Iterator[str]:
    """Write one story of up to 100 MB of one letter, without a blank."""
    yield LETTER * int(STORY_BYTES * share / len(LETTER.encode()))


def one_letter_between_blanks(share: float) -> Iterator[str]:
    """Write one story of up to 100 MB of one letter, each a word of its own."""
    yield f"{LETTER} " * int(STORY_BYTES * share / len(f"{LETTER} ".encode()))


def many_words(share: float) -> Iterator[str]:
    """Write up to a million stories of one word of about five letters, all different."""
    for number in range(int(STORIES * share)):
        yield _spelt(number)


def many_equal_words(share: float) -> Iterator[str]:
    """Write up to a million stories of one word, always the same, long enough to be compared."""
    word = _spelt(10**47)
    for _ in range(int(STORIES * share)):
        yield word


def a_crowd(share: float) -> Iterator[str]:
    """Write up to 50,000 stories of one word of 48 letters; all begin with the same forty."""
    for number in range(int(CROWD * share)):
        yield _spelt(10**47 + number)


def _spelt(number: int) -> str:
    return "".join(chr(ord(LETTER) + int(digit)) for digit in str(number))


CASES: dict[str, Texts] = {
    "one long story": one_long_story,
    "one letter": one_letter,
    "one letter between blanks": one_letter_between_blanks,
    "a million words": many_words,
    "a million equal words": many_equal_words,
    "a crowd": a_crowd,
    **FAMILIES,
}


def write(path: Path, case: str, share: float) -> None:
    """Write the stories of a case as JSON lines, a thousand at a time."""
    texts = CASES[case](share)
    with path.open("w", encoding="utf-8") as file:
        for batch in batched(enumerate(texts), 1000):
            file.writelines(
                json.dumps({"id": f"h{number:07d}", "text": text}, ensure_ascii=False) + "\n"
                for number, text in batch
            )


def measure(
    name: str, folder: Path, *, percent: int, limit: float, repeat: int, least: Run
) -> list[dict[str, Any]]:
    """Run a case at its sizes; return a row for each, also for a crash.

    Args:
        name: The case.
        folder: Where its files are written; made if it is not there.
        percent: Percentage of the full sizes.
        limit: Seconds after which a run is ended.
        repeat: Runs of each size.
        least: The figures of a run on one short story.
    """
    folder.mkdir(exist_ok=True)
    rows: list[dict[str, Any]] = []
    for step in STEPS:
        path = folder / f"{step}.jsonl"
        write(path, name, percent / 100 / step)
        rows.append({"case": name, "bytes": path.stat().st_size, "failure": ""})
    for _ in range(repeat):
        for row, step in zip(rows, STEPS, strict=True):
            try:
                run = timed(_report(folder / f"{step}.jsonl"), limit=limit)
            except RunError as error:
                row["failure"] = str(error).replace(str(folder), "FOLDER")
                break
            for figure, value in (
                ("seconds", round(run.processor_seconds - least.processor_seconds, 2)),
                ("mb", round(run.peak_mb - least.peak_mb)),
            ):
                row[figure] = min(value, row.get(figure, value))
    return _grown([row for row in rows if row["failure"] or "mb" in row])


def _grown(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to the last row the least factor for a doubling of the bytes, if the runs are long enough."""
    *smaller, last = rows
    for figure, enough in (("seconds", LEAST_SECONDS), ("mb", LEAST_MB)):
        if len(rows) == len(STEPS) and not last["failure"] and rows[0][figure] >= enough:
            last[f"{figure}_grew"] = round(min(_doubling(row, last, figure) for row in smaller), 2)
    return rows


def _doubling(smaller: dict[str, Any], larger: dict[str, Any], figure: str) -> float:
    """Return by what a figure was multiplied for each doubling of the bytes between two rows."""
    doublings = log2(larger["bytes"] / smaller["bytes"])
    return float((larger[figure] / smaller[figure]) ** (1 / doublings))


def least_run(folder: Path, *, limit: float, repeat: int) -> Run:
    """Measure what a run takes on one short story: the fewest seconds of several."""
    path = folder / "one.jsonl"
    path.write_text(json.dumps({"id": "one", "text": "word " * 20}) + "\n", encoding="utf-8")
    return min(
        (timed(_report(path), limit=limit) for _ in range(repeat + 1)), key=lambda run: run.processor_seconds
    )


def _report(path: Path) -> list[str]:
    return processes.report(path, path.with_name("report.json"), "--no-rank", "--workers", "1")


def faults(rows: list[dict[str, Any]], doubling: Mapping[str, float]) -> list[str]:
    """List the runs that failed, and cases that grow by more than their bound, or that of `any`."""
    found = [f"{row['case']}, {row['bytes']:,} bytes: {row['failure']}" for row in rows if row["failure"]]
    return found + [
        f"{row['case']}: twice the size takes {row[grew]} times the {figure}"
        for row in rows
        for figure, grew in (("seconds", "seconds_grew"), ("memory", "mb_grew"))
        if row.get(grew, 0) > doubling.get(row["case"], doubling["any"])
    ]


def _measured_again(
    rows: list[dict[str, Any]], doubling: Mapping[str, float], options: argparse.Namespace
) -> list[dict[str, Any]]:
    """Measure the cases that grew too much again, one at a time: others may have slowed them."""
    grown = {row["case"] for row in rows if not row["failure"] and faults([row], doubling)}
    if not grown:
        return rows
    print("again, one at a time:")
    again = {"case": sorted(grown), "jobs": 1, "repeat": 2 * options.repeat}
    rest = [row for row in rows if row["case"] not in grown]
    return rest + _measured(argparse.Namespace(**vars(options) | again))


def row_text(row: dict[str, Any]) -> str:
    """Return a line that describes a run; that of the full size ends with the factor for a doubling."""
    words = row["failure"] or f"{row['seconds']:8.2f} s {row['mb']:6,} MB"
    growth = [str(row[grew]) for grew in ("seconds_grew", "mb_grew") if grew in row]
    return f"{row['case']:26}{row['bytes']:13,} bytes {words}  {'  '.join(growth)}".rstrip()


def _measured(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Measure the cases; print one line per run."""
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(options.jobs) as threads:
        least = least_run(Path(name), limit=options.limit, repeat=options.repeat)
        case = partial(
            measure, percent=options.percent, limit=options.limit, repeat=options.repeat, least=least
        )
        folders = [Path(name, str(number)) for number in range(len(options.case))]
        for measured in threads.map(case, options.case, folders):
            for row in measured:
                print(row_text(row), flush=True)
            rows += measured
    return rows


def main() -> int:
    """Print one line per run; with `--check`, fail on a crash or a growth beyond the floor."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.hostile", description=__doc__.splitlines()[0], allow_abbrev=False
    )
    parser.add_argument(
        "--percent", type=int, default=100, metavar="N", help="of the full sizes (default: 100)"
    )
    parser.add_argument("--case", nargs="+", choices=list(CASES), default=list(CASES), metavar="NAME")
    parser.add_argument(
        "--limit", type=float, default=300, metavar="SECONDS", help="of one run (default: 300)"
    )
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="runs of each size (default: 1)")
    parser.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="cases that run at the same time (default: 1)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a case crashes or explodes")
    options = parser.parse_args()
    doubling = json.loads(FLOORS.read_text(encoding="utf-8"))["hostile"]
    rows = _measured(options)
    if options.check:
        rows = _measured_again(rows, doubling, options)
    if options.json:
        content = {"schema": "dedup-hostile/2", "machine": describe(), "runs": rows}
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    found = faults(rows, doubling) if options.check else []
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
