"""Verdicts against labelled pairs of real stories, and clusters against gold clusters.

`identical` and `near-duplicate` answer to the label near-duplicate, `contained` and `partial` to partial
reuse, `template` to the template label, no verdict to unrelated. Where a second annotator differs, either
label counts as right. A file of pairs holds JSON lines with `a_text`, `b_text` and `label`, and may hold
`other_label`, `a_id` and `b_id`. With `--clusters` a file holds documents with `id`, `text` and `cluster`, or
`--gold` names the file that holds the `cluster` of each `id`.

Without files: the clusters of a made-up archive, the Persian pairs, the Urdu ones of COUNTER (a copy is what
joins a cluster) and FAREX (pairs of stories on one claim that join must carry one stance on it).

    python -m benchmarks.quality [--check] [--errors] [FILE.jsonl ...]
    python -m benchmarks.quality [--check] --clusters [--gold GOLD.jsonl] FILE.jsonl
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.archives import DATA, load, present, say_without_data
from benchmarks.clustering import clusters, made_up
from benchmarks.scoring import banded, confusion
from dedup import Recipe, Verdict
from dedup.comparison.compare import Measured, measure
from dedup.model.score import LABEL_OF, NEAR, PARTIAL, UNRELATED, binary, macro, right_label, scores

PAIRS = "persian_pairs_dev.jsonl"
COUNTER, COUNTER_PAIRS = "counter_dev.jsonl.gz", "counter_dev_pairs.json"
FAREX, FAREX_CLAIMS = "farex_dev.jsonl.gz", "farex_dev_claims.jsonl.gz"
FLOORS = Path(__file__).with_name("floors.json")
RECIPE = Recipe()


def joins(verdict: Verdict | None) -> bool:
    """Whether a pair with this verdict shares a cluster."""
    return verdict is not None and verdict.joins


def counter_pairs() -> Iterator[dict[str, Any]]:
    """The pairs of COUNTER: wholly derived is a near-duplicate, the rest is partial reuse."""
    texts = {document["id"]: document["text"] for document in load(COUNTER)}
    for pair in json.loads((DATA / COUNTER_PAIRS).read_text(encoding="utf-8")):
        label = NEAR if pair["class"] == "wholly_derived" else PARTIAL
        yield pair | {"label": label, "a_text": texts[pair["a_id"]], "b_text": texts[pair["b_id"]]}


def persian(pairs: list[dict[str, Any]], *, errors: bool) -> dict[str, float]:
    """Score labelled pairs and print the table."""
    measured = [measure(pair["a_text"], pair["b_text"], RECIPE) for pair in pairs]
    verdicts = [one.judged(RECIPE).verdict for one in measured]
    outcome = [
        (right_label(pair["label"], pair.get("other_label"), LABEL_OF[verdict]), LABEL_OF[verdict])
        for pair, verdict in zip(pairs, verdicts, strict=True)
    ]
    scored = scores(outcome)
    for label, (precision, recall, f1) in scored.items():
        print(f"{label:28} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    print(f"macro F1 {macro(scored):.3f} on {len(pairs)} pairs")
    print(*confusion(outcome), sep="\n")
    near = [row for row, pair in enumerate(pairs) if pair["label"] == NEAR]
    joined = sum(joins(verdicts[row]) for row in near) / max(len(near), 1)
    print(f"near-duplicates joined {joined:.3f}")
    _print_bands([(measured[row], joins(verdicts[row])) for row in near])
    if errors:
        for pair, verdict, (right, ours) in zip(pairs, verdicts, outcome, strict=True):
            if right != ours:
                name = f"{pair.get('a_id', '?')} ~ {pair.get('b_id', '?')}"
                print(f"{name}: {right}, judged {verdict or UNRELATED}")
    return {
        "macro_f1": macro(scored),
        "near_duplicate_f1": scored.get(NEAR, (0.0, 0.0, 0.0))[2],
        "near_duplicates_joined": joined,
    }


def _print_bands(near: list[tuple[Measured, bool]]) -> None:
    similar = [(one.overlap.jaccard if one.overlap else 0.0, hit) for one, hit in near]
    for band, (count, found) in banded(similar).items():
        print(f"  Jaccard {band}: {found} of {count} joined")


def urdu() -> dict[str, float]:
    """Score COUNTER: wholly derived against the rest."""
    outcome, listed = [], []
    for pair in counter_pairs():
        verdict = measure(pair["a_text"], pair["b_text"], RECIPE).judged(RECIPE).verdict
        outcome.append((pair["label"] == NEAR, joins(verdict)))
        listed.append((pair["label"] == NEAR, verdict is not None))
    precision, recall, f1 = binary(outcome)
    print(f"COUNTER, wholly derived: precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    print(f"  when all that is listed counts: F1 {binary(listed)[2]:.3f}")
    return {"counter_f1": f1}


def stances() -> dict[str, float]:
    """Score FAREX: of joined stories on one claim, how many carry one stance."""
    texts = {document["id"]: document["text"] for document in load(FAREX)}
    carried: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for claim in load(FAREX_CLAIMS):
        for pair in combinations(sorted(claim["stance"].keys() & texts.keys()), 2):
            carried.setdefault(pair, []).append((claim["stance"][pair[0]], claim["stance"][pair[1]]))
    joined = [
        each
        for (one, other), both in sorted(carried.items())
        if joins(measure(texts[one], texts[other], RECIPE).judged(RECIPE).verdict)
        for each in both
    ]
    same = sum(one == other for one, other in joined) / max(len(joined), 1)
    opposed = sum({"agree", "disagree"} == set(each) for each in joined)
    print(f"FAREX: {same:.3f} of {len(joined)} stances on joined stories are one; {opposed} are opposed")
    return {"farex_one_stance": same, "farex_not_opposed": 1 - opposed / max(len(joined), 1)}


def main() -> int:
    """Print the scores; with `--check`, fail below a floor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", metavar="FILE.jsonl", help="in place of the development sets")
    parser.add_argument("--check", action="store_true", help="exit with 1 below a floor of floors.json")
    parser.add_argument("--errors", action="store_true", help="print the pairs that were judged wrong")
    parser.add_argument("--clusters", action="store_true", help="the files hold documents with gold clusters")
    parser.add_argument("--gold", metavar="GOLD.jsonl", help="with --clusters: where the clusters stand")
    options = parser.parse_args()
    absent = [name for name in (*options.files, options.gold) if name and not present(name)]
    if absent:
        parser.error(f"no such file, here or in DEDUP_DATA: {', '.join(absent)}")
    gold = load(options.gold) if options.gold else None
    reached: dict[str, float] = {}
    for name in options.files:
        print(f"== {name}")
        found = load(name)
        reached |= clusters(found, gold) if options.clusters else persian(found, errors=options.errors)
    if not options.files:
        reached = made_up() | _development_sets(errors=options.errors)
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["quality"]
    below = [
        f"{name} {reached[name]:.3f} < {floor}"
        for name, floor in floors.items()
        if name in reached and reached[name] < floor
    ]
    if options.check and below:
        print(f"below the floor: {', '.join(below)}", file=sys.stderr)
        return 1
    return 0


def _development_sets(*, errors: bool) -> dict[str, float]:
    if not present(PAIRS, COUNTER, COUNTER_PAIRS, FAREX, FAREX_CLAIMS):
        say_without_data()
        return {}
    parts: tuple[Callable[[], dict[str, float]], ...] = (
        lambda: persian(load(PAIRS), errors=errors),
        urdu,
        stances,
    )
    reached: dict[str, float] = {}
    for part in parts:
        reached |= part()
    return reached


if __name__ == "__main__":
    sys.exit(main())
