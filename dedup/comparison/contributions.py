"""Why the scores of one pair are what they are: what each measure adds to them."""

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
    """Return the terms of the scores of the first pair, in the order of `evidence`, the bias ahead.

    Args:
        aligned: The texts word by word.
        contexts: When, where and under which title they appeared.
        overlaps: Of their shingle sets.
        recipe: Its `weights` are the model.
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
