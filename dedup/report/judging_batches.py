"""Candidates -> the batches in which they are judged.

Each batch reads its texts again. So pairs of a long text and much shorter ones get batches of their own, in
which reading the short texts takes as long as reading the long one.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.report.pair_order import side_by_side

AT_ONCE = 2048
"""Candidates of usual length measured at once; they are ordered so that adjacent ones share texts."""
USUAL, OVERHEAD = 4000, 1000
"""Letters of both texts of a usual candidate, and those that measuring any candidate takes as long as.
Batches of alerts take 0.13 s, stories 0.18 (`benchmarks.driver`, with `--only alerts` or not)."""
TEXTS_AT_ONCE = 512
"""Pairs whose texts are in memory at once."""
LONG_TEXT, MUCH_LONGER = 100_000, 16
"""Letters of a long text, and how many times those of the other text it has at least."""

type Numbers = NDArray[np.int64]


class JudgingBatch(NamedTuple):
    """Candidates that are judged one after the other.

    Attributes:
        left: int64: number of one text of each.
        right: int64: number of the other.
        texts_at_once: Pairs whose texts are in memory at once.
    """

    left: Numbers
    right: Numbers
    texts_at_once: int


def judging_batches(left: Numbers, right: Numbers, letters: Numbers) -> list[JudgingBatch]:
    """Divide candidates into batches; pairs of a long text and a much shorter one come last.

    Args:
        left: Number of one text of each pair.
        right: Number of the other.
        letters: Of each text, by number.
    """
    ours, theirs = letters[left], letters[right]
    longer, more, fewer = (
        np.where(ours >= theirs, left, right),
        np.maximum(ours, theirs),
        np.minimum(ours, theirs),
    )
    unequal = (more >= LONG_TEXT) & (more // MUCH_LONGER >= fewer)
    rows = np.flatnonzero(~unequal)
    rows = rows[side_by_side(left[rows], right[rows])]
    read = np.cumsum(OVERHEAD + ours[rows] + theirs[rows])
    batches = [
        JudgingBatch(left[some], right[some], TEXTS_AT_ONCE)
        for some in np.split(rows, np.flatnonzero(np.diff((read - 1) // (AT_ONCE * (OVERHEAD + USUAL)))) + 1)
        if some.size
    ]
    rows = np.flatnonzero(unequal)
    rows = rows[np.argsort(longer[rows], kind="stable")]
    for of_one_text in np.split(rows, np.flatnonzero(np.diff(longer[rows])) + 1):
        turns = np.cumsum(fewer[of_one_text]) // more[of_one_text]
        parts = np.split(of_one_text, np.flatnonzero(np.diff(turns)) + 1)
        batches += [JudgingBatch(left[some], right[some], some.size) for some in parts if some.size]
    return batches
