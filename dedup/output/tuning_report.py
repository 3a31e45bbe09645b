"""Format the results of `dedup tune`: precision and recall on labelled pairs, and advice on the settings."""

from collections import Counter
from collections.abc import Iterator

from dedup.model.recipe import Recipe
from dedup.model.score import Figures, Score, Trial, Tuning
from dedup.output.phrases import counted

JOINED = "joined"
BOUNDS = ("joining", "partial")


def tuning_report(tuning: Tuning) -> str:
    """Format the figures and the advice as lines that end with a newline."""
    return "\n".join(_lines(tuning)) + "\n"


def _lines(tuning: Tuning) -> Iterator[str]:
    now = tuning.figures
    yield f"{counted(now.pairs, 'labelled pair')}, judged with {_options(tuning.recipe)}"
    yield from _table(now)
    yield ""
    if not tuning.folds:
        yield "too few pairs of one label to test settings on pairs they were not chosen on"
    for trial in tuning.trials:
        yield _trial(trial, now, folds=tuning.folds)
    if all(trial.name != "weights" for trial in tuning.trials):
        yield "too few pairs of one kind to learn weights from"
    advised = tuning.advised
    if advised is None:
        yield "advice: keep the settings; no others do better on pairs they were not chosen on"
        return
    yield f"advice: other {advised.name}"
    if advised.name == "bounds":
        yield f"  dedup report {_options(advised.recipe)} ..."
    yield from (f"  {line}" for line in _changes(advised))
    yield from _table(advised.own)


def _trial(trial: Trial, now: Figures, *, folds: int) -> str:
    what = f"{trial.name}: mean F1 {trial.own.macro:.3f} on the pairs they were chosen on"
    if trial.kept_out is None:
        return what
    return f"{what}, {trial.kept_out.macro:.3f} on others ({folds} folds), against {now.macro:.3f} now"


def _changes(trial: Trial) -> Iterator[str]:
    yield f"{counted(len(trial.changed), 'verdict')} would change"
    for (before, after), times in sorted(Counter(trial.changed).items(), key=lambda item: -item[1]):
        yield f"  {before or 'none'} to {after or 'none'}: {times:,}"


def _options(recipe: Recipe) -> str:
    return " ".join(f"--{name} {getattr(recipe, name)}" for name in BOUNDS)


def _table(figures: Figures) -> Iterator[str]:
    width = max(map(len, (*figures.labels, JOINED)))
    for label, score in (*figures.labels.items(), (JOINED, figures.joined)):
        yield f"  {label:{width}}  {_score(score)}"
    yield f"  {'mean F1':{width}}  {figures.macro:.3f}"


def _score(score: Score) -> str:
    precision, recall, f1 = score
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"
