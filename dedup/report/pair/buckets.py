"""Keys of texts -> pairs of texts: who meets whom in the buckets, and what a full bucket leaves out.

A bucket is a run of equal keys in one sorted array of integers: the upper bits of the key and, below
them, the number of the text.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.report.pair.sketch_store import Texts


class Paired(NamedTuple):
    """The pairs of some buckets.

    Attributes:
        pairs: int64: left * number of texts + right, left below right; ascending, each once.
        times: In how many buckets each stands.
        cut_buckets: Buckets larger than the cap.
        cut_pairs: Pairs of those that were not taken.
        crowds: Texts of the buckets that were set aside, to be asked about.
    """

    pairs: NDArray[np.int64]
    times: NDArray[np.int64]
    cut_buckets: int
    cut_pairs: int
    crowds: list[NDArray[np.int64]]


def paired(packed: NDArray[np.uint64], texts: Texts, cap: int, *, reach: int = 0, many: int = 0) -> Paired:
    """Pair the texts of equal keys.

    In a bucket larger than `cap` everybody meets the first, which would represent them, and the next
    `reach` of the bucket in the order of the signatures.
    """
    packed.sort()
    equal = packed[1:] ^ packed[:-1] <= texts.number_bits
    crowded = np.zeros(packed.size, dtype=np.bool_)
    crowded[1:] |= equal
    crowded[:-1] |= equal
    packed = packed[crowded]
    # Fingerprints of one text that differ in the lower bits alone are one: nobody meets himself.
    packed = packed[np.append(True, packed[1:] != packed[:-1])[: packed.size]]
    starts = np.flatnonzero(np.append(True, packed[1:] ^ packed[:-1] > texts.number_bits)[: packed.size])
    lengths = np.diff(np.append(starts, packed.size))
    numbers = (packed & texts.number_bits).view(np.int64)
    asked = []
    if many:
        crowd = lengths >= many
        asked = _split(numbers, lengths, crowd)
        numbers, lengths = numbers[np.repeat(~crowd, lengths)], lengths[~crowd]
        starts = np.cumsum(lengths) - lengths
    found = list(_whole(numbers, starts, lengths, cap=cap, count=texts.count))
    large = lengths > cap
    swept = [_sweep(crowd, texts, reach=reach) for crowd in _split(numbers, lengths, large)]
    whole = int((lengths[large] * (lengths[large] - 1) // 2).sum())
    left_out = whole - sum(pairs.size for pairs in swept)
    pairs, times = np.unique(np.concatenate([numbers[:0], *found, *swept]), return_counts=True)
    return Paired(pairs, times, int(large.sum()), left_out, asked)


def paired_crowd(crowd: NDArray[np.int64], texts: Texts, cap: int) -> Paired:
    """Pair the texts of one bucket."""
    lengths = np.array([crowd.size])
    if crowd.size <= cap:
        (pairs,) = _whole(crowd, np.zeros(1, dtype=np.int64), lengths, cap=cap, count=texts.count)
        return Paired(pairs, np.ones_like(pairs), 0, 0, [])
    pairs = _sweep(crowd, texts, reach=0)
    return Paired(pairs, np.ones_like(pairs), 1, crowd.size * (crowd.size - 1) // 2 - pairs.size, [])


def _split(
    numbers: NDArray[np.int64], lengths: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> list[NDArray[np.int64]]:
    """Part the wanted ones of some buckets."""
    parts = np.split(numbers[np.repeat(wanted, lengths)], np.cumsum(lengths[wanted])[:-1])
    return [part for part in parts if part.size]


def _whole(
    numbers: NDArray[np.int64], starts: NDArray[np.int64], lengths: NDArray[np.int64], *, cap: int, count: int
) -> Iterator[NDArray[np.int64]]:
    """Pair all texts of each bucket of `cap` texts at most."""
    for length in np.flatnonzero(np.bincount(lengths[lengths <= cap])):
        one, other = np.triu_indices(length, 1)
        members = numbers[starts[lengths == length][:, None] + np.arange(length)]
        yield members[:, one].ravel() * count + members[:, other].ravel()


def _sweep(crowd: NDArray[np.int64], texts: Texts, *, reach: int) -> NDArray[np.int64]:
    """Pair everybody with the first and with the next `reach` of the crowd, each pair once.

    Source: Hernandez and Stolfo, "The merge/purge problem for large databases", 1995.
    """
    count = np.int64(texts.count)
    if not reach:
        met: NDArray[np.int64] = crowd[0] * count + crowd[1:]
        return met
    crowd = crowd[np.lexsort(texts.heads(crowd).T[::-1])]
    lowest = int(crowd.argmin())
    far = np.abs(np.arange(crowd.size) - lowest) > reach
    steps = range(1, reach + 1)
    left = np.concatenate([np.full(int(far.sum()), crowd[lowest]), *(crowd[:-step] for step in steps)])
    right = np.concatenate([crowd[far], *(crowd[step:] for step in steps)])
    swept: NDArray[np.int64] = np.minimum(left, right) * count + np.maximum(left, right)
    return swept


def added_up(
    keys: Iterable[NDArray[np.int64]], times: Iterable[NDArray[np.int64]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Bring equal keys of several parts together."""
    every, counted = np.concatenate([*keys]), np.concatenate([*times])
    order = np.argsort(every, kind="stable")
    every, counted = every[order], counted[order]
    starts = np.flatnonzero(np.append(True, every[1:] != every[:-1])[: every.size])
    return every[starts], np.add.reduceat(counted, starts) if starts.size else counted


def distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sort keys and leave repeated ones out; in place, unlike `np.unique`."""
    keys.sort()
    new: NDArray[np.bool_] = np.append(True, keys[1:] != keys[:-1])[: keys.size]
    return keys[new]
