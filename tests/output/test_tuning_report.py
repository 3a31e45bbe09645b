"""The advice as it is printed."""

from dedup.model.recipe import Recipe
from dedup.model.score import NEAR, PARTIAL, Figures, Tuning
from dedup.output.tuning_report import tuning_report

NOW = Figures({NEAR: (0.5, 1.0, 0.667), PARTIAL: (1.0, 0.5, 0.667)}, (0.75, 1.0, 0.857), 12)
BETTER = Figures({NEAR: (1.0, 1.0, 1.0), PARTIAL: (1.0, 1.0, 1.0)}, (1.0, 1.0, 1.0), 12)


def lines(advised: tuple[Recipe, Figures], *, kept_out: float, folds: int = 5) -> list[str]:
    """Print the advice on twelve pairs."""
    tuning = Tuning((Recipe(), NOW), advised, kept_out=kept_out, folds=folds, tried=7)
    return tuning_report(tuning).splitlines()


def test_advice_is_given_as_options_and_as_a_recipe() -> None:
    """With what it reaches on these pairs, and what such a choice reaches on others."""
    shown = lines((Recipe(threshold=0.3, partial=0.1), BETTER), kept_out=0.9)

    assert shown == [
        "12 labelled pairs, judged with --threshold 0.2 --containment 0.65 --partial 0.15",
        "  near-duplicate          precision 0.500  recall 1.000  F1 0.667",
        "  partial reuse           precision 1.000  recall 0.500  F1 0.667",
        "  near-duplicates joined  precision 0.750  recall 1.000  F1 0.857",
        "  mean F1                 0.667",
        "",
        "7 settings tried",
        "mean F1 of settings chosen on other pairs: 0.900 (5 folds), against 0.667 now",
        "advice: another setting",
        "best on these pairs: mean F1 1.000",
        "  dedup report --threshold 0.3 --containment 0.65 --partial 0.1 ...",
        "  Recipe(threshold=0.3, containment=0.65, partial=0.1)",
        "  near-duplicate          precision 1.000  recall 1.000  F1 1.000",
        "  partial reuse           precision 1.000  recall 1.000  F1 1.000",
        "  near-duplicates joined  precision 1.000  recall 1.000  F1 1.000",
        "  mean F1                 1.000",
    ]


def test_a_choice_that_does_not_carry_over_is_not_advised() -> None:
    """It is shown all the same, and named for what it is."""
    shown = lines((Recipe(threshold=0.3), BETTER), kept_out=0.6)

    assert shown[8].startswith("advice: keep the settings; others do better only")


def test_too_few_pairs_are_said_to_be_too_few() -> None:
    """No fold was kept out."""
    shown = lines((Recipe(threshold=0.3), BETTER), kept_out=0.0, folds=0)

    assert shown[7].startswith("too few pairs of one label")


def test_the_best_settings_are_kept() -> None:
    """When nothing does better."""
    assert lines((Recipe(), NOW), kept_out=0.6)[-1] == "keep the settings: no others do better on these pairs"
