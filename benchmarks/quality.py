"""Verdicts against labelled pairs of real stories.

Prints precision, recall and F1 of each label and their mean. `identical` and `near-duplicate` answer to
the label near-duplicate, `contained` and `partial` to partial reuse, `template` to the template label, no
verdict to unrelated. Where a second annotator differs, either label counts as right.

    python -m benchmarks.quality [--check] [--errors] [PAIRS.jsonl]
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.archives import leave_without_data, load, present
from dedup import Recipe, Verdict, compare

PAIRS = "persian_pairs_dev.jsonl"
FLOORS = Path(__file__).with_name("floors.json")
NEAR, PARTIAL, TEMPLATE, UNRELATED = LABELS = (
    "near-duplicate",
    "partial reuse",
    "same-template-but-different",
    "unrelated",
)
LABEL_OF: dict[Verdict | None, str] = {
    Verdict.IDENTICAL: NEAR,
    Verdict.NEAR_DUPLICATE: NEAR,
    Verdict.CONTAINED: PARTIAL,
    Verdict.PARTIAL: PARTIAL,
    Verdict.TEMPLATE: TEMPLATE,
    None: UNRELATED,
}


def judged(pairs: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of (right label, our label)."""
    recipe = Recipe()
    outcome = []
    for pair in pairs:
        ours = LABEL_OF[compare(pair["a_text"], pair["b_text"], recipe=recipe).verdict]
        right = ours if ours == pair.get("other_label") else pair["label"]
        outcome.append((right, ours))
    return outcome


def scores(outcome: list[tuple[str, str]]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each label."""
    right, ours, hits = (
        Counter(label for label, _ in outcome),
        Counter(label for _, label in outcome),
        Counter(label for label, other in outcome if label == other),
    )
    return {
        label: (
            hits[label] / max(ours[label], 1),
            hits[label] / max(right[label], 1),
            2 * hits[label] / max(ours[label] + right[label], 1),
        )
        for label in LABELS
    }


def main() -> int:
    """Print the scores; with `--check`, fail below the floor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", nargs="?", default=PAIRS, metavar="PAIRS.jsonl")
    parser.add_argument("--check", action="store_true", help="exit with 1 below the macro F1 of floors.json")
    parser.add_argument("--errors", action="store_true", help="print the pairs that were judged wrong")
    options = parser.parse_args()
    if not present(options.pairs):
        leave_without_data()
    pairs = load(options.pairs)
    outcome = judged(pairs)
    for label, (precision, recall, f1) in scores(outcome).items():
        print(f"{label:28} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    macro = sum(f1 for _, _, f1 in scores(outcome).values()) / len(LABELS)
    print(f"macro F1 {macro:.3f} on {len(pairs)} pairs")
    if options.errors:
        for pair, (right, ours) in zip(pairs, outcome, strict=True):
            if right != ours:
                print(f"{pair['a_id']} ~ {pair['b_id']}: {right}, judged {ours}")
    floor = json.loads(FLOORS.read_text(encoding="utf-8"))["macro_f1"]
    if options.check and macro < floor:
        print(f"macro F1 {macro:.3f} is below the floor {floor}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
