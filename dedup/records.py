"""What the stages hand to each other: frozen records, keyed by document id."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dedup.recipe import Recipe


class Verdict(StrEnum):
    """What two documents are to each other, measured on their texts."""

    IDENTICAL = "identical"
    NEAR_DUPLICATE = "near-duplicate"
    CONTAINED = "contained"
    TEMPLATE = "template"
    PARTIAL = "partial"

    @property
    def joins(self) -> bool:
        """Whether documents with this verdict share a cluster."""
        return self in _JOINING


_JOINING = frozenset({Verdict.IDENTICAL, Verdict.NEAR_DUPLICATE, Verdict.CONTAINED})


@dataclass(frozen=True, slots=True)
class Document:
    """One story as it was read.

    Attributes:
        id: What the report calls it; unique in a run.
        text: The body, as its publisher spelt it. Only this is compared.
        title: Headline, for people; empty when unknown.
        source: Agency or newspaper; empty when unknown.
        published: Date as the input gave it; empty when unknown.
        url: Address, for people; never fetched.
        path: File that held it, relative to the input; empty when it came from memory.
        line: Line of that file, from 1; None when the document is the whole file.
        encoding: How its bytes were read, a Python codec name; empty when it came as text.
    """

    id: str
    text: str = field(repr=False)
    title: str = ""
    source: str = ""
    published: str = ""
    url: str = ""
    path: str = ""
    line: int | None = None
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the input that could not be used as it stood.

    Attributes:
        path: File, as the report names it.
        line: Line in that file, from 1; None when it concerns the whole file.
        reason: What is wrong and what was done about it, in one line.
        kind: The key it is counted under: `unreadable`, `skipped`, `too_short`, `duplicate_id` or `undated`.
    """

    path: str
    line: int | None
    reason: str
    kind: str = "unreadable"


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
        reasons: Why the verdict, in plain words.
    """

    left: str
    right: str
    verdict: Verdict
    jaccard: float
    containment: float
    tfidf: float | None
    reasons: tuple[str, ...]


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
    """

    id: int
    representative: str
    reason: str
    cohesion: float
    members: tuple[Member, ...]
    shared_terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run found.

    Attributes:
        recipe: Every setting that shaped the result.
        counts: How many documents, clusters, pairs of each verdict, problems of each kind, cut candidates.
        clusters: Largest first, then by representative.
        pairs: Every measured pair that has a verdict, by left, then right id.
        problems: By path, then line.
        titles: Title of each document named in `pairs`, by id.
        encodings: Documents by the encoding their bytes were read in.
        tokenisers: Documents by the tokeniser that ranking used for them; empty when ranking is off.
    """

    recipe: Recipe
    counts: Mapping[str, int]
    clusters: tuple[Cluster, ...]
    pairs: tuple[Pair, ...]
    problems: tuple[Problem, ...]
    titles: Mapping[str, str]
    encodings: Mapping[str, int]
    tokenisers: Mapping[str, int]
