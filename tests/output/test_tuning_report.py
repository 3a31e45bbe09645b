"""The advice as it is printed."""

from dedup.model import Verdict
from dedup.model.recipe import Recipe
from dedup.model.score import NEAR, PARTIAL, Figures, Trial, Tuning
from dedup.output.tuning_report import tuning_report

NOW = Figures({NEAR: (0.5, 1.0, 0.667), PARTIAL: (1.0, 0.5, 0.667)}, (0.75, 1.0, 0.857), 12)
BETTER = Figures({NEAR: (1.0, 1.0, 1.0), PARTIAL: (1.0, 1.0, 1.0)}, (1.0, 1.0, 1.0), 12)
CHANGED = (
    (Verdict.PARTIAL, Verdict.NEAR_DUPLICATE),
    (None, Verdict.PARTIAL),
    (Verdict.PARTIAL, Verdict.NEAR_DUPLICATE),
    (Verdict.CONTAINED, None),
)


def trial(name: str, *, kept_out: float | None = 0.9) -> Trial:
    """Choose other bounds or weights, which do so well on pairs that had no part in it."""
    unseen = None if kept_out is None else Figures({NEAR: (kept_out,) * 3}, (1.0, 1.0, 1.0), 12)
    return Trial(name, Recipe(joining="loose", partial=0.1), BETTER, unseen, CHANGED)


def lines(*trials: Trial, folds: int = 5) -> list[str]:
    """Print what twelve pairs say."""
    return tuning_report(Tuning(Recipe(), NOW, trials, folds)).splitlines()


def test_advice_on_bounds_is_given_as_options() -> None:
    """With what it reaches on these pairs and on others, and the verdicts that would change, most first."""
    assert lines(trial("bounds"), trial("weights", kept_out=0.6)) == [
        "12 labelled pairs, judged with --joining normal --partial 0.15",
        "  near-duplicate  precision 0.500  recall 1.000  F1 0.667",
        "  partial reuse   precision 1.000  recall 0.500  F1 0.667",
        "  joined          precision 0.750  recall 1.000  F1 0.857",
        "  mean F1         0.667",
        "",
        (
            "bounds: mean F1 1.000 on the pairs they were chosen on, 0.900 on others (5 folds), "
            "against 0.667 now"
        ),
        (
            "weights: mean F1 1.000 on the pairs they were chosen on, 0.600 on others (5 folds), "
            "against 0.667 now"
        ),
        "advice: other bounds",
        "  dedup report --joining loose --partial 0.1 ...",
        "  4 verdicts would change",
        "    partial to near-duplicate: 2",
        "    none to partial: 1",
        "    contained to none: 1",
        "  near-duplicate  precision 1.000  recall 1.000  F1 1.000",
        "  partial reuse   precision 1.000  recall 1.000  F1 1.000",
        "  joined          precision 1.000  recall 1.000  F1 1.000",
        "  mean F1         1.000",
    ]


def test_advice_on_weights_has_no_options() -> None:
    """No option takes them: a recipe file does."""
    shown = lines(trial("bounds", kept_out=0.8), trial("weights"))

    assert shown[8:10] == ["advice: other weights", "  4 verdicts would change"]


def test_a_choice_that_does_not_carry_over_is_not_advised() -> None:
    """It is shown all the same, and nothing behind the advice."""
    shown = lines(trial("bounds", kept_out=0.6), trial("weights", kept_out=0.667))

    assert len(shown) == 9
    assert shown[8] == "advice: keep the settings; no others do better on pairs they were not chosen on"


def test_too_few_pairs_are_said_to_be_too_few() -> None:
    """No fold was kept out, and no weights were learnt."""
    shown = lines(trial("bounds", kept_out=None), folds=0)

    assert shown[6:] == [
        "too few pairs of one label to test settings on pairs they were not chosen on",
        "bounds: mean F1 1.000 on the pairs they were chosen on",
        "too few pairs of one kind to learn weights from",
        "advice: keep the settings; no others do better on pairs they were not chosen on",
    ]
