"""Hashes of letters and of hashes in numpy: windows, MinHash, winnowing, bands."""

from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from dedup.core.numpy_fold import FIRST_UNSPACED, SPACE, unspaced_units

WINDOWS_AT_ONCE = 1 << 16
"""Windows that are widened to 64 bits together: 10 MB, whatever the length of the text."""


@cache
def multipliers(letters: int) -> NDArray[np.uint64]:
    """Odd 64-bit factors of the window hash, one a letter, then one for the length; from BLAKE2b."""
    digests = (blake2b(f"dedup shingle {i}".encode(), digest_size=8).digest() for i in range(letters + 1))
    return np.array([int.from_bytes(digest, "little") | 1 for digest in digests], dtype=np.uint64)


def window_starts(units: NDArray[np.uint16]) -> tuple[NDArray[np.uint16], NDArray[np.intp], NDArray[np.intp]]:
    """Letters without spaces, and where words start among them.

    Returns:
        The letters; the index of each in `units`; ascending indices of word starts in the letters
        (of every letter, in scripts without spaces).
    """
    letter = units != SPACE
    where = np.flatnonzero(letter)
    letters = units[where]
    anchor = np.ones(letters.size, dtype=np.bool_)
    anchor[1:] = np.diff(where) > 1
    if letters.size and letters.max() >= FIRST_UNSPACED:
        anchor |= unspaced_units()[letters]
    return letters, where, np.flatnonzero(anchor)


def window_hashes(letters: NDArray[np.uint16], starts: NDArray[np.intp], *, width: int) -> NDArray[np.uint64]:
    """Hash the `width` letters from each start; windows that would run over the end are left out.

    A text shorter than one window is hashed whole. Multilinear hashing modulo 2**64 (Lemire and
    Kaser, "Strongly universal string hashing is fast", 2014), then the finaliser of MurmurHash3.
    """
    factors = multipliers(width)
    if letters.size < width:
        windows, starts = letters[None, :], np.zeros(min(letters.size, 1), dtype=np.intp)
    else:
        windows, starts = sliding_window_view(letters, width), starts[starts <= letters.size - width]
    size = windows.shape[1]
    sums = np.full(starts.size, size * int(factors[width]) % 2**64, dtype=np.uint64)
    for first in range(0, starts.size, WINDOWS_AT_ONCE):
        some = slice(first, first + WINDOWS_AT_ONCE)
        sums[some] += windows[starts[some]].astype(np.uint64) @ factors[:size]
    return _mix(sums)


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))


def minhash(hashes: NDArray[np.uint32], a: NDArray[np.uint32], b: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Give min over `hashes` of a * fmix32(hash) + b modulo 2**32, for each permutation."""
    mixed = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    mixed = (mixed ^ (mixed >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return (a[:, None] * mixed[None, :] + b[:, None]).min(axis=1, initial=np.uint32(0xFFFFFFFF))


def winnow(hashes: NDArray[np.uint64], *, window: int) -> NDArray[np.uint64]:
    """Keep the smallest hash of every `window` consecutive ones, each once, ascending.

    Any run of `window` hashes that two texts share leaves both at least one fingerprint in common
    (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", 2003).
    """
    if hashes.size <= window:
        return np.unique(hashes.min(keepdims=True)) if hashes.size else hashes
    return np.unique(sliding_window_view(hashes, window).min(axis=1))


def band_keys(signatures: NDArray[np.uint32], *, rows: int) -> NDArray[np.uint64]:
    """Hash every band of `rows` signature values: uint64, shape (bands, n). Leftover values are unused."""
    bands = signatures.shape[1] // rows
    factors = multipliers(rows)[:rows]
    keys = np.empty((bands, signatures.shape[0]), dtype=np.uint64)
    for band in range(bands):
        keys[band] = _mix(signatures[:, band * rows : (band + 1) * rows].astype(np.uint64) @ factors)
    return keys
