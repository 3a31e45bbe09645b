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
"""Share of the `partial` containment that the estimate from fingerprints must reach; at 0.4 no pair
with containment 0.2 or more is lost on three of four real archives (benchmarks/recall.py)."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth measuring, each once.

    Attributes:
        left: int64, shape (n,), ascending: row of one document.
        right: int64, shape (n,): row of the other, above `left`.
        cut_buckets: Buckets larger than the cap.
        cut_pairs: Pairs of those buckets that were not taken from them; other buckets may hold them.
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
        signatures: The MinHash signature of each document, all of one shape.
        fingerprints: The winnowed fingerprints of all documents, one after the other.
        bounds: Where those of each document begin, and the end of the last: shape (n + 1,).
        rows: Signature values in a band.
        cap: Documents in a bucket that are all paired with each other; those of a larger bucket
            meet only their next cap / 2 neighbours in the order of signatures.
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
        _pair_buckets(keys, np.arange(count), rank=rank, cap=cap)
        for keys in kernel.band_keys(table, rows=rows)
    ]
    printed = _pair_buckets(fingerprints, np.repeat(np.arange(count), sizes), rank=rank, cap=cap)
    pairs, shared = np.unique(printed.pairs, return_counts=True)
    fewer = np.minimum(sizes[pairs // count], sizes[pairs % count])
    likely = pairs[shared >= ESTIMATE_SLACK * containment * fewer]
    every = np.unique(np.concatenate([likely, *(band.pairs for band in banded)]))
    return Candidates(
        left=every // count,
        right=every % count,
        cut_buckets=sum(some.cut_buckets for some in (*banded, printed)),
        cut_pairs=sum(some.cut_pairs for some in (*banded, printed)),
    )


class _Paired(NamedTuple):
    pairs: NDArray[np.int64]  # left * number of documents + right, left below right; repeats stay
    cut_buckets: int
    cut_pairs: int


def _pair_buckets(
    keys: NDArray[np.uint64], owners: NDArray[np.int64], *, rank: NDArray[np.int64], cap: int
) -> _Paired:
    """Pair the owners of equal keys; sweep a bucket larger than `cap` in the order of `rank`."""
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
    swept = _sweep(owners, starts[large], lengths[large], reach=cap // 2)
    found.append(_pair_keys(*swept, rank.size))
    whole = int((lengths[large] * (lengths[large] - 1) // 2).sum())
    return _Paired(np.concatenate(found), int(large.sum()), whole - swept[0].size)


def _sweep(
    owners: NDArray[np.int64], starts: NDArray[np.int64], lengths: NDArray[np.int64], *, reach: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pair each owner with the next `reach` of its bucket.

    Source: Hernandez and Stolfo, "The merge/purge problem for large databases", 1995.
    """
    ends = np.repeat(starts + lengths, lengths)
    at = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
    steps = [(at[at + step < ends], step) for step in range(1, reach + 1)]
    left = np.concatenate([owners[where] for where, _ in steps])
    right = np.concatenate([owners[where + step] for where, step in steps])
    return left, right


def _pair_keys(one: NDArray[np.int64], other: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    return np.minimum(one, other) * count + np.maximum(one, other)
