"""Learn the weights of the verdict from labelled pairs, and print how good they are on pairs they never saw.

Cross-validation is grouped by story: every pair is judged with weights that saw neither it nor another pair
with one of its texts. With an archive left out it is judged by weights that saw no pair of its archive.
Standard errors are bootstrapped over stories. Then come the same figures without titles, dates, sources; by
language; by archive; the confidence of the verdicts; and the figures with fewer pairs to learn from.

    python -m benchmarks.fit [--write] [--check]
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from benchmarks.archives import leave_without_data, present
from benchmarks.floors import below_the_floors
from benchmarks.labelled import (
    PERSIAN,
    READ,
    RECIPE,
    Example,
    bare,
    chosen,
    examples,
    figures,
    labels_of,
    measured,
    print_by,
    stories,
)
from dedup.comparison import weights
from dedup.comparison.evidence import evidence
from dedup.comparison.measure_pairs import MeasuredPairs
from dedup.comparison.verdict_model import Decisions
from dedup.model.verdict_weights import VerdictWeights
from dedup.tune.learn_weights import learn_weights

WEIGHTS = Path(weights.__file__)
FOLDS, REPEATS = 10, 3
CONTEXTS = (("title",), ("hours",), ("other_source",), ("title", "hours", "other_source"))
"""What is forgotten of the contexts, by turns."""
CONFIDENT = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
"""Bounds of the bands of confidence."""
DRAWS = 300
"""Times that stories are drawn again, for standard errors."""
SHARES = (0.15, 0.3, 0.5, 0.75)
"""Shares of the pairs that are learnt from, for the learning curve."""

type RowNumbers = NDArray[np.int64]
type Split = tuple[RowNumbers, RowNumbers]


def learnt(known: Sequence[Example], pairs: MeasuredPairs, rows: RowNumbers) -> VerdictWeights:
    """Learn from some of the examples."""
    sample, alone = chosen(pairs, rows), bare(chosen(pairs, rows))
    return learn_weights(
        evidence(sample.alignments, sample.contexts, sample.overlaps),
        evidence(alone.alignments, alone.contexts, alone.overlaps),
        [known[row].label for row in rows.tolist()],
        stories=stories([known[row] for row in rows.tolist()]),
    )


def judged(
    known: Sequence[Example],
    pairs: MeasuredPairs,
    splits: Iterable[Split],
    *,
    asked: MeasuredPairs | None = None,
) -> Decisions:
    """Judge each example as the product does, but with weights that were learnt without it.

    Args:
        known: The examples.
        pairs: What they are learnt from.
        splits: Rows to learn from, and rows to judge.
        asked: Pairs to judge instead, such as the same ones without contexts.
    """
    codes = np.zeros(len(known), dtype=np.uint8)
    confidence = np.zeros(len(known), dtype=np.float32)
    for seen, held_out in splits:
        recipe = replace(RECIPE, weights=learnt(known, pairs, seen))
        codes[held_out], confidence[held_out] = chosen(asked or pairs, held_out).judged(recipe, by_rule=True)
    return Decisions(codes, confidence)


def folds(known: Sequence[Example], *, seed: int) -> Iterable[Split]:
    """Split by story, each fold with its share of the labels."""
    labels = [example.label for example in known]
    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    yield from splitter.split(np.zeros(len(known)), labels, stories(known))


def archives_left_out(known: Sequence[Example]) -> Iterable[Split]:
    """Split by archive: the pairs of one are judged with weights learnt from the others."""
    archives = np.array([example.archive for example in known])
    for archive in np.unique(archives):
        yield np.flatnonzero(archives != archive), np.flatnonzero(archives == archive)


def _thinned(splits: Iterable[Split], share: float) -> Iterable[Split]:
    """Learn from a share of the pairs only."""
    random = np.random.default_rng(0)
    for seen, held_out in splits:
        yield np.sort(random.permutation(seen)[: int(share * seen.size)]), held_out


def _print_confidence(known: Sequence[Example], decisions: Decisions, *, what: str) -> None:
    print(f"by confidence, {what}: share right")
    right = np.array(
        [example.right_with(label) for example, label in zip(known, labels_of(decisions), strict=True)]
    )
    for low, high in pairwise(CONFIDENT):
        band = (decisions.confidence >= low) & (decisions.confidence < high)
        share = right[band].mean() if band.any() else 0
        print(f"  {low:.2f} to {min(high, 1):.2f}  {share:.2f} of {band.sum()}")


def standard_errors(known: Sequence[Example], labels: Sequence[str]) -> str:
    """Return the standard errors of the figures: a bootstrap that draws whole stories."""
    numbers = np.array(stories(known))
    of_story = np.split(np.argsort(numbers, kind="stable"), np.cumsum(np.bincount(numbers))[:-1])
    random = np.random.default_rng(0)
    drawn = []
    for _ in range(DRAWS):
        rows = np.concatenate([of_story[at] for at in random.integers(len(of_story), size=len(of_story))])
        one = figures([known[row] for row in rows], [labels[row] for row in rows])
        drawn.append((one.agreement, one.macro_f1, one.join_precision, one.join_recall, one.across))
    agreement, macro_f1, precision, recall, across = np.std(drawn, axis=0)
    return (
        f"agree {agreement:.3f}  macro F1 {macro_f1:.3f}  joins P {precision:.3f} R {recall:.3f} "
        f"across {across:.3f}"
    )


def written(learnt: VerdictWeights) -> str:
    """Return the module of the weights.

    They are checked when they are used: weights of other measures can be learnt from pairs.
    """
    rows = "".join(f"        {name}={tuple(score.values())!r},\n" for name, score in learnt.as_json().items())
    return (
        '"""Weights of the verdict model; written by `python -m benchmarks.fit --write`, do not edit."""\n\n'
        "from functools import cache\n\n"
        "from dedup.model.verdict_weights import VerdictWeights\n\n\n"
        "@cache\n"
        "def learnt_weights() -> VerdictWeights:\n"
        '    """Return the bias of each score, followed by the weight of each measure."""\n'
        f"    return VerdictWeights(\n{rows})\n"
    )


def report(known: Sequence[Example], pairs: MeasuredPairs) -> dict[str, float]:
    """Print all figures, and return those that have floors."""
    for seed in range(REPEATS):
        decisions = judged(known, pairs, folds(known, seed=seed))
        print(f"cross-validated, {seed}  ", figures(known, labels_of(decisions)))
    decisions = judged(known, pairs, folds(known, seed=0))
    print("  standard errors", standard_errors(known, labels_of(decisions)))
    for what in CONTEXTS:
        without = judged(known, pairs, folds(known, seed=0), asked=bare(pairs, of=what))
        print(f"without {'+'.join(what)}  ", figures(known, labels_of(without)))
    left_out = judged(known, pairs, archives_left_out(known))
    print("archive left out  ", figures(known, labels_of(left_out)))
    print("  standard errors", standard_errors(known, labels_of(left_out)))
    print_by(known, labels_of(decisions), lambda example: example.language, what="language, cross-validated")
    print_by(known, labels_of(left_out), lambda example: example.archive, what="archive, left out")
    _print_confidence(known, decisions, what="cross-validated")
    _print_confidence(known, left_out, what="archive left out")
    print("learning curve")
    for share in SHARES:
        fewer = judged(known, pairs, _thinned(folds(known, seed=0), share))
        print(f"  {share:.2f}  ", figures(known, labels_of(fewer)))
    seen, unseen = figures(known, labels_of(decisions)), figures(known, labels_of(left_out))
    return {
        "agreement": seen.agreement,
        "macro_f1": seen.macro_f1,
        "join_precision": seen.join_precision,
        "join_recall": seen.join_recall,
        "join_precision_across_sources": seen.across,
        "agreement_archive_left_out": unseen.agreement,
    }


def main() -> int:
    """Print the figures, and write the weights when asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name} beside the model")
    parser.add_argument("--check", action="store_true", help="fail below a floor of floors.json")
    options = parser.parse_args()
    if not present(READ, PERSIAN):
        leave_without_data()
    known = examples()
    pairs = measured(known)
    reached = report(known, pairs)
    everything = learnt(known, pairs, np.arange(len(known)))
    own = pairs.judged(replace(RECIPE, weights=everything), by_rule=True)
    print("on the pairs they were learnt from", figures(known, labels_of(own)))
    if options.write:
        WEIGHTS.write_text(written(everything), encoding="utf-8")
        print(f"written: {WEIGHTS.name}; `ruff format` puts it in shape")
    return below_the_floors("fit", reached) if options.check else 0


if __name__ == "__main__":
    sys.exit(main())
