"""The protocol of a persistent index, which the pre-filter uses.

`dedup.story_index.sqlite` implements it in a file, `dedup.story_index.postgres` on a server;
`dedup.story_index.open_index` chooses by name.
"""

import zlib
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe
from dedup.story_index.index_boilerplate import IndexBoilerplate
from dedup.story_index.ticket import Ticket

BRIEF = 12
"""A story with at most this many keys is brief: one shared key makes it a candidate."""

NAMED = 16
"""Most stories that are looked up by id, and by URL: some sites give all their stories one address."""

COPIES = 1000
"""Most copies of a cluster that are recorded: some notices are offered every day for years."""

WINDOW_BITS = 13
"""Deflate window of 8 KiB, which covers a story of some 700 words. Setting up the usual 32 KiB took a tenth
of the time of `check_and_add` (benchmarks/prefilter.py)."""


class StoryText(NamedTuple):
    """What an index keeps of a story to compare others with.

    Attributes:
        title: On one line; empty if it has none.
        text: As it was given: line ends, capitals and digits tell what is a stamp, a name and a number.
    """

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """A story to store.

    Attributes:
        id: Its id in answers.
        source: Agency or newspaper; empty if unknown.
        published: Date as given in the input; empty if unknown.
        url: Its address; empty if unknown.
        digest: BLAKE2b of the folded text, 16 bytes.
        letters: Length of the folded text in letters, without spaces.
        body: Its title and text, compressed by `pack`.
        keys: Signed 32-bit keys to index it by, ascending, without repeats.
    """

    id: str
    source: str
    published: str
    url: str
    digest: bytes
    letters: int
    body: bytes
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was offered and not stored.

    Attributes:
        id: As it was given, as are `source` and `url`.
        verdict: How it is related to the stored story that it matched.
        first_seen: When it was first offered, in milliseconds since 1970; None for now.
        last_seen: When it was last offered, likewise.
    """

    id: str
    source: str
    url: str
    verdict: str
    first_seen: int | None = None
    last_seen: int | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored story.

    Attributes:
        seq: Its number; later stories have higher numbers.
        id: Its id in answers.
        source: As it was given.
        published: As it was given.
        url: As it was given.
        digest: BLAKE2b of the folded text, 16 bytes.
        letters: Length of the folded text in letters, without spaces.
        keys: The number of its keys, crowded ones included.
        first_seen: When it was stored, in milliseconds since 1970 by the clock of the index.
        last_seen: When it, or a copy of it, was last offered.
        secret: The random number of its ticket.
        cluster: The number of its cluster, which is that of the story that the cluster began with.
        cluster_id: The id of that story, which may have been removed since.
        on_hold: Whether it may yet be released.
    """

    seq: int
    id: str
    source: str
    published: str
    url: str
    digest: bytes
    letters: int
    keys: int
    first_seen: int
    last_seen: int
    secret: int
    cluster: int
    cluster_id: str
    on_hold: bool


class View(Protocol):
    """A read transaction: a consistent view of the index, unaffected by other writers."""

    @property
    def boilerplate(self) -> IndexBoilerplate:
        """What the index was taught; IndexFileError if its header is damaged."""

    def identical(self, digest: bytes) -> list[Stored]:
        """Stories with the folded text of that digest, in the order they were stored."""

    def named(self, names: Collection[str]) -> list[Stored]:
        """Stories of which the id or the URL is one of these, the latest first; at most `NAMED` of each."""

    def sharing(self, keys: Collection[int]) -> list[tuple[int, int]]:
        """(key, posting id) of every story indexed under these keys, in no order; each key is given once.

        See `posting_id`: it is negative for a story of at most `BRIEF` keys.
        """

    def lengths(self, keys: Collection[int]) -> dict[int, int]:
        """How many stories are indexed under each of these keys; keys without any are left out."""

    def stories(self, numbers: Collection[int]) -> list[Stored]:
        """Those of the stories that are in the window and not left on hold by a dead process."""

    def texts(self, numbers: Collection[int]) -> dict[int, StoryText]:
        """Titles and texts of stories, by number."""

    def cluster(self, number: int) -> list[Stored]:
        """The stored stories of a cluster, in the order they were stored."""

    def copies(self, number: int) -> list[Copy]:
        """Copies of the stories of a cluster that were not stored, in the order they were first offered."""

    def cluster_size(self, number: int) -> int:
        """How many stories and copies a cluster has."""

    def copied(self, name: str) -> list[int]:
        """Clusters with a copy of which this is the id or the URL, ascending; at most `NAMED`."""


