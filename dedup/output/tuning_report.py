"""Results of `dedup tune`: precision and recall on labelled pairs, and advice on the bounds."""

from collections.abc import Iterator

from dedup.model.recipe import Recipe
from dedup.model.score import Figures, Score, Tuning
from dedup.output.phrases import counted

JOINED = "near-duplicates joined"
BOUNDS = ("threshold", "containment", "partial")


def tuning_report(tuning: Tuning) -> str:
    """Write the figures and the advice, one fact per line, ending in a newline."""
    return "\n".join(_lines(tuning)) + "\n"


def _lines(tuning: Tuning) -> Iterator[str]:
    current, reached = tuning.current
    yield f"{counted(reached.pairs, 'labelled pair')}, judged with {_options(current)}"
    yield from _table(reached)
    yield ""
    yield f"{counted(tuning.tried, 'setting')} tried"
    if tuning.folds:
        yield (
            f"mean F1 of settings chosen on other pairs: {tuning.kept_out:.3f} "
            f"({tuning.folds} folds), against {reached.macro:.3f} now"
        )
    else:
        yield "too few pairs of one label to test settings on pairs they were not chosen on"
    advised, promised = tuning.advised
    if advised == current:
        yield "keep the settings: no others do better on these pairs"
        return
    yield (
        "advice: another setting"
        if tuning.helps
        else "advice: keep the settings; others do better only on the pairs they were chosen on"
    )
    yield f"best on these pairs: mean F1 {promised.macro:.3f}"
    yield f"  dedup report {_options(advised)} ..."
    yield f"  Recipe({', '.join(f'{name}={getattr(advised, name)!r}' for name in BOUNDS)})"
    yield from _table(promised)


def _options(recipe: Recipe) -> str:
    return " ".join(f"--{name} {getattr(recipe, name):g}" for name in BOUNDS)


def _table(figures: Figures) -> Iterator[str]:
    width = max(map(len, (*figures.labels, JOINED)))
    for label, score in (*figures.labels.items(), (JOINED, figures.joined)):
        yield f"  {label:{width}}  {_score(score)}"
    yield f"  {'mean F1':{width}}  {figures.macro:.3f}"


def _score(score: Score) -> str:
    precision, recall, f1 = score
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"
