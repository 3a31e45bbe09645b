"""Pairs and clusters of a report as columns; records are made on request."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, repeat
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from dedup.model.document import Document
from dedup.model.lazy_rows import AT_ONCE, LazyRows
from dedup.model.measures import Verdict
from dedup.model.reason import Reason
from dedup.model.reason_columns import Explanations, reasons_of
from dedup.model.records import NO_STORIES, Cluster, Member, Pair

if TYPE_CHECKING:  # numpy takes a tenth of a second
    import numpy as np
    from numpy.typing import NDArray

VERDICTS = tuple(Verdict)
"""The verdicts by their codes in a column."""
IDENTICAL, NEAR_DUPLICATE, CONTAINED, TEMPLATE, PARTIAL = range(len(VERDICTS))
REPRESENTS = len(VERDICTS)
"""Code of a representative, which has no verdict."""
_VERDICT_OF = (*VERDICTS, None)
_HEAD = attrgetter("id", "path", "title", "source", "published", "url")
"""The fields of a document with which a member begins."""
MEMBERS_AT_ONCE = 4096
"""Maximum number of members made at once: each takes some kilobytes with its reasons."""
UNDATED = 2**63 - 1
"""The moment of an undated document."""


def no_credits(_start: int, _stop: int) -> Iterable[tuple[str, ...]]:
    """Return no credits for any member, without reading texts."""
    return repeat(())


class PairFigures(NamedTuple):
    """A `Pair` without its reasons, for counting."""

    left: str
    right: str
    verdict: Verdict
    jaccard: float
    containment: float
    reference: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PairRows(LazyRows[Pair]):
    """The pairs of a report.

    Attributes:
        ids: Ids of all documents.
        left: int64: the document of each pair whose id sorts first.
        right: int64: the other document.
        verdicts: uint8: indices in `VERDICTS`.
        jaccard: float64.
        containment: float64.
        confidence: float64: how likely each verdict is right.
        tfidf: float64; None if ranking is off.
        references: Number of documents in the reference; these come first.
        explanations: Reasons of the verdicts, and changed facts.
    """

    ids: Sequence[str]
    left: "NDArray[np.int64]"
    right: "NDArray[np.int64]"
    verdicts: "NDArray[np.uint8]"
    jaccard: "NDArray[np.float64]"
    containment: "NDArray[np.float64]"
    confidence: "NDArray[np.float64]"
    tfidf: "NDArray[np.float64] | None"
    references: int
    explanations: Explanations

    def __len__(self) -> int:
        return self.left.size

    def records(self, start: int, stop: int) -> list[Pair]:
        """Make the pairs of the rows from `start` to before `stop`."""
        figures = self._figures(start, stop)
        tfidf = repeat(None) if self.tfidf is None else self.tfidf[start:stop].tolist()
        return [
            Pair(
                each.left,
                each.right,
                each.verdict,
                each.jaccard,
                each.containment,
                score,
                why,
                each.reference,
                sure,
                changed,
            )
            for each, score, why, sure, changed in zip(
                figures,
                tfidf,
                reasons_of(self.explanations.reasons(start, stop), stop - start),
                self.confidence[start:stop].tolist(),
                self.explanations.changes(start, stop),
                strict=False,
            )
        ]

    def figures(self) -> Iterator[PairFigures]:
        """Yield the pairs without their reasons."""
        for start in range(0, len(self), AT_ONCE):
            yield from self._figures(start, start + AT_ONCE)

    def _figures(self, start: int, stop: int) -> Iterator[PairFigures]:
        columns = (self.left, self.right, self.verdicts, self.jaccard, self.containment)
        for left, right, code, jaccard, containment in zip(
            *(column[start:stop].tolist() for column in columns), strict=True
        ):
            names = self.ids[left], self.ids[right]
            yield PairFigures(*names, VERDICTS[code], jaccard, containment, self._side(left, right))

    def _side(self, left: int, right: int) -> str:
        return "left" if left < self.references else "right" if right < self.references else ""


def pair_figures(pairs: Sequence[Pair]) -> Iterator[PairFigures]:
    """Yield pairs without their reasons, whether they are rows or records."""
    if isinstance(pairs, PairRows):
        return pairs.figures()
    return (
        PairFigures(each.left, each.right, each.verdict, each.jaccard, each.containment, each.reference)
        for each in pairs
    )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ClusterRows(LazyRows[Cluster]):
    """The clusters of a report: columns with one row per member, grouped by cluster, representatives first.

    Attributes:
        ids: Ids of all documents.
        bounds: int64, shape (clusters + 1,): first row of each cluster, and the end of the last.
        documents: int64: the document of each member.
        verdicts: uint8: indices in `VERDICTS`; `REPRESENTS` for the representative.
        jaccard: float64: against the representative.
        containment: float64: against the representative.
        confidence: float64: how likely each verdict is right; 1 for the representative.
        tfidf: float64; None if ranking is off.
        own_terms: Terms of each member; None if ranking is off.
        references: Number of documents in the reference; these come first.
        cohesion: float64: one value per cluster.
        shared_terms: Terms of each cluster; None if ranking is off.
        versions: The versions of a story that grew, in chronological order, by cluster.
        dropped: Whether each member is left out of `Report.kept`.
        moments: int64: publication time in seconds since 1970-01-01 UTC; `UNDATED` if unknown.
        ground: Returns the reason for the representative of a cluster.
        explanations: Reasons of the verdicts, and the facts in which members differ from the representative.
        heads: Loads documents without their texts.
        stories: The documents with their texts, by id; loaded on request.
        credits: Returns the sources credited by the members from one row to before another.
    """

    ids: Sequence[str]
    bounds: "NDArray[np.int64]"
    documents: "NDArray[np.int64]"
    verdicts: "NDArray[np.uint8]"
    jaccard: "NDArray[np.float64]"
    containment: "NDArray[np.float64]"
    confidence: "NDArray[np.float64]"
    tfidf: "NDArray[np.float64] | None"
    own_terms: Sequence[tuple[str, ...]] | None
    references: int
    cohesion: "NDArray[np.float64]"
    shared_terms: Sequence[tuple[str, ...]] | None
    versions: Mapping[int, Sequence[int]]
    dropped: "NDArray[np.bool_]"
    moments: "NDArray[np.int64]"
    ground: Callable[[int], Reason]
    explanations: Explanations
    heads: "Callable[[NDArray[np.int64]], Sequence[Document]]"
    stories: Mapping[str, Document] = NO_STORIES
    credits: Callable[[int, int], Iterable[tuple[str, ...]]] = no_credits

    def __len__(self) -> int:
        return self.bounds.size - 1

    def __iter__(self) -> Iterator[Cluster]:
        """Make clusters in groups of up to `MEMBERS_AT_ONCE` members, larger ones alone."""
        start = first = 0
        for row, last in enumerate(self.bounds.tolist()):
            if last - first > MEMBERS_AT_ONCE and row - start > 1:
                yield from self.records(start, row - 1)
                start, first = row - 1, int(self.bounds[row - 1])
        yield from self.records(start, len(self))

    def records(self, start: int, stop: int) -> list[Cluster]:
        """Make clusters with their members; those of a large cluster are made on request."""
        bounds = self.bounds[start : stop + 1].tolist()
        large = any(last - first > MEMBERS_AT_ONCE for first, last in pairwise(bounds))
        members: Sequence[Member] = () if large or not bounds else self.members(bounds[0], bounds[-1])
        return [
            Cluster(
                row + 1,
                self.ids[self.documents[first]],
                self.ground(row),
                float(self.cohesion[row]),
                MemberRows(self, first, last)
                if large
                else tuple(members[first - bounds[0] : last - bounds[0]]),
                () if self.shared_terms is None else self.shared_terms[row],
                tuple(self.ids[document] for document in self.versions.get(row, ())),
            )
            for row, (first, last) in enumerate(pairwise(bounds), start=start)
        ]

    def members(self, start: int, stop: int, *, rank: int = 0) -> list[Member]:
        """Make the members of the rows from `start` to before `stop`.

        Args:
            start: The first row.
            stop: The row after the last.
            rank: Rank of the first row in its cluster.
        """
        documents, moments = self.documents[start:stop], self.moments[start:stop].tolist()
        codes = self.verdicts[start:stop].tolist()
        columns = (
            *zip(*map(_HEAD, self.heads(documents)), strict=True),
            [_VERDICT_OF[code] for code in codes],
            self.jaccard[start:stop].tolist(),
            self.containment[start:stop].tolist(),
            repeat(None) if self.tfidf is None else self.tfidf[start:stop].tolist(),
            _ranks(codes, first=rank),
            repeat(()) if self.own_terms is None else self.own_terms[start:stop],
            reasons_of(self.explanations.reasons(start, stop), stop - start),
            (documents < self.references).tolist(),
            self.confidence[start:stop].tolist(),
            self.dropped[start:stop].tolist(),
            [None if moment == UNDATED else moment for moment in moments],
            self.explanations.changes(start, stop),
            self.credits(start, stop),
            repeat(self.stories),
        )
        return [*map(Member, *columns)]

    def member_ids(self) -> Iterator[list[str]]:
        """Yield the ids of the members of each cluster, the representative first."""
        names = [self.ids[document] for document in self.documents.tolist()]
        return (names[start:end] for start, end in pairwise(self.bounds.tolist()))

    def dropped_ids(self) -> Iterator[str]:
        """Yield the ids of the members that are dropped."""
        return (self.ids[document] for document in self.documents[self.dropped].tolist())

    def member_verdicts(self) -> Iterator[Verdict | None]:
        """Yield the verdict of every member of every cluster, None for representatives."""
        return (_VERDICT_OF[code] for code in self.verdicts.tolist())


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MemberRows(LazyRows[Member]):
    """The members of a large cluster.

    Attributes:
        clusters: All clusters.
        start: Row of the representative.
        stop: The row after the last member.
    """

    clusters: ClusterRows
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def records(self, start: int, stop: int) -> list[Member]:
        """Make the members with these ranks."""
        return self.clusters.members(self.start + start, self.start + stop, rank=start)


def _ranks(codes: Iterable[int], *, first: int) -> Iterator[int]:
    """Yield the rank of each member, 0 for a representative; the first row has the rank `first`."""
    rank = first - 1
    for code in codes:
        rank = 0 if code == REPRESENTS else rank + 1
        yield rank


def without_credits(clusters: Sequence[Cluster]) -> Sequence[Cluster]:
    """Return the clusters without the credits of their members, which take reading the texts."""
    return replace(clusters, credits=no_credits) if isinstance(clusters, ClusterRows) else clusters


def dropped_ids(clusters: Iterable[Cluster]) -> Iterable[str]:
    """Yield the ids of the members that are dropped."""
    if isinstance(clusters, ClusterRows):
        return clusters.dropped_ids()
    return (member.id for cluster in clusters for member in cluster.members if member.dropped)


def member_ids(clusters: Iterable[Cluster]) -> Iterable[list[str]]:
    """Yield the ids of the members of each cluster, whether clusters are rows or records."""
    if isinstance(clusters, ClusterRows):
        return clusters.member_ids()
    return ([member.id for member in cluster.members] for cluster in clusters)


def member_verdicts(clusters: Iterable[Cluster]) -> Iterable[Verdict | None]:
    """Yield the verdict of every member, None for representatives."""
    if isinstance(clusters, ClusterRows):
        return clusters.member_verdicts()
    return (member.verdict for cluster in clusters for member in cluster.members)
