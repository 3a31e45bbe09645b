"""Clusters -> clusters that name the versions of a story which grew.

A version sequence is the longest row of members, in order of time, each of which came out later than the
one before, keeps almost all of it and is at least a tenth longer. What an earlier member holds is a copy,
and what stands in several clusters a roundup: neither is a version.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import batched, combinations

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.overlap import match_many
from dedup.comparison.rules import KEPT_WHOLE
from dedup.model import Cluster
from dedup.report.archive import Archive
from dedup.report.boilerplate import LearntBoilerplate
from dedup.report.longest_chain import sequence
from dedup.report.representative import UNDATED

GROWN = 1.1
"""Letters and shingles of a version for each of the one before, at least: a lead or a sign-off of one's own
is less. Letters, because a text whose half-spaces were made blanks has more shingles; shingles, because those
of boilerplate do not count."""

MOST = 64
"""Texts of a cluster that are looked at, the earliest: who comes after 64 versions copies."""

AT_ONCE = 2048
"""Pairs that are measured together."""

type _Pair = tuple[int, int, int]
"""A cluster, and two places among its texts in order of time."""


def with_versions(
    clusters: Sequence[Cluster], archive: Archive, boilerplate: LearntBoilerplate
) -> tuple[Cluster, ...]:
    """Name the versions in each cluster that holds some; boilerplate makes no version."""
    stands = Counter(member.id for cluster in clusters for member in cluster.members)
    rows = {name: row for row, name in enumerate(archive.ids) if stands.get(name) == 1}
    told = [
        _told([rows[member.id] for member in cluster.members if member.id in rows], archive)
        for cluster in clusters
    ]
    extensions: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    copies: set[tuple[int, int]] = set()
    for some in batched(_in_time(told, archive), AT_ONCE):
        extends, repeats = _measured(some, told, archive, boilerplate)
        for at, earlier, later in extends:
            extensions[at].append((earlier, later))
        copies.update((at, later) for at, _, later in repeats)

    named = list(clusters)
    for at, pairs in extensions.items():
        new = [pair for pair in pairs if copies.isdisjoint((at, place) for place in pair)]
        versions = tuple(archive.ids[told[at][place]] for place in sequence(new))
        named[at] = replace(named[at], versions=versions)
    return tuple(named)


def _told(rows: Sequence[int], archive: Archive) -> list[int]:
    """The dated documents in order of time, of equal texts the first."""
    dated = [row for row in rows if archive.dates[row] != UNDATED]
    dated.sort(key=lambda row: (archive.dates[row], archive.ids[row]))
    first: dict[bytes, int] = {}
    for row in dated:
        first.setdefault(archive.digests[row].tobytes(), row)
    return [*first.values()][:MOST]


def _in_time(told: Sequence[Sequence[int]], archive: Archive) -> Iterator[_Pair]:
    """Pairs of which it is known who came first."""
    for at, rows in enumerate(told):
        for earlier, later in combinations(range(len(rows)), 2):
            if archive.dates[rows[earlier]] < archive.dates[rows[later]]:
                yield at, earlier, later


def _measured(
    pairs: Sequence[_Pair], told: Sequence[Sequence[int]], archive: Archive, boilerplate: LearntBoilerplate
) -> tuple[list[_Pair], list[_Pair]]:
    """Pairs of which the later text extends the earlier, and those of which it tells nothing new."""
    held = np.array([(told[at][earlier], told[at][later]) for at, earlier, later in pairs], dtype=np.int64)
    rows, places = np.unique(held, return_inverse=True)
    places = places.reshape(held.shape)
    order = np.argsort(places[:, 0], kind="stable")  # as `match_many` asks
    one, other = places[order, 0], places[order, 1]
    values, bounds = boilerplate.without(*archive.shingles(rows.tolist()))
    sizes: NDArray[np.int64] = np.diff(bounds)
    shared = match_many(values, bounds, left=one, right=other)
    kept = (shared > 0) & (shared >= KEPT_WHOLE * sizes[one])
    letters = archive.letters[rows]
    extends = kept & (sizes[other] >= GROWN * sizes[one]) & (letters[other] >= GROWN * letters[one])
    repeats = GROWN * shared > sizes[other]
    return (
        [pairs[place] for place in order[extends].tolist()],
        [pairs[place] for place in order[repeats].tolist()],
    )
