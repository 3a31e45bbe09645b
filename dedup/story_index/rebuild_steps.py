"""Index stored stories under the keys of another recipe, in steps between which others can read and write.

First each story gets its new keys beside the old ones, so that it is found by both. Then one short
transaction changes the recipe; who has the index open is asked to open it again. Last each story loses its
old keys. A rebuild that was interrupted leaves an index that works, with more keys than it needs; it is noted
in the header, and the next one removes them.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from dedup.model.recipe import Recipe
from dedup.story_index.protocol import unpack

AT_ONCE = 64
"""Stories that one transaction changes; other writers wait for it."""
UNFINISHED = "rebuilding"
"""Name of the line in the header while a rebuild goes on: the recipe that it is to have."""

INTERRUPTED = "a rebuild goes on or was interrupted; if none is running, run `dedup index rebuild` again"
"""The result of a check then."""

type KeysOf = Callable[[str], tuple[int, ...]]
"""Returns the keys of a text."""


class Rekeyed(NamedTuple):
    """A story and its keys under the new recipe.

    Attributes:
        number: Its number.
        body: Its text as it was read; a story that reuses a number has another body.
        keys: Its keys.
    """

    number: int
    body: bytes
    keys: tuple[int, ...]


class Rekeying(Protocol):
    """What a rebuild does to a back end; each call is one transaction."""

    def begin(self, recipe: Recipe) -> None:
        """Note in the header that a rebuild goes on."""

    def texts_after(self, number: int, most: int) -> list[tuple[int, bytes]]:
        """Numbers and bodies of the stories that follow a number, in order."""

    def add_keys(self, stories: Sequence[Rekeyed], *, cap: int) -> None:
        """Index stories by more keys; those that were removed are left out."""

    def switch(self, recipe: Recipe, keys_of: KeysOf, *, after: int) -> int:
        """Add the keys of the stories after a number, then set the recipe; returns the last number."""

    def set_keys(self, stories: Sequence[Rekeyed], *, cap: int) -> None:
        """Index stories by these keys alone."""

    def trim(self, cap: int) -> None:
        """Take the latest stories out of buckets that have more than the cap."""

    def end(self) -> int:
        """Remove the note; returns the number of stories."""


def rebuild_in_steps(index: Rekeying, recipe: Recipe, keys_of: KeysOf) -> int:
    """Index every story under another recipe; returns their number."""
    index.begin(recipe)
    last = 0
    while stories := _stories_after(index, last, keys_of):
        index.add_keys(stories, cap=recipe.bucket_cap)
        last = stories[-1].number
    newest = index.switch(recipe, keys_of, after=last - AT_ONCE)  # a file gives the last numbers anew
    last = 0
    while last < newest and (stories := _stories_after(index, last, keys_of)):
        index.set_keys(stories, cap=recipe.bucket_cap)
        last = stories[-1].number
    index.trim(recipe.bucket_cap)
    return index.end()


def _stories_after(index: Rekeying, number: int, keys_of: KeysOf) -> list[Rekeyed]:
    texts = index.texts_after(number, AT_ONCE)
    return [Rekeyed(seq, body, keys_of(unpack(body).text)) for seq, body in texts]
