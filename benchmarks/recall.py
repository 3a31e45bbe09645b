"""Recall of the report against exact all-pairs overlap, on real archives.

The reference is `dedup.bench.exact_overlap`: the word 5-grams of folded text that every two documents share,
without an index. A pair of it is found when the report lists it with any verdict.

`lifted` is another figure: passages of forty words are copied from one long text of the archive into
another; it is the share of them that the report lists.

With `--growth` it shows instead what the search costs: how many candidates are measured per document in
made-up archives of several sizes, each the beginning of the next, and how many of those become listed pairs.

    python -m benchmarks.recall [--json FILE] [--check] [ARCHIVE ...]
    python -m benchmarks.recall --growth [SIZE ...]
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import corpus
from benchmarks.archives import leave_without_data, load, present
from dedup import Recipe, find_duplicates
from dedup.bench.exact_overlap import exact_pairs
from dedup.comparison.align import read_words

ARCHIVES = ("farex_dev.jsonl.gz", "counter_dev.jsonl.gz", "aut_2019.jsonl.gz", "isna_2019.jsonl.gz")
FLOORS = Path(__file__).with_name("floors.json")
SIZES = (5_000, 10_000, 20_000, 40_000)
LIFTED, PLANTED = 40, 200


@dataclass(frozen=True, slots=True)
class Recall:
    """The figures of one archive; seconds are those of the report alone, without the ranking."""

    archive: str
    documents: int
    reference_pairs: int
    missed: int
    recall: float
    lifted: float
    candidates: int
    seconds: float


def measure(name: str) -> Recall:
    """Compare the report on one archive with the exact pairs."""
    records = load(name)
    started = time.perf_counter()
    report = find_duplicates(records, recipe=Recipe(rank=False, neighbours=0))
    seconds = time.perf_counter() - started
    listed = {frozenset((pair.left, pair.right)) for pair in report.pairs}
    ids = [record["id"] for record in records]
    wanted = {
        frozenset((ids[left], ids[right]))
        for block in exact_pairs([record["text"] for record in records])
        for left, right in zip(block.left.tolist(), block.right.tolist(), strict=True)
    }
    missed = len(wanted - listed)
    return Recall(
        archive=name,
        documents=len(records),
        reference_pairs=len(wanted),
        missed=missed,
        recall=round(1 - missed / max(len(wanted), 1), 4),
        lifted=lifted(records),
        candidates=report.counts["candidates"],
        seconds=round(seconds, 2),
    )


def _passage(words: list[str]) -> list[str]:
    """Return the beginning that has forty words, where signs and addresses are not counted."""
    taken = LIFTED
    while taken < len(words) and len(read_words(" ".join(words[:taken])).words) < LIFTED:
        taken += 1
    return words[:taken]


def lifted(records: list[dict[str, Any]]) -> float:
    """Copy passages between the longest texts of an archive; return the share that is listed."""
    distinct = {record["text"]: record for record in records}.values()
    longest = sorted(distinct, key=lambda record: (-len(record["text"].split()), record["id"]))
    sources, targets = longest[:PLANTED], [dict(record) for record in longest[PLANTED : 2 * PLANTED]]
    wanted = set()
    for source, target in zip(sources, targets, strict=False):
        words, others = source["text"].split(), target["text"].split()
        middle, place = len(words) // 2, len(others) // 2
        others[place:place] = _passage(words[middle:])
        target["text"] = " ".join(others)
        wanted.add(frozenset((source["id"], target["id"])))
    report = find_duplicates([*sources, *targets], recipe=Recipe(rank=False, neighbours=0))
    listed = {frozenset((pair.left, pair.right)) for pair in report.pairs}
    return round(len(wanted & listed) / max(len(wanted), 1), 4)


def show_growth(sizes: Iterable[int]) -> None:
    """Print a line for each size of a made-up archive."""
    print(f"{'documents':>10}{'candidates':>12}{'a document':>12}{'listed':>9}{'a document':>12}{'cut':>6}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            records = load(str(corpus.make_up(size, Path(folder)).path))
        counts = find_duplicates(records, recipe=Recipe(rank=False)).counts
        found, listed = counts["candidates"], counts["pairs"]
        print(
            f"{size:10,}{found:12,}{found / size:12.3f}"
            f"{listed:9,}{listed / size:12.3f}{counts['cut_pairs']:6,}",
            flush=True,
        )


def main() -> int:
    """Print one line per archive; with `--check`, fail below the floors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archives", nargs="*", default=ARCHIVES, metavar="ARCHIVE")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--check", action="store_true", help="exit with 1 below the recall of floors.json")
    parser.add_argument(
        "--growth", nargs="*", type=int, metavar="SIZE", help="candidates of made-up archives"
    )
    options = parser.parse_args()
    if options.growth is not None:
        show_growth(options.growth or SIZES)
        return 0
    if not present(*options.archives):
        leave_without_data()
    results = [measure(name) for name in options.archives]
    for result in results:
        print(
            f"{result.archive}: {result.documents:,} documents, {result.reference_pairs} pairs, "
            f"{result.missed} missed, recall {result.recall:.4f}, lifted {result.lifted:.4f}, "
            f"{result.candidates:,} candidates, {result.seconds:.1f} s"
        )
    if options.json:
        rows = [asdict(result) for result in results]
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["recall"]
    low = [result.archive for result in results if result.recall < floors.get(result.archive, 0)]
    if options.check and low:
        print(f"below the floor: {', '.join(low)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
