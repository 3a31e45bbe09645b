"""Aligned pairs made by hand; no tests in here."""

from collections.abc import Sequence

import numpy as np

from dedup.comparison.pair_columns import Alignments
from dedup.core.alignment import COUNTED
from dedup.core.alignment import AlignmentCount as Count
from dedup.model import ExchangedFact

type Counts = dict[Count, int | tuple[int, int]]

ALIKE: Counts = {
    Count.WHOLE_WORDS: (100, 100),
    Count.WORDS: (100, 100),
    Count.KEPT: 100,
    Count.IN_RUNS: 100,
    Count.LONGEST: 100,
}
"""Two texts of a hundred equal words."""
STRANGE: Counts = {
    Count.WHOLE_WORDS: (100, 100),
    Count.WORDS: (100, 100),
    Count.KEPT: 20,
    Count.NEW: (80, 80),
    Count.FRESH: (80, 80),
    Count.NEW_FIRST: (25, 25),
    Count.FRESH_FIRST: (40, 40),
}
"""Two texts of a hundred words that share twenty, one here and one there."""


def alignments(*pairs: Counts, examples: Sequence[tuple[ExchangedFact, ...]] = ()) -> Alignments:
    """Write aligned pairs in columns; a count that is not given is 0."""
    counts = np.zeros((len(pairs), COUNTED), dtype=np.int64)
    for row, pair in enumerate(pairs):
        for count, value in pair.items():
            values = value if isinstance(value, tuple) else (value,)
            counts[row, count : count + len(values)] = values
    nothing: list[tuple[str, ...]] = [()] * len(pairs)
    return Alignments(counts, [*examples] or [()] * len(pairs), nothing, nothing)
