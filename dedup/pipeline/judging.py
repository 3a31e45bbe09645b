"""Candidates -> measured pairs with a verdict."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dedup.index.memory import Candidates
from dedup.pipeline.collapsing import Text, concatenated
from dedup.recipe import Recipe
from dedup.records import Overlap, Verdict
from dedup.stages.fold import fold
from dedup.stages.match import difference, match_many
from dedup.stages.verdict import judge, reasons

STEP = 1024
"""Pairs between two words to the progress."""


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
    judged = []
    overlaps = list(_worth_reading(texts, candidates, recipe))
    for done, (left, right, overlap) in enumerate(overlaps):
        if done % STEP == 0:
            progress("match", done, len(overlaps))
        pair = _judged(texts[left], texts[right], overlap, recipe)
        if pair is not None:
            judged.append(pair)
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
    enough = shared >= recipe.partial * np.minimum(left_sizes, right_sizes)
    columns = (candidates.left, candidates.right, shared, left_sizes, right_sizes)
    for left, right, *measured in zip(*(column[enough].tolist() for column in columns), strict=True):
        yield left, right, Overlap(*measured)


def _judged(left: Text, right: Text, overlap: Overlap, recipe: Recipe) -> Judged | None:
    differs = difference(str(fold(left.documents[0].text)), str(fold(right.documents[0].text)))
    verdict = judge(overlap, differs, recipe)
    if verdict is None:
        return None
    mirrored = reasons(overlap.mirrored(), differs.mirrored())
    return Judged(left, right, overlap, verdict, reasons(overlap, differs), mirrored)
