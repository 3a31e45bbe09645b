"""Pairs and clusters of a report as columns; a record is made when somebody asks for it."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, overload

from dedup.model.document import Document
from dedup.model.measures import Verdict
from dedup.model.reason import Reason
from dedup.model.records import Cluster, Member, Pair

if TYPE_CHECKING:  # numpy takes a tenth of a second
    import numpy as np
    from numpy.typing import NDArray

VERDICTS = tuple(Verdict)
"""The verdicts by their codes in a column."""
REPRESENTS = len(VERDICTS)
"""Code of a representative, which has no verdict."""


class Rows[T](Sequence[T]):
    """Records that are made when asked for: equal to a tuple of them, and pickled as one."""

    __slots__ = ()

    @abstractmethod
    def record(self, row: int) -> T:
        """Make one record; `row` is 0 or more."""

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        rows = range(len(self))[place]  # raises IndexError as a tuple does
        return self.record(rows) if isinstance(rows, int) else tuple(map(self.record, rows))

    def __iter__(self) -> Iterator[T]:
        return map(self.record, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, tuple | Rows):
            return NotImplemented
        return len(self) == len(other) and all(
            ours == theirs for ours, theirs in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self):,} records: {self[0]!r}, ...>" if len(self) > 1 else repr(tuple(self))

    def __reduce__(self) -> tuple[type, tuple[tuple[T, ...]]]:
        """Pickle the records themselves: what they are made from may be open files."""
        return tuple, (tuple(self),)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ChosenRows[T](Rows[T]):
    """Some of many records, in an order of their own.

    Attributes:
        records: All of them.
        places: Which of them are chosen.
    """

    records: Sequence[T]
    places: Sequence[int]

    def __len__(self) -> int:
        return len(self.places)

    def record(self, row: int) -> T:
        """Give one of the chosen records."""
        return self.records[self.places[row]]


class PairFigures(NamedTuple):
    """What a pair is counted by: a `Pair` without its reasons."""

    left: str
    right: str
    verdict: Verdict
    jaccard: float
    containment: float
    reference: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PairRows(Rows[Pair]):
    """The pairs of a report.

    Attributes:
        ids: Of all documents.
        left: int64: the document of each pair whose id sorts first.
        right: int64: the other.
        verdicts: uint8: places in `VERDICTS`.
        jaccard: float64.
        containment: float64.
        tfidf: float64; None when ranking is off.
        references: How many documents, the first ones, are of the reference.
        reasons: Gives the reasons of a row.
    """

    ids: Sequence[str]
    left: "NDArray[np.int64]"
    right: "NDArray[np.int64]"
    verdicts: "NDArray[np.uint8]"
    jaccard: "NDArray[np.float64]"
    containment: "NDArray[np.float64]"
    tfidf: "NDArray[np.float64] | None"
    references: int
    reasons: Callable[[int], tuple[Reason, ...]]

    def __len__(self) -> int:
        return self.left.size

    def record(self, row: int) -> Pair:
        """Make one pair."""
        left, right = int(self.left[row]), int(self.right[row])
        return Pair(
            self.ids[left],
            self.ids[right],
            VERDICTS[self.verdicts[row]],
            float(self.jaccard[row]),
            float(self.containment[row]),
            None if self.tfidf is None else float(self.tfidf[row]),
            self.reasons(row),
            self._side(left, right),
        )

    def figures(self) -> Iterator[PairFigures]:
        """Give what the pairs are counted by; no reasons are made."""
        columns = (self.left, self.right, self.verdicts, self.jaccard, self.containment)
        for left, right, code, jaccard, containment in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            names = self.ids[left], self.ids[right]
            yield PairFigures(*names, VERDICTS[code], jaccard, containment, self._side(left, right))

    def _side(self, left: int, right: int) -> str:
        return "left" if left < self.references else "right" if right < self.references else ""


def pair_figures(pairs: Sequence[Pair]) -> Iterator[PairFigures]:
    """Give what pairs are counted by, whether they are rows or records."""
    if isinstance(pairs, PairRows):
        return pairs.figures()
    return (
        PairFigures(each.left, each.right, each.verdict, each.jaccard, each.containment, each.reference)
        for each in pairs
    )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ClusterRows(Rows[Cluster]):
    """The clusters of a report: columns with a row a member, cluster after cluster, representatives first.

    Attributes:
        ids: Of all documents.
        bounds: int64, shape (clusters + 1,): where the members of each cluster begin.
        documents: int64: the document of each member.
        verdicts: uint8: places in `VERDICTS`, `REPRESENTS` for the representative.
        jaccard: float64: against the representative.
        containment: float64.
        tfidf: float64; None when ranking is off.
        own_terms: Terms of each member.
        references: How many documents, the first ones, are of the reference.
        cohesion: float64, one a cluster.
        shared_terms: Terms of each cluster.
        versions: By cluster: the documents that are versions of a story which grew, in order of time.
        ground: Tells why the representative of a cluster represents.
        reasons: Gives the reasons of a member by its row.
        head: Loads a document without its text.
    """

    ids: Sequence[str]
    bounds: "NDArray[np.int64]"
    documents: "NDArray[np.int64]"
    verdicts: "NDArray[np.uint8]"
    jaccard: "NDArray[np.float64]"
    containment: "NDArray[np.float64]"
    tfidf: "NDArray[np.float64] | None"
    own_terms: Sequence[tuple[str, ...]] | None
    references: int
    cohesion: "NDArray[np.float64]"
    shared_terms: Sequence[tuple[str, ...]] | None
    versions: Mapping[int, Sequence[int]]
    ground: Callable[[int], Reason]
    reasons: Callable[[int], tuple[Reason, ...]]
    head: Callable[[int], Document]

    def __len__(self) -> int:
        return self.bounds.size - 1

    def record(self, row: int) -> Cluster:
        """Make one cluster and its members."""
        start, end = self.bounds[row : row + 2].tolist()
        return Cluster(
            row + 1,
            self.ids[self.documents[start]],
            self.ground(row),
            float(self.cohesion[row]),
            tuple(self._member(place, rank=place - start) for place in range(start, end)),
            () if self.shared_terms is None else self.shared_terms[row],
            tuple(self.ids[document] for document in self.versions.get(row, ())),
        )

    def _member(self, row: int, *, rank: int) -> Member:
        document = int(self.documents[row])
        head = self.head(document)
        return Member(
            head.id,
            head.path,
            head.title,
            head.source,
            head.published,
            head.url,
            None if rank == 0 else VERDICTS[self.verdicts[row]],
            float(self.jaccard[row]),
            float(self.containment[row]),
            None if self.tfidf is None else float(self.tfidf[row]),
            rank,
            () if self.own_terms is None else self.own_terms[row],
            () if rank == 0 else self.reasons(row),
            document < self.references,
        )

    def member_ids(self) -> Iterator[list[str]]:
        """Give the ids of the members of each cluster, the representative first."""
        names = [self.ids[document] for document in self.documents.tolist()]
        return (names[start:end] for start, end in pairwise(self.bounds.tolist()))

    def member_verdicts(self) -> Iterator[Verdict | None]:
        """Give the verdict of every member of every cluster."""
        verdicts = (*VERDICTS, None)
        return (verdicts[code] for code in self.verdicts.tolist())


def member_ids(clusters: Iterable[Cluster]) -> Iterable[list[str]]:
    """Give the ids of the members of each cluster, whether clusters are rows or records."""
    if isinstance(clusters, ClusterRows):
        return clusters.member_ids()
    return ([member.id for member in cluster.members] for cluster in clusters)


def member_verdicts(clusters: Iterable[Cluster]) -> Iterable[Verdict | None]:
    """Give the verdict of every member, None for representatives."""
    if isinstance(clusters, ClusterRows):
        return clusters.member_verdicts()
    return (member.verdict for cluster in clusters for member in cluster.members)
