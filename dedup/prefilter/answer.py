"""What the pre-filter answers."""

from dataclasses import dataclass
from datetime import UTC, datetime

from dedup.model import Overlap, Reason, Verdict
from dedup.story_index.protocol import Stored

PLACES = 6
"""Decimals of a score."""


@dataclass(frozen=True, slots=True)
class Match:
    """A stored story that the offered one has something to do with.

    Attributes:
        stored: The story.
        verdict: What the two are to each other.
        overlap: Of their shingle sets, the stored one on the left.
        reasons: Why the verdict.
    """

    stored: Stored
    verdict: Verdict
    overlap: Overlap
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the index knows of one story.

    Attributes:
        id: The story that was asked about.
        verdict: What it is to the stored story `match`; None for a new one.
        match: Id of the stored story that is most like it; None without a verdict.
        jaccard: |A∩B| / |A∪B| of the two, measured on their texts; 0 without a verdict.
        containment: |A∩B| / min(|A|, |B|), likewise.
        reasons: Why the verdict, or why there is none.
        exact: Whether every candidate was measured; where hundreds are alike, the least likely are
            ruled out by the estimate alone.
        first_seen: When the matched story was stored, ISO 8601; None without a verdict.
        last_seen: When it or a copy of it was last offered before, likewise.
        stored: Whether this call stored the story.
        ticket: What to give to `keep` or `release` when the story was stored on hold; else None.
    """

    id: str
    verdict: Verdict | None = None
    match: str | None = None
    jaccard: float = 0.0
    containment: float = 0.0
    reasons: tuple[Reason, ...] = ()
    exact: bool = True
    first_seen: str | None = None
    last_seen: str | None = None
    stored: bool = False
    ticket: int | None = None

    @property
    def duplicate_of(self) -> str | None:
        """Id of the stored story that this is a copy of; None when it shares only passages or a form."""
        return self.match if self.verdict is not None and self.verdict.joins else None

    def as_tag(self) -> dict[str, object]:
        """Give what `dedup filter` adds to a story, for JSON."""
        return {
            "verdict": self.verdict,
            "duplicate_of": self.duplicate_of,
            "jaccard": self.jaccard,
            "containment": self.containment,
            "reasons": list(map(str, self.reasons)),
        }


def answer(identity: str, match: Match | None, *, exact: bool = True) -> Answer:
    """Put a match, or that there is none, into an answer."""
    if match is None:
        return Answer(identity, exact=exact)
    return Answer(
        identity,
        verdict=match.verdict,
        match=match.stored.id,
        jaccard=round(match.overlap.jaccard, PLACES),
        containment=round(match.overlap.containment, PLACES),
        reasons=match.reasons,
        exact=exact,
        first_seen=moment(match.stored.first_seen),
        last_seen=moment(match.stored.last_seen),
    )


def moment(stamp: int) -> str:
    """Write milliseconds since 1970 as ISO 8601 in UTC."""
    return datetime.fromtimestamp(stamp / 1000, UTC).isoformat(timespec="seconds")
