"""What a run found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dedup.recipe import Recipe
from dedup.records.documents import Document, Problem
from dedup.records.measures import Verdict


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
        reasons: Why the verdict, in plain words; empty for the representative.
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
    reasons: tuple[str, ...] = ()


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
    reason: str
    cohesion: float
    members: tuple[Member, ...]
    shared_terms: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A passage that stands in many documents which share little else, and counts for nothing.

    Attributes:
        text: As one of the documents spells it, on one line.
        documents: Texts that hold it, copies counted once.
    """

    text: str
    documents: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run found.

    Attributes:
        recipe: Every setting that shaped the result.
        counts: How many documents, clusters, pairs of each verdict, problems of each kind, cut candidates.
        clusters: Largest first, then by representative.
        pairs: Every measured pair that has a verdict, by left, then right id.
        problems: By path, then line.
        boilerplate: What was left out of the match, the most frequent first.
        documents: The documents named in `clusters` or `pairs`, by id, loaded when asked for.
        encodings: Documents by the encoding their bytes were read in.
        tokenisers: Ranked documents by whose words chose the terms that are shown; empty when ranking is off.
        view: Writes the report as HTML for a notebook; records know no markup. None where nobody is to look.
    """

    recipe: Recipe
    counts: Mapping[str, int]
    clusters: tuple[Cluster, ...]
    pairs: tuple[Pair, ...]
    problems: tuple[Problem, ...]
    boilerplate: tuple[Boilerplate, ...]
    documents: Mapping[str, Document]
    encodings: Mapping[str, int]
    tokenisers: Mapping[str, int]
    view: Callable[["Report"], str] | None = field(default=None, repr=False, compare=False)

    def _repr_html_(self) -> str | None:
        """Show the report in Jupyter and its kin; without HTML they show the `repr`."""
        return None if self.view is None else self.view(self)
