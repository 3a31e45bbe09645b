"""The boilerplate that an index was taught, as it is in its header and as lookups use it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from dedup.model.errors import IndexFileError
from dedup.model.known_boilerplate import KnownPassage, from_lines, to_lines
from dedup.model.recipe import Recipe

LEARNT = "boilerplate"
"""Name of the line in the header that has the passages."""
EDITION = "boilerplate edition"
"""Name of the line that changes with them: each transaction reads it, and them only after a change."""


def shingle_keys(shingles: NDArray[np.uint64]) -> tuple[int, ...]:
    """Lower 32 bits of shingles, as signed keys: the upper bits of the smallest shingles are all alike."""
    keys = shingles.astype(np.uint32).view(np.int32)
    keys.sort()
    return tuple(dict.fromkeys(keys.tolist()))


@dataclass(frozen=True, eq=False)
class IndexBoilerplate:
    """Passages that are no sign that one story comes from another.

    Attributes:
        passages: What was learnt.
        edition: What the header has as `EDITION`; empty for an index that was taught nothing.
    """

    passages: tuple[KnownPassage, ...] = ()
    edition: str = ""

    @cached_property
    def shingles(self) -> NDArray[np.uint64]:
        """Shingles of all passages, ascending."""
        every = {shingle for passage in self.passages for shingle in passage.shingles}
        return np.array(sorted(every), dtype=np.uint64)

    @cached_property
    def keys(self) -> frozenset[int]:
        """Keys of these shingles, as `Story.keys` are."""
        return frozenset(shingle_keys(self.shingles))


NO_BOILERPLATE = IndexBoilerplate()


def header_lines(passages: Sequence[KnownPassage], recipe: Recipe) -> list[tuple[str, str]]:
    """Names and values of the lines of the header that have these passages; none without any."""
    if not passages:
        return []
    content = b"".join(to_lines(passages, letters=recipe.letters))
    return [(LEARNT, content.decode()), (EDITION, blake2b(content, digest_size=16).hexdigest())]


def read_boilerplate_text(text: str, recipe: Recipe, *, edition: str, place: str) -> IndexBoilerplate:
    """Parse what `header_lines` formats; messages call the index `place`.

    Raises:
        IndexFileError: It is damaged, or was learnt with another window than the index has.
    """
    if not edition:
        return NO_BOILERPLATE
    try:
        return IndexBoilerplate(tuple(from_lines(_lines(text), letters=recipe.letters)), edition)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexFileError(
            f"{place}: the boilerplate in its header cannot be read ({error}); "
            "`dedup index learn INDEX --forget` removes it"
        ) from None


def _lines(text: str) -> Iterable[str]:
    return text.removesuffix("\n").split("\n")
