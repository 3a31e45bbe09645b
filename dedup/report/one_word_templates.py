"""Templates in which one word is filled in, which no two texts show: three that all differ there do.

Two short texts that differ in one word may be a copy and its original. Three of which any two differ in one
word differ in the same place, else two of them would differ in two: a warning for one town after another.
"""

from dataclasses import replace

import numpy as np

from dedup.comparison.equal_but_for import equal_but_for_a_word
from dedup.comparison.judge_pairs import JudgedPairs
from dedup.comparison.overlap import match_many
from dedup.comparison.verdict_model import BY_RULE
from dedup.model.recipe import Recipe
from dedup.model.rows import TEMPLATE


def with_one_word_templates(judged: JudgedPairs, recipe: Recipe) -> JudgedPairs:
    """Change the verdict of joined pairs of such texts to `template`; their measures stay.

    Weights that users learnt decide alone, as on other pairs that are equal but for a name.
    """
    if recipe.weights is not None:
        return judged
    rows = np.flatnonzero(judged.joins & equal_but_for_a_word(judged.alignments, judged.contexts))
    texts, ends = np.unique(np.stack([judged.left[rows], judged.right[rows]]), return_inverse=True)
    one, other = ends.reshape(2, -1)
    order = np.argsort(one, kind="stable")
    rows, one, other = rows[order], one[order], other[order]
    here, there = np.concatenate([one, other]), np.concatenate([other, one])
    neighbours = there[np.lexsort((there, here))].astype(np.uint64)
    bounds = np.searchsorted(np.sort(here), np.arange(texts.size + 1))
    filled = rows[match_many(neighbours, bounds, left=one, right=other) > 0]
    verdicts, confidence, drops = judged.verdicts.copy(), judged.confidence.copy(), judged.drops.copy()
    verdicts[filled], confidence[filled], drops[filled] = TEMPLATE, BY_RULE, False
    return replace(judged, verdicts=verdicts, confidence=confidence, drops=drops)
