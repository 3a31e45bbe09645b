"""How many of the pairs that overlap a report shows, and which ones it misses."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dedup.bench.exact_overlap import ExactPairs, exact_pairs
from dedup.bench.relations import Relations

SHOWN = 20
"""Most missed pairs that are named; the others are counted."""
HIGH = 0.7
"""Least Jaccard of the pairs that all tools are scored on: the usual threshold of the others."""

OWN = "dedup"
"""Name of this tool among others."""


@dataclass(frozen=True, slots=True)
class MissedPair:
    """A pair that overlaps and that the report does not show."""

    left: str
    right: str
    jaccard: float
    containment: float


@dataclass(frozen=True, slots=True)
class ExactRecall:
    """Result of comparing a report with exact overlap.

    Attributes:
        stories: How many were compared, each with all others.
        pairs: How many overlap.
        shown: How many of them the report shows: joined, in one series, or listed.
        missed: Those that it does not show, the most alike first, `SHOWN` at most.
        high: How many pairs have a Jaccard of 0.7 or more.
        joined_by: How many of those each tool joins, by its name.
    """

    stories: int
    pairs: int
    shown: int
    missed: tuple[MissedPair, ...]
    high: int
    joined_by: dict[str, int]

    @property
    def recall(self) -> float:
        """Share of the pairs that the report shows; 1 where there are none."""
        return self.shown / self.pairs if self.pairs else 1.0


def exact_recall(
    names: Sequence[str], texts: Sequence[str], *, shown: Relations, joined: dict[str, Relations]
) -> ExactRecall:
    """Compare a report with the exact overlap of its texts.

    Args:
        names: Ids, by row.
        texts: By row.
        shown: What the report shows.
        joined: What this and other tools join, by their names.
    """
    pairs = found = high = 0
    joined_by = dict.fromkeys(joined, 0)
    missed: list[MissedPair] = []
    for some in exact_pairs(texts):
        is_shown = shown.holds(some.left, some.right)
        alike = some.jaccard >= HIGH
        pairs, found, high = pairs + is_shown.size, found + int(is_shown.sum()), high + int(alike.sum())
        for name, relations in joined.items():
            joined_by[name] += int(relations.holds(some.left[alike], some.right[alike]).sum())
        worst = np.flatnonzero(~is_shown)[np.argsort(-some.jaccard[~is_shown], kind="stable")][:SHOWN]
        missed += [_missed(names, some, row) for row in worst.tolist()]
    missed.sort(key=lambda pair: (-pair.jaccard, pair.left, pair.right))
    return ExactRecall(len(names), pairs, found, tuple(missed[:SHOWN]), high, joined_by)


def _missed(names: Sequence[str], pairs: ExactPairs, row: int) -> MissedPair:
    return MissedPair(
        names[pairs.left[row]],
        names[pairs.right[row]],
        round(float(pairs.jaccard[row]), 4),
        round(float(pairs.containment[row]), 4),
    )
