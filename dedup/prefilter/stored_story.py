"""Stored stories, looked up by id or URL, with their clusters."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from dedup.prefilter.answer import iso_utc
from dedup.story_index.protocol import Stored, View


@dataclass(frozen=True, slots=True)
class ClusterMember:
    """A story of a cluster, or a copy of it.

    Attributes:
        id: As it was given, as are `source` and `url`.
        verdict: How a copy that was not stored is related to the story that it matched; None for a story that
            is stored.
        first_seen: When it was first offered, ISO 8601.
        last_seen: When it was last offered; of a stored story, when it or a copy of it was.
        stored: Whether the index has its text.
    """

    id: str
    source: str
    url: str
    verdict: str | None
    first_seen: str
    last_seen: str
    stored: bool


@dataclass(frozen=True, slots=True)
class StoryCluster:
    """Stories known to an index that copy one text.

    Attributes:
        id: The id of the story with which it began, which may have been removed since.
        size: The number of members.
        members: The stored stories, then the copies, each in the order they came.
    """

    id: str
    size: int
    members: tuple[ClusterMember, ...]


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story as stored in an index.

    Attributes:
        id: Its id in answers.
        source: As it was given, as are `published`, `url`, `title` and `text`.
        first_seen: When it, or an earlier version that it replaced, was stored, ISO 8601.
        last_seen: When it, or a copy of it, was last offered.
        on_hold: Whether it may yet be released.
        cluster: Its cluster.
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
    cluster: StoryCluster

    def as_json(self) -> dict[str, object]:
        """Its fields, ready for JSON."""
        return asdict(self)


def stories_named(name: str, view: View) -> tuple[StoredStory, ...]:
    """Return the stories with this id or URL, the latest first.

    If there are none, return those of the clusters with such a copy.
    """
    stories = view.named([name])
    stories = stories or [each for number in view.copied(name) for each in view.cluster(number)]
    texts = view.texts([each.seq for each in stories])
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
            _cluster(each, view),
        )
        for each in stories
    )


def _cluster(story: Stored, view: View) -> StoryCluster:
    members = tuple(_members(story.cluster, view))
    return StoryCluster(story.cluster_id, len(members), members)


def _members(number: int, view: View) -> Iterator[ClusterMember]:
    for story in view.cluster(number):
        times = (iso_utc(story.first_seen), iso_utc(story.last_seen))
        yield ClusterMember(story.id, story.source, story.url, None, *times, stored=True)
    for copy in view.copies(number):
        times = (iso_utc(copy.first_seen or 0), iso_utc(copy.last_seen or 0))
        yield ClusterMember(copy.id, copy.source, copy.url, copy.verdict, *times, stored=False)
