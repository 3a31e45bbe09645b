"""Stored stories, looked up by id or URL."""

from dataclasses import asdict, dataclass

from dedup.prefilter.answer import iso_utc
from dedup.story_index.protocol import View


@dataclass(frozen=True, slots=True)
class StoredStory:
    """What an index has of a story.

    Attributes:
        id: Its id in answers.
        source: As it was given, as are `published`, `url`, `title` and `text`.
        first_seen: When it was stored, ISO 8601.
        last_seen: When it, or a copy of it, was last offered.
        on_hold: Whether it may yet be released.
    """

    id: str
    source: str
    published: str
    url: str
    title: str
    text: str
    first_seen: str
    last_seen: str
    on_hold: bool

    def as_json(self) -> dict[str, object]:
        """Its fields, ready for JSON."""
        return asdict(self)


def stories_named(name: str, view: View) -> tuple[StoredStory, ...]:
    """The stories of which this is the id or the URL, the latest first."""
    found = view.named([name])
    texts = view.texts([each.seq for each in found])
    return tuple(
        StoredStory(
            each.id,
            each.source,
            each.published,
            each.url,
            texts[each.seq].title,
            texts[each.seq].text,
            iso_utc(each.first_seen),
            iso_utc(each.last_seen),
            each.on_hold,
        )
        for each in found
    )
