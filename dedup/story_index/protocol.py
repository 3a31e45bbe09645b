"""Which documents may be copies of each other: in memory for one run, or in a file that outlives it.

`dedup.report.pair` serves the report. The protocol below is what the pre-filter asks of an index
that lasts: `dedup.story_index.sqlite` keeps it in a file, `dedup.story_index.postgres` on a server, and
`dedup.story_index.open_index` chooses by the name.
"""

import zlib
from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from dedup.model.recipe import Recipe

BRIEF = 12
"""Keys up to which a story counts as brief: one key shared with it is worth a look."""

WINDOW_BITS = 13
"""Deflating looks back 8 KiB: all of a story of some 700 words. Making ready for the usual 32 KiB took a
tenth of `check_and_add` (benchmarks/prefilter.py)."""


@dataclass(frozen=True, slots=True)
class Story:
    """What an index is given to keep of one story.

    Attributes:
        id: What answers call it.
        source: Agency or newspaper; empty when unknown.
        published: Date as the input gave it; empty when unknown.
        digest: BLAKE2b of the folded text, 16 bytes.
        body: The folded text, from `pack`.
        keys: Signed 32-bit keys under which it is found, ascending, each once.
    """

    id: str
    source: str
    published: str
    digest: bytes
    body: bytes
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """A story that an index holds.

    Attributes:
        seq: Its number; a story stored later has a higher one.
        id: What answers call it.
        source: As it was given.
        published: As it was given.
        digest: BLAKE2b of the folded text, 16 bytes.
        keys: Keys it was indexed by, crowded ones included.
        first_seen: When it was stored, in milliseconds since 1970 by the clock of the index.
        last_seen: When it, or a copy of it, was last offered.
    """

    seq: int
    id: str
    source: str
    published: str
    digest: bytes
    keys: int
    first_seen: int
    last_seen: int


class View(Protocol):
    """What one transaction sees: nobody else's writing comes between two questions."""

    def identical(self, digest: bytes) -> list[Stored]:
        """Give the stories with that folded text, the first stored first."""

    def sharing(self, keys: Collection[int]) -> list[tuple[int, int]]:
        """Give the key and the number of every story found under these keys, in no order.

        The number of a story of at most `BRIEF` keys is negative here.
        """

    def stories(self, numbers: Collection[int]) -> list[Stored]:
        """Give those of the stories that still count: in the window, not given up by a dead holder."""

    def texts(self, numbers: Collection[int]) -> dict[int, str]:
        """Give the folded texts of stories, by number."""


class Writing(View, Protocol):
    """A transaction that also writes; all of it is kept or nothing."""

    def put(self, story: Story, *, crowded: Collection[int], held: bool) -> Stored:
        """Store a story.

        Args:
            story: What to keep.
            crowded: Keys that lead to enough stories already; it is not put under these.
            held: Whether it counts only as long as this process lives, until it is kept.
        """

    def touch(self, number: int) -> None:
        """Note that a copy of the story was offered now."""

    def keep(self, numbers: Iterable[int]) -> None:
        """Make held stories of this process lasting."""

    def release(self, numbers: Iterable[int]) -> None:
        """Take held stories of this process out again."""

    def evict(self, most: int) -> int:
        """Remove up to that many stories that are over the bounds; how many went."""

    def clear_given_up(self) -> int:
        """Remove what dead holders left; how many stories went."""

    def stamp(self, number: int, first_seen: int, last_seen: int) -> None:
        """Give a story the days that it has in another index; none of them is in the future."""


class StoryIndex(Protocol):
    """An index that lasts; safe among threads and processes.

    Attributes:
        recipe: The settings that the index was built with.
        place: What messages call it: a path, or an address without its password.
    """

    recipe: Recipe
    place: str

    def reading(self) -> AbstractContextManager[View]:
        """Open a transaction that only reads."""

    def writing(self) -> AbstractContextManager[Writing]:
        """Open the one transaction that may write."""

    def close(self) -> None:
        """Let go of the index; using it again opens it anew."""


def posted(seq: int, keys: int) -> int:
    """Give the number that a story has among the postings: the sign tells a brief one for nothing."""
    return -seq if keys <= BRIEF else seq


def beyond(oldest: Iterable[tuple[int, int]], *, over: int, last: int) -> list[int]:
    """Choose from numbers and stamps, the oldest first, the stories that are over the bounds.

    Args:
        oldest: The number of each story and when it was last seen.
        over: Stories that are too many.
        last: The stamp from which a story is in the window.
    """
    gone: list[int] = []
    for seq, last_seen in oldest:
        if len(gone) < over or last_seen < last:
            gone.append(seq)
    return gone


def pack(folded: str) -> bytes:
    """Deflate a folded text for storing; lone surrogates never stand in one."""
    return zlib.compress(folded.encode(), 1, wbits=WINDOW_BITS)


def unpack(body: bytes) -> str:
    """Give the text that `pack` was given."""
    return zlib.decompress(body).decode()
