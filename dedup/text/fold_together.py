"""Many texts -> the folded form of each, and where its letters come from.

Texts are folded together, some at a time: a call for each takes ten times as long as their folding.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.core.mixed_words import may_mix, one_script
from dedup.core.numpy_fold import fold_by_table
from dedup.core.raw_units import characters_of
from dedup.core.text_column import UTF16

LETTERS = 1 << 16
"""Letters that are folded at once."""


class FoldedWriting(NamedTuple):
    """A text as it was written, and its folded form.

    Attributes:
        units: uint16: the text in UTF-16.
        folded: The folded text, one character per unit: halves of a pair are two.
        origins: intp: the index in `units` that each of these comes from.
    """

    units: NDArray[np.uint16]
    folded: str
    origins: NDArray[np.intp]


def fold_together(texts: Iterable[str]) -> Iterator[FoldedWriting]:
    """Fold texts; a few are in memory at once."""
    for some in _groups(texts):
        yield from _folded(some)


def _groups(texts: Iterable[str]) -> Iterator[list[str]]:
    """Put texts together that have about `LETTERS` letters."""
    group: list[str] = []
    letters = 0
    for text in texts:
        group.append(text)
        letters += len(text)
        if letters >= LETTERS:
            yield group
            group, letters = [], 0
    if group:
        yield group


def _folded(texts: Sequence[str]) -> Iterator[FoldedWriting]:
    written = [units_of(text) for text in texts]
    folded, origins = fold_by_table(units_of("\n".join(texts)))
    firsts = np.cumsum([0, *(each.size + 1 for each in written)])
    bounds = np.searchsorted(origins, firsts)
    if may_mix(folded):  # the commonest script is that of each text, not of all
        folded = np.concatenate(list(map(one_script, np.split(folded, bounds[1:-1]))))
    letters = characters_of(folded)
    places = pairwise(bounds.tolist())
    for own, first, (start, end) in zip(written, firsts[:-1].tolist(), places, strict=True):
        # the newline between two texts is a space at the end of one of them, or at the beginning of the other
        place = slice(start + letters.startswith(" ", start, end), end - letters.endswith(" ", start, end))
        yield FoldedWriting(own, letters[place], origins[place] - first)


def units_of(text: str) -> NDArray[np.uint16]:
    """Return a text in UTF-16, lone surrogates as they are."""
    return np.frombuffer(text.encode(UTF16, "surrogatepass"), dtype=np.uint16)
