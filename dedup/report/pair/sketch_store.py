"""Store of MinHash band keys and fingerprints.

Batches are buffered, written to a temporary file in runs, and read back one band or one range of fingerprints
at a time.

Source for fingerprints: Schleimer, Wilkerson and Aiken, "Winnowing", 2003.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.report.spill import MemoryBudget, Spill
from dedup.text.prepare import SketchedBatch

PREFIX_BITS = 12
PREFIXES = 1 << PREFIX_BITS
"""A run groups fingerprints by their upper bits, so that each range is read from one place. Winnowing keeps
the smallest hashes, so low prefixes are frequent: prefix 0 has `winnow` times the average."""

BANDS_AT_ONCE = 4
"""Bands paired in one task. What a single band takes depends on which texts agree in it; of four together the
slowest task took 1.9 times the median on alerts of one template (`benchmarks.driver --only alerts`)."""

FINGERPRINTS_AT_ONCE = 1 << 18
"""Most fingerprints paired at once, unless more have one prefix: 2 MB, which fits a cache, plus ten times
that of working memory."""

LEAST_RANGES = 4
"""Minimum number of ranges, to share among threads."""

RUN = 1 << 14
"""Minimum number of documents per run: more runs would slow down reading a range."""


class Sketches(NamedTuple):
    """Sketches of at most 49,152 documents: a run numbers its documents in 16 bits.

    Attributes:
        band_keys: uint64, shape (bands, n): a hash of each band of each signature.
        order: uint64, shape (n,): sorting by it puts similar texts next to each other.
        fingerprints: uint64: fingerprints of all documents, concatenated; unique within a document.
        sizes: int32: number of fingerprints of each document.
    """

    band_keys: NDArray[np.uint64]
    order: NDArray[np.uint64]
    fingerprints: NDArray[np.uint64]
    sizes: NDArray[np.int32]


class Run(NamedTuple):
    """Sketches of some documents, laid out for reading by band and by prefix.

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
    """Extract the sketches of a prepared batch."""
    sizes = np.diff(sketched.fingerprint_bounds).astype(np.int32)
    return Sketches(sketched.band_keys, sketched.order, sketched.fingerprints, sizes)


def arrange(batches: Sequence[Sketches]) -> Run:
    """Lay out the sketches of some batches, at most 49,152 documents."""
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
    """A stored run of sketches: the positions of its arrays, and the columns that stay in memory.

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
        """Begin empty, with a memory budget; None for a separate one."""
        self._spill = Spill(memory)
        self._runs: list[SpilledRun] = []
        self._waiting: list[Sketches] = []
        self._waiting_documents = 0
        self.bands = 0

    def add(self, sketches: Sketches) -> None:
        """Add the sketches of a batch.

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
        """Add an arranged run; no batches may be buffered before it.

        Raises:
            WritingError: There is no room.
        """
        self.bands = run.band_keys.shape[0]
        positions = [self._spill.append(part) for part in (run.band_keys, run.fingerprints, run.owners)]
        self._runs.append(SpilledRun(run.order, run.sizes, run.prefixes, *positions))

    def view(self, rows: NDArray[np.int64]) -> "SketchView":
        """Return the sketches of the texts to pair; nothing may be added afterwards.

        Args:
            rows: The document of each text, in order of arrival. A text is numbered by its position here.

        Raises:
            WritingError: There is no room.
        """
        self._end_run()
        return SketchView(self._spill, self._runs, rows, bands=self.bands)


class SketchView:
    """The sketches of the texts to pair, loaded by band or by range of fingerprints.

    Attributes:
        bands: Numbers of the bands that are paired in one task, ascending.
        ranges: Prefixes of the fingerprints that are, ascending.
        largest: Number of fingerprints of the largest range.
        sizes: int32, shape (texts,): number of fingerprints of each text.
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
        every = range(bands if rows.size else 0)
        self.bands = [every[at : at + BANDS_AT_ONCE] for at in range(0, len(every), BANDS_AT_ONCE)]
        counts: NDArray[np.int64] = sum((np.diff(run.prefixes) for run in runs), np.zeros(PREFIXES, np.int64))
        self.ranges = _ranges(counts)
        self.largest = max((int(counts[some.start : some.stop].sum()) for some in self.ranges), default=0)
        self.sizes = np.concatenate([np.empty(0, np.int32), *(run.sizes for run in runs)])[rows]
        self.order = np.concatenate([np.empty(0, np.uint64), *(run.order for run in runs)])[rows]

    def band(self, number: int) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """Return the keys of one band, and the number of the text that each belongs to, ascending."""
        keys = [
            self._loaded(np.uint64, run.band_keys, number * run.sizes.size, (number + 1) * run.sizes.size)
            for run in self._runs
        ]
        return np.concatenate(keys)[self._rows], np.arange(self._rows.size, dtype=np.int32)

    def fingerprints(self, prefixes: range) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """Return the fingerprints of one range, and the number of the text that each belongs to."""
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
    """Divide the prefixes into ranges, none of which has more fingerprints than the most frequent prefix.

    Where one fingerprint is in most texts its prefix cannot be divided. The other ranges are as large then:
    no task takes much longer than the others.

    Args:
        counts: Number of fingerprints with each prefix.
    """
    ends = np.cumsum(counts)
    total = int(ends[-1])
    size = max(min(FINGERPRINTS_AT_ONCE, -(-total // LEAST_RANGES)), int(counts.max()))
    ranges: list[range] = []
    last = before = 0
    while before < total:
        first, last = last, int(np.searchsorted(ends, before + size, side="right"))
        before = int(ends[last - 1])
        ranges.append(range(first, last))
    return ranges
