"""The index of one run: which documents may be copies of each other.

Two roads lead to a candidate. MinHash-LSH finds texts of like length with much in common; bands are
cut for recall, the match brings precision. Winnowed fingerprints find a passage that stands in both,
however long the rest is: a brief inside a roundup has a Jaccard that no band can see.

A bucket is a run of equal keys in one sorted array of integers: the upper bits of the key and, below
them, the number of the text. Sources: Indyk and Motwani, "Approximate nearest neighbors", 1998;
Schleimer, Wilkerson and Aiken, "Winnowing", 2003.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.spill import Spill

ESTIMATE_SLACK = 0.4
"""Share of the `partial` containment that the estimate from fingerprints must reach; with it
benchmarks/recall.py misses no pair."""

HEAD = 8
"""First values of a signature: texts that are close in their order are alike."""

PART_BITS = 8
PARTS = 1 << PART_BITS
"""Fingerprints are kept apart by their upper bits, so that a part of them all can be sorted alone."""

AT_ONCE = 1 << 20
"""Fingerprints that are sorted together, about: 16 MB, and three times that for what comes of it."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth measuring, each once.

    Attributes:
        left: int64, shape (n,), ascending: one text.
        right: int64, shape (n,): the other, above `left`.
        cut_buckets: Buckets larger than the cap.
        cut_pairs: Pairs of those buckets that were not taken from them, at most; others may hold them.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    cut_buckets: int
    cut_pairs: int


class Sketches(NamedTuple):
    """What the index keeps of some documents, 65,536 at most.

    Attributes:
        band_keys: uint64, shape (bands, n): a hash of each band of each signature.
        heads: uint32, shape (n, `HEAD` at most): the first values of each signature.
        sizes: int32: how many fingerprints each document has.
        fingerprints: uint64: those of all, by their upper bits.
        owners: uint16: the document that each is of.
        parts: int64, shape (`PARTS` + 1,): where those with each value of the upper bits begin.
    """

    band_keys: NDArray[np.uint64]
    heads: NDArray[np.uint32]
    sizes: NDArray[np.int32]
    fingerprints: NDArray[np.uint64]
    owners: NDArray[np.uint16]
    parts: NDArray[np.int64]


def sketched(
    band_keys: NDArray[np.uint64],
    signatures: NDArray[np.uint32],
    fingerprints: NDArray[np.uint64],
    ends: NDArray[np.int64],
) -> Sketches:
    """Make what the index keeps of some documents.

    Args:
        band_keys: A hash of each band of each signature: shape (bands, n).
        signatures: Shape (n, permutations).
        fingerprints: Those of all documents, one after the other; each once for a document.
        ends: Where those of each document begin: shape (n + 1,).
    """
    sizes = np.diff(ends)
    upper = (fingerprints >> np.uint64(64 - PART_BITS)).astype(np.uint8)
    order = np.argsort(upper, kind="stable")
    return Sketches(
        band_keys,
        signatures[:, :HEAD].copy(),
        sizes.astype(np.int32),
        fingerprints[order],
        np.repeat(np.arange(sizes.size, dtype=np.uint16), sizes)[order],
        np.append(0, np.cumsum(np.bincount(upper, minlength=PARTS))),
    )


class Spilled(NamedTuple):
    """Sketches whose bulk is spilled: the positions of their arrays."""

    heads: NDArray[np.uint32]
    sizes: NDArray[np.int32]
    parts: NDArray[np.int64]
    bands: int
    band_keys: int
    fingerprints: int
    owners: int


