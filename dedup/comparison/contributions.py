"""Explain the scores of a pair: how much each measure contributes."""

from math import inf

from dedup.comparison.contexts import Contexts
from dedup.comparison.evidence import evidence
from dedup.comparison.pair_columns import Alignments, Overlaps
from dedup.comparison.verdict_model import nothing_filled, same_words
from dedup.comparison.weights import learnt_weights
from dedup.model import Contribution
from dedup.model.recipe import Recipe


def contributions(
    aligned: Alignments, contexts: Contexts, overlaps: Overlaps, recipe: Recipe
) -> tuple[Contribution, ...]:
    """Return the terms of the first pair's scores: the bias, then the measures in the order of `evidence`.

    Args:
        aligned: Alignments of the texts.
        contexts: Dates, sources and titles.
        overlaps: Overlaps of the shingle sets.
        recipe: Its `weights` are those of the model.
    """
    scores = (recipe.weights or learnt_weights()).as_json()
    values = {"bias": 1.0} | {
        name: float(column[0])
        for name, column in evidence(aligned, contexts, overlaps).items()
        if any(name in weights for weights in scores.values())
    }
    terms = [
        Contribution(
            name, value, **{score: weights.get(name, 0.0) * value for score, weights in scores.items()}
        )
        for name, value in values.items()
    ]
    if same_words(aligned)[0]:
        terms.append(Contribution("same_words", 1.0, join=inf))
    if nothing_filled(aligned)[0]:
        terms.append(Contribution("nothing_filled", 1.0, template=-inf))
    return tuple(terms)
