"""Which kind of pair an alignment speaks for: multinomial logistic regression over eight measures.

The measures ask what an editor asks of two stories that share text: how much of either is left of the
other, how much the one with less of its own has to tell, whether that stands ahead of the shared body (a
new event over pasted background) or nowhere in particular (light wording), and whether numbers and names
merely changed places (a template filled again). `weights.py` holds what was learnt, and the script that
learns it.
"""

from collections.abc import Mapping
from functools import reduce
from math import exp, log1p
from operator import add, mul

from dedup.comparison.weights import WEIGHTS
from dedup.model import Alignment, Verdict

type Weights = Mapping[str, tuple[float, tuple[float, ...]]]

KINDS = (Verdict.NEAR_DUPLICATE, Verdict.PARTIAL, Verdict.TEMPLATE)
MEASURES = (
    "exchanged",
    "exchanged_in_lead",
    "slots",
    "kept",
    "own",
    "fresh_ahead",
    "fresh_less",
    "fresh_more",
)
AS_MUCH_AS_A_SLOT = 6
"""New words that weigh as much as one slot filled otherwise."""
FILLED = 0.06
"""Slots for each word of the shorter text from which a text without an exchanged number is a template."""
ENOUGH = 2
"""Numbers exchanged in the lead of which more say no more."""


def measures(alignment: Alignment) -> tuple[float, ...]:
    """Give the `MEASURES` of two aligned texts; the same when left and right are exchanged.

    They are: the share of numbers and dates that were exchanged; how many of these in the lead; the share
    of changes that fill a short slot; the share of words that the less covered text has in common with the
    other; ln(1 + new words) of the text with fewer of them; ln(1 + words unknown to the other text) ahead
    of the shared body, of the text with fewer; the smaller and the larger of the two shares of such words.
    """
    unknown = sorted(fresh_shares(alignment))
    return (
        alignment.exchanged / (alignment.exchanged + alignment.kept_facts + 1),
        min(alignment.exchanged_in_lead, ENOUGH),
        alignment.slots / (alignment.slots + 1 + sum(alignment.new) / AS_MUCH_AS_A_SLOT),
        min(1 - new / words for new, words in zip(alignment.new, alignment.words, strict=True)),
        log1p(min(alignment.new)),
        log1p(min(alignment.fresh_ahead)),
        *unknown,
    )


def fresh_shares(alignment: Alignment) -> tuple[float, float]:
    """Give the share of each text's words that stand nowhere in the other."""
    (left, right), (ours, theirs) = alignment.fresh, alignment.words
    return left / ours, right / theirs


def likelihoods(alignment: Alignment, weights: Weights = WEIGHTS) -> dict[Verdict, float]:
    """Give the probability of each of `KINDS`; they sum to 1."""
    powers = [exp(score) for score in _scores(alignment, weights)]
    total = sum(powers)
    return {kind: power / total for kind, power in zip(KINDS, powers, strict=True)}


def likeliest(alignment: Alignment, weights: Weights = WEIGHTS) -> Verdict:
    """Give the most probable of `KINDS`, the first of equals; a template only where something was filled."""
    scores = _scores(alignment, weights)[: None if _filled(alignment) else -1]
    return KINDS[scores.index(max(scores))]


def _scores(alignment: Alignment, weights: Weights) -> list[float]:
    """Add up the model for each of `KINDS`, term by term: `decide_pairs` rounds in the same places."""
    measured = measures(alignment)
    return [
        reduce(add, map(mul, slopes, measured), bias) for bias, slopes in (weights[kind] for kind in KINDS)
    ]


def _filled(alignment: Alignment) -> bool:
    """Whether a number or a date was exchanged, or more passages than an editor's hand would change."""
    return alignment.exchanged > 0 or alignment.slots >= FILLED * min(alignment.words)
