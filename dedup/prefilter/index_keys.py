"""A document -> its query: the keys to look up, and the story to store."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core.numpy_kernel import SHORT_WINDOWS, digest
from dedup.model import Document
from dedup.model.document_like import DocumentLike, as_document
from dedup.model.errors import ReadingError
from dedup.model.recipe import Recipe
from dedup.prefilter.comparisons import Comparisons
from dedup.story_index.index_boilerplate import shingle_keys
from dedup.story_index.protocol import Story, StoryText, pack

SPARSE = ((96, 1), (192, 2))
"""Maximum number of shingles, and factor on the recipe's window for the fingerprints under which such a story
is stored: some twenty keys for any length up to 400 words."""
SPARSEST = 4
"""The same factor for longer stories. Each stored key writes a database page, the main cost of storing. A
query looks up the fingerprints of the recipe's own windows, which include all of these. With both,
benchmarks/prefilter.py --against-report misses no joined pair of four archives."""
LOOK_UP_ALL = 48
"""A story of at most this many shingles is looked up by all of them: one of any 32 consecutive shingles of a
stored story is among its keys."""

_FIELDS = ("id", "text", "title", "source", "published", "url")
_ONE = np.ones(1, dtype=np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A story to look up in an index, and perhaps to store.

    Attributes:
        story: What the index would store of it.
        document: The story.
        letters: Length of its folded text in letters, without spaces.
        shingles: uint64, ascending, each once.
        names: Its given id and URL.
        lookup_keys: Keys to look up: those of the story, and those of possible shorter stored texts.
        comparisons: What it was compared with so far.
    """

    story: Story
    document: Document
    letters: int
    shingles: NDArray[np.uint64]
    names: tuple[str, ...]
    lookup_keys: tuple[int, ...]
    comparisons: Comparisons = field(default_factory=Comparisons)


def prepare_query(item: DocumentLike, recipe: Recipe, *, storing: bool = True, position: int = 0) -> Query:
    """Fold and shingle a story, and choose its keys.

    A story without an id gets its URL as its id, or a digest of its text.

    Args:
        item: See `DocumentLike`.
        recipe: The recipe of the index.
        storing: Whether the story may be stored; if not, its text is not compressed.
        position: Position of the item in its batch, for messages.

    Raises:
        ReadingError: The item has no text, or a field that is no string.
    """
    document = as_document(item, position=position, default_id="")
    _check_types(document, position)
    letters, folded, shingles, dense, _, sequence = core.prepare(
        document.text, letters=recipe.letters, window=recipe.winnow, a=_ONE, b=_ONE
    )
    stored = _to_store(sequence, recipe, shingles=shingles, dense=dense)
    mark = digest(folded)
    story = Story(
        id=_sound(document.id or document.url) or f"text-{mark.hex()}",
        source=_sound(document.source),
        published=_sound(document.published),
        url=_sound(document.url),
        digest=mark,
        letters=letters,
        body=pack(StoryText(document.title, document.text)) if storing else b"",
        keys=shingle_keys(stored),
    )
    names = tuple(_sound(name) for name in (document.id, document.url) if name)
    lookup_keys = shingles if shingles.size <= LOOK_UP_ALL else np.concatenate([dense, stored])
    return Query(story, document, letters, shingles, names, lookup_keys=shingle_keys(lookup_keys))


def _check_types(document: Document, position: int) -> None:
    """Refuse a document whose fields are no strings, before they reach an index."""
    for name in _FIELDS:
        value = getattr(document, name)
        if not isinstance(value, str):
            kind = type(value).__name__
            raise ReadingError(f"item {position}: its {name} is of type {kind}; expected a string")


def _to_store(
    sequence: NDArray[np.uint64], recipe: Recipe, *, shingles: NDArray[np.uint64], dense: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """Choose the shingles under which a story is stored, from those in reading order."""
    times = next((times for most, times in SPARSE if shingles.size <= most), SPARSEST)
    if times == 1:
        return dense
    window = times * recipe.winnow
    return shingles if sequence.size // SHORT_WINDOWS <= window else core.winnow(sequence, window=window)


def sparsest_density(recipe: Recipe) -> float:
    """Average number of stored keys per shingle of a long story: 2 / (window + 1), as winnowing selects."""
    return 2 / (SPARSEST * recipe.winnow + 1)


def shingles_of(texts: Sequence[str], recipe: Recipe) -> list[NDArray[np.uint64]]:
    """Shingle stored texts."""
    many = core.prepare_many(texts, letters=recipe.letters, window=recipe.winnow, a=_ONE, b=_ONE)
    return np.split(many.shingles, many.shingle_bounds[1:-1])


def _sound(text: str) -> str:
    """Replace lone surrogates, and NUL, which PostgreSQL cannot store."""
    text = text.replace("\0", "\ufffd")
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
