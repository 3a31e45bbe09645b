"""Learn the weights of the verdict from labelled pairs: two ridge-penalised logistic regressions.

Each pair is used twice: with its context and, with less weight, with an unknown context, so that the model
also suits archives without dates, sources or titles. Pairs of one story are similar, so n of them count as
the square root of n.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.model.memory import need_scientific_memory
from dedup.model.score import JOINED, PARTIAL, TEMPLATE, UNRELATED
from dedup.model.verdict_weights import JOIN_MEASURES, KIND_MEASURES, KINDS, Score, VerdictWeights

WITH_CONTEXT = 0.7
"""Sample weight of a pair with its context; the rest, up to 1, goes to the pair with an unknown context."""
JOIN_PENALTY, KIND_PENALTY = 0.2, 1.0
"""Inverse strength of the penalty of each model (scikit-learn's C), for measures scaled to unit variance."""
PLACES = 4
"""Decimal places of a weight."""

_LABEL_OF_KIND = dict(zip(KINDS, (PARTIAL, TEMPLATE, UNRELATED), strict=True))

type Evidence = Mapping[str, NDArray[np.float64]]


def learn_weights(
    known: Evidence, bare: Evidence, labels: Sequence[str], *, stories: Sequence[int]
) -> VerdictWeights:
    """Learn the weights of the verdict.

    Args:
        known: Measures of the pairs with their contexts: see `comparison.evidence`.
        bare: Measures of the same pairs with unknown contexts.
        labels: The human label of each pair. Every kind must occur; of the two labels that join, one is
            enough.
        stories: The story that each pair is about, see `number_stories`.

    Raises:
        ValueError: A kind is missing.
    """
    missing = [label for label in _LABEL_OF_KIND.values() if label not in labels]
    if missing or not JOINED & set(labels):
        raise ValueError(f"there are no pairs labelled {', '.join(missing or sorted(JOINED))}")
    twice = np.array([*labels, *labels])
    _, story, pairs = np.unique(stories, return_inverse=True, return_counts=True)
    weight = np.outer([WITH_CONTEXT, 1 - WITH_CONTEXT], _mean_of_one(1 / np.sqrt(pairs[story]))).ravel()
    values = {name: np.concatenate([known[name], bare[name]]) for name in known}
    joined = np.isin(twice, list(JOINED))
    join = _fitted(values, JOIN_MEASURES, joined, weight, penalty=JOIN_PENALTY)[True]
    others = {name: column[~joined] for name, column in values.items()}
    kinds = _fitted(others, KIND_MEASURES, twice[~joined], weight[~joined], penalty=KIND_PENALTY)
    return VerdictWeights(join, **{kind: kinds[label] for kind, label in _LABEL_OF_KIND.items()})


def _mean_of_one(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale weights, so that the penalty does not depend on how many pairs a story has."""
    scaled: NDArray[np.float64] = weight / weight.mean()
    return scaled


def _fitted(
    values: Evidence,
    names: Sequence[str],
    labels: NDArray[np.generic],
    weight: NDArray[np.float64],
    *,
    penalty: float,
) -> dict[object, Score]:
    """Fit a model and return its scores for unscaled measures, by label; of two labels, only the second."""
    need_scientific_memory()
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - a second, and only tuning needs it
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415 - likewise

    table = np.stack([values[name] for name in names], axis=1)
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=penalty, max_iter=3000)
    model.fit(scaler.transform(table), labels, sample_weight=weight)
    slopes = model.coef_ / scaler.scale_
    biases = model.intercept_ - slopes @ scaler.mean_
    scores = np.column_stack([biases, slopes]).round(PLACES)
    names_of = model.classes_.tolist()[-len(scores) :]
    return {label: tuple(map(float, score)) for label, score in zip(names_of, scores, strict=True)}