class Writing(View, Protocol):
    """A write transaction: all of it is stored, or nothing."""

    def put(
        self,
        story: Story,
        *,
        crowded: Collection[int],
        secret: int,
        hold: int | None,
        joins: Stored | None = None,
        replaces: bool = False,
    ) -> Stored:
        """Store a story.

        Args:
            story: The story.
            crowded: Keys that have as many stories as they may; the story is not indexed by these.
            secret: The random number of its ticket.
            hold: None to store it for good; else how long it is on hold, unless it is kept: `WHILE_RUNNING`
                for as long as this process runs, or a number of milliseconds, whatever the process does.
            joins: The story whose cluster it joins; None if it begins one.
            replaces: Whether that one is its earlier version, which is removed when this one is stored for
                good.
        """

    def add_copy(self, cluster: int, copy: Copy) -> None:
        """Record a copy that is not stored; of more than `COPIES` the least recent are forgotten."""

    def remove_copies(self, name: str) -> int:
        """Forget the copies of which this is the id or the URL; returns their number."""

    def mark_seen(self, number: int) -> None:
        """Set the time at which the story was last offered to now."""

    def keep(self, tickets: Sequence[Ticket]) -> None:
        """Store stories that are on hold for good; those that were kept before stay as they are.

        Raises:
            TicketError: There is no story of one of these tickets.
        """

    def release(self, tickets: Sequence[Ticket]) -> None:
        """Remove stories that are on hold.

        Raises:
            TicketError: There is no story of one of these tickets, or it was kept.
        """

    def remove(self, numbers: Collection[int]) -> None:
        """Remove stories, whether they are on hold or not."""

    def set_boilerplate(self, passages: Sequence[KnownPassage]) -> None:
        """Let the index know these passages, instead of those that it was taught before."""

    def evict(self, most: int) -> int:
        """Remove at most `most` stories that are over the limits; returns their number."""

    def clear_given_up(self) -> int:
        """Remove stories that dead processes left on hold; returns their number."""

    def clamp_times(self) -> None:
        """Set stamps in the future to now."""

    def restore(self, number: int, *, first_seen: int, last_seen: int, cluster_id: str | None) -> None:
        """Set what an import knows of a story that was just stored.

        Args:
            number: Its number.
            first_seen: When it was first seen, as `last_seen`; times in the future become now.
            last_seen: When it was last offered.
            cluster_id: The id of its cluster; None for what it has.
        """


class StoryIndex(Protocol):
    """A persistent index; safe to use from several threads and processes.

    Attributes:
        recipe: The settings that the index was built with.
        place: Its name in messages: a path, or an address without its password.
        fault: Why no story can be judged by its recipe, and what to do; else empty. It can still be read,
            exported and rebuilt.
    """

    recipe: Recipe
    place: str
    fault: str

    def reading(self) -> AbstractContextManager[View]:
        """Open a read transaction."""

    def writing(self) -> AbstractContextManager[Writing]:
        """Open the write transaction; there is one at a time."""

    def expects_matches(self, stories: Sequence[Collection[int]]) -> list[bool]:
        """Which stories with these keys should be compared before the write transaction, not in it.

        Those of which the index knows without looking them up that another story probably has many of their
        keys, if others wait for their turn to write, or if there are several: they are compared at once.
        It is a guess: no answer depends on it.
        """

    def close(self) -> None:
        """Close the index; using it again reopens it."""


def posting_id(seq: int, keys: int) -> int:
    """Posting id: negative if the story has at most `BRIEF` keys, so a lookup knows without reading it."""
    return -seq if keys <= BRIEF else seq


def over_limit(oldest: Iterable[tuple[int, int]], *, over: int, last: int) -> list[int]:
    """Choose the stories that are over the limits.

    Args:
        oldest: (number, last seen) of stories, the oldest first.
        over: How many stories exceed the capacity.
        last: The earliest last-seen time inside the window; a story seen exactly then is kept.
    """
    gone: list[int] = []
    for seq, last_seen in oldest:
        if len(gone) < over or last_seen < last:
            gone.append(seq)
    return gone


def pack(text: StoryText) -> bytes:
    """Compress a story; its title becomes one line."""
    written = " ".join(text.title.split()) + "\n" + text.text
    return zlib.compress(written.encode("utf-8", "surrogatepass"), 1, wbits=WINDOW_BITS)


def unpack(body: bytes) -> StoryText:
    """Decompress what `pack` compressed.

    Raises:
        zlib.error: It is damaged.
        ValueError: It is not a story.
    """
    if not isinstance(body, bytes):
        raise zlib.error("a row of another table")
    title, parted, text = zlib.decompress(body).decode("utf-8", "surrogatepass").partition("\n")
    if not parted:
        raise ValueError("no title stands before the text")
    return StoryText(title, text)
