"""Sketches in runs: kept as they come, spilled many together, loaded by band and by part.

Source for fingerprints: Schleimer, Wilkerson and Aiken, "Winnowing", 2003.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.report.spill import MemoryBudget, Spill

PART_BITS = 8
PARTS = 1 << PART_BITS
"""Fingerprints are kept apart by their upper bits, so that a part of them all can be sorted alone."""

AT_ONCE = 1 << 20
"""Fingerprints that are sorted together, about: 8 MB, and three times that for what comes of it."""

SHARES = 4
"""Parts there are at least, for threads to share."""

RUN = 1 << 14
"""Documents that are spilled together, at least: more pieces would make reading a part slower."""


class Sketches(NamedTuple):
    """What the index keeps of some documents, 49,152 at most: their numbers in a run take 16 bits.

    Attributes:
        band_keys: uint64, shape (bands, n): a hash of each band of each signature.
        heads: uint32, shape (n, `HEAD` at most): the first values of each signature.
        fingerprints: uint64: those of all documents, one after the other; each once for a document.
        sizes: int32: how many fingerprints each document has.
    """

    band_keys: NDArray[np.uint64]
    heads: NDArray[np.uint32]
    fingerprints: NDArray[np.uint64]
    sizes: NDArray[np.int32]


class _Run(NamedTuple):
    """Documents whose sketches are spilled: the positions of their arrays, and what stays in memory.

    Attributes:
        heads: Of their signatures.
        sizes: Fingerprints of each.
        parts: int64, shape (`PARTS` + 1,): where the fingerprints with each value of the upper bits begin.
        band_keys: Position of the keys, band by band.
        fingerprints: Position of the fingerprints, by their upper bits.
        owners: Position of the document, uint16, that each fingerprint is of.
    """

    heads: NDArray[np.uint32]
    sizes: NDArray[np.int32]
    parts: NDArray[np.int64]
    band_keys: int
    fingerprints: int
    owners: int


class Runs:
    """The sketches of documents, in the order of arrival."""

    def __init__(self, memory: MemoryBudget | None = None) -> None:
        self._spill = Spill(memory)
        self._runs: list[_Run] = []
        self._waiting: list[Sketches] = []
        self._waits = 0
        self.bands = 0

    def add(self, sketches: Sketches) -> None:
        """Take over the sketches of a batch.

        Raises:
            WritingError: There is no room.
        """
        self._waiting.append(sketches)
        self._waits += sketches.sizes.size
        self.bands = sketches.band_keys.shape[0]
        if self._waits >= RUN:
            self.settle()

    def settle(self) -> None:
        """Spill what still waits.

        Raises:
            WritingError: There is no room.
        """
        if self._waiting:
            self._runs.append(self._spilled(self._waiting))
            self._waiting, self._waits = [], 0

    def _spilled(self, batches: Sequence[Sketches]) -> _Run:
        keys, heads, fingerprints, sizes = zip(*batches, strict=True)
        every, size = np.concatenate(fingerprints), np.concatenate(sizes)
        upper = (every >> np.uint64(64 - PART_BITS)).astype(np.uint8)
        order = np.argsort(upper, kind="stable")
        owners = np.repeat(np.arange(size.size, dtype=np.uint16), size)
        return _Run(
            np.concatenate(heads),
            size,
            np.append(0, np.cumsum(np.bincount(upper, minlength=PARTS))),
            self._spill.append(np.concatenate(keys, axis=1)),
            self._spill.append(every[order]),
            self._spill.append(owners[order]),
        )

    def texts(self, rows: NDArray[np.int64]) -> "Texts":
        """Give the sketches of the documents that are paired; nothing may be added any more."""
        self.settle()
        return Texts(self._spill, self._runs, rows, bands=self.bands)


class Texts:
    """The sketches of the documents that are paired: keys, with the number of the text in the lower bits.

    Attributes:
        count: How many there are.
        number_bits: Those of a key that hold the number.
        bands: Numbers of the bands.
        parts: Where the parts begin that are loaded together.
    """

    def __init__(self, spill: Spill, runs: Sequence[_Run], rows: NDArray[np.int64], *, bands: int) -> None:
        self._spill = spill
        self._runs = runs
        self._rows = rows
        self._starts = np.cumsum([0, *(run.sizes.size for run in runs)])
        self._numbers = np.full(self._starts[-1], -1, dtype=np.int64)
        self._numbers[rows] = np.arange(rows.size)
        self.count = rows.size
        self.number_bits = np.uint64((1 << max(int(rows.size - 1).bit_length(), 1)) - 1)
        self.bands = range(bands)
        total = sum(int(run.parts[-1]) for run in runs)
        self._together = max(PARTS * AT_ONCE // max(total, SHARES * AT_ONCE), 1)
        self.parts = range(0, PARTS, self._together)

    def band(self, number: int) -> NDArray[np.uint64]:
        """Give the keys of one band."""
        keys = [
            self._loaded(np.uint64, run.band_keys, number * run.sizes.size, (number + 1) * run.sizes.size)
            for run in self._runs
        ]
        return self._packed(np.concatenate(keys)[self._rows], np.arange(self.count))

    def part(self, first: int) -> NDArray[np.uint64]:
        """Give the fingerprints of some parts, as many together as `AT_ONCE` allows."""
        last = min(first + self._together, PARTS)
        return np.concatenate([self._part(at, first, last) for at in range(len(self._runs))])

    def _part(self, at: int, first: int, last: int) -> NDArray[np.uint64]:
        run = self._runs[at]
        start, end = int(run.parts[first]), int(run.parts[last])
        owners = self._loaded(np.uint16, run.owners, start, end)
        numbers = self._numbers[self._starts[at] : self._starts[at + 1]][owners]
        packed = self._packed(self._loaded(np.uint64, run.fingerprints, start, end), numbers)
        return packed if self.count == self._numbers.size else packed[numbers >= 0]

    def _loaded[T: np.generic](self, kind: type[T], position: int, start: int, end: int) -> NDArray[T]:
        """Load some items of a spilled array."""
        size = np.dtype(kind).itemsize
        return np.frombuffer(self._spill.read(position + size * start, position + size * end), dtype=kind)

    def _packed(self, keys: NDArray[np.uint64], numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
        return keys & ~self.number_bits | numbers.view(np.uint64)

    def sizes(self) -> NDArray[np.int32]:
        """Give how many fingerprints each text has."""
        return np.concatenate([run.sizes for run in self._runs])[self._rows]

    def heads(self, numbers: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Give the first signature values of some texts."""
        rows = self._rows[numbers]
        held = np.searchsorted(self._starts, rows, side="right") - 1
        places = zip(held.tolist(), (rows - self._starts[held]).tolist(), strict=True)
        return np.stack([self._runs[at].heads[row] for at, row in places])
