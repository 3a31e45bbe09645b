"""Stories made to be alike, offered one by one to a pre-filter: the time of an offer must not grow.

Each family of benchmarks/families.py, except the one with a 50 MB story, is offered to an index in a file
of its own. Printed are the processor milliseconds of a story in the second quarter of the offers and in the
second half, and their ratio: 2 would mean that the time is in proportion to the number of stories. `--check`
compares it with what floors.json says under `hostile_offers`.

    python -m benchmarks.hostile_offers [--stories N] [--case NAME ...] [--repeat N] [--json FILE] [--check]
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.families import FAMILIES, STORIES
from benchmarks.machine import describe
from dedup import PreFilter

FLOORS = Path(__file__).with_name("floors.json")
CASES = [name for name in FAMILIES if name != "holder"]


def offered(texts: Sequence[str]) -> tuple[float, float, int]:
    """Offer stories to a new index.

    Returns:
        Processor milliseconds of a story of the second quarter and of the second half, and how many were
        stored.
    """
    marks, stored = {0: 0.0}, 0
    with tempfile.TemporaryDirectory() as folder, PreFilter.open(Path(folder, "index.dedup")) as prefilter:
        for number, text in enumerate(texts, 1):
            stored += prefilter.check_and_add({"id": f"h{number}", "text": text}).stored
            marks[number] = time.process_time()
    quarter, half, whole = (len(texts) // part for part in (4, 2, 1))
    early = 1000 * (marks[half] - marks[quarter]) / (half - quarter)
    return early, 1000 * (marks[whole] - marks[half]) / (whole - half), stored


def measure(name: str, *, stories: int, repeat: int) -> dict[str, Any]:
    """Offer a family several times; return the fewest milliseconds."""
    texts = list(islice(FAMILIES[name]((stories + 1) / STORIES), stories))
    runs = [offered(texts) for _ in range(repeat)]
    early, late = (min(run[at] for run in runs) for at in (0, 1))
    return {
        "case": name,
        "stories": len(texts),
        "stored": runs[0][2],
        "early_ms": round(early, 2),
        "late_ms": round(late, 2),
        "grew": round(late / early, 2),
    }


def main() -> int:
    """Print a row for each family; with `--check`, fail if the time of a story grew beyond the floor."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile_offers", allow_abbrev=False)
    parser.add_argument("--stories", type=int, default=8000, metavar="N", help="(default: 8000)")
    parser.add_argument("--case", nargs="+", choices=CASES, default=CASES, metavar="NAME")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="runs of each (default: 1)")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--check", action="store_true", help="exit with 1 if the time of a story grew")
    options = parser.parse_args()
    rows = []
    print("| stories | offered | stored | ms, second quarter | ms, second half | grew |")
    print("|---|---|---|---|---|---|")
    for name in options.case:
        rows.append(measure(name, stories=options.stories, repeat=options.repeat))
        print("|", " | ".join(map(str, rows[-1].values())), "|", flush=True)
    if options.json:
        content = {"schema": "dedup-hostile-offers/1", "machine": describe(), "runs": rows}
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    most = json.loads(FLOORS.read_text(encoding="utf-8"))["hostile_offers"]["doubling"]
    found = [row for row in rows if options.check and row["grew"] > most]
    for row in found:
        print(f"{row['case']}: a story takes {row['grew']} times as long, at most {most}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
