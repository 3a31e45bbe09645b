"""Learn the weights of the verdict from labelled pairs, and say by cross-validation how good they are.

Multinomial logistic regression (scikit-learn, ridge penalty) over the measures of
`dedup.comparison.likelihood`, on pairs that are listed and not equal, from three sources: the Persian pairs
with their labels; the Urdu ones of COUNTER, of which wholly derived answers to near-duplicate and the rest
to partial reuse; and those of `read_pairs.json`, candidates of three archives as the report meets them,
labelled by one reader. The last two weigh half. Cross-validation is repeated, stratified and grouped by
story: every pair is judged, by the whole rule, with weights that saw neither it nor another pair with one of
its texts.

    python -m benchmarks.fit [--write]
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.preprocessing import StandardScaler

from benchmarks.archives import leave_without_data, load, present
from benchmarks.quality import COUNTER, COUNTER_PAIRS, PAIRS, counter_pairs, joins
from dedup import Recipe, Verdict
from dedup.comparison import likelihood
from dedup.comparison.compare import Measured, measure
from dedup.comparison.decide import judge
from dedup.comparison.rules import other_lead
from dedup.model.score import LABEL_OF, NEAR, PARTIAL, TEMPLATE, binary, macro, right_label, scores

READ = Path(__file__).with_name("read_pairs.json")
WEIGHTS = Path(likelihood.__file__).with_name("weights.py")
SOURCES = ((PAIRS, 1.0), (COUNTER, 0.5), (READ.name, 0.5))
"""What is learnt from, and how much a pair of each weighs."""
FOLDS, REPEATS = 10, 10

type Weights = dict[str, tuple[float, tuple[float, ...]]]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled pair, measured."""

    source: str
    label: str
    other: str | None
    measured: Measured

    @property
    def teaches(self) -> bool:
        """Whether it is listed and not equal; what counts alone decide teaches too (+0.01 macro F1)."""
        overlap = self.measured.overlap
        return not self.measured.identical and overlap is not None and overlap.containment >= RECIPE.partial


RECIPE = Recipe()
KIND_OF = {NEAR: Verdict.NEAR_DUPLICATE, PARTIAL: Verdict.PARTIAL, TEMPLATE: Verdict.TEMPLATE}


def examples() -> Iterator[Example]:
    """Read and measure all labelled pairs."""
    for pair in load(PAIRS):
        yield _example(PAIRS, pair, other=pair.get("other_label"))
    for pair in counter_pairs():
        yield _example(COUNTER, pair)
    read: list[dict[str, Any]] = json.loads(READ.read_text(encoding="utf-8"))
    for archive in sorted({pair["archive"] for pair in read}):
        texts = {document["id"]: document["text"] for document in load(archive)}
        for pair in read:
            if pair["archive"] == archive:
                yield _example(
                    READ.name, pair | {"a_text": texts[pair["a_id"]], "b_text": texts[pair["b_id"]]}
                )


def _example(source: str, pair: dict[str, Any], *, other: str | None = None) -> Example:
    return Example(source, pair["label"], other, measure(pair["a_text"], pair["b_text"], RECIPE))


def learn(taught: Sequence[Example]) -> Weights:
    """Fit on these, and give the weights for measures as they are, unscaled."""
    weigh = dict(SOURCES)
    values = np.array([likelihood.measures(one.measured.alignment) for one in taught])
    # A label without a kind of its own (no reuse at all) is told by its second label, or is partial.
    kinds = [KIND_OF.get(one.label) or KIND_OF.get(one.other or "") or Verdict.PARTIAL for one in taught]
    scaler = StandardScaler().fit(values)
    fitted = LogisticRegression(max_iter=3000).fit(
        scaler.transform(values),
        [kind.value for kind in kinds],
        sample_weight=[weigh[one.source] for one in taught],
    )
    slopes: NDArray[np.float64] = fitted.coef_ / scaler.scale_
    biases = fitted.intercept_ - slopes @ scaler.mean_
    return {
        str(kind): (round(float(bias), 4), tuple(round(float(slope), 4) for slope in row))
        for kind, bias, row in zip(fitted.classes_, biases, slopes, strict=True)
    }


def judged(one: Example, weights: Weights) -> Verdict | None:
    """Judge as the program does, with other weights."""
    measured = one.measured
    if measured.identical:
        return Verdict.IDENTICAL
    if measured.overlap is None:
        return None
    return judge(
        measured.overlap,
        measured.difference,
        RECIPE,
        align=lambda: measured.alignment,
        weights=weights,
    ).verdict


