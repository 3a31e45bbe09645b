"""Learn positional boilerplate on one machine: group texts into crowds, and examine a sample of each."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.comparison.overlap import match_many
from dedup.report.archive import Archive
from dedup.report.boilerplate import LearntBoilerplate, SharedPassage, every_pair
from dedup.report.boilerplate_by_place import ANY, RULE, longest_passage, may_be_unrelated
from dedup.report.pair.buckets import crowds_of
from dedup.report.pair.crowds import Crowds, collect_crowds, evenly_spaced

ONE_SOURCE = 0.9
"""Fraction of the documents from which one source makes an archive count as single-source."""

PLACES_AT_ONCE = 1 << 21
"""Approximate number of places grouped at once: 100 MB of working memory."""

CROWDS_AT_ONCE = 512
"""Maximum number of crowds examined at once; what is learnt from them applies to the next ones."""

SHINGLES_AT_ONCE = 1 << 20
"""Approximate number of sample shingles in memory at once: 8 MB."""

_SALT = 0x9E3779B97F4A7C15
"""An odd multiplier that separates sources in a key."""


class PlacedCrowd(NamedTuple):
    """Texts of one source that share a shingle in the same position.

    Attributes:
        key: The shingle and the source.
        shingle: The shingle that opens a line of each text, or closes each text.
        forward: Whether it opens a line.
        size: Number of texts.
        sample: Numbers of the texts to examine.
    """

    key: int
    shingle: int
    forward: bool
    size: int
    sample: NDArray[np.uint32]


class _Places:
    """The places of texts, keyed by shingle and source."""

    def __init__(self, archive: Archive, rows: NDArray[np.int64]) -> None:
        self._archive = archive
        self._rows = rows
        self.salts = _salts(archive)[rows]

    def closing(self) -> Crowds:
        """Group the texts of one source with the same ending."""
        texts = np.flatnonzero(self._archive.sizes[self._rows])
        keys = self._archive.closings[self._rows[texts]] ^ self.salts[texts]
        return crowds_of(keys, texts, crowd_size=RULE.witnesses)

    def opening(self) -> Crowds:
        """Group the texts of one source with lines that begin alike, some keys at a time."""
        parts = np.uint64(self._archive.openings.count_values() // PLACES_AT_ONCE + 1)
        return collect_crowds(self._opening_of(part, parts) for part in np.arange(parts, dtype=np.uint64))

    def _opening_of(self, part: np.uint64, parts: np.uint64) -> Crowds:
        half = np.uint64(32)
        chosen = [
            (keys[wanted], texts[wanted])
            for keys, texts in self._openings()
            for wanted in [(keys >> half) * parts >> half == part]
        ]
        keys, texts = (np.concatenate(column) for column in zip(*chosen, strict=True))
        return crowds_of(keys, texts, crowd_size=RULE.witnesses)

    def _openings(self) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int64]]]:
        numbers = np.full(len(self._archive), -1)
        numbers[self._rows] = np.arange(self._rows.size)
        start = 0
        for shingles, bounds in self._archive.openings.batches():
            end = start + bounds.size - 1
            texts = np.repeat(numbers[start:end], np.diff(bounds))
            carried = texts >= 0
            yield shingles[carried] ^ self.salts[texts[carried]], texts[carried]
            start = end


def _salts(archive: Archive) -> NDArray[np.uint64]:
    """Return the salt of each document: derived from its source, or 0 in a single-source archive."""
    counts = np.bincount(archive.source_numbers, minlength=1)
    if counts.max() > ONE_SOURCE * archive.source_numbers.size:
        return np.zeros(archive.source_numbers.size, dtype=np.uint64)
    ranks = np.empty(len(archive.source_names), dtype=np.uint64)
    ranks[sorted(range(ranks.size), key=archive.source_names.__getitem__)] = np.arange(1, ranks.size + 1)
    return (ranks * np.uint64(_SALT))[archive.source_numbers]


def learn_by_place(
    archive: Archive,
    rows: NDArray[np.int64],
    *,
    letters: int,
    crowd: int,
    known: Sequence[SharedPassage] = (),
) -> list[SharedPassage]:
    """Learn the passages that open lines or close texts that share nothing else.

    Args:
        archive: The documents.
        rows: The first document with each text, by number of the text.
        letters: Window of a shingle.
        crowd: Number of texts from which a passage may have any length; 0 to learn nothing.
        known: Passages that are known; crowds with one of them are not examined.

    Returns:
        Other passages, whatever the order of the documents.
    """
    if not (rows.size and crowd):
        return []
    places = _Places(archive, rows)
    before = LearntBoilerplate(known)
    learnt: set[int] = set()
    passages: list[SharedPassage] = []
    for batch in _batches(_in_order(places), archive.sizes[rows]):
        is_old = before.holds(np.array([each.shingle for each in batch], dtype=np.uint64)).tolist()
        asked = [
            each
            for each, is_known in zip(batch, is_old, strict=True)
            if not is_known and each.key not in learnt
        ]
        found = shared_passages(archive, rows, asked, letters=letters, crowd=crowd)
        for each, passage in found:
            passages.append(passage)
            salt = np.uint64(each.key ^ each.shingle)
            learnt.update((passage.shingles ^ salt).tolist())
    return passages


def _in_order(places: _Places) -> Iterator[PlacedCrowd]:
    """Sort crowds, the largest first; those with the same texts are adjacent."""
    drawn = [(places.opening(), True), (places.closing(), False)]
    sizes = np.concatenate([np.diff(crowds.bounds) for crowds, _ in drawn])
    first = np.concatenate([crowds.texts[crowds.bounds[:-1]] for crowds, _ in drawn])
    last = np.concatenate([crowds.texts[crowds.bounds[1:] - 1] for crowds, _ in drawn])
    keys = np.concatenate([crowds.fingerprints for crowds, _ in drawn])
    openings = drawn[0][0].fingerprints.size
    closes = np.arange(keys.size) >= openings
    for at in np.lexsort((keys, closes, last, first, -sizes)).tolist():
        crowds, forward = drawn[int(closes[at])]
        sample = evenly_spaced(crowds.members(at - openings * closes[at]))
        key = int(keys[at])
        yield PlacedCrowd(key, key ^ int(places.salts[sample[0]]), forward, int(sizes[at]), sample)


def _batches(crowds: Iterator[PlacedCrowd], sizes: NDArray[np.int64]) -> Iterator[list[PlacedCrowd]]:
    batch: list[PlacedCrowd] = []
    shingles = 0
    for each in crowds:
        batch.append(each)
        shingles += int(sizes[each.sample].sum())
        if len(batch) == CROWDS_AT_ONCE or shingles > SHINGLES_AT_ONCE:
            yield batch
            batch, shingles = [], 0
    yield batch


def shared_passages(
    archive: Archive, rows: NDArray[np.int64], crowds: list[PlacedCrowd], *, letters: int, crowd: int
) -> Iterator[tuple[PlacedCrowd, SharedPassage]]:
    """Examine a sample of each crowd; families of copies are excluded first, without reading a text."""
    likely = _unrelated(archive, rows, crowds, crowd=crowd)
    if not likely:
        return
    samples = [each.sample for each in likely]
    numbers, places = np.unique(np.concatenate(samples), return_inverse=True)
    passages = core.find_passages(
        *core.shingle_sequences(archive.texts(rows[numbers]), letters=letters),
        core.PassageCrowds(
            places,
            np.cumsum([0, *(sample.size for sample in samples)]),
            np.array([each.shingle for each in likely], dtype=np.uint64),
            np.array([each.forward for each in likely], dtype=np.bool_),
            np.array(
                [ANY if each.size >= crowd else _longest(archive, rows[each.sample]) for each in likely],
                dtype=np.int64,
            ),
        ),
        RULE,
    )
    for at in np.flatnonzero(passages.witnesses >= 0).tolist():
        each, witness = likely[at], int(passages.witnesses[at])
        shingles = passages.shingles[passages.bounds[at] : passages.bounds[at + 1]]
        yield each, SharedPassage(each.size, int(each.sample[witness]), shingles)


def _unrelated(
    archive: Archive, rows: NDArray[np.int64], crowds: list[PlacedCrowd], *, crowd: int
) -> list[PlacedCrowd]:
    """Keep the crowds whose texts may share nothing else."""
    small = {each.sample.tobytes(): each.sample for each in crowds if each.size < crowd}
    if not small:
        return crowds
    samples = list(small.values())
    numbers, places = np.unique(np.concatenate(samples), return_inverse=True)
    values, bounds = archive.shingles(rows[numbers])
    sizes = np.diff(bounds)
    texts = np.split(places, np.cumsum([sample.size for sample in samples])[:-1])
    pairs = [every_pair(sample.size) for sample in samples]
    left = np.concatenate([own[one] for own, (one, _) in zip(texts, pairs, strict=True)])
    right = np.concatenate([own[other] for own, (_, other) in zip(texts, pairs, strict=True)])
    order = np.argsort(left, kind="stable")
    shared = np.empty(left.size, dtype=np.int64)
    shared[order] = match_many(values, bounds, left=left[order], right=right[order])
    related: dict[bytes, bool] = {}
    start = 0
    for key, own, (one, other) in zip(small, texts, pairs, strict=True):
        table = np.zeros((own.size, own.size), dtype=np.int64)
        table[one, other] = table[other, one] = shared[start : start + one.size]
        start += one.size
        longest = _longest(archive, rows[numbers[own]])
        related[key] = not may_be_unrelated(table, sizes[own], longest=longest)
    return [each for each in crowds if not related.get(each.sample.tobytes(), False)]


def _longest(archive: Archive, texts: NDArray[np.int64]) -> int:
    return longest_passage(archive.letters[texts], archive.sizes[texts])
