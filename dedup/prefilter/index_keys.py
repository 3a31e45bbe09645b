"""A document -> all that asking an index about it takes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core.numpy_kernel import digest
from dedup.core.text_column import UTF16
from dedup.model import Document
from dedup.model.document_like import DocumentLike, as_document
from dedup.model.recipe import Recipe
from dedup.story_index.protocol import Story, pack

SPARSE = ((96, 1), (192, 2))
"""A story of up to so many shingles is stored under the fingerprints of windows so many times as long
as the recipe's: some twenty keys, whatever the length, up to 400 words."""
SPARSEST = 4
"""The same for a longer story: each key dirties a page, which is what storing costs. Who asks looks under
the fingerprints of the recipe's own windows, which hold all of these. With both,
benchmarks/prefilter.py --against-report misses no joined pair of four archives."""
ALL_SOUGHT = 48
"""Shingles up to which a story is looked up under every one of them: of 32 in a row that stand in a
stored story one is its key."""

_ONE = np.ones(1, dtype=np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class Offered:
    """A story that somebody asks about.

    Attributes:
        story: What the index would keep of it.
        text: The folded text.
        letters: Its length without spaces.
        shingles: uint64, ascending, each once.
        sought: Keys to look under: those of the story, and those a longer text may share with a shorter.
    """

    story: Story
    text: str
    letters: int
    shingles: NDArray[np.uint64]
    sought: tuple[int, ...]


def prepare_offer(item: DocumentLike, recipe: Recipe, *, storing: bool = True) -> Offered:
    """Fold and shingle what was offered, and choose its keys.

    A story without an id is called by its address, or by its text.

    Args:
        item: See `DocumentLike`.
        recipe: That of the index.
        storing: Whether the story may be put into the index; else it is not packed for that.

    Raises:
        ReadingError: The item has no text.
    """
    document = as_document(_unnamed(item))
    letters, folded, shingles, dense, _ = core.prepare(
        document.text, letters=recipe.letters, window=recipe.winnow, a=_ONE, b=_ONE
    )
    stored = _to_store(document.text, recipe, shingles=shingles, dense=dense)
    text, mark = folded.decode(UTF16), digest(folded)
    story = Story(
        id=_sound(document.id or document.url) or f"text-{mark.hex()}",
        source=_sound(document.source),
        published=_sound(document.published),
        digest=mark,
        body=pack(text) if storing else b"",
        keys=_keys(stored),
    )
    sought = shingles if shingles.size <= ALL_SOUGHT else np.concatenate([dense, stored])
    return Offered(story, text, letters, shingles, sought=_keys(sought))


def _to_store(
    text: str, recipe: Recipe, *, shingles: NDArray[np.uint64], dense: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """Choose the shingles that a story is stored under."""
    times = next((times for most, times in SPARSE if shingles.size <= most), SPARSEST)
    if times == 1:
        return dense
    window = times * recipe.winnow
    return core.prepare(text, letters=recipe.letters, window=window, a=_ONE, b=_ONE)[3]


def sparsest_density(recipe: Recipe) -> float:
    """Give the keys that a shingle of a long story has on average: two in a window and one more."""
    return 2 / (SPARSEST * recipe.winnow + 1)


def read_again(text: str, recipe: Recipe) -> NDArray[np.uint64]:
    """Give the shingles of a folded text; folding it again changes nothing."""
    return core.prepare(text, letters=recipe.letters, window=recipe.winnow, a=_ONE, b=_ONE)[2]


def _unnamed(item: DocumentLike) -> DocumentLike:
    """Leave the id empty where there is none, instead of a position."""
    if isinstance(item, str):
        return Document(id="", text=item)
    if isinstance(item, Mapping):
        return {**item, "id": "" if item.get("id") is None else item["id"]}
    return item


def _keys(shingles: NDArray[np.uint64]) -> tuple[int, ...]:
    """Take the lower halves: the upper ones of the smallest shingles are all alike."""
    return tuple(sorted(set(shingles.astype(np.uint32).view(np.int32).tolist())))


def _sound(text: str) -> str:
    """Replace half characters, and NUL, which not every database stores."""
    text = text.replace("\0", "\ufffd")
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
