"""Pairs, clusters and series, and their members: what a report lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dedup.model.document import Document
from dedup.model.measures import ExchangedFact, Verdict
from dedup.model.reason import Reason

NO_STORIES: Mapping[str, Document] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents, measured against each other.

    Attributes:
        left: Id of one document; sorts before `right`.
        right: Id of the other.
        verdict: What they are to each other.
        jaccard: |A∩B| / |A∪B| over their shingle sets, 0 to 1.
        containment: |A∩B| / min(|A|, |B|), 0 to 1.
        tfidf: Cosine of their TF-IDF vectors, 0 to 1; None when ranking is off.
        reasons: Why the verdict; `str` of one is the English sentence.
        reference: Which side stands in the reference, `left` or `right`; empty when none does.
        confidence: How likely the verdict is right, 0 to 1.
        changed: Facts that differ between two copies: as the left text has them, then as the right one does.
    """

    left: str
    right: str
    verdict: Verdict
    jaccard: float
    containment: float
    tfidf: float | None
    reasons: tuple[Reason, ...] = field(repr=False)
    reference: str = ""
    confidence: float = 1.0
    changed: tuple[ExchangedFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One document of a cluster, measured against the representative.

    Attributes:
        verdict: None for the representative itself.
        jaccard: Against the representative; 1 for itself.
        containment: Against the representative; 1 for itself.
        tfidf: Cosine with the representative; None when ranking is off.
        rank: 0 for the representative, then 1 for the member that overlaps it most.
        own_terms: Terms that tell this member from the representative, weightiest first.
        reasons: Why the verdict; empty for the representative.
        reference: Whether it stands in the reference; then it is the representative.
        confidence: How likely the verdict is right, 0 to 1; 1 for the representative.
        dropped: Whether `Report.kept` is without it: a document that is kept tells the same news.
        moment: When it was published, in seconds since 1970-01-01 UTC; None if unknown.
        changed: Facts that differ: as the representative has them, then as this member does.
        credits: Whom its text says it has the news from, its own source left out.
        stories: The documents of the report, by id; empty for a member that was made by hand.
    """

    id: str
    path: str = field(repr=False)
    title: str
    source: str
    published: str
    url: str = field(repr=False)
    verdict: Verdict | None
    jaccard: float
    containment: float
    tfidf: float | None
    rank: int
    own_terms: tuple[str, ...] = field(default=(), repr=False)
    reasons: tuple[Reason, ...] = field(default=(), repr=False)
    reference: bool = field(default=False, repr=False)
    confidence: float = 1.0
    dropped: bool = False
    moment: int | None = field(default=None, repr=False)
    changed: tuple[ExchangedFact, ...] = field(default=(), repr=False)
    credits: tuple[str, ...] = field(default=(), repr=False)
    stories: Mapping[str, Document] = field(default=NO_STORIES, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The body as its publisher spelt it, loaded when asked for.

        Raises:
            KeyError: The member was made by hand.
        """
        return self.stories[self.id].text


@dataclass(frozen=True, slots=True)
class Cluster:
    """Documents that are copies of one representative.

    Attributes:
        id: 1 for the largest cluster of the report, then counting up.
        representative: Id of the document every member was matched against.
        reason: Why that one represents.
        cohesion: Mean Jaccard of the members against the representative, 0 to 1.
        members: The representative first, then by rank.
        shared_terms: Terms the members have in common, weightiest first.
        versions: Ids of members in order of time, each later than the one before, clearly longer and holding
            almost all of it; empty where the story did not grow.
    """

    id: int
    representative: str
    reason: Reason
    cohesion: float
    members: tuple[Member, ...]
    shared_terms: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return (
            f"Cluster(id={self.id}, representative={self.representative!r}, members={len(self.members)}, "
            f"cohesion={self.cohesion:.2f})"
        )


@dataclass(frozen=True, slots=True)
class SeriesMember:
    """One document of a series.

    Attributes:
        values: What fills each slot, folded; empty where nothing does.
    """

    id: str
    title: str
    source: str
    published: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Documents that fill one template: price reports, sirens, results. They are no copies.

    Attributes:
        id: 1 for the largest series of the report, then counting up.
        representative: Id of the document that every other has a `template` verdict with.
        wording: The fixed passages, folded; a slot lies between each two, so the first and the last may be
            empty.
        members: In order of time, undated ones last; of documents with the same text one stands for all.
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
        """What fills each slot, over all members."""
        columns = zip(*(member.values for member in self.members), strict=True)
        return tuple(Slot.of(values) for values in columns)


@dataclass(frozen=True, slots=True)
class Slot:
    """What fills one slot of a series.

    Attributes:
        distinct: How many different values there are.
        least: The smallest value: of numbers by size, of words by the alphabet.
        most: The largest.
    """

    distinct: int
    least: str
    most: str

    @classmethod
    def of(cls, values: Iterable[str]) -> "Slot":
        """Sum up the values of a slot."""
        ordered = sorted(set(values), key=_size)
        return cls(len(ordered), ordered[0], ordered[-1])


def _size(value: str) -> tuple[bool, int, str]:
    """Order numbers before words, and by size; no number is too long for it."""
    number = value.lstrip("0") if value.isdecimal() else ""
    return not value.isdecimal(), len(number), number or value
