"""Texts that fill one template -> its fixed wording, and what fills each slot of a text.

The wording is read from one text, the pattern: a word is fixed if most texts have it, in the order of the
pattern. What lies between fixed words is a slot. Words are those of the folded texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.core.kept_passages import kept_blocks

MOST_TEXTS = 0.9
"""Share of the texts that have a fixed word."""

type _Flags = NDArray[np.bool_]


class Placed(NamedTuple):
    """A text beside the pattern.

    Attributes:
        words: Of the text.
        places: int64: the place among them of each word of the pattern that the text keeps, else -1.
    """

    words: Sequence[str]
    places: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The fixed wording of a template.

    Attributes:
        pattern: The words it was read from.
        slots: First and last place, the end left out, of each slot among them; an empty one lies between
            two words that follow each other in the pattern.
    """

    pattern: Sequence[str]
    slots: tuple[tuple[int, int], ...]

    @property
    def fixed(self) -> tuple[tuple[int, int], ...]:
        """The passages of the pattern around the slots: one more than slots, the outer ones may be empty."""
        starts = (0, *(end for _, end in self.slots))
        ends = (*(start for start, _ in self.slots), len(self.pattern))
        return tuple(zip(starts, ends, strict=True))

    def fill(self, text: Placed) -> tuple[tuple[int, int], ...]:
        """Return the words of a text that fill each slot; an empty span if none do."""
        words, places = text
        known = places >= 0
        # The last fixed word that is kept before a slot, and the first one behind it, bound what fills it.
        before = np.maximum.accumulate(np.append(-1, np.where(known, places, -1)))
        behind = np.minimum.accumulate(np.append(np.where(known, places, len(words)), len(words))[::-1])[::-1]
        filled = ((int(before[start]) + 1, int(behind[end])) for start, end in self.slots)
        return tuple((start, max(start, end)) for start, end in filled)


def skeleton(pattern: Sequence[str], others: Sequence[Placed]) -> Skeleton:
    """Read the fixed wording of texts that fill one template.

    Args:
        pattern: Words of one of the texts.
        others: The others, at least one.
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
    # Between two fixed words that often are apart something is put in.
    parted = fixed[1:] & fixed[:-1] & (followed < enough)
    slots = [(place, place) for place in (np.flatnonzero(parted) + 1).tolist()]
    slots += _runs(~fixed)
    if len(pattern) and fixed[0] and opens > len(others) - enough:
        slots.append((0, 0))
    if len(pattern) and fixed[-1] and closes > len(others) - enough:
        slots.append((len(pattern), len(pattern)))
    return Skeleton(pattern, tuple(sorted(slots)))


def lay(pattern: Sequence[str], words: Sequence[str]) -> Placed:
    """Lay the words of a text beside those of the pattern."""
    places = np.full(len(pattern), -1)
    for start, other, size in kept_blocks(pattern, words):
        places[start : start + size] = np.arange(other, other + size)
    return Placed(words, places)


def _runs(flags: _Flags) -> list[tuple[int, int]]:
    """Return the bounds of each run of flags that are set."""
    runs = (list(group) for flag, group in groupby(range(flags.size), key=flags.__getitem__) if flag)
    return [(run[0], run[-1] + 1) for run in runs]
