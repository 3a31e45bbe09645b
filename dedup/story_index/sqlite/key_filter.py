"""Keys that the table of postings may have: a Bloom filter, stored beside it.

A new story shares few keys with others, and to look one up that has no posting reads a page of its own: that
was a fifth of what an offer took. The table is only asked for keys whose two bits are set.

The filter is stored in parts, one for each range of keys: postings are moved in the order of the keys, so a
write changes one part. Each process reads all parts, then adds the keys that are moved, a round at a time,
and reads them again once as many stories were stored as there are. Adding a key only sets bits: those of
removed stories stay until the part is written next and has too many, or until the index is compacted.

Source: Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970. Keys are hashes already:
the leading bits of a key, and of a multiple of it, say where its bits are.
"""

import math
import sqlite3
from collections.abc import Collection, Sequence
from itertools import batched

import numpy as np
from numpy.typing import NDArray

from dedup.story_index.sqlite.stored_rows import checked, damaged

PARTS = 1024
"""Parts of the filter, each for the keys of one range."""
KEYS_A_STORY = 20.0
BITS_A_STORY = 256
"""Some 15 for each key of a story, so that about one absent key in a hundred is looked up in vain."""
FEWEST_BITS, MOST_BITS = 8, 1 << 17
"""Bits of a part; with the most, 16 MB in all, one absent key in fifteen is looked up in vain among a million
stories."""
_FULL = 2.0
"""A part is made anew once its bits are those of so many times the keys of the stored stories: then as many
stories were stored since as there are, so each story pays for reading about its own keys again."""
_TOO_LARGE = 4
"""Likewise once it is so many times as large: twice is let be, or one near a limit would change often."""
_RANGE_BITS = 22
_LOWEST, _RANGE = -(2**31), 1 << _RANGE_BITS
_MULTIPLIER = 0x1E3779  # odd, from the golden ratio, so that neighbours lie apart

_AT_ONCE = 65536
_READ = "SELECT part, bits FROM key_filter"
_PART = "SELECT bits FROM key_filter WHERE part = ?"
_DROP = "DELETE FROM key_filter WHERE part = ?"
_WRITE = "INSERT OR REPLACE INTO key_filter VALUES(?, ?)"
_KEYS = "SELECT key FROM postings WHERE key BETWEEN ? AND ?"
UNKNOWN = (
    "WITH RECURSIVE parts(part) AS (VALUES (0) UNION ALL SELECT part + 1 FROM parts "  # noqa: S608 - ours
    f"WHERE part < {PARTS - 1}) SELECT part, x'ff' AS bits FROM parts"
)
"""The parts of a filter that excludes no key, for postings that were stored without one."""


