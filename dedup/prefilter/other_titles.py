"""Detect wall or stub pages: texts that are stored under unrelated titles."""

from dataclasses import dataclass

from dedup.comparison.wall_pages import LOOKED_AT, count_unrelated, heading, unrelated_titles
from dedup.model import Reason, ReasonKind
from dedup.prefilter.index_keys import Query
from dedup.story_index.protocol import View


@dataclass(frozen=True, slots=True)
class OtherTitles:
    """Comparison of a story's title with those of the stored stories with the same text.

    Attributes:
        is_unrelated: Whether it shares no word with any of theirs: it may be another story, hidden by a wall
            page.
        is_wall: Whether the text has so many unrelated titles that it is not a story.
        reason: The number of unrelated titles.
    """

    is_unrelated: bool
    is_wall: bool
    reason: Reason


def compare_titles(query: Query, view: View) -> OtherTitles:
    """Compare the title of a story, or without one its URL, with those of the stories that have its text."""
    twins = view.identical(query.story.digest)[: LOOKED_AT - 1]
    texts = view.texts([twin.seq for twin in twins])
    own = heading(query.document.title, query.document.url)
    others = [heading(texts[twin.seq].title, twin.url) for twin in twins]
    known = [other for other in others if other]
    sources = [query.story.source, *(twin.source for twin in twins)]
    return OtherTitles(
        is_unrelated=bool(own and known) and all(own.isdisjoint(other) for other in known),
        is_wall=unrelated_titles([own, *others], sources) > 0,
        reason=Reason(ReasonKind.UNRELATED_TITLES, (count_unrelated([own, *known]),)),
    )
