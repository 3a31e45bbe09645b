"""The index of one run, in memory: which documents may be copies of each other.

Two roads lead to a candidate. MinHash-LSH finds texts of like length with much in common; bands are
cut for recall, the match brings precision. Winnowed fingerprints find a passage that stands in both,
however long the rest is: a brief inside a roundup has a Jaccard that no band can see.
Everything is sorted arrays. Sources: Indyk and Motwani, "Approximate nearest neighbors", 1998;
Schleimer, Wilkerson and Aiken, "Winnowing", 2003.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup import kernel

ESTIMATE_SLACK = 0.4
"""Share of the `partial` containment that the estimate from fingerprints must reach; with it
benchmarks/recall.py misses no pair."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth measuring, each once.

    Attributes:
        left: int64, shape (n,), ascending: row of one document.
        right: int64, shape (n,): row of the other, above `left`.
        cut_buckets: Buckets larger than the cap.
        cut_pairs: Pairs of those buckets that were not taken from them, at most; others may hold them.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    cut_buckets: int
    cut_pairs: int


def find_candidates(
    signatures: Sequence[NDArray[np.uint32]],
    fingerprints: NDArray[np.uint64],
    bounds: NDArray[np.int64],
    *,
    rows: int,
    cap: int,
    containment: float,
) -> Candidates:
    """Pair the documents that share a band or enough fingerprints.

    Args:
        signatures: The MinHash signature of each document, all of one shape; a document that would
            represent another stands before it.
        fingerprints: The winnowed fingerprints of all documents, one after the other.
        bounds: Where those of each document begin, and the end of the last: shape (n + 1,).
        rows: Signature values in a band.
        cap: Documents in a bucket that are all paired with each other. Those of a larger one meet its
            lowest row; those of a larger band also their next cap / 2 in the order of signatures.
        containment: Containment from which a pair is wanted.
    """
    count = len(signatures)
    if not count:
        nothing = np.empty(0, dtype=np.int64)
        return Candidates(nothing, nothing, 0, 0)
    table = np.stack(signatures)
    rank = np.empty(count, dtype=np.int64)
    rank[np.lexsort(table[:, :8].T[::-1])] = np.arange(count)
    sizes = np.diff(bounds)
    banded = [
        _pair_buckets(keys, np.arange(count), rank=rank, cap=cap, reach=cap // 2)
        for keys in kernel.band_keys(table, rows=rows)
    ]
    owners = np.repeat(np.arange(count), sizes)
    printed = _pair_buckets(fingerprints, owners, rank=rank, cap=cap, reach=0)
    pairs, shared = np.unique(printed.pairs, return_counts=True)
    fewer = np.minimum(sizes[pairs // count], sizes[pairs % count])
    likely = pairs[shared >= ESTIMATE_SLACK * containment * fewer]
    every = np.unique(np.concatenate([likely, *(band.pairs for band in banded)]))
    return Candidates(
        left=every // count,
        right=every % count,
        cut_buckets=sum(some.cut_buckets for some in (*banded, printed)),
        cut_pairs=min(
            sum(some.cut_pairs for some in (*banded, printed)), count * (count - 1) // 2 - every.size
        ),
    )


class _Paired(NamedTuple):
    pairs: NDArray[np.int64]  # left * number of documents + right, left below right; repeats stay
    cut_buckets: int
    cut_pairs: int


def _pair_buckets(
    keys: NDArray[np.uint64], owners: NDArray[np.int64], *, rank: NDArray[np.int64], cap: int, reach: int
) -> _Paired:
    """Pair the owners of equal keys.

    In a bucket larger than `cap` everybody meets the first row, which would represent them, and the
    next `reach` of the bucket in the order of `rank`.
    """
    order = np.lexsort((rank[owners], keys))
    keys, owners = keys[order], owners[order]
    first = np.ones(keys.size, dtype=np.bool_)
    first[1:] = keys[1:] != keys[:-1]
    starts = np.flatnonzero(first)
    lengths = np.diff(np.append(starts, keys.size))
    found = [np.empty(0, dtype=np.int64)]
    for length in np.unique(lengths[(lengths > 1) & (lengths <= cap)]):
        one, other = np.triu_indices(length, 1)
        members = owners[starts[lengths == length][:, None] + np.arange(length)]
        found.append(_pair_keys(members[:, one].ravel(), members[:, other].ravel(), rank.size))
    large = lengths > cap
    crowds = np.split(owners[np.repeat(large, lengths)], np.cumsum(lengths[large])[:-1])
    swept = [_pair_keys(*_sweep(crowd, reach=reach), rank.size) for crowd in crowds if crowd.size]
    whole = int((lengths[large] * (lengths[large] - 1) // 2).sum())
    left_out = whole - sum(pairs.size for pairs in swept)
    return _Paired(np.concatenate([*found, *swept]), int(large.sum()), left_out)


def _sweep(crowd: NDArray[np.int64], *, reach: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pair everybody with the lowest row and with the next `reach` of the crowd, each pair once.

    Source: Hernandez and Stolfo, "The merge/purge problem for large databases", 1995.
    """
    lowest = int(crowd.argmin())
    far = np.abs(np.arange(crowd.size) - lowest) > reach
    steps = range(1, reach + 1)
    left = [np.full(int(far.sum()), crowd[lowest]), *(crowd[:-step] for step in steps)]
    right = [crowd[far], *(crowd[step:] for step in steps)]
    return np.concatenate(left), np.concatenate(right)


def _pair_keys(one: NDArray[np.int64], other: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    return np.minimum(one, other) * count + np.maximum(one, other)
