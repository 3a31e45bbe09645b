"""Answers of the pre-filter."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from dedup.model import ExchangedFact, Overlap, Reason, Verdict
from dedup.story_index.protocol import Stored

PLACES = 6
"""Decimal places of scores."""


class Relation(StrEnum):
    """Relation of an offered story to the stored story that it matches."""

    NEW = "new"
    """Not a copy of any stored story."""
    COPY = "copy"
    """A copy of another story."""
    SAME = "same"
    """The same story offered again, unchanged."""
    UPDATED = "updated"
    """The same story, by its id or URL, with another text."""
    EXTENDS = "extends"
    """A copy of another story that is at least a tenth longer."""


@dataclass(frozen=True, slots=True)
class Match:
    """A stored story that has a verdict with the queried one.

    Attributes:
        stored: The story.
        verdict: How the two are related.
        overlap: The overlap of their shingle sets, the stored story on the left.
        reasons: Reasons for the verdict.
        confidence: How likely the verdict is right, 0 to 1.
        changed: Facts that differ between two copies: of the stored story, then of the offered one.
        drops: Whether the queried story can be dropped for this one.
        repeats: Whether it could be, apart from news of its own in a longer text.
    """

    stored: Stored
    verdict: Verdict
    overlap: Overlap
    reasons: tuple[Reason, ...]
    confidence: float
    changed: tuple[ExchangedFact, ...]
    drops: bool
    repeats: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """How one story relates to the stories of an index.

    Attributes:
        id: The id of the queried story.
        verdict: Its relation to the stored story `match`; None for a new story.
        match: Id of the best matching stored story; None without a verdict.
        jaccard: |A∩B| / |A∪B| of the two, measured on their texts; 0 without a verdict.
        containment: |A∩B| / min(|A|, |B|), likewise.
        reasons: Reasons for the verdict, or for its absence.
        confidence: How likely the verdict is right, 0 to 1; 1 without one.
        changed: Facts that differ between two copies: of the stored story, then of this one.
        exact: Whether every candidate was measured; among hundreds of similar stories, the least likely
            are excluded by an estimate alone.
        first_seen: When the matched story was stored, ISO 8601; None without a verdict.
        last_seen: When it, or a copy of it, was last offered before this call, likewise.
        stored: Whether this call stored the story.
        ticket: If the story was stored on hold, what to pass to `keep` or `release`; else None.
        on_hold: Whether the matched story is only on hold, so that it may yet be released: wait, ask again,
            or pass the copy on.
        relation: Relation of the story to the match; a story offered again is not a copy of itself.
        cluster_id: Id of the story's cluster, which is the id of its first story: the cluster id of the match
            for a copy, else its own id; None for a story too short to compare.
        cluster_size: Number of stories of the cluster known to the index, stored or not, including this one
            if it was stored or recorded; 1 for a new story, 0 for one too short to compare.
        longer: How much longer the story is than the match, as a fraction of the match: 0.1 for a tenth,
            negative if shorter; 0 without a verdict. Measured in letters, without spaces.
        drops: Whether the story can be dropped: it is a copy, and the recipe does not keep copies of its
            kind. By default copies with a changed figure, a fact of their own in the lead, or a sentence of
            their own are kept.
    """

    id: str
    verdict: Verdict | None = None
    match: str | None = None
    jaccard: float = 0.0
    containment: float = 0.0
    reasons: tuple[Reason, ...] = ()
    confidence: float = 1.0
    changed: tuple[ExchangedFact, ...] = ()
    exact: bool = True
    first_seen: str | None = None
    last_seen: str | None = None
    stored: bool = False
    ticket: str | None = None
    on_hold: bool = False
    drops: bool = False
    relation: Relation = Relation.NEW
    longer: float = 0.0
    cluster_id: str | None = None
    cluster_size: int = 0

    @property
    def duplicate_of(self) -> str | None:
        """Id of the other story that this one copies; None for the same story or shared passages alone."""
        return self.match if self.relation in {Relation.COPY, Relation.EXTENDS} else None

    def as_tag(self) -> dict[str, object]:
        """The tag that `dedup filter` adds to a story, ready for JSON."""
        return {
            "verdict": self.verdict,
            "duplicate_of": self.duplicate_of,
            "match": self.match,
            "relation": self.relation,
            "cluster_id": self.cluster_id,
            "cluster_size": self.cluster_size,
            "longer": self.longer,
            "jaccard": self.jaccard,
            "containment": self.containment,
            "confidence": self.confidence,
            "changed": [each.as_json() for each in self.changed],
            "drops": self.drops,
            "reasons": list(map(str, self.reasons)),
        }


def answer(identity: str, match: Match | None, *, letters: int, exact: bool = True) -> Answer:
    """Make an answer from the best match, or from None; `letters` is the length of the story."""
    if match is None:
        return Answer(identity, exact=exact, cluster_id=identity, cluster_size=1)
    return Answer(
        identity,
        verdict=match.verdict,
        match=match.stored.id,
        jaccard=round(match.overlap.jaccard, PLACES),
        containment=round(match.overlap.containment, PLACES),
        reasons=match.reasons,
        confidence=match.confidence,
        changed=match.changed,
        drops=match.drops,
        exact=exact,
        first_seen=iso_utc(match.stored.first_seen),
        last_seen=iso_utc(match.stored.last_seen),
        on_hold=match.stored.on_hold,
        relation=Relation.COPY if match.verdict.joins else Relation.NEW,
        longer=round(letters / max(match.stored.letters, 1) - 1, PLACES),
        cluster_id=match.stored.cluster_id if match.verdict.joins else identity,
        cluster_size=1,
    )


def iso_utc(stamp: int) -> str:
    """Format milliseconds since 1970 as ISO 8601 in UTC."""
    return datetime.fromtimestamp(stamp / 1000, UTC).isoformat(timespec="seconds")
