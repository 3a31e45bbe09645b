"""Store of MinHash band keys and fingerprints.

Batches are buffered, written to a temporary file in runs, and read back one band or one range of fingerprints
at a time.

Source for fingerprints: Schleimer, Wilkerson and Aiken, "Winnowing", 2003.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.report.spill import MemoryBudget, Spill
from dedup.text.prepare import SketchedBatch

PREFIX_BITS = 12
PREFIXES = 1 << PREFIX_BITS
"""A run keeps fingerprints by their upper bits, so that those of one range are read from one place. Winnowing
keeps the smallest hashes, so that low prefixes are frequent, 0 by `winnow` times the average."""

FINGERPRINTS_AT_ONCE = 1 << 18
"""Fingerprints that are paired together, about: 2 MB, which fits a cache, and ten times that at work."""

LEAST_RANGES = 4
"""Ranges there are at least, for threads to share."""

RUN = 1 << 14
"""Documents that are written together, at least: more pieces would make reading a range slower."""


class Sketches(NamedTuple):
    """Sketches of some documents, 49,152 at most: a run numbers its documents in 16 bits.

    Attributes:
        band_keys: uint64, shape (bands, n): a hash of each band of each signature.
        order: uint64, shape (n,): sorting by it puts similar texts next to each other.
        fingerprints: uint64: those of all documents, one after the other; each once for a document.
        sizes: int32: how many fingerprints each document has.
    """

    band_keys: NDArray[np.uint64]
    order: NDArray[np.uint64]
    fingerprints: NDArray[np.uint64]
    sizes: NDArray[np.int32]


class Run(NamedTuple):
    """Sketches of some documents, arranged to be read band by band and prefix by prefix.

    Attributes:
        order: Similarity order of each document.
        sizes: Fingerprints of each.
        prefixes: int64, shape (`PREFIXES` + 1,): where the fingerprints with each prefix begin.
        band_keys: uint64, shape (bands, n).
        fingerprints: By prefix.
        owners: uint16: the document that each fingerprint belongs to.
    """

    order: NDArray[np.uint64]
    sizes: NDArray[np.int32]
    prefixes: NDArray[np.int64]
    band_keys: NDArray[np.uint64]
    fingerprints: NDArray[np.uint64]
    owners: NDArray[np.uint16]


def sketches_of(sketched: SketchedBatch) -> Sketches:
    """Take what pairing needs of a prepared batch."""
    sizes = np.diff(sketched.fingerprint_bounds).astype(np.int32)
    return Sketches(sketched.band_keys, sketched.order, sketched.fingerprints, sizes)


def arrange(batches: Sequence[Sketches]) -> Run:
    """Arrange the sketches of some batches, 49,152 documents at most."""
    keys, order, fingerprints, sizes = zip(*batches, strict=True)
    every, size = np.concatenate(fingerprints), np.concatenate(sizes)
    prefix = (every >> np.uint64(64 - PREFIX_BITS)).astype(np.uint16)
    by_prefix = np.argsort(prefix, kind="stable")
    owners = np.repeat(np.arange(size.size, dtype=np.uint16), size)
    return Run(
        np.concatenate(order),
        size,
        np.append(0, np.cumsum(np.bincount(prefix, minlength=PREFIXES))),
        np.concatenate(keys, axis=1),
        every[by_prefix],
        owners[by_prefix],
    )


class SpilledRun(NamedTuple):
    """Documents whose sketches are stored: the positions of their arrays, and what stays in memory.

    Attributes:
        order: Similarity order of each document.
        sizes: Fingerprints of each.
        prefixes: int64, shape (`PREFIXES` + 1,): where the fingerprints with each prefix begin.
        band_keys: Position of the keys, band by band.
        fingerprints: Position of the fingerprints, by prefix.
        owners: Position of the document, uint16, that each fingerprint belongs to.
    """

    order: NDArray[np.uint64]
    sizes: NDArray[np.int32]
    prefixes: NDArray[np.int64]
    band_keys: int
    fingerprints: int
    owners: int


class SketchStore:
    """The sketches of documents, in order of arrival."""

    def __init__(self, memory: MemoryBudget | None = None) -> None:
        """Begin empty; `memory` is what may stay in memory, None for a budget of its own."""
        self._spill = Spill(memory)
        self._runs: list[SpilledRun] = []
        self._waiting: list[Sketches] = []
        self._waiting_documents = 0
        self.bands = 0

    def add(self, sketches: Sketches) -> None:
        """Take over the sketches of a batch.

        Raises:
            WritingError: There is no room.
        """
        self._waiting.append(sketches)
        self._waiting_documents += sketches.sizes.size
        if self._waiting_documents >= RUN:
            self._end_run()

    def _end_run(self) -> None:
        if self._waiting:
            waiting, self._waiting, self._waiting_documents = self._waiting, [], 0
            self.add_run(arrange(waiting))

    def add_run(self, run: Run) -> None:
        """Take over the arranged sketches of documents; none may be waiting that came before them.

        Raises:
            WritingError: There is no room.
        """
        self.bands = run.band_keys.shape[0]
        positions = [self._spill.append(part) for part in (run.band_keys, run.fingerprints, run.owners)]
        self._runs.append(SpilledRun(run.order, run.sizes, run.prefixes, *positions))

    def view(self, rows: NDArray[np.int64]) -> "SketchView":
        """Give the sketches of the texts to be paired; nothing may be added any more.

        Args:
            rows: The documents that carry them, by order of arrival. A text is numbered by its place here.

        Raises:
            WritingError: There is no room.
        """
        self._end_run()
        return SketchView(self._spill, self._runs, rows, bands=self.bands)


class SketchView:
    """The sketches of the texts to be paired, one band or one range of fingerprints at a time.

    Attributes:
        bands: Numbers of the bands.
        ranges: Prefixes of the fingerprints of each range, ascending.
        sizes: int32, shape (texts,): how many fingerprints each text has.
        order: uint64, shape (texts,): the similarity order of each text.
    """

    def __init__(
        self, spill: Spill, runs: Sequence[SpilledRun], rows: NDArray[np.int64], *, bands: int
    ) -> None:
        self._spill = spill
        self._runs = runs
        self._rows = rows
        self._starts = np.cumsum([0, *(run.sizes.size for run in runs)])
        self._numbers = np.full(self._starts[-1], -1, dtype=np.int32)
        self._numbers[rows] = np.arange(rows.size)
        self.bands = range(bands if rows.size else 0)
        self.ranges = _ranges(sum((np.diff(run.prefixes) for run in runs), np.zeros(PREFIXES, np.int64)))
        self.sizes = np.concatenate([np.empty(0, np.int32), *(run.sizes for run in runs)])[rows]
        self.order = np.concatenate([np.empty(0, np.uint64), *(run.order for run in runs)])[rows]

    def band(self, number: int) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """Give the keys of one band, and the number of the text that each belongs to, ascending."""
        keys = [
            self._loaded(np.uint64, run.band_keys, number * run.sizes.size, (number + 1) * run.sizes.size)
            for run in self._runs
        ]
        return np.concatenate(keys)[self._rows], np.arange(self._rows.size, dtype=np.int32)

    def fingerprints(self, prefixes: range) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """Give the fingerprints of one range, and the number of the text that each belongs to."""
        parts = [self._of_run(at, prefixes) for at in range(len(self._runs))]
        return np.concatenate([keys for keys, _ in parts]), np.concatenate([texts for _, texts in parts])

    def _of_run(self, at: int, prefixes: range) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        run = self._runs[at]
        start, end = int(run.prefixes[prefixes.start]), int(run.prefixes[prefixes.stop])
        owners = self._loaded(np.uint16, run.owners, start, end)
        keys = self._loaded(np.uint64, run.fingerprints, start, end)
        texts = self._numbers[self._starts[at] : self._starts[at + 1]][owners]
        if self._rows.size == self._numbers.size:
            return keys, texts
        paired = texts >= 0
        return keys[paired], texts[paired]

    def _loaded[T: np.generic](self, kind: type[T], position: int, start: int, end: int) -> NDArray[T]:
        """Load some items of a stored array."""
        size = np.dtype(kind).itemsize
        return np.frombuffer(self._spill.read(position + size * start, position + size * end), dtype=kind)


def _ranges(counts: NDArray[np.int64]) -> list[range]:
    """Cut the prefixes into ranges of about as many fingerprints each.

    Args:
        counts: Fingerprints with each prefix.
    """
    total = int(counts.sum())
    if not total:
        return []
    size = min(FINGERPRINTS_AT_ONCE, max(total // LEAST_RANGES, 1))
    before = np.minimum(np.cumsum(counts) - counts, total - 1)
    bounds = [*np.flatnonzero(np.diff(before // size, prepend=-1)).tolist(), counts.size]
    return [range(first, last) for first, last in pairwise(bounds)]
