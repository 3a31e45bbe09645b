"""The weights of the verdict: linear scores over named measures, as data in a recipe.

`dedup.comparison.verdict_model` applies them to the measures of `dedup.comparison.evidence`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from dedup.model.errors import SettingError

JOIN_MEASURES = (
    "containment",
    "run4",
    "longest_kept",
    "own",
    "own_across",
    "longest_new",
    "ff40_less",
    "nw25_less",
    "slots_n",
    "slots_fact",
    "facts",
    "names_n",
    "lead_facts",
    "boilerplate",
    "hours",
    "same_hours",
    "filled_later",
    "other",
)
"""Measures that decide whether two texts are copies."""
KIND_MEASURES = (
    "nw25_shorter",
    "runs_n",
    "slots_n",
    "slots_fact",
    "kept_names_n",
    "title",
    "hours",
    "boilerplate",
    "ff40_less",
    "fresh_more",
    "lost",
)
"""Measures that decide the relation of texts that are not copies."""
KINDS = ("partial", "template", "unrelated")
"""The possible relations of texts that are not copies."""

type Score = tuple[float, ...]
"""A bias, then a weight for each measure."""


@dataclass(frozen=True, slots=True)
class VerdictWeights:
    """Weights of unscaled measures.

    Attributes:
        join: Weights over `JOIN_MEASURES` of the score whose logistic function is the probability that a pair
            joins.
        partial: Weights over `KIND_MEASURES` of the score that divides the rest among the `KINDS`.
        template: Likewise.
        unrelated: Likewise.

    Raises:
        SettingError: The number of weights differs from the number of measures, or a weight is not finite.
    """

    join: Score
    partial: Score
    template: Score
    unrelated: Score

    def __post_init__(self) -> None:
        for name, measures in _SCORES.items():
            score = getattr(self, name)
            if len(score) != 1 + len(measures) or not all(map(_is_number, score)):
                raise SettingError(
                    f"weights of {name}", score, f"expected a bias and {len(measures)} numbers"
                )

    def as_json(self) -> dict[str, dict[str, float]]:
        """Return every weight by name."""
        return {
            name: dict(zip(("bias", *measures), getattr(self, name), strict=True))
            for name, measures in _SCORES.items()
        }

    @classmethod
    def from_json(cls, value: object) -> "VerdictWeights":
        """Parse the result of `as_json`.

        Raises:
            SettingError: A score or a weight is missing or unknown.
        """
        if not isinstance(value, Mapping) or value.keys() != _SCORES.keys():
            raise SettingError("weights", value, f"expected scores named {', '.join(_SCORES)}")
        return cls(**{name: _score(name, value[name]) for name in _SCORES})


_SCORES = {"join": JOIN_MEASURES, **dict.fromkeys(KINDS, KIND_MEASURES)}


def _score(name: str, value: object) -> Score:
    measures = ("bias", *_SCORES[name])
    if not isinstance(value, Mapping) or value.keys() != set(measures):
        wrong = sorted(value.keys() ^ set(measures), key=str) if isinstance(value, Mapping) else value
        raise SettingError(f"weights of {name}", wrong, "expected a number for each measure of this release")
    return tuple(value[measure] for measure in measures)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
