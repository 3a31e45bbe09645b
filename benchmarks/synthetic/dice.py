"""Random choices that are the same with every release of Python and numpy.

numpy guarantees the raw stream of a bit generator, but not the results of its distributions, so the choices
are made here from the raw stream.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

REFILL = 4096
MOST = 2**64


class Dice:
    """A stream of choices that depends only on its keys: a seed, then the number of a block."""

    def __init__(self, *keys: int) -> None:
        self._stream = np.random.PCG64(np.random.SeedSequence(keys))
        self._left: list[int] = []

    def raw(self, count: int) -> NDArray[np.uint64]:
        """Draw `count` raw values at once, uint64."""
        drawn: NDArray[np.uint64] = self._stream.random_raw(count)
        return drawn

    def below(self, bound: int) -> int:
        """Draw a whole number from 0 to `bound` - 1; the bias of the remainder is below 1e-12."""
        if not self._left:
            self._left = self.raw(REFILL).tolist()
        return self._left.pop() % bound

    def between(self, low: int, high: int) -> int:
        """Draw a whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """Return true in `percent` of 100 draws."""
        return self.below(100) < percent

    def pick[T](self, options: Sequence[T]) -> T:
        """Draw one of the options."""
        return options[self.below(len(options))]

    def shuffle[T](self, items: list[T]) -> None:
        """Put the items in a random order, in place."""
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
