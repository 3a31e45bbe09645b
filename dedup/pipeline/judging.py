"""Candidates -> measured pairs with a verdict."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dedup.index.memory import Candidates
from dedup.pipeline.collapsing import Text, concatenated
from dedup.recipe import Recipe
from dedup.records import Overlap, Verdict
from dedup.stages.fold import fold
from dedup.stages.match import Words, difference, match_many, words
from dedup.stages.verdict import judge, reasons

STEP = 1024
"""Pairs between two words to the progress."""

READ_AT_ONCE = 1024
"""Texts whose words are kept; candidates are sorted, so neighbours ask for the same ones."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Two texts, measured and judged.

    Attributes:
        left: Sorts before `right`.
        right: The other.
        overlap: Of their shingle sets.
        verdict: What they are to each other.
        reasons: Why, with `left` on the left.
        mirrored: Why, with `left` on the right: for documents whose ids sort the other way.
    """

    left: Text
    right: Text
    overlap: Overlap
    verdict: Verdict
    reasons: tuple[str, ...]
    mirrored: tuple[str, ...]


def judge_all(
    texts: Sequence[Text],
    candidates: Candidates,
    recipe: Recipe,
    *,
    progress: Callable[[str, int, int], object],
) -> list[Judged]:
    """Measure the candidates; keep those with a verdict, in the order of the texts."""

    @lru_cache(READ_AT_ONCE)
    def words_of(row: int) -> Words:
        return words(str(fold(texts[row].documents[0].text)))

    judged = []
    overlaps = list(_worth_reading(texts, candidates, recipe))
    for done, (left, right, overlap) in enumerate(overlaps):
        if done % STEP == 0:
            progress("match", done, len(overlaps))
        differs = difference(words_of(left), words_of(right))
        verdict = judge(overlap, differs, recipe)
        if verdict is not None:
            why = reasons(overlap, differs)
            mirrored = reasons(overlap.mirrored(), differs.mirrored())
            judged.append(Judged(texts[left], texts[right], overlap, verdict, why, mirrored))
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
