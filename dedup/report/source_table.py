"""Clusters -> figures of each source: how often it was first, how often it followed, and how late."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dedup.model.lazy_rows import LazyRows
from dedup.model.rows import UNDATED, ClusterRows
from dedup.model.source_figures import SourceFigures
from dedup.report.archive import Archive
from dedup.report.credit_names import CreditNames
from dedup.text.dates.publication_order import came_later

NAMED = 20
"""Maximum number of credited names listed per source."""

type Numbers = NDArray[np.int64]


@dataclass(eq=False, repr=False)
class SourceTable(LazyRows[SourceFigures]):
    """The sources of an archive, most documents first, then by name; computed on request.

    Attributes:
        archive: The documents.
        clusters: Their clusters.
        names: Whom they credit.
        zone: Zone of dates that name none.
    """

    archive: Archive
    clusters: ClusterRows
    names: CreditNames
    zone: tzinfo

    def __len__(self) -> int:
        return len(self.archive.source_names)

    def records(self, start: int, stop: int) -> Sequence[SourceFigures]:
        """Make records of some sources."""
        return self._figures[start:stop]

    @cached_property
    def _figures(self) -> tuple[SourceFigures, ...]:
        archive, roles = self.archive, self._roles
        documents = np.bincount(archive.source_numbers, minlength=len(self)).tolist()
        copies = self._counted(np.unique(self.clusters.documents[self.clusters.dropped]))
        first = self._counted(self.clusters.documents[roles.first])
        followed, unordered, repeated = (
            self._counted(np.unique(each)) for each in (roles.followed, roles.unordered, roles.repeated)
        )
        changed, uncredited = self._counted(self._changed()), self._counted(self._uncredited())
        figures = [
            SourceFigures(
                name,
                documents[number],
                copies[number],
                first[number],
                followed[number],
                unordered[number],
                repeated[number],
                roles.delay(archive.source_numbers, number),
                changed[number],
                uncredited[number],
                self._credits.get(number, ()),
                self.names.own_names.get(number, ()),
            )
            for number, name in enumerate(archive.source_names)
        ]
        return tuple(sorted(figures, key=lambda each: (-each.documents, each.name)))

    def _counted(self, documents: Numbers) -> list[int]:
        counts: list[int] = np.bincount(self.archive.source_numbers[documents], minlength=len(self)).tolist()
        return counts

    def _changed(self) -> Numbers:
        changes = self.clusters.explanations.changes(0, self.clusters.documents.size)
        return np.unique(self.clusters.documents[np.array([*map(bool, changes)], dtype=np.bool_)])

    def _uncredited(self) -> Numbers:
        roles = self._roles
        rows = np.array([*map(bool, self._credited)], dtype=np.bool_)
        others = np.union1d(roles.followed, roles.unordered)
        return np.setdiff1d(others, self.clusters.documents[rows])

    @cached_property
    def _credited(self) -> Sequence[tuple[str, ...]]:
        return self.names.of_rows(0, self.clusters.documents.size)

    @cached_property
    def _credits(self) -> dict[int, tuple[tuple[str, int], ...]]:
        """Count the names credited by each source, at most once per document."""
        credited = dict(zip(self.clusters.documents.tolist(), self._credited, strict=True))
        counts: dict[int, Counter[str]] = {}
        for document, names in credited.items():
            counts.setdefault(int(self.archive.source_numbers[document]), Counter()).update(names)
        return {
            source: tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:NAMED])
            for source, counted in counts.items()
        }

    @cached_property
    def _roles(self) -> "_Roles":
        return _Roles.of(self.clusters, self.archive.source_numbers, zone=self.zone)


@dataclass(frozen=True, slots=True)
class _Roles:
    """Which documents came before or after those of other sources in their clusters.

    Attributes:
        first: Rows of the members that came before another source; one per cluster at most.
        followed: Documents that came after another source, one value per cluster that they are in.
        delays: Delay of each of them in seconds.
        unordered: Documents that share a cluster with another source, where the dates do not say which came
            first; the first or the representative is not among them.
        repeated: Documents that follow one of their own source.
    """

    first: Numbers
    followed: Numbers
    delays: Numbers
    unordered: Numbers
    repeated: Numbers

    @classmethod
    def of(cls, clusters: ClusterRows, sources: Numbers, *, zone: tzinfo) -> "_Roles":
        """Determine the roles of the members of clusters."""
        first = first_rows(clusters)
        cluster = np.repeat(np.arange(first.size), np.diff(clusters.bounds))
        leader = first[cluster]
        others = np.arange(cluster.size) != leader
        same = sources[clusters.documents] == sources[clusters.documents[leader]]
        begun = clusters.moments[leader]
        follows = others & ~same & (clusters.moments != UNDATED)  # an undated leader has undated followers
        rows = np.flatnonzero(follows)
        follows[rows] = came_later(begun[rows], clusters.moments[rows], zone=zone)
        return cls(
            np.unique(leader[follows]),
            clusters.documents[follows],
            (clusters.moments - begun)[follows],
            clusters.documents[others & ~same & ~follows],
            clusters.documents[others & same],
        )

    def delay(self, sources: Numbers, source: int) -> int | None:
        """Return the median delay of a source in seconds."""
        delays = self.delays[sources[self.followed] == source]
        return int(np.median(delays)) if delays.size else None


def first_rows(clusters: ClusterRows) -> Numbers:
    """Return the row of the earliest member of each cluster; ties go to the first listed."""
    if not len(clusters):
        return np.empty(0, dtype=np.int64)
    starts = clusters.bounds[:-1]
    earliest = np.repeat(np.minimum.reduceat(clusters.moments, starts), np.diff(clusters.bounds))
    rows = np.flatnonzero(clusters.moments == earliest)
    cluster = np.searchsorted(clusters.bounds, rows, side="right")
    _, places = np.unique(cluster, return_index=True)
    chosen: Numbers = rows[places]
    return chosen
