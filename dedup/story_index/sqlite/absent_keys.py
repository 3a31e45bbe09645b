"""Which keys have no posting in the table: nearly all that a new story is looked up by.

To look a key up in the table reads a page of its own, only to find nothing there: that was a fifth of what an
offer took. So each process reads the keys of the table, a slice with each lookup, and sets a bit for each. A
key whose bit is not set has no posting.

Source: Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970; with one hash, since the
keys are hashes.
"""

import sqlite3
from collections.abc import Collection, Iterable

import numpy as np

AFTER = 256
"""Lookups of a process before it begins to read: a short run would not get its time back."""
SLICE = 512
"""Postings that are read with each lookup until all are read: a twentieth of the time of an offer. What was
spent has come back after some 1,500 offers to an index of 100,000 stories."""
BITS_A_STORY = 256
"""About 16 bits for each key of a story: one lookup in 16 finds nothing."""
FEWEST_BITS, MOST_BITS = 1 << 20, 1 << 27
"""128 KB and 16 MB; with the most, one key in eight of a million stories is looked up in vain."""
_LOWEST, _BEYOND = -(2**31), 2**31
_NEXT_KEYS = (
    "SELECT coalesce(group_concat(key, ' '), '') "  # a row of its own for each would take three times as long
    "FROM (SELECT key FROM postings WHERE key >= ? ORDER BY key LIMIT ?)"
)


class AbsentKeys:
    """A bit for each key that may be in the table, as far as it was read."""

    def __init__(self, stories: int) -> None:
        """Begin with nothing read, for an index of so many stories."""
        self._size = _bits_for(stories)
        self._bits = bytearray(self._size // 8)
        self._array = np.frombuffer(self._bits, dtype=np.uint8)
        self._unread = _LOWEST

    def suits(self, stories: int) -> bool:
        """Whether it is large enough for so many stories."""
        return self._size >= _bits_for(stories)

    def add(self, keys: Iterable[int]) -> None:
        """Note keys that the table has, or will have."""
        bits, mask = self._bits, self._size - 1
        for key in keys:
            bits[(key & mask) >> 3] |= 1 << (key & 7)

    def read_on(self, connection: sqlite3.Connection) -> None:
        """Read the next slice of the table."""
        if self._unread == _BEYOND:
            return
        (written,) = connection.execute(_NEXT_KEYS, (self._unread, SLICE)).fetchone()
        keys = np.fromstring(written, dtype=np.int64, sep=" ")
        np.bitwise_or.at(self._array, (keys & (self._size - 1)) >> 3, (1 << (keys & 7)).astype(np.uint8))
        self._unread = int(keys.max()) + 1 if keys.size == SLICE else _BEYOND

    def others(self, keys: Collection[int]) -> list[int]:
        """Those of the keys that the table may have."""
        bits, mask, unread = self._bits, self._size - 1, self._unread
        return [key for key in keys if key >= unread or bits[(key & mask) >> 3] >> (key & 7) & 1]


def _bits_for(stories: int) -> int:
    """A power of two."""
    return min(max(1 << (BITS_A_STORY * stories - 1).bit_length(), FEWEST_BITS), MOST_BITS)
