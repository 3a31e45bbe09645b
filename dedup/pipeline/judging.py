"""Candidates -> measured pairs with a verdict."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np

from dedup.index.memory import Candidates
from dedup.pipeline.collapsing import Text, concatenated
from dedup.recipe import Recipe
from dedup.records import Alignment, Difference, Overlap, Verdict
from dedup.stages.align import Wording, align, wording
from dedup.stages.fold import fold
from dedup.stages.match import Words, difference, match_many, words
from dedup.stages.verdict import judge

STEP = 1024
"""Pairs between two words to the progress."""

READ_AT_ONCE = 4096
"""Texts whose words are kept; candidates are sorted, so neighbours ask for the same ones."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Two texts, measured and judged.

    Attributes:
        left: The one that would represent the other.
        right: The other.
        overlap: Of their shingle sets.
        verdict: What they are to each other.
        difference: What one of them lacks: shares and numbers, without the words themselves.
        alignment: What the verdict was read from, where counts did not suffice.
    """

    left: Text
    right: Text
    overlap: Overlap
    verdict: Verdict
    difference: Difference
    alignment: Alignment | None = None


def judge_all(
    texts: Sequence[Text],
    candidates: Candidates,
    recipe: Recipe,
    *,
    progress: Callable[[str, int, int], object],
) -> list[Judged]:
    """Measure the candidates; keep those with a verdict, in the order of the texts."""

    @lru_cache(READ_AT_ONCE)
    def folded(row: int) -> str:
        return str(fold(texts[row].documents[0].text))

    @lru_cache(READ_AT_ONCE)
    def words_of(row: int) -> Words:
        return words(folded(row))

    @lru_cache(READ_AT_ONCE)
    def wording_of(row: int) -> Wording:
        return wording(folded(row))

    def aligned_rows(left: int, right: int) -> Alignment:
        return align(wording_of(left), wording_of(right))

    judged = []
    overlaps = list(_worth_reading(texts, candidates, recipe))
    for done, (left, right, overlap) in enumerate(overlaps):
        if done % STEP == 0:
            progress("match", done, len(overlaps))
        differs = difference(words_of(left), words_of(right))
        verdict, aligned = judge(overlap, differs, recipe, align=partial(aligned_rows, left, right))
        if verdict is not None:
            counted = replace(differs, left_words=(), right_words=())  # the words would fill the memory
            judged.append(Judged(texts[left], texts[right], overlap, verdict, counted, aligned))
    progress("match", len(overlaps), len(overlaps))
    return judged


def _worth_reading(
    texts: Sequence[Text], candidates: Candidates, recipe: Recipe
) -> Iterator[tuple[int, int, Overlap]]:
    """Rows and overlap of the candidates that share enough for a verdict."""
    values, bounds = concatenated([text.prepared.shingles for text in texts])
    shared = match_many(values, bounds, left=candidates.left, right=candidates.right)
    sizes = np.diff(bounds)
    left_sizes, right_sizes = sizes[candidates.left], sizes[candidates.right]
    # One less than asked: the product may round up, and `judge` has the last word.
    enough = shared > recipe.partial * np.minimum(left_sizes, right_sizes) - 1
    columns = (candidates.left, candidates.right, shared, left_sizes, right_sizes)
    for left, right, *measured in zip(*(column[enough].tolist() for column in columns), strict=True):
        yield left, right, Overlap(*measured)
