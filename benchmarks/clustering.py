"""The clusters of a report compared with gold clusters: ARI, B-cubed, pairs.

A document in several clusters of the report is a roundup, which joins no clusters: it counts as a cluster of
its own. So does a document without a gold cluster.
"""

import tempfile
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.archives import load
from benchmarks.scoring import b_cubed, paired
from benchmarks.synthetic import write_archive
from dedup import Cluster, Recipe, find_duplicates

MADE_UP = 3000
"""Stories of the made-up archive that CI clusters: 3 seconds."""


def made_up() -> dict[str, float]:
    """Score the clusters of a made-up archive; this needs no data folder."""
    with tempfile.TemporaryDirectory() as name:
        archive, gold = Path(name, "stories.jsonl"), Path(name, "gold.jsonl")
        write_archive(archive, MADE_UP, gold=gold)
        print(f"== {MADE_UP:,} made-up stories")
        return {
            f"made_up_{key}": value for key, value in clusters(load(str(archive)), load(str(gold))).items()
        }


def clusters(
    documents: list[dict[str, Any]], gold: Iterable[dict[str, Any]] | None = None
) -> dict[str, float]:
    """Score the clusters of a report, and print a line.

    Args:
        documents: With `id` and `text`, and `cluster` where `gold` is None.
        gold: Records with `id` and `cluster`; a document without a `cluster`, or with None, is in none.
    """
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415 - slow to import

    named = {record["id"]: record.get("cluster") for record in (documents if gold is None else gold)}
    right: dict[str, Hashable] = {}
    for document in documents:
        cluster, name = named.get(document["id"]), document["id"]
        right[name] = ("alone", name) if cluster is None else ("cluster", str(cluster))
    plain = ({key: value for key, value in one.items() if key != "cluster"} for one in documents)
    ours = numbered(right, find_duplicates(plain, recipe=Recipe(rank=False)).clusters)
    names = sorted(right)
    rand = float(
        adjusted_rand_score([str(right[name]) for name in names], [str(ours[name]) for name in names])
    )
    cubed, pairs = b_cubed(right, ours), paired(right, ours)
    print(
        f"{len(names):,} documents: ARI {rand:.3f}\n"
        f"  B-cubed  precision {cubed[0]:.3f}  recall {cubed[1]:.3f}  F1 {cubed[2]:.3f}\n"
        f"  pairs    precision {pairs[0]:.3f}  recall {pairs[1]:.3f}  F1 {pairs[2]:.3f}"
    )
    return {"ari": rand, "b_cubed_f1": cubed[2]}


def numbered(names: Iterable[str], found: Iterable[Cluster]) -> Mapping[str, Hashable]:
    """Number the cluster of every document; one in no cluster, or in several, has a number of its own."""
    memberships = [(member.id, cluster.id) for cluster in found for member in cluster.members]
    times = Counter(name for name, _ in memberships)
    alone: dict[str, Hashable] = {name: ("alone", name) for name in names}
    return alone | {name: ("cluster", number) for name, number in memberships if times[name] == 1}
