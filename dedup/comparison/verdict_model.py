"""Measures of pairs -> verdicts and their confidence.

There are two linear models (logistic regression): one decides whether a pair joins, the other what it is if
it does not. A joined pair is a near-duplicate if the longer text has half of its words in common with the
other; otherwise the shorter text is contained in the longer. `benchmarks/fit.py` learns the weights.
"""

from collections.abc import Mapping
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.contexts import Contexts
from dedup.comparison.equal_but_for import (
    equal_but_for_a_word,
    equal_but_for_figures,
    equal_but_for_little,
    equal_but_for_names,
)
from dedup.comparison.evidence import evidence, longer_cover
from dedup.comparison.pair_columns import Alignments, Overlaps
from dedup.comparison.weights import learnt_weights
from dedup.core.alignment import AlignmentCount as Count
from dedup.model.recipe import JOINING_BOUNDS, Recipe
from dedup.model.rows import CONTAINED, NEAR_DUPLICATE, PARTIAL, TEMPLATE
from dedup.model.verdict_weights import JOIN_MEASURES, KIND_MEASURES, KINDS, Score

type Column = NDArray[np.float64]
type Codes = NDArray[np.uint8]

NONE = 255
"""Code of a pair without a verdict."""
HALF = 0.52
"""Fraction of the longer text's words in common with the other from which two copies are near-duplicates."""

OTHER_LEAD = 16
"""Fresh words among the first 40 from which a text opens with something else. Chosen on the pairs of
`benchmarks.fit`."""
OWN_LEAD = 2
"""Fresh words of a passage of three new words or more in the lead from which it is a statement of its own,
such as "The strike was called off": see `core/own_lead.py`. Chosen on the statements of `benchmarks.spliced`
and on what is dropped of its archives, all of them in sight, and on the five seed stories."""
OWN_NEWS = 5
"""Fresh words of a passage of its own from which a text has news of its own. Chosen on the real stories with
a sentence of another story of `benchmarks.spliced`."""

BY_RULE = 0.8
"""Least probability that texts equal but for a figure join, and that texts equal but for names do not."""
FILLED = 4.0
"""Added to the score of `template` of texts that are equal but for names."""

_SURELY_NOT = -80.0
"""Score at which the probability of joining is 0 in a float32; below it the exponential could overflow."""

_FILLED = [Count.SLOTS, Count.EXCHANGED, Count.EXCHANGED_NAMES, Count.LIKELY_NAMES, Count.BOILERPLATE]
"""Counts of which a template has at least one."""

_KIND_CODES = np.array([PARTIAL, TEMPLATE, NONE], dtype=np.uint8)
"""Verdict codes of `KINDS`."""


class Decisions(NamedTuple):
    """Verdicts of many pairs.

    Attributes:
        codes: uint8: indices into `VERDICTS`, or `NONE`.
        confidence: float32: estimated probability that a human reader would agree, 0 to 1.
    """

    codes: Codes
    confidence: NDArray[np.float32]


def decide(
    aligned: Alignments,
    contexts: Contexts,
    overlaps: Overlaps,
    recipe: Recipe,
    *,
    by_rule: bool | None = None,
) -> Decisions:
    """Return the verdicts of pairs of different texts.

    Args:
        aligned: Alignments of the texts.
        contexts: Dates, sources and titles.
        overlaps: Overlaps of the shingle sets.
        recipe: Its `joining`, `threshold`, `containment`, `partial` and `lifted` are the bounds, its
            `weights` those of the model.
        by_rule: Whether a rule decides on texts that are equal but for a figure or for names. None: only
            with the built-in weights, since users may learn others from many such texts.
    """
    weights = recipe.weights or learnt_weights()
    measures = evidence(aligned, contexts, overlaps)
    score = _score(weights.join, measures, JOIN_MEASURES)
    names = np.zeros(score.size, dtype=np.bool_)
    if by_rule or (by_rule is None and recipe.weights is None):
        figures = equal_but_for_figures(aligned, contexts) | equal_but_for_little(aligned, contexts)
        names = equal_but_for_names(aligned, contexts)
        score[figures] = np.maximum(score[figures], _logit(BY_RULE))
        score[names] = np.minimum(score[names], -_logit(BY_RULE))
    score[same_words(aligned)] = np.inf
    joins = score >= _logit(JOINING_BOUNDS[recipe.joining])
    near = longer_cover(aligned) >= HALF
    low = np.where(near, overlaps.jaccard < recipe.threshold, overlaps.containment < recipe.containment)
    scores = {kind: _score(getattr(weights, kind), measures, KIND_MEASURES) for kind in KINDS}
    scores["template"][nothing_filled(aligned)] = -np.inf
    scores["template"][names] += FILLED
    kinds, share = _kinds(scores)
    probability = 1 / (1 + np.exp(-np.maximum(score, _SURELY_NOT)))
    codes = np.where(joins, np.where(low, PARTIAL, np.where(near, NEAR_DUPLICATE, CONTAINED)), kinds)
    little = overlaps.containment < recipe.partial
    codes[~joins & little] = NONE
    codes[(codes == NONE) & _lifted(aligned, recipe)] = PARTIAL
    confidence = np.where(joins, probability, (1 - probability) * share)
    return Decisions(codes.astype(np.uint8), confidence.astype(np.float32))


