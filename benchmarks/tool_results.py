"""What a tool found, compared with the gold."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

type Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ToolResult:
    """The clusters of a tool, and the the pairs that it lists without joining them."""

    clusters: list[list[str]]
    listed: frozenset[Pair] = frozenset()

    @classmethod
    def read(cls, path: Path) -> "ToolResult":
        """Read a report of dedup or the result of a peer."""
        result = json.loads(path.read_bytes())
        if "schema" not in result:
            return cls(result["clusters"])
        members = [[member["id"] for member in cluster["members"]] for cluster in result["clusters"]]
        listed = frozenset(pair_of(pair["left"], pair["right"]) for pair in result["pairs"])
        return cls(members, listed)

    def numbered(self) -> dict[str, set[int]]:
        """Return the numbers of the clusters of every document that has one; a roundup may have several."""
        numbers: dict[str, set[int]] = defaultdict(set)
        for number, cluster in enumerate(self.clusters):
            for one in cluster:
                numbers[one].add(number)
        return dict(numbers)


@dataclass(slots=True)
class Gold:
    """Which document copies which in a made-up archive.

    Attributes:
        cluster: The cluster of every document but the roundups, which belong to each of their stories.
        copied: (copy, its original) by the kind of the copy.
        roundup_stories: (roundup, a story in it).
    """

    cluster: dict[str, str] = field(default_factory=dict)
    copied: dict[str, list[Pair]] = field(default_factory=lambda: defaultdict(list))
    roundup_stories: list[Pair] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> "Gold":
        """Read the gold file of the generator."""
        gold = cls()
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["kind"] != "roundup":
                    gold.cluster[record["id"]] = record["cluster"]
                if record["cluster"] != record["id"]:
                    gold.copied[record["kind"]].append((record["id"], record["parent"]))
                gold.roundup_stories += [pair_of(record["id"], story) for story in record.get("holds", ())]
        return gold


def pair_of(one: str, other: str) -> Pair:
    """Return a pair in the order of its ids."""
    return (one, other) if one <= other else (other, one)


def against_gold(found: ToolResult, gold: Gold) -> dict[str, object]:
    """Score the joined pairs against those of the gold clusters.

    Returns:
        `pairs` in gold; `recall` and `precision` of the joined pairs, roundups aside; `by_kind`, the share
        of copies that are in one cluster with their original; `roundups`, the share of their stories that
        are joined to or listed with them. Shares have four decimals; a share of nothing is 1.
    """
    numbers = found.numbered()
    placed = [(number, cluster) for one, cluster in gold.cluster.items() for number in numbers.get(one, ())]
    both = _pairs(Counter(placed))
    there = _pairs(Counter(gold.cluster.values()))
    joined = _pairs(Counter(number for number, _ in placed))
    return {
        "pairs": there,
        "recall": _share(both, there),
        "precision": _share(both, joined),
        "by_kind": {
            kind: _share(sum(_together(pair, numbers) for pair in pairs), len(pairs))
            for kind, pairs in sorted(gold.copied.items())
        },
        "roundups": _share(
            sum(_together(pair, numbers) or pair in found.listed for pair in gold.roundup_stories),
            len(gold.roundup_stories),
        ),
    }


def against_pairs(found: ToolResult, pairs: Iterable[Pair]) -> dict[str, object]:
    """Score against true pairs: each counts as found when it is joined or listed."""
    numbers = found.numbered()
    hits = [_together(pair, numbers) or pair in found.listed for pair in pairs]
    return {"pairs": len(hits), "recall": _share(sum(hits), len(hits))}


def gold_pairs(gold: Gold) -> set[Pair]:
    """List the pairs of the gold clusters; for small archives."""
    members: dict[str, list[str]] = defaultdict(list)
    for one, cluster in gold.cluster.items():
        members[cluster].append(one)
    return {pair_of(*pair) for cluster in members.values() for pair in combinations(cluster, 2)}


def _together(pair: Pair, numbers: Mapping[str, set[int]]) -> bool:
    return not numbers.get(pair[0], set()).isdisjoint(numbers.get(pair[1], set()))


def _pairs(sizes: Counter[int] | Counter[str] | Counter[tuple[int, str]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0
