"""Candidates -> measured pairs with a verdict: batches go from the archive to the step `judge`."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.judge_pairs import JudgedPairs, joined, judge_pairs
from dedup.comparison.overlap import match_many
from dedup.comparison.pair_columns import Overlaps
from dedup.core import TextColumn
from dedup.model.recipe import Recipe
from dedup.report.archive import Archive
from dedup.report.boilerplate import LearntBoilerplate
from dedup.report.identical_texts import DistinctTexts
from dedup.report.pair import Candidates

LEAST = 5
"""Shingles that must be left of a text without its boilerplate, if it had so many, to be compared."""

TEXTS_AT_ONCE = 512
"""Pairs whose texts are in memory together."""

AT_ONCE = 2048
"""Candidates that are measured together; they are sorted, so neighbours share texts."""

type Numbers = NDArray[np.int64]


def judge_all(
    archive: Archive,
    texts: DistinctTexts,
    candidates: Candidates,
    recipe: Recipe,
    *,
    boilerplate: LearntBoilerplate,
    workers: int,
    progress: Callable[[str, int, int], object],
) -> JudgedPairs:
    """Measure the candidates; keep those with a verdict, in the order of the texts."""
    first = texts.first

    def judged(start: int) -> list[JudgedPairs]:
        some = slice(start, start + AT_ONCE)
        batch = candidates.left[some], candidates.right[some]
        return list(_judged(archive, boilerplate, batch, first=first, recipe=recipe))

    parts: list[list[JudgedPairs]] = []
    starts = range(0, candidates.left.size, AT_ONCE)
    with ThreadPoolExecutor(workers) as pool:
        for done, kept in enumerate(pool.map(judged, starts)):
            progress("match", done * AT_ONCE, candidates.left.size)
            parts.append(kept)
    progress("match", candidates.left.size, candidates.left.size)
    return joined(list(chain.from_iterable(parts)))


def _judged(
    archive: Archive,
    boilerplate: LearntBoilerplate,
    batch: tuple[Numbers, Numbers],
    *,
    first: Numbers,
    recipe: Recipe,
) -> Iterator[JudgedPairs]:
    """Judge a batch of candidates, the texts of some at a time."""
    left, right = batch
    numbers, places = np.unique(np.concatenate(batch), return_inverse=True)
    enough, overlaps = measure(
        *boilerplate.without(*archive.shingles(first[numbers])),
        places[: left.size],
        places[left.size :],
        whole=archive.sizes[first[numbers]],
        partial=recipe.partial,
    )
    left, right = left[enough], right[enough]
    for start in range(0, left.size, TEXTS_AT_ONCE):
        some = slice(start, start + TEXTS_AT_ONCE)
        numbers, places = np.unique(np.concatenate([left[some], right[some]]), return_inverse=True)
        ours, theirs = places[: places.size // 2], places[places.size // 2 :]
        folded = TextColumn(*archive.folded(first[numbers]), folded=True)
        judged = judge_pairs(folded, ours, theirs, overlaps=overlaps.where(some), recipe=recipe)
        yield replace(judged, left=numbers[judged.left], right=numbers[judged.right])


def measure(
    values: NDArray[np.uint64],
    bounds: Numbers,
    left: Numbers,
    right: Numbers,
    /,
    *,
    whole: Numbers,
    partial: float,
) -> tuple[NDArray[np.bool_], Overlaps]:
    """Count what candidates share, and leave out those that share too little for a verdict.

    Args:
        values: The shingles of all texts without boilerplate, one text after the other.
        bounds: Where those of each begin, and the end of the last.
        left: Which of the texts is the left one of each candidate, ascending.
        right: Which is the right one.
        whole: Shingles of each text with its boilerplate.
        partial: Containment from which a pair may have a verdict.

    Returns:
        Which candidates share enough, and the overlaps of these.
    """
    sizes = np.diff(bounds)
    overlaps = Overlaps(match_many(values, bounds, left=left, right=right), sizes[left], sizes[right])
    fewer = np.minimum(overlaps.left, overlaps.right)
    telling = fewer >= np.minimum(np.minimum(whole[left], whole[right]), LEAST)
    # One less than asked: the product may round up, and `judge_pairs` has the last word.
    enough = telling & (overlaps.shared > partial * fewer - 1)
    return enough, overlaps.where(enough)
