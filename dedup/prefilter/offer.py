"""A story that is offered to an index, and how long it is on hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from numbers import Real

from dedup.model import Document
from dedup.model.document_like import DocumentLike, is_frame
from dedup.model.errors import ReadingError, SettingError
from dedup.model.recipe import Recipe
from dedup.prefilter.answer import Answer
from dedup.prefilter.index_keys import Query, prepare_query
from dedup.story_index.protocol import Stored, Writing
from dedup.story_index.ticket import WHILE_RUNNING, Ticket, new_secret

type Hold = bool | float | timedelta
"""Whether a story is stored on hold: True for as long as this process runs, or for how many seconds."""

MILLISECOND = 0.001
"""Shortest hold, in seconds."""
MAX_HOLD_S = 366 * 86400.0


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """A story that is to be stored unless it is a copy.

    Attributes:
        query: Its text and keys.
        secret: The random number of its ticket, the same in every attempt to store it.
        hold: See `Writing.put`.
        always: Whether it is stored even if it is a copy.
    """

    query: Query
    secret: int
    hold: int | None
    always: bool

    def ticket(self, stored: Stored) -> str | None:
        """The ticket of the stored story; None if it is not on hold."""
        return str(Ticket(stored.seq, self.secret)) if stored.on_hold else None


def offers_of(items: Sequence[DocumentLike], recipe: Recipe, *, hold: Hold, always: bool) -> list[Offer]:
    """Prepare stories of a batch; ReadingError names the item that has no text, counted from 0.

    One text or one mapping is no batch: its letters or keys would count as stories too short to compare.
    """
    if isinstance(items, str | Mapping | Document) or is_frame(items):
        raise ReadingError(f"expected a list of stories, got one {type(items).__name__}; put it in a list")
    hold_ms = hold_milliseconds(hold)
    return [
        Offer(prepare_query(item, recipe, position=position), new_secret(), hold_ms, always)
        for position, item in enumerate(items)
    ]


def stored_before(offer: Offer, writing: Writing) -> Answer | None:
    """The answer for a story that was stored by an attempt whose connection was then lost."""
    for twin in writing.identical(offer.query.story.digest):
        if twin.secret == offer.secret:
            return Answer(
                offer.query.story.id,
                stored=True,
                ticket=offer.ticket(twin),
                cluster_id=twin.cluster_id,
                cluster_size=writing.cluster_size(twin.cluster),
            )
    return None


def hold_milliseconds(hold: Hold) -> int | None:
    """How long a story is on hold, for `Writing.put`."""
    if isinstance(hold, bool):
        return WHILE_RUNNING if hold else None
    seconds = hold.total_seconds() if isinstance(hold, timedelta) else hold
    if not isinstance(seconds, Real) or not MILLISECOND <= seconds < MAX_HOLD_S:
        raise SettingError("hold", hold, "expected True, False, or a millisecond to a year in seconds")
    return int(seconds * 1000)
