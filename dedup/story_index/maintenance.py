"""Maintenance of an index, the same for every back end: facts, checks, pruning, export and rebuild."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from dedup.core.numpy_kernel import digest as digest_of
from dedup.model.recipe import Recipe
from dedup.story_index.protocol import Copy, StoryIndex, View, unpack
from dedup.story_index.rebuild_steps import KeysOf
from dedup.text.fold import fold

STEP = 256
"""Most stories that one transaction removes; other writers wait for it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Size and dates of an index.

    Attributes:
        stories: The number of stories.
        held: How many of them are on hold.
        bytes: Size of its tables; for a file, without its log.
        first_seen: When the oldest was stored, in milliseconds since 1970; None without stories.
        last_seen: When the latest was offered, likewise.
    """

    stories: int
    held: int
    bytes: int
    first_seen: int | None
    last_seen: int | None


@dataclass(frozen=True, slots=True)
class Size:
    """Size of an index, quick to read: see `Facts`."""

    stories: int
    held: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Row:
    """A story as it is exported.

    Attributes:
        cluster: The number of its cluster, if another stored story is in it.
        cluster_id: The id of its cluster, if it is not its own.
        copies: Copies of its cluster, with the first story of it.
    """

    id: str
    source: str
    published: str
    url: str
    title: str
    text: str
    first_seen: int
    last_seen: int
    cluster: int | None = None
    cluster_id: str | None = None
    copies: tuple[Copy, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Its fields, those of its cluster only if they are informative."""
        return {name: value for name, value in asdict(self).items() if value is not None and value != ()}


def rows_of(stored: Iterable[Sequence[Any]], view: View) -> Iterator[Row]:
    """Add the copies of their clusters to rows of stories.

    Args:
        stored: The fields of a story until `url`, its body, when it was first and last seen, the number and
            the id of its cluster, and whether another stored story is in it.
        view: Has the copies.
    """
    reported: set[int] = set()
    for identity, source, published, url, body, *times, number, cluster_id, is_shared in stored:
        copies = () if number in reported else tuple(view.copies(number))
        if copies:
            reported.add(number)
        first, last = times
        yield Row(
            identity,
            source,
            published,
            url,
            *unpack(body),
            first,
            last,
            cluster=number if is_shared else None,
            cluster_id=None if cluster_id == identity else cluster_id,
            copies=copies,
        )


class Maintenance(Protocol):
    """Maintenance that depends on the back end."""

    def facts(self) -> Facts:
        """Count the stories and their bytes."""

    def size(self) -> Size:
        """Read the size alone."""

    def faults(self) -> Iterator[str]:
        """Describe what is wrong: damage, texts that have changed, orphaned keys."""

    def rows(self) -> Iterator[Row]:
        """Yield every story that is not on hold, in the order they were stored."""

    def set_recipe(self, recipe: Recipe) -> int:
        """Return the index another recipe that makes the same keys; returns the number of stories.

        Other processes that have the index open get an error that asks them to open it again.
        """

    def rebuild(self, recipe: Recipe, keys_of: KeysOf) -> int:
        """Index every story again under another recipe, in steps; returns their number.

        Other processes that have the index open get an error that asks them to open it again.
        """

    def is_rebuilding(self) -> bool:
        """Whether a rebuild goes on, or was interrupted."""

    def compact(self) -> None:
        """Return the space of removed stories to the system, while others can write."""


def prune(index: StoryIndex) -> int:
    """Remove stories over the limits, and those that dead processes left on hold; returns their number.

    In an index that was opened with `trust_clock`, stamps in the future become now.
    """
    with index.writing() as writing:
        writing.clamp_times()
        removed = writing.clear_given_up()
    while True:
        with index.writing() as writing:
            step = writing.evict(STEP)
        removed += step
        if step < STEP:
            return removed


def fault_of_text(digest: bytes, body: bytes | None) -> str:
    """Describe what is wrong with a stored text; empty if nothing is."""
    if body is None:
        return "its text is missing"
    try:
        text = unpack(body).text
    except (zlib.error, ValueError) as error:
        return f"its text cannot be unpacked ({error})"
    same = digest_of(fold(text).units.tobytes()) == digest
    return "" if same else "its text has changed since it was stored"
