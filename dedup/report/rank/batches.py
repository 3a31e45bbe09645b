"""Divide ranking into batches of texts in memory at once: clusters first, then the remaining pairs.

Each batch reads its texts again. So a text that contains many others is in a batch with as many of them as
are as long as it is, rather than in one per hundred.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
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
        letters: Of all texts.
        longest: Letters of the longest text.
    """

    places: dict[K, int] = field(default_factory=dict)
    clusters: list[tuple[int, list[int]]] = field(default_factory=list)
    pairs: list[int] = field(default_factory=list)
    whole: bool = True
    letters: int = 0
    longest: int = 0

    def add(self, keys: Sequence[K], letters: Callable[[K], int]) -> list[int]:
        """Take in texts that are not there yet, and return the places of all."""
        for key in keys:
            if key not in self.places:
                self.places[key] = len(self.places)
                self.letters += letters(key)
                self.longest = max(self.longest, letters(key))
        return [self.places[key] for key in keys]

    def is_worth_its_longest(self) -> bool:
        """Whether its longest text makes up no more than half of it."""
        return self.letters >= 2 * self.longest


def batches[K: Hashable](
    pairs: Sequence[tuple[K, ...]], clusters: Sequence[Sequence[K]], *, letters: Callable[[K], int]
) -> Iterator[Batch[K]]:
    """Divide the work; a pair whose texts are in a batch of clusters belongs to that batch.

    Args:
        pairs: Keys of two texts each; adjacent pairs that share texts go into the same batch.
        clusters: Keys of the texts of each, the representative first.
        letters: Number of letters of a text, by key.
    """
    clustered = list(_of_clusters(clusters, letters))
    home = {key: batch for batch in clustered for key in batch.places}
    rest = []
    for number, (left, right) in enumerate(pairs):
        shared = home.get(left)
        if shared is not None and shared is home.get(right):
            shared.pairs.append(number)
        else:
            rest.append(number)
    yield from clustered
    batch: Batch[K] = Batch()
    for number in rest:
        batch.add(pairs[number], letters)
        batch.pairs.append(number)
        enough = max(len(batch.places), len(batch.pairs) // PAIRS_A_TEXT) >= PAIRED_AT_ONCE
        if enough and batch.is_worth_its_longest():
            yield batch
            batch = Batch()
    if batch.pairs:
        yield batch


def _of_clusters[K: Hashable](
    clusters: Sequence[Sequence[K]], letters: Callable[[K], int]
) -> Iterator[Batch[K]]:
    batch: Batch[K] = Batch()
    for number, cluster in enumerate(clusters):
        if len(cluster) > AT_ONCE:
            yield from _of_parts(number, cluster, letters)
            continue
        full = batch.clusters and len(batch.places) + len(cluster) > AT_ONCE
        if full and batch.is_worth_its_longest():
            yield batch
            batch = Batch()
        batch.clusters.append((number, batch.add(cluster, letters)))
    if batch.clusters:
        yield batch


def _of_parts[K: Hashable](
    number: int, cluster: Sequence[K], letters: Callable[[K], int]
) -> Iterator[Batch[K]]:
    representative, *members = cluster
    batch: Batch[K] = Batch(whole=False)
    batch.add([representative], letters)
    for member in members:
        if len(batch.places) >= AT_ONCE and batch.is_worth_its_longest():
            yield _part(number, batch)
            batch = Batch(whole=False)
            batch.add([representative], letters)
        batch.add([member], letters)
    yield _part(number, batch)


def _part[K: Hashable](number: int, batch: Batch[K]) -> Batch[K]:
    batch.clusters.append((number, list(batch.places.values())))
    return batch
