"""What a query was compared with so far, so that it is compared once.

A story is judged on a snapshot of the index, while others write, and looked up again in the transaction that
stores it. The number of a story never gets another text: only candidates that are new by then are read and
judged while everybody waits.
"""

from dataclasses import dataclass, field

from dedup.model import Overlap
from dedup.prefilter.answer import Match
from dedup.story_index.protocol import Stored, StoryText


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A stored story and its overlap with the query."""

    stored: Stored
    overlap: Overlap
    text: StoryText


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """What a query was compared with so far, for one recipe.

    Attributes:
        measured: By number of the story; None if it is below the lowest bound of a verdict.
        judged: By number of the story and edition of the boilerplate; None if it has no verdict.
    """

    measured: dict[int, Measured | None] = field(default_factory=dict)
    judged: dict[tuple[int, str], Match | None] = field(default_factory=dict)
