"""Records of a report: pairs, clusters and series, and their members."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from dedup.model.document import Document
from dedup.model.measures import ExchangedFact, Verdict
from dedup.model.reason import Reason
from dedup.model.short_repr import short_repr

NO_STORIES: Mapping[str, Document] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that were compared.

    Attributes:
        left: Id of one document; sorts before `right`.
        right: Id of the other.
        verdict: Their relation.
        jaccard: |A∩B| / |A∪B| over their shingle sets, 0 to 1.
        containment: |A∩B| / min(|A|, |B|), 0 to 1.
        tfidf: Cosine of their TF-IDF vectors, 0 to 1; None if ranking is off.
        reasons: Reasons for the verdict; `str` of one is the English sentence.
        reference: Which side is in the reference, `left` or `right`; empty if neither is.
        confidence: How likely the verdict is right, 0 to 1.
        changed: Facts that differ between two copies: as the left text has them, then as the right one does.
    """

    left: str
    right: str
    verdict: Verdict
    jaccard: float
    containment: float
    tfidf: float | None
    reasons: tuple[Reason, ...]
    reference: str = ""
    confidence: float = 1.0
    changed: tuple[ExchangedFact, ...] = ()

    def __repr__(self) -> str:
        names = ("left", "right", "verdict", "jaccard", "containment", "confidence", "changed")
        return short_repr("Pair", {name: getattr(self, name) for name in names})


@dataclass(frozen=True, slots=True)
class Member:
    """One document of a cluster, compared with the representative.

    Attributes:
        verdict: None for the representative itself.
        jaccard: Against the representative; 1 for itself.
        containment: Against the representative; 1 for itself.
        tfidf: Cosine with the representative; None if ranking is off.
        rank: 0 for the representative, 1 for the member with the largest overlap, and so on.
        own_terms: Terms that distinguish this member from the representative, weightiest first.
        reasons: Reasons for the verdict; empty for the representative.
        reference: Whether it is in the reference; then it is the representative.
        confidence: How likely the verdict is right, 0 to 1; 1 for the representative.
        dropped: Whether `Report.kept` excludes it, because a kept document covers the same news.
        moment: Publication time in seconds since 1970-01-01 UTC; None if unknown.
        changed: Facts that differ: as the representative has them, then as this member does.
        credits: Sources credited in its text, excluding its own.
        stories: The documents of the report, by id; empty for a member created without a report.
    """

    id: str
    path: str
    title: str
    source: str
    published: str
    url: str
    verdict: Verdict | None
    jaccard: float
    containment: float
    tfidf: float | None
    rank: int
    own_terms: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    reference: bool = False
    confidence: float = 1.0
    dropped: bool = False
    moment: int | None = None
    changed: tuple[ExchangedFact, ...] = ()
    credits: tuple[str, ...] = ()
    stories: Mapping[str, Document] = field(default=NO_STORIES, compare=False)

    def __repr__(self) -> str:
        names = (
            "id",
            "title",
            "source",
            "published",
            "verdict",
            "jaccard",
            "containment",
            "changed",
            "dropped",
        )
        return short_repr("Member", {name: getattr(self, name) for name in names})

    @property
    def document(self) -> Document:
        """The story itself, loaded on request.

        Raises:
            KeyError: The member was created without a report.
        """
        return self.stories[self.id]

    @property
    def text(self) -> str:
        """The original body, loaded on request; raises as `document` does."""
        return self.document.text


@dataclass(frozen=True, slots=True)
class Cluster:
    """Documents that are copies of one representative: a collection of its members.

    Attributes:
        id: 1 for the largest cluster of the report, then ascending.
        representative: Id of the document that every member was compared with.
        reason: Why that document is the representative.
        cohesion: Mean Jaccard of the members with the representative, 0 to 1.
        members: The representative first, then by rank. A tuple; in a cluster of thousands a sequence that
            makes them on request and equals the tuple.
        shared_terms: Terms the members have in common, weightiest first.
        versions: Ids of members in chronological order, each clearly longer than the previous one and
            containing almost all of it; empty if the story did not grow.
    """

    id: int
    representative: str
    reason: Reason
    cohesion: float
    members: Sequence[Member]
    shared_terms: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return (
            f"Cluster(id={self.id}, representative={self.representative!r}, members={len(self.members)}, "
            f"cohesion={self.cohesion:.2f})"
        )

    def __len__(self) -> int:
        """Count the members, the representative included."""
        return len(self.members)

    def __iter__(self) -> Iterator[Member]:
        """Iterate over the members, the representative first."""
        return iter(self.members)

    def __getitem__(self, place: int) -> Member:
        """Return a member by its rank; 0 is the representative."""
        return self.members[place]


@dataclass(frozen=True, slots=True)
class SeriesMember:
    """One document of a series.

    Attributes:
        values: Content of each slot, numbers folded, words as written; empty for an empty slot.
    """

    id: str
    title: str
    source: str
    published: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Documents that fill one template, such as price reports, sirens or results. They are not copies.

    Attributes:
        id: 1 for the largest series of the report, then ascending.
        representative: Id of the document with which every other has a `template` verdict.
        wording: The fixed passages as the representative writes them, with a slot between each two; the first
            and the last may be empty.
        members: In chronological order, undated ones last; one member per distinct text.
    """

    id: int
    representative: str
    wording: tuple[str, ...]
    members: tuple[SeriesMember, ...]

    @property
    def skeleton(self) -> str:
        """The fixed wording, slots marked `[1]`, `[2]` and so on."""
        first, *others = self.wording
        slots = (f"[{number}] {passage}" for number, passage in enumerate(others, start=1))
        return " ".join(filter(None, (first, *map(str.strip, slots))))

    @property
    def slots(self) -> tuple["Slot", ...]:
        """Summary of each slot over all members."""
        columns = zip(*(member.values for member in self.members), strict=True)
        return tuple(Slot.of(values) for values in columns)


@dataclass(frozen=True, slots=True)
class Slot:
    """Summary of one slot of a series.

    Attributes:
        distinct: Number of distinct values; capitals do not count.
        least: The smallest value: numbers by size, words alphabetically.
        most: The largest value.
    """

    distinct: int
    least: str
    most: str

    @classmethod
    def of(cls, values: Iterable[str]) -> "Slot":
        """Summarise the values of a slot."""
        ordered = sorted(set(values), key=_size)
        return cls(len(set(map(str.casefold, ordered))), ordered[0], ordered[-1])


def _size(value: str) -> tuple[bool, int, str, str]:
    """Sort key: numbers, of any length, by size, then words."""
    number = value.lstrip("0") if value.isdecimal() else ""
    return not value.isdecimal(), len(number), number or value.casefold(), value
