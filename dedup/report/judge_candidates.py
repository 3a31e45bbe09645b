"""Candidates -> measured pairs with a verdict."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.align import alignments
from dedup.comparison.decide import is_open, judge
from dedup.comparison.overlap import differences, match_many
from dedup.model import Alignment, Difference, Overlap, Verdict
from dedup.model.recipe import Recipe
from dedup.report.archive import Archive
from dedup.report.boilerplate import LearntBoilerplate
from dedup.report.identical_texts import DistinctTexts
from dedup.report.pair import Candidates
from dedup.text.unspaced import part

LEAST = 5
"""Shingles that must be left of a text without its boilerplate, if it had so many, to be compared."""

READ_AT_ONCE = 512
"""Pairs whose texts are held together."""

AT_ONCE = 2048
"""Candidates that are measured together; they are sorted, so neighbours share texts."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Two texts, measured and judged.

    Attributes:
        left: Number of the text that would represent the other.
        right: Number of the other.
        overlap: Of their shingle sets.
        verdict: What they are to each other.
        difference: What one of them lacks: shares and numbers, without the words themselves.
        alignment: What the verdict was read from, where counts did not suffice.
    """

    left: int
    right: int
    overlap: Overlap
    verdict: Verdict
    difference: Difference
    alignment: Alignment | None = None


class _Source(NamedTuple):
    """Where what is measured comes from."""

    archive: Archive
    first: NDArray[np.int64]
    boilerplate: LearntBoilerplate


def judge_all(
    archive: Archive,
    texts: DistinctTexts,
    candidates: Candidates,
    recipe: Recipe,
    *,
    boilerplate: LearntBoilerplate,
    workers: int,
    progress: Callable[[str, int, int], object],
) -> list[Judged]:
    """Measure the candidates; keep those with a verdict, in the order of the texts."""
    source = _Source(archive, texts.first, boilerplate)

    def judged(start: int) -> list[Judged]:
        some = slice(start, start + AT_ONCE)
        return list(_judged(source, candidates.left[some], candidates.right[some], recipe))

    kept: list[list[Judged]] = []
    starts = range(0, candidates.left.size, AT_ONCE)
    with ThreadPoolExecutor(workers) as pool:
        for done, part in enumerate(pool.map(judged, starts)):
            progress("match", done * AT_ONCE, candidates.left.size)
            kept.append(part)
    progress("match", candidates.left.size, candidates.left.size)
    return list(chain.from_iterable(kept))


def _judged(
    source: _Source, left: NDArray[np.int64], right: NDArray[np.int64], recipe: Recipe
) -> Iterator[Judged]:
    overlaps = list(_worth_reading(source, left, right, recipe))
    for start in range(0, len(overlaps), READ_AT_ONCE):
        yield from _read(source, overlaps[start : start + READ_AT_ONCE], recipe)


def _read(source: _Source, pairs: Sequence[tuple[int, int, Overlap]], recipe: Recipe) -> Iterator[Judged]:
    """Judge pairs by their words: by counts, and where these do not suffice by an alignment."""
    numbers, places = np.unique([number for *both, _ in pairs for number in both], return_inverse=True)
    rows = source.first[numbers]
    texts = [
        part(source.archive.text(row), shingles=size)
        for row, size in zip(rows.tolist(), source.archive.sizes[rows].tolist(), strict=True)
    ]
    lefts, rights = places[0::2], places[1::2]
    differing = list(differences(texts, left=lefts, right=rights))
    asked = [
        is_open(overlap, differs, recipe) for (*_, overlap), differs in zip(pairs, differing, strict=True)
    ]
    aligned = alignments(texts, left=lefts[asked], right=rights[asked])
    for (left, right, overlap), differs in zip(pairs, differing, strict=True):
        verdict, alignment = judge(overlap, differs, recipe, align=partial(next, aligned))
        if verdict is not None:
            yield Judged(left, right, overlap, verdict, differs, alignment)


def _worth_reading(
    source: _Source, left: NDArray[np.int64], right: NDArray[np.int64], recipe: Recipe
) -> Iterator[tuple[int, int, Overlap]]:
    """Numbers and overlap of the candidates that share enough for a verdict."""
    numbers, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    values, bounds = source.boilerplate.without(*source.archive.shingles(source.first[numbers].tolist()))
    one, other = places[: left.size], places[left.size :]
    shared = match_many(values, bounds, left=one, right=other)
    sizes = np.diff(bounds)
    whole = source.archive.sizes[source.first[numbers]]
    left_sizes, right_sizes = sizes[one], sizes[other]
    fewer = np.minimum(left_sizes, right_sizes)
    telling = fewer >= np.minimum(np.minimum(whole[one], whole[other]), LEAST)
    # One less than asked: the product may round up, and `judge` has the last word.
    enough = telling & (shared > recipe.partial * fewer - 1)
    columns = (left, right, shared, left_sizes, right_sizes)
    for ours, theirs, *measured in zip(*(column[enough].tolist() for column in columns), strict=True):
        yield ours, theirs, Overlap(*measured)
