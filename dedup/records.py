"""What the stages hand to each other: frozen records, keyed by document id."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING

from dedup.recipe import Recipe

if TYPE_CHECKING:  # numpy takes 0.1 s to import, and these records come with `import dedup`
    import numpy as np
    from numpy.typing import NDArray


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


@dataclass(frozen=True, slots=True, init=False)
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

    def __init__(  # noqa: PLR0917 - as a dataclass has it
        self,
        id: str,  # noqa: A002 - the name of the field
        text: str,
        title: str = "",
        source: str = "",
        published: str = "",
        url: str = "",
        path: str = "",
        line: int | None = None,
        encoding: str = "",
    ) -> None:
        # What a frozen dataclass generates looks every field up by name, and takes 2.5 times as long as this:
        # half of what a line of an archive may cost beside its JSON.
        _set_id(self, id)
        _set_text(self, text)
        _set_title(self, title)
        _set_source(self, source)
        _set_published(self, published)
        _set_url(self, url)
        _set_path(self, path)
        _set_line(self, line)
        _set_encoding(self, encoding)


_set_id, _set_text, _set_title, _set_source, _set_published, _set_url, _set_path, _set_line, _set_encoding = (
    getattr(Document, each.name).__set__ for each in fields(Document)
)


@dataclass(frozen=True, slots=True, eq=False)
class FoldedText:
    """A text with all that print and keyboards vary taken out; for comparison only.

    Attributes:
        units: uint16, shape (n,): UTF-16 in native order, words separated by single spaces.
        origin: int64, shape (n,): the index in the source text (a `str`) each unit came from.
    """

    units: "NDArray[np.uint16]"
    origin: "NDArray[np.int64]"

    @property
    def letters(self) -> int:
        """How many of the units are no spaces."""
        return self.units.size - int((self.units == _SPACE).sum())

    def __str__(self) -> str:
        return self.units.tobytes().decode(_UTF16, "surrogatepass")


_SPACE = 0x20
_UTF16 = f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"


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
class Overlap:
    """Sizes of two shingle sets and of what they share.

    Attributes:
        shared: Shingles in both.
        left: Shingles of the left document, at least 1.
        right: Shingles of the right document, at least 1.
    """

    shared: int
    left: int
    right: int

    @property
    def jaccard(self) -> float:
        """|A∩B| / |A∪B|, 0 to 1."""
        return self.shared / (self.left + self.right - self.shared)

    @property
    def containment(self) -> float:
        """|A∩B| / min(|A|, |B|), 0 to 1."""
        return self.shared / min(self.left, self.right)

    @property
    def length_ratio(self) -> float:
        """The smaller set over the larger one, above 0 to 1."""
        return min(self.left, self.right) / max(self.left, self.right)

    def mirrored(self) -> "Overlap":
        """Give the same with left and right exchanged."""
        return Overlap(self.shared, self.right, self.left)


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands in one of two texts only.

    A word that lost or gained a space is no new word, nor is a number glued to a word.

    Attributes:
        left_words: Words of the left text that the right lacks, in reading order.
        right_words: Words of the right text that the left lacks.
        left_share: `left_words` over the distinct words of the left text, 0 to 1.
        right_share: The same of the right text.
        left_numbers: Numbers of the left text that the right lacks, in reading order.
        right_numbers: Numbers of the right text that the left lacks.
        shared_numbers: How many different numbers stand in both.
    """

    left_words: tuple[str, ...]
    right_words: tuple[str, ...]
    left_share: float
    right_share: float
    left_numbers: tuple[str, ...]
    right_numbers: tuple[str, ...]
    shared_numbers: int

    def mirrored(self) -> "Difference":
        """Give the same with left and right exchanged."""
        return Difference(
            self.right_words,
            self.left_words,
            self.right_share,
            self.left_share,
            self.right_numbers,
            self.left_numbers,
            self.shared_numbers,
        )


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A passage that stands in two texts; bounds index the source strings, ends excluded."""

    left_start: int
    left_end: int
    right_start: int
    right_end: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two documents are to each other, and the evidence.

    Attributes:
        left: The first document.
        right: The second.
        verdict: None when they share too little, or one is too short to compare.
        overlap: Of their shingle sets; None when one is too short.
        reasons: Why the verdict, in plain words.
        passages: What stands in both, in the order of the left text.
        difference: Words and numbers that stand in one only.
    """

    left: Document
    right: Document
    verdict: Verdict | None
    overlap: Overlap | None
    reasons: tuple[str, ...]
    passages: tuple[Passage, ...]
    difference: Difference


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
    """

    id: int
    representative: str
    reason: str
    cohesion: float
    members: tuple[Member, ...]
    shared_terms: tuple[str, ...] = ()


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
        tokenisers: Documents by the tokeniser that ranking used for them; empty when ranking is off.
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
