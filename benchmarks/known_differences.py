"""Labelled pairs of the shapes in which verdicts and the rules of the readers are known to differ.

docs/explanation/convention.md has three rules that are not always followed, because words are counted and not
understood. Would a rule of counts pay? For each of the three: how many labelled pairs have that shape, and
how many of these a reader joins.

- rule 2: one text is whole in the other, which opens with a fact of its own;
- rule 3: two texts of forty words or more are equal but for one to four words, no figure among them;
- rule 7: one text is whole in the other, is half of it, and the other goes on with a passage of its own.

    python -m benchmarks.known_differences
"""

import sys

import numpy as np
from numpy.typing import NDArray

from benchmarks.archives import leave_without_data, present
from benchmarks.labelled import PERSIAN, READ, examples, measured
from dedup.comparison.pair_columns import Alignments
from dedup.comparison.verdict_model import HALF, OWN_NEWS
from dedup.core.alignment import AlignmentCount as Count
from dedup.model.score import JOINED

WHOLE = 0.95
"""Share of a text that is in the other if it is there as a whole."""
STORY, FEW = 40, 4
"""Words of a story, and words that differ in two that are all but equal."""
AHEAD = 5
"""Fresh words ahead of the shared text that are a lead, and below which there is none."""

type Flags = NDArray[np.bool_]


def shapes(aligned: Alignments) -> dict[str, Flags]:
    """Find the pairs of each shape."""
    new, words = aligned.sides(Count.NEW), aligned.sides(Count.WORDS)
    cover = 1 - new / np.maximum(words, 1)
    other_is_whole = cover[:, ::-1] >= WHOLE
    lead = aligned.sides(Count.FRESH_AHEAD) >= AHEAD
    fact = lead & (aligned.sides(Count.FACTS_FIRST) > 0)
    item = ~lead & (aligned.sides(Count.FRESH_TOGETHER) >= OWN_NEWS) & (cover >= HALF)
    differ = new.max(axis=1)
    few: Flags = (differ > 0) & (differ <= FEW) & (words.min(axis=1) >= STORY)
    return {
        "2: opens with a fact of its own": (other_is_whole & fact).any(axis=1),
        "3: equal but for one to four words": few & (aligned.one(Count.EXCHANGED) == 0),
        "7: goes on with a passage of its own": (other_is_whole & item).any(axis=1),
    }


def main() -> int:
    """Print what readers say of the pairs of each shape."""
    if not present(READ, PERSIAN):
        leave_without_data()
    known = examples()
    for name, rows in shapes(measured(known).alignments).items():
        labels = [{known[row].label, known[row].other} for row in np.flatnonzero(rows)]
        joined = sum(bool(each & JOINED) for each in labels)
        print(f"{name:38} {joined:3} of {len(labels):3} are joined by a reader")
    return 0


if __name__ == "__main__":
    sys.exit(main())
