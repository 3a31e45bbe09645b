"""Fold many texts, and map the letters of each folded text to the original.

Texts are folded in groups: a call per text takes ten times as long as the folding itself.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core.raw_units import characters_of

LETTERS = 1 << 16
"""Number of letters after which a group is full."""


class FoldedWriting(NamedTuple):
    """A text and its folded form.

    Attributes:
        units: uint16: the text in UTF-16.
        folded: The folded text, one character per UTF-16 unit: the halves of a surrogate pair are two.
        origins: int64: the index in `units` that each of these comes from.
    """

    units: NDArray[np.uint16]
    folded: str
    origins: NDArray[np.int64]


def fold_together(texts: Iterable[str]) -> Iterator[FoldedWriting]:
    """Fold texts; only one group is in memory at a time."""
    for some in _groups(texts):
        column = core.as_column(some)
        folded, origins = core.fold_texts_placed(column)
        written, letters = (
            column.data.astype(np.uint16, copy=False),
            characters_of(folded.data.view(np.uint16)),
        )
        spans = zip(pairwise(column.bounds.tolist()), pairwise(folded.bounds.tolist()), strict=True)
        for (first, last), (start, end) in spans:
            yield FoldedWriting(written[first:last], letters[start:end], origins[start:end])


def _groups(texts: Iterable[str]) -> Iterator[list[str]]:
    """Group texts to about `LETTERS` letters."""
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
