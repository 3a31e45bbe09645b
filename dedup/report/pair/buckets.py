"""Step `pair`: keys of texts -> pairs of texts that share a key.

The texts that share a key form a bucket. A bucket of at most `cap` texts yields all its pairs. In a larger
one every text is paired with the first, which would represent the others, and with its neighbours in order of
similarity; of these `candidates` keeps the most frequent.

Source for the neighbours: Hernandez and Stolfo, "The merge/purge problem for large databases", 1995.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.report.pair.counted_pairs import (
    TEXT_BITS,
    CountedPairs,
    count,
    distinct,
    left_and_right,
    packed_pairs,
)
from dedup.report.pair.crowds import Crowds


class BucketPairs(NamedTuple):
    """The pairs of some buckets.

    Attributes:
        sure: Pairs to keep, with the number of buckets in which each occurs.
        near: Pairs of neighbours in buckets larger than the cap, with the number of such buckets.
        cut_buckets: Buckets larger than the cap.
        cut_pairs: Pairs of those buckets that are not in `sure`.
        crowds: Buckets set aside because they may be boilerplate.
    """

    sure: CountedPairs
    near: CountedPairs
    cut_buckets: int
    cut_pairs: int
    crowds: Crowds


class _Buckets(NamedTuple):
    """Texts by bucket.

    Attributes:
        keys: The key of each bucket, ascending.
        starts: Offset of each bucket's texts.
        sizes: Number of texts, at least 2.
        texts: The texts, ascending within a bucket.
        rows: The rows that the texts come from, bucket by bucket; a text may have a key in several rows.
        row_bounds: Start and end of each bucket's rows, shape (n, 2).
    """

    keys: NDArray[np.uint64]
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    texts: NDArray[np.int64]
    rows: NDArray[np.int64]
    row_bounds: NDArray[np.int64]


def pair(
    keys: NDArray[np.uint64],
    texts: NDArray[np.integer],
    *,
    cap: int,
    neighbours: int = 0,
    order: NDArray[np.uint64] | None = None,
    crowd_size: int = 0,
) -> BucketPairs:
    """Pair the texts that share a key.

    Args:
        keys: The keys of one band, or of one range of fingerprints.
        texts: The text that each key belongs to, below 2**32; texts are numbered by representative priority.
        cap: Maximum size of a bucket whose texts are all paired, at least 2.
        neighbours: In a larger bucket, the number of adjacent texts in `order`, on either side, to pair a
            text with.
        order: One value per key: texts with close values are similar. Needed for neighbours.
        crowd_size: Minimum size of a bucket to set aside as a crowd; 0 for never.

    Returns:
        The pairs, whatever the order of the keys.
    """
    buckets = _grouped(keys, texts)
    crowded = buckets.sizes >= crowd_size if crowd_size else np.zeros(buckets.sizes.size, dtype=np.bool_)
    large = ~crowded & (buckets.sizes > cap)
    parts = [*_whole(buckets, ~crowded & ~large)]
    near: list[NDArray[np.uint64]] = []
    for bucket in np.flatnonzero(large).tolist():
        start, size = buckets.starts[bucket], buckets.sizes[bucket]
        members = buckets.texts[start : start + size]
        parts.append(packed_pairs(np.full(size - 1, members[0]), members[1:]))
        if order is not None:
            rows = buckets.rows[slice(*buckets.row_bounds[bucket])]
            once = np.unique(texts[rows], return_index=True)[1]
            near += _neighbours(members, order[rows[once]], reach=neighbours)
    sizes = buckets.sizes[large]
    return BucketPairs(
        count(parts),
        count(near),
        cut_buckets=sizes.size,
        cut_pairs=int(((sizes - 1) * (sizes - 2) // 2).sum()),
        crowds=_set_aside(buckets, crowded),
    )


def crowds_of(keys: NDArray[np.uint64], texts: NDArray[np.integer], *, crowd_size: int) -> Crowds:
    """Return the texts of each key shared by at least `crowd_size` texts."""
    buckets = _grouped(keys, texts)
    return _set_aside(buckets, buckets.sizes >= crowd_size)


def _grouped(keys: NDArray[np.uint64], texts: NDArray[np.integer]) -> _Buckets:
    """Group the texts that share a key with another text."""
    rows = core.shared_rows(keys)
    rows = rows[_shared(keys[rows])]
    by_key = keys[rows]
    if (by_key[1:] < by_key[:-1]).any():
        exact = np.argsort(by_key, kind="stable")
        rows, by_key = rows[exact], by_key[exact]
    row_starts = _starts(by_key)
    row_ends = np.append(row_starts, rows.size)[1:]
    bucket = np.repeat(np.arange(row_starts.size, dtype=np.uint64), row_ends - row_starts)
    # A text may have a key twice: it is counted once, and is not paired with itself.
    packed = distinct(bucket << TEXT_BITS | texts[rows].astype(np.uint64))
    bucket_of, numbers = left_and_right(packed)
    starts = _starts(bucket_of)
    sizes = np.diff(np.append(starts, numbers.size))
    several = sizes > 1
    return _Buckets(
        by_key[row_starts[several]],
        starts[several],
        sizes[several],
        numbers,
        rows,
        np.stack((row_starts[several], row_ends[several]), axis=1),
    )


def _starts(ascending: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the positions at which a new value begins."""
    return np.flatnonzero(np.append(True, ascending[1:] != ascending[:-1])[: ascending.size])


def _shared(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """List rows whose key may occur in another row: all that do, and a few that do not.

    Sorting one array, with the upper bits of the key above the row number, costs a quarter of an indirect
    sort; the few that look equal are compared in full afterwards.
    """
    row_bits = np.uint64((1 << max(int(keys.size - 1).bit_length(), 1)) - 1)
    packed = keys & ~row_bits | np.arange(keys.size, dtype=np.uint64)
    packed.sort()
    equal = packed[1:] ^ packed[:-1] <= row_bits
    shared = np.zeros(packed.size, dtype=np.bool_)
    shared[1:] |= equal
    shared[:-1] |= equal
    return (packed[shared] & row_bits).astype(np.int64)


def _whole(buckets: _Buckets, wanted: NDArray[np.bool_]) -> Iterator[NDArray[np.uint64]]:
    """Pair all texts of each bucket, processing buckets of the same size together."""
    starts, sizes = buckets.starts[wanted], buckets.sizes[wanted]
    for size in np.flatnonzero(np.bincount(sizes)).tolist():
        one, other = np.triu_indices(size, 1)
        members = buckets.texts[starts[sizes == size][:, None] + np.arange(size)]
        yield packed_pairs(members[:, one].ravel(), members[:, other].ravel())


def _neighbours(
    members: NDArray[np.int64], order: NDArray[np.uint64], *, reach: int
) -> Iterator[NDArray[np.uint64]]:
    """Pair every text of a bucket with the next few in order of similarity."""
    line = members[np.lexsort((members, order))]
    for step in range(1, min(reach, line.size - 1) + 1):
        one, other = line[:-step], line[step:]
        yield packed_pairs(np.minimum(one, other), np.maximum(one, other))


def _set_aside(buckets: _Buckets, crowded: NDArray[np.bool_]) -> Crowds:
    starts, sizes = buckets.starts[crowded], buckets.sizes[crowded]
    bounds = np.append(0, np.cumsum(sizes))
    places = np.repeat(starts - bounds[:-1], sizes) + np.arange(bounds[-1])
    return Crowds(buckets.keys[crowded], bounds, buckets.texts[places].astype(np.uint32))