def stories(known: Sequence[Example]) -> list[int]:
    """Number the stories: pairs that have a text in common, or are linked by such pairs, tell one story."""
    above: dict[str, str] = {}

    def top(text: str) -> str:
        while above.setdefault(text, text) != text:
            text = above[text]
        return text

    for one in known:
        left, right = map(str, one.measured.texts)
        above[top(left)] = top(right)
    numbers: dict[str, int] = {}
    return [numbers.setdefault(top(str(one.measured.texts[0])), len(numbers)) for one in known]


def cross_validated(known: Sequence[Example], *, seed: int) -> list[Verdict | None]:
    """Judge every example by weights learnt from the other folds."""
    verdicts: list[Verdict | None] = [None] * len(known)
    strata = [f"{one.source} {one.label if one.label in KIND_OF else PARTIAL}" for one in known]
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for seen, held_out in folds.split(np.zeros(len(known)), strata, stories(known)):
        weights = learn([known[row] for row in seen if known[row].teaches])
        for row in held_out:
            verdicts[row] = judged(known[row], weights)
    return verdicts


def figures(known: Sequence[Example], verdicts: Sequence[Verdict | None]) -> dict[str, float]:
    """Score the Persian and the Urdu pairs, and those of `read_pairs.json`."""
    found = list(zip(known, verdicts, strict=True))
    persian = [(one, verdict) for one, verdict in found if one.source == PAIRS]
    outcome = [
        (right_label(one.label, one.other, LABEL_OF[verdict]), LABEL_OF[verdict]) for one, verdict in persian
    ]
    scored = scores(outcome)
    near = [verdict for one, verdict in persian if one.label == NEAR]
    urdu = [(one.label == NEAR, joins(verdict)) for one, verdict in found if one.source == COUNTER]
    read = [(one, verdict) for one, verdict in found if one.source == READ.name]
    return {
        "macro F1": macro(scored),
        **{f"F1 of {label}": f1 for label, (_, _, f1) in scored.items()},
        "near-duplicates joined": sum(map(joins, near)) / len(near),
        "COUNTER, wholly derived, F1": binary(urdu)[2],
        "candidates, judged as read": sum(one.label == LABEL_OF[verdict] for one, verdict in read)
        / len(read),
        "candidates, near-duplicate, precision": binary(
            [(one.label == NEAR, LABEL_OF[verdict] == NEAR) for one, verdict in read]
        )[0],
    }


def written(weights: Weights) -> str:
    """Give the module that holds the weights."""
    rows = "".join(f'    "{kind}": {values!r},\n' for kind, values in sorted(weights.items()))
    return (
        '"""Learnt by `python -m benchmarks.fit --write`; not to be edited."""\n\n'
        f"WEIGHTS: dict[str, tuple[float, tuple[float, ...]]] = {{\n{rows}}}\n"
        '"""Bias, then the weight of each measure, of each kind of pair."""\n'
    )


def _print(rounds: Iterable[dict[str, float]], title: str) -> None:
    columns = list(rounds)
    print(title)
    for name in columns[0]:
        values = [column[name] for column in columns]
        spread = f"  +- {np.std(values):.3f}" if len(values) > 1 else ""
        print(f"  {name:42} {np.mean(values):.3f}{spread}")


def main() -> int:
    """Print the figures, and write the weights when asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name} beside the model")
    options = parser.parse_args()
    archives = {pair["archive"] for pair in json.loads(READ.read_text(encoding="utf-8"))}
    if not present(PAIRS, COUNTER, COUNTER_PAIRS, *archives):
        leave_without_data()
    known = list(examples())
    rounds = [figures(known, cross_validated(known, seed=seed)) for seed in range(REPEATS)]
    _print(rounds, f"cross-validated, {REPEATS} times {FOLDS} folds")
    weights = learn([one for one in known if one.teaches])
    _print([figures(known, [judged(one, weights) for one in known])], "on the pairs they were learnt from")
    led = [one.label for one in known if one.teaches and other_lead(one.measured.alignment)]
    print(f"set apart by a lead of its own alone: {dict(Counter(led))}")
    if options.write:
        WEIGHTS.write_text(written(weights), encoding="utf-8")
        print(f"written: {WEIGHTS.name}; `ruff format` puts it in shape")
    return 0


if __name__ == "__main__":
    sys.exit(main())
