"""MinHash signatures of shingle sets, bit for bit as in datasketch 2.

Broder, "On the resemblance and containment of documents", 1997; permutations as datasketch's
`affine32` scheme: fmix32 of the hash, then a * h + b modulo 2**32 with odd a.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.model.errors import SettingError

ORDER_VALUES = 8
"""Number of signature values that decide the similarity order."""


def hashes32(shingles: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Return the 32-bit hashes for a signature: the upper half of each shingle."""
    return (shingles >> np.uint64(32)).astype(np.uint32)


def sketch(shingles: NDArray[np.uint64], *, permutations: int = 128, seed: int = 1) -> NDArray[np.uint32]:
    """Make the MinHash signature of a set of shingles.

    Args:
        shingles: Output of `shingle`; order and repeats do not matter.
        permutations: Length of the signature, at least 1.
        seed: Seed of the permutations, as `datasketch.MinHash(seed=...)`, 0 to 2**32 - 1.

    Returns:
        uint32, shape (permutations,); all 2**32 - 1 for no shingles, which is never indexed.

    Raises:
        SettingError: `permutations` is below 1 or `seed` out of range.
    """
    a, b = permutation_parameters(permutations, seed)
    return core.minhash(hashes32(shingles), a, b)


@cache
def permutation_parameters(count: int, seed: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return a (odd) and b of each permutation, as datasketch draws them: uint32, shape (count,) each."""
    if count < 1:
        raise SettingError("permutations", count, "a signature has at least 1 value")
    if not 0 <= seed < 2**32:
        raise SettingError("seed", seed, "expected 0 to 2**32 - 1")
    generator = np.random.RandomState(seed)  # as in datasketch
    a = generator.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    b = generator.randint(0, 1 << 32, count, dtype=np.uint32)
    return a, b


def similarity_order(signatures: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Map each signature to one value, so that similar texts get values close to each other.

    The value consists of the lowest bytes of the first `ORDER_VALUES` signature values, most of which are
    equal for two copies.

    Returns:
        uint64, shape (n,).
    """
    values = signatures[:, :ORDER_VALUES].astype(np.uint8)
    padded = np.zeros((values.shape[0], ORDER_VALUES), dtype=np.uint8)
    padded[:, : values.shape[1]] = values
    return padded.view(">u8").ravel().astype(np.uint64)


def rotated(order: NDArray[np.uint64], places: int) -> NDArray[np.uint64]:
    """Rotate the bytes of a similarity order, so that another signature value comes first."""
    bits = 8 * (places % ORDER_VALUES)
    return order << np.uint64(bits) | order >> np.uint64(64 - bits) if bits else order
