"""The order of document ids, and which ids are repeated."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dedup.model.document_batch import StringColumn

_WORD = 8
_LONGEST = 64
"""Maximum length in bytes; longer ids are sorted by Python. Most ids are paths or numbers of 5 to 50
bytes."""

IDS_AT_ONCE = 1 << 14
"""Number of ids padded at once: each of their bytes takes 24 for a moment."""


def order_ids(ids: StringColumn) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Sort ids as Python sorts strings, by code points.

    Returns:
        Their rows in that order, int64, shape (n,), equal ids by row; and for each, whether it equals the
        previous one.
    """
    if not len(ids):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.bool_)
    longest = int(ids.lengths.max())
    if longest > _LONGEST or not ids.data.all():  # a NUL byte would look like the end of an id
        return _order_strings(ids.encoded())
    words = _words(ids, -(-max(longest, 1) // _WORD))
    order = np.lexsort(words[::-1])
    repeats = np.zeros(order.size, dtype=np.bool_)
    repeats[1:] = np.all([word[order[1:]] == word[order[:-1]] for word in words], axis=0)
    return order, repeats


def _words(ids: StringColumn, count: int) -> list[NDArray[np.uint64]]:
    """Return the bytes of each id, zero-padded, as `count` numbers that sort like the bytes."""
    words = np.empty((count, len(ids)), dtype=np.uint64)
    for start in range(0, len(ids), IDS_AT_ONCE):
        bounds = ids.bounds[start : start + IDS_AT_ONCE + 1]
        padded = np.zeros((bounds.size - 1, count * _WORD), dtype=np.uint8)
        rows = np.repeat(np.arange(bounds.size - 1), np.diff(bounds))
        padded[rows, np.arange(bounds[0], bounds[-1]) - bounds[rows]] = ids.data[bounds[0] : bounds[-1]]
        words[:, start : start + IDS_AT_ONCE] = padded.view(">u8").T
    return list(words)


def _order_strings(ids: list[bytes]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    order = sorted(range(len(ids)), key=ids.__getitem__)
    repeats = [False, *(ids[one] == ids[other] for one, other in pairwise(order))]
    return np.array(order, dtype=np.int64), np.array(repeats, dtype=np.bool_)
