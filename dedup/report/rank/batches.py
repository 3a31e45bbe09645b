"""Divide ranking into batches of texts in memory at once: clusters first, then the remaining pairs."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

AT_ONCE = 128
"""Texts of a batch of clusters; with its words a story of 300 takes some 25 KB."""
PAIRED_AT_ONCE = 6 * AT_ONCE
"""Texts of a batch of pairs: to name the terms of a text takes several times as long as to weigh its words,
and no task should take much longer than another (`benchmarks.driver --skew`)."""
PAIRS_A_TEXT = 4
"""Pairs of a batch for each of its texts, at most."""


@dataclass(slots=True, eq=False)
class Batch[K: Hashable]:
    """Texts to load, and the clusters and pairs to rank among them.

    Attributes:
        places: Position of each text, by key.
        clusters: Number and positions of each cluster or part of one, the representative first.
        pairs: Numbers of the pairs.
        whole: Whether its clusters are complete; the parts of a large one are merged later.
    """

    places: dict[K, int] = field(default_factory=dict)
    clusters: list[tuple[int, list[int]]] = field(default_factory=list)
    pairs: list[int] = field(default_factory=list)
    whole: bool = True

    def add(self, keys: Sequence[K]) -> list[int]:
        """Take in texts that are not there yet, and return the places of all."""
        return [self.places.setdefault(key, len(self.places)) for key in keys]


def batches[K: Hashable](
    pairs: Sequence[tuple[K, ...]], clusters: Sequence[Sequence[K]]
) -> Iterator[Batch[K]]:
    """Divide the work; a pair whose texts are in a batch of clusters belongs to that batch.

    Args:
        pairs: Keys of two texts each; adjacent pairs that share texts go into the same batch.
        clusters: Keys of the texts of each, the representative first.
    """
    clustered = list(_of_clusters(clusters))
    home = {key: batch for batch in clustered for key in batch.places}
    rest = []
    for number, (left, right) in enumerate(pairs):
        held = home.get(left)
        if held is not None and held is home.get(right):
            held.pairs.append(number)
        else:
            rest.append(number)
    yield from clustered
    batch: Batch[K] = Batch()
    for number in rest:
        batch.add(pairs[number])
        batch.pairs.append(number)
        if max(len(batch.places), len(batch.pairs) // PAIRS_A_TEXT) >= PAIRED_AT_ONCE:
            yield batch
            batch = Batch()
    if batch.pairs:
        yield batch


def _of_clusters[K: Hashable](clusters: Sequence[Sequence[K]]) -> Iterator[Batch[K]]:
    batch: Batch[K] = Batch()
    for number, cluster in enumerate(clusters):
        if len(cluster) > AT_ONCE:
            yield from _of_parts(number, cluster)
            continue
        if batch.clusters and len(batch.places) + len(cluster) > AT_ONCE:
            yield batch
            batch = Batch()
        batch.clusters.append((number, batch.add(cluster)))
    if batch.clusters:
        yield batch


def _of_parts[K: Hashable](number: int, cluster: Sequence[K]) -> Iterator[Batch[K]]:
    representative, *members = cluster
    for start in range(0, len(members), AT_ONCE - 1):
        batch: Batch[K] = Batch(whole=False)
        batch.clusters.append((number, batch.add([representative, *members[start : start + AT_ONCE - 1]])))
        yield batch