class KeyFilter:
    """The filter as one process knows it."""

    def __init__(self, connection: sqlite3.Connection, *, stories: int) -> None:
        """Read it, for an index of so many stories."""
        parts = _read(connection)
        self._size = max([_size_for(stories), *(8 * len(bits) for bits in parts.values())])
        none = bytes(self._size // 8)
        self._bits = bytearray().join(_widened(parts.get(part, none), self._size) for part in range(PARTS))
        self._array = np.frombuffer(self._bits, dtype=np.uint8)
        self._dropped = _RANGE_BITS + 1 - self._size.bit_length()
        self._is_empty = not parts

    def suits(self, stories: int) -> bool:
        """Whether it is large enough for so many stories."""
        return _size_for(stories) <= self._size

    def add(self, keys: Collection[int]) -> None:
        """Add keys that the table has, or will have."""
        from_lowest = np.fromiter(keys, dtype=np.int64, count=len(keys)) - _LOWEST
        _set(self._array, np.concatenate([from_lowest, _scattered(from_lowest)]) >> self._dropped)
        self._is_empty = False

    def select(self, keys: Sequence[int]) -> list[int]:
        """Those of the keys that the table may have."""
        if self._is_empty:
            return []
        first = (np.fromiter(keys, dtype=np.int64, count=len(keys)) - _LOWEST) >> self._dropped
        likely = np.flatnonzero(self._array[first >> 3] >> (first & 7) & 1).tolist()
        return [key for key in map(keys.__getitem__, likely) if self._has_second(key)]

    def _has_second(self, key: int) -> int:
        at = _scattered(key - _LOWEST) >> self._dropped
        return self._bits[at >> 3] >> (at & 7) & 1


def note_keys(
    connection: sqlite3.Connection,
    keys: Collection[int],
    *,
    stories: int,
    keys_a_story: float = KEYS_A_STORY,
) -> None:
    """Add keys that were just stored in the table to the stored filter.

    A part that has another size than the stories need, or far more bits than their keys would set, is made
    anew of the table: so it forgets the keys of removed stories.

    Args:
        connection: To the index, in a write transaction.
        keys: The keys.
        stories: How many stories are stored.
        keys_a_story: Keys of one story; infinite if no part is to be made anew for its bits.
    """
    wanted, most = _size_for(stories), _FULL * keys_a_story * stories / PARTS
    asked = np.fromiter(keys, dtype=np.int64, count=len(keys))
    parts = (asked - _LOWEST) >> _RANGE_BITS
    for part in np.unique(parts).tolist():
        (written,) = connection.execute(_PART, (part,)).fetchone() or (None,)
        if written is None or not _suits(part, written, wanted, most):
            make_anew(connection, part, stories=stories)
        else:
            connection.execute(_WRITE, (part, _with(written, asked[parts == part])))


def make_anew(connection: sqlite3.Connection, part: int, *, stories: int) -> None:
    """Make a part of the stored filter of the keys that the table has."""
    first = _LOWEST + part * _RANGE
    stored = np.array(connection.execute(_KEYS, (first, first + _RANGE - 1)).fetchall(), dtype=np.int64)
    (written,) = connection.execute(_PART, (part,)).fetchone() or (None,)
    bits = _with(bytes(_size_for(stories) // 8), stored.reshape(-1)) if stored.size else None
    if bits is None:
        connection.execute(_DROP, (part,))
    elif bits != written:
        connection.execute(_WRITE, (part, bits))


def _suits(part: int, bits: bytes, wanted: int, most: float) -> bool:
    """Whether a stored part may stay, for the size that is wanted and the most keys that it should have."""
    _check_part(part, bits)
    size = 8 * len(bits)
    is_set = int.from_bytes(bits).bit_count()
    keys = math.inf if is_set == size else -size / 2 * math.log1p(-is_set / size)  # two bits for each
    return wanted <= size < _TOO_LARGE * wanted and keys <= most


def _with(bits: bytes, keys: NDArray[np.int64]) -> bytes:
    """Add keys of its range to a part."""
    added = np.frombuffer(bits, dtype=np.uint8).copy()
    offsets = (keys - _LOWEST) & (_RANGE - 1)
    dropped = _RANGE_BITS + 1 - (8 * added.size).bit_length()
    _set(added, np.concatenate([offsets, _scattered(offsets)]) >> dropped)
    return added.tobytes()


def _read(connection: sqlite3.Connection) -> dict[int, bytes]:
    """The stored parts."""
    parts = dict(connection.execute(_READ))
    for part, bits in parts.items():
        _check_part(part, bits)
    return parts


def _check_part(part: int, bits: bytes) -> None:
    checked((part, bits), (int, bytes), "its filter of keys cannot be read")
    if not (0 <= part < PARTS and len(bits).bit_count() == 1 and 8 * len(bits) <= MOST_BITS):
        raise damaged(f"part {part} of its filter of keys has {len(bits)} bytes")


def fault_of(connection: sqlite3.Connection, *, stories: int) -> str:
    """Describe what is wrong with the stored filter; empty if nothing is."""
    try:
        known = KeyFilter(connection, stories=stories)
    except sqlite3.DatabaseError as error:
        return str(error)
    keys = (key for (key,) in connection.execute("SELECT DISTINCT key FROM postings"))
    hidden = sum(len(some) - len(known.select(some)) for some in batched(keys, _AT_ONCE))
    return (
        f"the filter lacks {hidden} keys, whose stories are not found; restore it from a copy"
        if hidden
        else ""
    )


def _set(bits: NDArray[np.uint8], places: NDArray[np.int64]) -> None:
    np.bitwise_or.at(bits, places >> 3, (1 << (places & 7)).astype(np.uint8))


def _scattered[Key: (int, NDArray[np.int64])](key: Key) -> Key:
    """Another key of the same part, counted from the lowest: its bit is the second one of this key."""
    return (key & ~(_RANGE - 1)) | (key * _MULTIPLIER & (_RANGE - 1))


def _widened(bits: bytes, size: int) -> bytes:
    """Spread bits over a larger part."""
    times = size // (8 * len(bits))
    if times == 1:
        return bits
    each = np.unpackbits(np.frombuffer(bits, dtype=np.uint8), bitorder="little")
    return np.packbits(np.repeat(each, times), bitorder="little").tobytes()


def _size_for(stories: int) -> int:
    """Bits of a part, a power of two."""
    wanted = max(BITS_A_STORY * stories // PARTS, 1)
    return min(max(1 << (wanted - 1).bit_length(), FEWEST_BITS), MOST_BITS)
