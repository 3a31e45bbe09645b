"""Pairs of documents outside an archive -> their measures, which can be judged with several recipes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.comparison.contexts import Contexts, contexts_of
from dedup.comparison.judge_pairs import (
    align_pairs,
    alike_as_wholes,
    readable_texts,
    with_legible_words,
)
from dedup.comparison.overlap import match_many
from dedup.comparison.pair_columns import Alignments, Overlaps
from dedup.comparison.uncredited_leads import with_uncredited_leads
from dedup.comparison.verdict_model import NONE, Decisions, decide
from dedup.model import Document
from dedup.model.recipe import Recipe
from dedup.model.rows import IDENTICAL
from dedup.text.prepare import prepare_texts

NOTHING = np.empty(0, dtype=np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredPairs:
    """Measured pairs of documents, one row per pair.

    Attributes:
        letters: int64, shape (2, n): number of folded letters of the left and of the right texts.
        identical: bool: whether the folded texts are equal.
        overlaps: Overlaps of the shingle sets; a text without shingles counts as having one.
        alignments: Alignments of the texts.
        contexts: Dates, sources and titles.
    """

    letters: NDArray[np.int64]
    identical: NDArray[np.bool_]
    overlaps: Overlaps
    alignments: Alignments
    contexts: Contexts

    def judged(self, recipe: Recipe, *, by_rule: bool | None = None) -> Decisions:
        """Judge the pairs, see `decide`; if a text is too short to compare, the pair has no verdict."""
        codes, confidence = decide(self.alignments, self.contexts, self.overlaps, recipe, by_rule=by_rule)
        short = self.letters.min(axis=0) < recipe.min_letters
        codes[self.identical] = IDENTICAL
        codes[short] = NONE
        return Decisions(codes, np.where(self.identical | short, np.float32(1), confidence))


def measure_pairs(
    left: Sequence[Document],
    right: Sequence[Document],
    recipe: Recipe,
    *,
    boilerplate: NDArray[np.uint64] = NOTHING,
) -> MeasuredPairs:
    """Measure pairs of documents.

    Args:
        left: First document of each pair.
        right: Second document of each pair.
        recipe: Settings for cutting texts into shingles.
        boilerplate: Shingles of the boilerplate of their archive, ascending.
    """
    texts = [document.text for document in (*left, *right)]
    many = prepare_texts(texts, recipe)
    ours = np.arange(len(left))
    theirs = ours + len(left)
    shared = match_many(many.shingles, many.shingle_bounds, left=ours, right=theirs)
    sizes = np.maximum(np.diff(many.shingle_bounds), 1)
    overlaps = Overlaps(shared, sizes[ours], sizes[theirs])
    words = core.WordColumn(texts, boilerplate=boilerplate, window=recipe.letters)
    every = np.ones(ours.size, dtype=np.bool_)
    aligned = with_uncredited_leads(
        align_pairs(words, ours, theirs, overlaps=overlaps),
        words,
        ours,
        theirs,
        whole=alike_as_wholes(overlaps),
        among=every,
    )
    digests = np.frombuffer(many.digests, dtype=np.uint64).reshape(-1, 2)
    return MeasuredPairs(
        many.letters.reshape(2, -1),
        (digests[ours] == digests[theirs]).all(axis=1),
        overlaps,
        with_legible_words(aligned, readable_texts(words), ours, theirs, shown=every),
        contexts_of(left, right, recipe),
    )