def spares(aligned: Alignments, contexts: Contexts) -> NDArray[np.bool_]:
    """Return which texts can be spared because the other says all that they say.

    Such a text repeats the other and has no passage, at any place, with news of its own.

    Returns:
        Shape (n, 2): whether the left text of each pair can be, and whether the right one can.
    """
    spared: NDArray[np.bool_] = repeats(aligned, contexts)
    spared &= aligned.sides(Count.FRESH_TOGETHER) < OWN_NEWS
    return spared


def repeats(aligned: Alignments, contexts: Contexts) -> NDArray[np.bool_]:
    """Return where a text repeats the other, and may go on with more.

    No fact was changed, nor a lone word that may be a name; its lead has no fact and no statement of its own
    and is not another lead, and half of it or more is in the other text: of one that contains the other the
    rest is found nowhere else.

    Returns:
        Shape (n, 2): whether the left text of each pair does, and whether the right one does.
    """
    other = equal_but_for_a_word(aligned, contexts)[:, None]
    return repeats_but_for_lead(aligned) & ~states_first(aligned) & ~other


def repeats_but_for_lead(aligned: Alignments) -> NDArray[np.bool_]:
    """Return what `repeats` does, whatever facts and statements of its own the lead of a text has."""
    changed = aligned.one(Count.EXCHANGED) + aligned.one(Count.EXCHANGED_NAMES)
    same_lead = aligned.sides(Count.FRESH_FIRST) < OTHER_LEAD
    repeated: NDArray[np.bool_] = (changed == 0)[:, None] & same_lead & (_covers(aligned) >= HALF)
    return repeated


def states_first(aligned: Alignments) -> NDArray[np.bool_]:
    """Return which texts have a fact or a statement of their own in the lead, shape (n, 2)."""
    states: NDArray[np.bool_] = aligned.sides(Count.OWN_FACTS) > 0
    return states | (aligned.sides(Count.OWN_LEAD) >= OWN_LEAD)


def _covers(aligned: Alignments) -> Column:
    """Return the share of either text that it has in common with the other, shape (n, 2)."""
    covers: Column = 1 - aligned.sides(Count.NEW) / np.maximum(aligned.sides(Count.WORDS), 1)
    return covers


def _score(weights: Score, measures: Mapping[str, Column], names: tuple[str, ...]) -> Column:
    """Add up a score term by term, so that it does not depend on how many pairs are judged together."""
    bias, *slopes = weights
    score = np.full(measures[names[0]].size, float(bias))
    for slope, name in zip(slopes, names, strict=True):
        score += slope * measures[name]
    return score


def _kinds(scores: Mapping[str, Column]) -> tuple[Codes, Column]:
    """Choose the most likely of `KINDS` (ties: the first) and return it with its probability."""
    together = np.stack([scores[kind] for kind in KINDS])
    powers = np.exp(together - together.max(axis=0))
    return _KIND_CODES[together.argmax(axis=0)], powers.max(axis=0) / powers.sum(axis=0)


def same_words(aligned: Alignments) -> NDArray[np.bool_]:
    """Return which pairs have the same words in the same order."""
    kept = aligned.one(Count.KEPT)[:, None]
    same: NDArray[np.bool_] = (aligned.sides(Count.WHOLE_WORDS) == kept).all(axis=1)
    return same


def nothing_filled(aligned: Alignments) -> NDArray[np.bool_]:
    """Return where no slot, no fact and no likely name differs, and no boilerplate was left out."""
    return ~aligned.counts[:, _FILLED].any(axis=1)


def _lifted(aligned: Alignments, recipe: Recipe) -> NDArray[np.bool_]:
    """Return which pairs share a passage of `Recipe.lifted` words.

    A tenth of the words may be missing: if a word at the edge of a passage also occurs elsewhere, an equally
    long alignment may match it there.
    """
    if not recipe.lifted:
        return np.zeros(len(aligned), dtype=np.bool_)
    return aligned.one(Count.LONGEST_SHARED) >= recipe.lifted - recipe.lifted // 10


def _logit(probability: float) -> float:
    return log(probability / (1 - probability))
