"""The decision of `decide.judge` for many pairs at once, on columns: the same verdicts, bit for bit.

A verdict is a code: its place in `VERDICTS`. Sums are taken in the order of the scalar rule, and logarithms
by the same function, so that a pair on a bound falls to the same side.
"""

from collections.abc import Mapping
from math import log1p

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.likelihood import AS_MUCH_AS_A_SLOT, ENOUGH, FILLED, KINDS
from dedup.comparison.pair_columns import Alignments, Counts, Differences, Overlaps, Shares
from dedup.comparison.rules import (
    CLEARLY_LONGER,
    HALF,
    KEPT_WHOLE,
    LEAD,
    LITTLE,
    LITTLE_NEW,
    LITTLE_OWN,
    MUCH_ON_BOTH,
    MUCH_ON_ONE,
    SAME,
)
from dedup.comparison.weights import WEIGHTS
from dedup.core.alignment import AlignmentCount
from dedup.model import Verdict
from dedup.model.recipe import Recipe
from dedup.model.rows import VERDICTS

type Codes = NDArray[np.uint8]


NONE, OPEN = 254, 255
"""Codes of a pair without a verdict, and of one that has to be aligned first."""

IDENTICAL, NEAR_DUPLICATE, CONTAINED, TEMPLATE, PARTIAL = range(len(VERDICTS))
JOINING = np.array([verdict.joins for verdict in VERDICTS])
"""Whether the verdict of a code joins."""

_KEPT_FACTS, _SLOTS = AlignmentCount.KEPT_FACTS, AlignmentCount.SLOTS
_EXCHANGED, _IN_LEAD = AlignmentCount.EXCHANGED, AlignmentCount.EXCHANGED_IN_LEAD
_WORDS, _NEW, _FRESH, _AHEAD = (
    slice(count, count + 2)
    for count in (AlignmentCount.WORDS, AlignmentCount.NEW, AlignmentCount.FRESH, AlignmentCount.FRESH_AHEAD)
)


def verdicts_from_counts(overlaps: Overlaps, differences: Differences, recipe: Recipe) -> Codes:
    """Decide what counts suffice for: a verdict, `NONE`, or `OPEN`."""
    ours, theirs = differences.left_share, differences.right_share
    less, new = np.minimum(ours, theirs), np.maximum(ours, theirs)
    jaccard, containment = overlaps.jaccard, overlaps.containment
    codes: Codes = np.full(len(overlaps), OPEN, dtype=np.uint8)
    much = (less > MUCH_ON_BOTH) & (new > MUCH_ON_ONE) & (containment < recipe.containment)
    codes[much] = PARTIAL
    same = (jaccard >= max(SAME, recipe.threshold)) & (new <= LITTLE) & ~differences.both_have_numbers
    codes[same] = NEAR_DUPLICATE
    codes[containment < recipe.partial] = NONE
    return codes


def verdicts_from_alignments(
    overlaps: Overlaps,
    alignments: Alignments,
    recipe: Recipe,
    *,
    weights: Mapping[str, tuple[float, tuple[float, ...]]] = WEIGHTS,
) -> Codes:
    """Decide the pairs that counts left open."""
    kinds = np.where(_other_lead(alignments), NEAR_DUPLICATE, _likeliest(alignments, weights))
    ours, theirs = _shares(alignments.counts, _FRESH)
    less, more = np.minimum(ours, theirs), np.maximum(ours, theirs)
    jaccard, containment, length_ratio = overlaps.jaccard, overlaps.containment, overlaps.length_ratio
    half = (jaccard >= recipe.threshold) & (length_ratio >= HALF)
    same = (jaccard >= SAME) & (containment >= KEPT_WHOLE) & (more <= LITTLE)
    near = half & (same | ((kinds == NEAR_DUPLICATE) & (less <= LITTLE_NEW)))
    shorter = np.where(overlaps.left > overlaps.right, theirs, ours)
    inside = (containment >= recipe.containment) & (length_ratio <= CLEARLY_LONGER) & (shorter <= LITTLE_OWN)
    bounded = np.where(near, NEAR_DUPLICATE, np.where(inside, CONTAINED, PARTIAL))
    return np.where(kinds == TEMPLATE, TEMPLATE, bounded).astype(np.uint8)


def _other_lead(alignments: Alignments) -> NDArray[np.bool_]:
    counts = alignments.counts
    ours, theirs = _shares(counts, _NEW)
    other_lead: NDArray[np.bool_] = (
        (counts[:, _SLOTS] == 0)
        & (counts[:, _EXCHANGED] == counts[:, _IN_LEAD])
        & (counts[:, _FRESH] == counts[:, _AHEAD]).all(axis=1)
        & (np.maximum(ours, theirs) <= LEAD)
    )
    return other_lead


def _likeliest(
    alignments: Alignments, weights: Mapping[str, tuple[float, tuple[float, ...]]]
) -> NDArray[np.int64]:
    counts, measured = alignments.counts, _measures(alignments.counts)
    scores = np.empty((len(KINDS), len(counts)))
    for place, kind in enumerate(KINDS):
        scores[place], slopes = weights[kind]
        for slope, measure in zip(slopes, measured, strict=True):
            scores[place] += slope * measure
    filled = (counts[:, _EXCHANGED] > 0) | (counts[:, _SLOTS] >= FILLED * counts[:, _WORDS].min(axis=1))
    scores[KINDS.index(Verdict.TEMPLATE), ~filled] = -np.inf
    return np.array([VERDICTS.index(kind) for kind in KINDS])[scores.argmax(axis=0)]


def _measures(counts: Counts) -> tuple[Shares, ...]:
    """Give the `MEASURES` of the model, a column each."""
    exchanged, slots, new = counts[:, _EXCHANGED], counts[:, _SLOTS], counts[:, _NEW]
    ours, theirs = _shares(counts, _NEW)
    fresh = _shares(counts, _FRESH)
    return (
        exchanged / (exchanged + counts[:, _KEPT_FACTS] + 1),
        np.minimum(counts[:, _IN_LEAD], ENOUGH).astype(np.float64),
        slots / (slots + 1 + new.sum(axis=1) / AS_MUCH_AS_A_SLOT),
        np.minimum(1 - ours, 1 - theirs),
        _logarithms(new.min(axis=1)),
        _logarithms(counts[:, _AHEAD].min(axis=1)),
        np.minimum(*fresh),
        np.maximum(*fresh),
    )


def _shares(counts: Counts, columns: slice) -> tuple[Shares, Shares]:
    """Give the shares of the words of the left and of the right text that two columns count."""
    left, right = (counts[:, columns] / counts[:, _WORDS]).T
    return left, right


def _logarithms(values: Counts) -> Shares:
    """Give ln(1 + x), by the library that the scalar rule asks: that of numpy may differ in the last bit."""
    distinct, places = np.unique(values, return_inverse=True)
    return np.array([log1p(value) for value in distinct.tolist()])[places]
