"""What people do to an index between the runs, whatever keeps it."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

from dedup.model.recipe import Recipe
from dedup.story_index.protocol import StoryIndex, unpack

STEP = 256
"""Stories that one transaction removes while others wait."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What an index holds.

    Attributes:
        stories: How many.
        held: Those of them that wait to be kept.
        bytes: What its tables take; of a file without its log.
        first_seen: When the oldest was stored, milliseconds since 1970; None when there is none.
        last_seen: When the latest was offered, likewise.
    """

    stories: int
    held: int
    bytes: int
    first_seen: int | None
    last_seen: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A story as it is carried from one index to another."""

    id: str
    source: str
    published: str
    text: str
    first_seen: int
    last_seen: int


class Upkeep(Protocol):
    """What differs between the kinds of index."""

    def facts(self) -> Facts:
        """Count what the index holds."""

    def faults(self) -> Iterator[str]:
        """Name what is wrong in it: damage, texts that are not what they were, lost keys."""

    def rows(self) -> Iterator[Row]:
        """Yield every story that is stored for good, the first stored first."""

    def rebuild(self, recipe: Recipe, keys_of: Callable[[str], tuple[int, ...]]) -> int:
        """Put every story under the keys of another recipe, all in one transaction; how many there are.

        Other processes that have the index open are told to open it again.
        """

    def compact(self) -> None:
        """Give the room of removed stories back; nobody else can write meanwhile."""


def prune(index: StoryIndex) -> int:
    """Remove all that is over the bounds, and what dead holders left; how many stories went."""
    with index.writing() as writing:
        gone = writing.clear_given_up()
    while True:
        with index.writing() as writing:
            step = writing.evict(STEP)
        gone += step
        if step < STEP:
            return gone


def fault_of_text(digest: bytes, body: bytes | None) -> str:
    """Say what is wrong with a stored text; empty when nothing is."""
    if body is None:
        return "its text is missing"
    try:
        text = unpack(body)
    except (zlib.error, ValueError) as error:
        return f"its text cannot be unpacked ({error})"
    same = blake2b(text.encode("utf-16-le"), digest_size=16).digest() == digest
    return "" if same else "its text is not the one that was stored"
