"""Verdicts against labelled pairs of real stories, and clusters against gold clusters.

`benchmarks.labelled` describes a file of pairs; if a second reader disagrees, either label counts as right.
With `--clusters` a file holds documents with `id`, `text` and `cluster`, or `--gold` names the file that
holds the `cluster` of each `id`.

Without files: the clusters of a made-up archive, the labelled pairs of the data folder (the weights were
learnt on them: `benchmarks.fit` measures them on other pairs), the Urdu pairs of COUNTER (a joined pair
counts as a copy) and FAREX (joined stories on one claim must take the same stance on it).

    python -m benchmarks.quality [--check] [--errors] [FILE.jsonl ...]
    python -m benchmarks.quality [--check] --clusters [--gold GOLD.jsonl] FILE.jsonl
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from itertools import combinations

from benchmarks.archives import DATA, load, present, say_without_data
from benchmarks.clustering import clusters, made_up
from benchmarks.floors import below_the_floors
from benchmarks.labelled import (
    PERSIAN,
    READ,
    RECIPE,
    Example,
    boilerplate_of,
    document_of,
    examples,
    figures,
    labels_of,
    measured,
    print_by,
)
from benchmarks.scoring import confusion
from dedup import Document
from dedup.comparison.measure_pairs import MeasuredPairs, measure_pairs
from dedup.model.score import JOINED, binary

COUNTER, COUNTER_PAIRS = "counter_dev.jsonl.gz", "counter_dev_pairs.json"
ALMOST_EQUAL = 0.95
"""Jaccard of texts that hardly differ."""
FAREX, FAREX_CLAIMS = "farex_dev.jsonl.gz", "farex_dev_claims.jsonl.gz"


def labelled(known: Sequence[Example], *, errors: bool) -> dict[str, float]:
    """Score labelled pairs and print the tables."""
    labels = labels_of(measured(known).judged(RECIPE))
    reached = figures(known, labels)
    print(reached)
    print_by(known, labels, lambda example: example.language, what="language")
    print_by(known, labels, lambda example: example.archive, what="archive")
    outcome = [
        (label if example.right_with(label) else example.label, label)
        for example, label in zip(known, labels, strict=True)
    ]
    print(*confusion(outcome), sep="\n")
    if errors:
        for example, (right, ours) in zip(known, outcome, strict=True):
            if right != ours:
                print(f"{example.left.id} ~ {example.right.id}: {right}, judged {ours}")
    return {
        "agreement": reached.agreement,
        "macro_f1": reached.macro_f1,
        "join_precision": reached.join_precision,
        "join_recall": reached.join_recall,
        "join_precision_across_sources": reached.across,
    }


def urdu() -> dict[str, float]:
    """Score COUNTER: wholly derived against the rest."""
    documents = _documents(COUNTER)
    pairs = json.loads((DATA / COUNTER_PAIRS).read_text(encoding="utf-8"))
    both = [(documents[pair["a_id"]], documents[pair["b_id"]]) for pair in pairs]
    labels = labels_of(_measured(both, "counter_dev").judged(RECIPE))
    derived = [pair["class"] == "wholly_derived" for pair in pairs]
    precision, recall, f1 = binary(zip(derived, [label in JOINED for label in labels], strict=True))
    print(f"COUNTER, wholly derived: precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    return {"counter_f1": f1}


def stances() -> dict[str, float]:
    """Score FAREX: of joined stories on one claim, how many take the same stance."""
    documents = _documents(FAREX)
    carried: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for claim in load(FAREX_CLAIMS):
        for pair in combinations(sorted(claim["stance"].keys() & documents.keys()), 2):
            carried.setdefault(pair, []).append((claim["stance"][pair[0]], claim["stance"][pair[1]]))
    pairs = sorted(carried)
    measured_pairs = _measured([(documents[one], documents[other]) for one, other in pairs], "farex_dev")
    labels = labels_of(measured_pairs.judged(RECIPE))
    joins = [(pair, row) for row, pair in enumerate(pairs) if labels[row] in JOINED]
    joined = [each for pair, _ in joins for each in carried[pair]]
    equal = measured_pairs.overlaps.jaccard >= ALMOST_EQUAL
    closest = [each for pair, row in joins if equal[row] for each in carried[pair]]
    same, same_of_closest = _one_stance(joined), _one_stance(closest)
    opposed = sum({"agree", "disagree"} == set(each) for each in joined)
    print(f"FAREX: {same:.3f} of {len(joined)} stances on joined stories are one; {opposed} are opposed")
    print(f"  with a Jaccard of {ALMOST_EQUAL} or more: {same_of_closest:.3f} of {len(closest)}")
    return {"farex_one_stance": same, "farex_not_opposed": 1 - opposed / max(len(joined), 1)}


def _one_stance(stances: Sequence[tuple[str, str]]) -> float:
    return sum(one == other for one, other in stances) / max(len(stances), 1)


def _documents(archive: str) -> dict[str, Document]:
    return {record["id"]: document_of(record) for record in load(archive)}


def _measured(pairs: Sequence[tuple[Document, Document]], archive: str) -> MeasuredPairs:
    left, right = [one for one, _ in pairs], [other for _, other in pairs]
    return measure_pairs(left, right, RECIPE, boilerplate=boilerplate_of(archive))


def main() -> int:
    """Print the scores; with `--check`, fail below a floor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", metavar="FILE.jsonl", help="in place of the development sets")
    parser.add_argument("--check", action="store_true", help="exit with 1 below a floor of floors.json")
    parser.add_argument("--errors", action="store_true", help="print the pairs that were judged wrong")
    parser.add_argument("--clusters", action="store_true", help="the files hold documents with gold clusters")
    parser.add_argument("--gold", metavar="GOLD.jsonl", help="with --clusters: the file of the clusters")
    options = parser.parse_args()
    absent = [name for name in (*options.files, options.gold) if name and not present(name)]
    if absent:
        parser.error(f"no such file, here or in DEDUP_DATA: {', '.join(absent)}")
    gold = load(options.gold) if options.gold else None
    reached: dict[str, float] = {}
    for name in options.files:
        print(f"== {name}")
        if options.clusters:
            reached |= clusters(load(name), gold)
        else:
            reached |= labelled(examples(name), errors=options.errors)
    if not options.files:
        reached = made_up() | _development_sets(errors=options.errors)
    return below_the_floors("quality", reached) if options.check else 0


def _development_sets(*, errors: bool) -> dict[str, float]:
    if not present(READ, PERSIAN, COUNTER, COUNTER_PAIRS, FAREX, FAREX_CLAIMS):
        say_without_data()
        return {}
    parts: tuple[Callable[[], dict[str, float]], ...] = (
        lambda: labelled(examples(), errors=errors),
        urdu,
        stances,
    )
    reached: dict[str, float] = {}
    for part in parts:
        reached |= part()
    return reached


if __name__ == "__main__":
    sys.exit(main())
