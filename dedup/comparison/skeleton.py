"""Texts that fill one template -> the template's fixed wording, and what each text puts into its slots.

One of the texts serves as the pattern. A word of the pattern is fixed if most of the texts have it, in the
same order. Slots are the gaps between fixed words. All words are folded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.core.kept_passages import kept_blocks

MOST_TEXTS = 0.9
"""Fraction of the texts that must have a word for it to be fixed."""

type _Flags = NDArray[np.bool_]


class Placed(NamedTuple):
    """A text aligned with the pattern.

    Attributes:
        words: Words of the text.
        places: int64, one value per word of the pattern: its index in `words`, -1 if the text lacks it.
    """

    words: Sequence[str]
    places: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The fixed wording of a template.

    Attributes:
        pattern: Words of the pattern.
        slots: Start and end (exclusive) of each slot in the pattern. An empty slot lies between two
            adjacent words of the pattern.
    """

    pattern: Sequence[str]
    slots: tuple[tuple[int, int], ...]

    @property
    def fixed(self) -> tuple[tuple[int, int], ...]:
        """The passages around the slots: one more than there are slots; the outer ones can be empty."""
        starts = (0, *(end for _, end in self.slots))
        ends = (*(start for start, _ in self.slots), len(self.pattern))
        return tuple(zip(starts, ends, strict=True))

    def fill(self, text: Placed) -> tuple[tuple[int, int], ...]:
        """Return the span of words of a text that fills each slot; empty if no words do."""
        words, places = text
        known = places >= 0
        # A slot is filled by the words between the last fixed word before it and the first one after it.
        before = np.maximum.accumulate(np.append(-1, np.where(known, places, -1)))
        behind = np.minimum.accumulate(np.append(np.where(known, places, len(words)), len(words))[::-1])[::-1]
        filled = ((int(before[start]) + 1, int(behind[end])) for start, end in self.slots)
        return tuple((start, max(start, end)) for start, end in filled)


def skeleton(pattern: Sequence[str], others: Sequence[Placed]) -> Skeleton:
    """Determine the fixed wording of texts that fill one template.

    Args:
        pattern: Words of the text that serves as the pattern.
        others: The other texts, at least one.
    """
    kept, followed = np.zeros(len(pattern)), np.zeros(max(len(pattern) - 1, 0))
    opens, closes = 0, 0
    for words, places in others:
        kept += places >= 0
        followed += np.diff(places) == 1
        opens += len(pattern) > 0 and places[0] > 0
        closes += len(pattern) > 0 and 0 <= places[-1] < len(words) - 1
    enough = MOST_TEXTS * len(others)
    fixed = kept >= enough
    # Two fixed words that are often not adjacent have a slot between them.
    parted = fixed[1:] & fixed[:-1] & (followed < enough)
    slots = [(place, place) for place in (np.flatnonzero(parted) + 1).tolist()]
    slots += _runs(~fixed)
    if len(pattern) and fixed[0] and opens > len(others) - enough:
        slots.append((0, 0))
    if len(pattern) and fixed[-1] and closes > len(others) - enough:
        slots.append((len(pattern), len(pattern)))
    return Skeleton(pattern, tuple(sorted(slots)))


def lay(pattern: Sequence[str], words: Sequence[str]) -> Placed:
    """Align the words of a text with those of the pattern."""
    places = np.full(len(pattern), -1)
    for start, other, size in kept_blocks(pattern, words):
        places[start : start + size] = np.arange(other, other + size)
    return Placed(words, places)


def _runs(flags: _Flags) -> list[tuple[int, int]]:
    """Return the bounds of each run of set flags."""
    runs = (list(group) for flag, group in groupby(range(flags.size), key=flags.__getitem__) if flag)
    return [(run[0], run[-1] + 1) for run in runs]
