"""Windows of letters in a folded text: their bounds and their hashes.

The twin of native/windows.c.
"""

from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from dedup.core.numpy_fold import SPACE
from dedup.core.unspaced_scripts import FIRST_LARGE, FIRST_UNSPACED, UNSPACED, unit_sizes, unspaced_units

WINDOWS_AT_ONCE = 1 << 16
"""Number of windows converted to 64 bits at a time: 10 MB, however long the text is."""


@cache
def multipliers(letters: int) -> NDArray[np.uint64]:
    """Return the odd 64-bit factors of the window hash: one per letter, then one for the length."""
    digests = (blake2b(f"dedup shingle {i}".encode(), digest_size=8).digest() for i in range(letters + 1))
    return np.array([int.from_bytes(digest, "little") | 1 for digest in digests], dtype=np.uint64)


def window_starts(units: NDArray[np.uint16]) -> tuple[NDArray[np.uint16], NDArray[np.intp], NDArray[np.intp]]:
    """Remove the spaces, and find the word starts among the remaining letters.

    Returns:
        The letters; the index of each in `units`; and the indices of word starts in the letters, ascending.
        In scripts without spaces, every letter that is not a mark starts a word.
    """
    letter = units != SPACE
    where = np.flatnonzero(letter)
    letters = units[where]
    anchor = np.ones(letters.size, dtype=np.bool_)
    anchor[1:] = np.diff(where) > 1
    if letters.size and letters.max() >= FIRST_UNSPACED:
        anchor |= unspaced_units()[letters] & UNSPACED > 0
    return letters, where, np.flatnonzero(anchor)


def window_ends(letters: NDArray[np.uint16], starts: NDArray[np.intp], *, width: int) -> NDArray[np.intp]:
    """Return the end of the window from each start, without windows that exceed the text.

    A window has at most `width` letters, with a total size of `width` alphabetic letters; see
    unspaced_scripts.py.
    """
    if not has_large(letters):
        return starts[starts <= letters.size - width] + width
    reached = np.concatenate([np.zeros(1, dtype=np.intp), np.cumsum(unit_sizes(letters))])
    ends = np.searchsorted(reached, reached[starts] + width)
    ends = np.minimum(ends, starts + width)
    return ends[ends <= letters.size]


def window_hashes(letters: NDArray[np.uint16], starts: NDArray[np.intp], *, width: int) -> NDArray[np.uint64]:
    """Hash the window from each start, without windows that exceed the text.

    A text shorter than a window is hashed as a whole. Multilinear hashing modulo 2**64 (Lemire and Kaser,
    "Strongly universal string hashing is fast", 2014) with factors from BLAKE2b, then the finaliser of
    MurmurHash3.
    """
    factors = multipliers(width)
    ends = window_ends(letters, starts, width=width)
    beginning = np.zeros(min(letters.size, 1), dtype=np.intp)
    if not window_ends(letters, beginning, width=width).size:
        starts, ends = beginning, beginning + letters.size
    sizes = ends - starts[: ends.size]
    hashes = np.empty(sizes.size, dtype=np.uint64)
    for size in np.unique(sizes).tolist():
        which = np.flatnonzero(sizes == size)
        windows = sliding_window_view(letters, size)
        for first in range(0, which.size, WINDOWS_AT_ONCE):
            part = which[first : first + WINDOWS_AT_ONCE]
            sums = windows[starts[part]].astype(np.uint64) @ factors[:size]
            hashes[part] = mix(sums + np.uint64(size * int(factors[width]) % 2**64))
    return hashes


def text_size(letters: NDArray[np.uint16]) -> int:
    """Return the size of a text in alphabetic letters."""
    return int(unit_sizes(letters).sum()) if has_large(letters) else letters.size


def has_large(letters: NDArray[np.uint16]) -> bool:
    """Whether there may be letters whose size is not 1: a quick test."""
    return bool(letters.size and letters.max() >= FIRST_LARGE)


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Apply the finaliser of MurmurHash3."""
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))
