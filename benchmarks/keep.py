"""What is kept of real archives, and how well their clusters keep copies together.

For each archive: documents, clusters and documents kept; close copies that are in no cluster; members
that are more alike to the representative of another cluster; and how many documents a second run would leave
out of those kept, with the boilerplate of the first run and without.

    python -m benchmarks.keep [--json FILE] [--check] [ARCHIVE ...]
"""

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.archives import leave_without_data, load, present
from dedup import Recipe, Report, find_duplicates

ARCHIVES = (
    "counter_dev.jsonl.gz",
    "farex_dev.jsonl.gz",
    "aut_2019.jsonl.gz",
    "isna_2019.jsonl.gz",
    "fr_gilets_jaunes.jsonl.gz",
    "saudinews_2015.jsonl.gz",
    "telegram_fa_2026.jsonl.gz",
)
CLOSE = 0.8
"""Jaccard from which a copy must be in a cluster."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found in one archive.

    Attributes:
        outside: Documents in no cluster that have a copy with a Jaccard of `CLOSE` or more.
        misplaced: Members of one cluster that are copies of another representative with a higher Jaccard.
        kept: Documents that `--keep` writes.
        again: Documents that a second run would leave out of those, with the boilerplate of the first run.
        anew: The same, with only the boilerplate that is found in those.
    """

    archive: str
    documents: int
    clusters: int
    clustered: int
    outside: int
    misplaced: int
    kept: int
    again: int
    anew: int


def measure(name: str) -> Kept:
    """Find the copies in an archive, and those among the documents that are kept of it."""
    documents = load(name)
    report = find_duplicates(documents, recipe=Recipe(rank=False))
    kept = list(report.kept)
    again = find_duplicates(kept, boilerplate=report.known_boilerplate, recipe=Recipe(rank=False))
    anew = find_duplicates(kept, recipe=Recipe(rank=False))
    return Kept(
        archive=name,
        documents=len(documents),
        clusters=len(report.clusters),
        clustered=report.counts["clustered"],
        outside=len(_outside(report)),
        misplaced=len(_misplaced(report)),
        kept=len(kept),
        again=len(kept) - len(again.kept),
        anew=len(kept) - len(anew.kept),
    )


def _outside(report: Report) -> set[str]:
    """List the documents in no cluster that have a close copy."""
    clustered = {member.id for cluster in report.clusters for member in cluster.members}
    close = (pair for pair in report.pairs if pair.verdict.joins and pair.jaccard >= CLOSE)
    return {name for pair in close for name in (pair.left, pair.right)} - clustered


def _misplaced(report: Report) -> set[str]:
    """List the members of one cluster that are more alike to another representative, roundups aside."""
    places: defaultdict[str, list[float]] = defaultdict(list)
    for cluster in report.clusters:
        for member in cluster.members:
            places[member.id].append(member.jaccard)
    first = (cluster.representative for cluster in report.clusters)
    representatives = {name for name in first if len(places[name]) == 1}
    joined = (pair for pair in report.pairs if pair.verdict.joins)
    return {
        name
        for pair in joined
        for name, other in ((pair.left, pair.right), (pair.right, pair.left))
        if other in representatives and len(places[name]) == 1 and places[name][0] < pair.jaccard
    }


def main() -> int:
    """Measure, and print a line for each archive; with `--check`, return 1 if one is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archives", nargs="*", default=ARCHIVES, metavar="ARCHIVE")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument(
        "--check", action="store_true", help="exit with 1 if any is outside, misplaced or left out again"
    )
    options = parser.parse_args()
    if not present(*options.archives):
        leave_without_data()
    found = [measure(name) for name in options.archives]
    names = list(asdict(found[0]))
    print("\t".join(names))
    for each in found:
        print("\t".join(str(getattr(each, name)) for name in names))
    if options.json is not None:
        options.json.write_text(
            json.dumps([asdict(each) for each in found], indent=1) + "\n", encoding="utf-8"
        )
    if options.check and any(each.outside or each.misplaced or each.again for each in found):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