class MemoryIndex:
    """The sketches of documents, in the order of arrival."""

    def __init__(self) -> None:
        self._spill = Spill()
        self._batches: list[Spilled] = []

    def store(self, sketches: Sketches) -> Spilled:
        """Spill the bulk of a batch; safe in many threads, in any order.

        Raises:
            WritingError: There is no room.
        """
        return Spilled(
            sketches.heads,
            sketches.sizes,
            sketches.parts,
            sketches.band_keys.shape[0],
            self._spill.append(sketches.band_keys),
            self._spill.append(sketches.fingerprints),
            self._spill.append(sketches.owners),
        )

    def add(self, spilled: Spilled) -> None:
        """Take over the documents of a batch."""
        self._batches.append(spilled)

    def candidates(
        self,
        rows: NDArray[np.int64],
        *,
        cap: int,
        containment: float,
        workers: int = 1,
        many: int = 0,
        boilerplate: Callable[[NDArray[np.int64]], bool] = bool,
    ) -> Candidates:
        """Pair the documents that share a band or enough fingerprints.

        Args:
            rows: The documents to pair, by their order of arrival; one that would represent another
                stands before it. A pair names places in this array.
            cap: Documents in a bucket that are all paired with each other. Those of a larger one meet
                its first; those of a larger band also their next cap / 2 in the order of signatures.
            containment: Containment from which a pair is wanted.
            workers: Threads.
            many: Documents from which a crowd that shares a fingerprint is asked about; 0 for never.
            boilerplate: Tells of such a crowd whether what it shares says nothing; then it is not paired.
        """
        if not rows.size:
            nothing = np.empty(0, dtype=np.int64)
            return Candidates(nothing, nothing, 0, 0)
        texts = _Texts(self._spill, self._batches, rows)
        with ThreadPoolExecutor(workers) as pool:
            banded = list(
                pool.map(lambda band: _paired(texts.band(band), texts, cap, reach=cap // 2), texts.bands)
            )
            printed = list(
                pool.map(lambda part: _paired(texts.part(part), texts, cap, many=many), texts.parts)
            )
        printed += [
            _paired_crowd(crowd, texts, cap)
            for part in tuple(printed)
            for crowd in part.crowds
            if not boilerplate(crowd)
        ]
        found, shared = _added_up([part.pairs for part in printed], [part.times for part in printed])
        sizes = texts.sizes()
        fewer = np.minimum(sizes[found // rows.size], sizes[found % rows.size])
        likely = found[shared >= ESTIMATE_SLACK * containment * fewer]
        every = np.unique(np.concatenate([likely, *(band.pairs for band in banded)]))
        every_part = (*banded, *printed)
        return Candidates(
            left=every // rows.size,
            right=every % rows.size,
            cut_buckets=sum(part.cut_buckets for part in every_part),
            cut_pairs=min(
                sum(part.cut_pairs for part in every_part), rows.size * (rows.size - 1) // 2 - every.size
            ),
        )


class _Texts:
    """The sketches of the documents that are paired: keys, with the number of the text in the lower bits."""

    def __init__(self, spill: Spill, batches: list[Spilled], rows: NDArray[np.int64]) -> None:
        self._spill = spill
        self._batches = batches
        self._rows = rows
        self._starts = np.cumsum([0, *(batch.heads.shape[0] for batch in batches)])
        self._numbers = np.full(self._starts[-1], -1, dtype=np.int64)
        self._numbers[rows] = np.arange(rows.size)
        self.count = rows.size
        self.number_bits = np.uint64((1 << max(int(rows.size - 1).bit_length(), 1)) - 1)
        self.bands = range(batches[0].bands)
        total = sum(int(batch.parts[-1]) for batch in batches)
        self._together = max(PARTS * AT_ONCE // max(total, 4 * AT_ONCE), 1)  # four shares for threads
        self.parts = range(0, PARTS, self._together)

    def band(self, number: int) -> NDArray[np.uint64]:
        """Give the keys of one band."""
        keys = [
            self._loaded(
                np.uint64, batch.band_keys, number * batch.sizes.size, (number + 1) * batch.sizes.size
            )
            for batch in self._batches
        ]
        return self._packed(np.concatenate(keys)[self._rows], np.arange(self.count))

    def part(self, first: int) -> NDArray[np.uint64]:
        """Give the fingerprints of some parts, as many together as `AT_ONCE` allows."""
        last = min(first + self._together, PARTS)
        return np.concatenate([self._part(at, first, last) for at in range(len(self._batches))])

    def _part(self, at: int, first: int, last: int) -> NDArray[np.uint64]:
        batch = self._batches[at]
        start, end = int(batch.parts[first]), int(batch.parts[last])
        owners = self._loaded(np.uint16, batch.owners, start, end)
        numbers = self._numbers[self._starts[at] : self._starts[at + 1]][owners]
        packed = self._packed(self._loaded(np.uint64, batch.fingerprints, start, end), numbers)
        return packed if self.count == self._numbers.size else packed[numbers >= 0]

    def _loaded[T: np.generic](self, kind: type[T], position: int, start: int, end: int) -> NDArray[T]:
        """Load some items of a spilled array."""
        size = np.dtype(kind).itemsize
        return np.frombuffer(self._spill.read(position + size * start, position + size * end), dtype=kind)

    def _packed(self, keys: NDArray[np.uint64], numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
        return keys & ~self.number_bits | numbers.view(np.uint64)

    def sizes(self) -> NDArray[np.int32]:
        """Give how many fingerprints each text has."""
        return np.concatenate([batch.sizes for batch in self._batches])[self._rows]

    def heads(self, numbers: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Give the first signature values of some texts."""
        rows = self._rows[numbers]
        held = np.searchsorted(self._starts, rows, side="right") - 1
        places = zip(held.tolist(), (rows - self._starts[held]).tolist(), strict=True)
        return np.stack([self._batches[at].heads[row] for at, row in places])


class _Paired(NamedTuple):
    pairs: NDArray[np.int64]  # left * number of texts + right, left below right; ascending, each once
    times: NDArray[np.int64]  # in how many buckets each stands
    cut_buckets: int
    cut_pairs: int
    crowds: list[NDArray[np.int64]]


def _paired(packed: NDArray[np.uint64], texts: _Texts, cap: int, *, reach: int = 0, many: int = 0) -> _Paired:
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
    return _Paired(pairs, times, int(large.sum()), left_out, asked)


def _paired_crowd(crowd: NDArray[np.int64], texts: _Texts, cap: int) -> _Paired:
    """Pair the texts of one bucket."""
    lengths = np.array([crowd.size])
    if crowd.size <= cap:
        (pairs,) = _whole(crowd, np.zeros(1, dtype=np.int64), lengths, cap=cap, count=texts.count)
        return _Paired(pairs, np.ones_like(pairs), 0, 0, [])
    pairs = _sweep(crowd, texts, reach=0)
    return _Paired(pairs, np.ones_like(pairs), 1, crowd.size * (crowd.size - 1) // 2 - pairs.size, [])


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


def _sweep(crowd: NDArray[np.int64], texts: _Texts, *, reach: int) -> NDArray[np.int64]:
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


def _added_up(
    keys: Iterable[NDArray[np.int64]], times: Iterable[NDArray[np.int64]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Bring equal keys of several parts together."""
    every, counted = np.concatenate([*keys]), np.concatenate([*times])
    order = np.argsort(every, kind="stable")
    every, counted = every[order], counted[order]
    starts = np.flatnonzero(np.append(True, every[1:] != every[:-1])[: every.size])
    return every[starts], np.add.reduceat(counted, starts) if starts.size else counted
