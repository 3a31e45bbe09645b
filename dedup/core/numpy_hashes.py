"""MinHash, winnowing and band keys in numpy."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from dedup.core.letter_windows import mix, multipliers


def minhash(hashes: NDArray[np.uint32], a: NDArray[np.uint32], b: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the minimum over `hashes` of a * fmix32(hash) + b modulo 2**32, for each permutation."""
    mixed = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    mixed = (mixed ^ (mixed >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return (a[:, None] * mixed[None, :] + b[:, None]).min(axis=1, initial=np.uint32(0xFFFFFFFF))


def winnow(hashes: NDArray[np.uint64], *, window: int) -> NDArray[np.uint64]:
    """Select the smallest hash of every `window` consecutive ones; ascending, without repeats.

    Two texts that share a run of `window` hashes share at least one fingerprint (Schleimer, Wilkerson and
    Aiken, "Winnowing: local algorithms for document fingerprinting", 2003).
    """
    if hashes.size <= window:
        return np.unique(hashes.min(keepdims=True)) if hashes.size else hashes
    return np.unique(sliding_window_view(hashes, window).min(axis=1))


def band_keys(signatures: NDArray[np.uint32], *, rows: int) -> NDArray[np.uint64]:
    """Hash every band of `rows` signature values; leftover values are not used.

    Args:
        signatures: uint32, shape (n, permutations).
        rows: Signature values per band.

    Returns:
        uint64, shape (bands, n).
    """
    bands = signatures.shape[1] // rows
    factors = multipliers(rows)[:rows]
    keys = np.empty((bands, signatures.shape[0]), dtype=np.uint64)
    for band in range(bands):
        keys[band] = mix(signatures[:, band * rows : (band + 1) * rows].astype(np.uint64) @ factors)
    return keys
