"""The hot loops in numpy.

Every function is pure and takes and gives arrays of fixed dtype, so that a compiled version can be
held to the same bits.
"""

import sys
from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.core.letter_windows import multipliers, text_size, window_ends, window_hashes, window_starts
from dedup.core.numpy_fold import fold_texts, fold_texts_placed, fold_units
from dedup.core.numpy_hashes import band_keys, minhash, winnow
from dedup.core.text_column import UTF16, TextColumn, Texts, as_column

__all__ = [
    "PreparedText",
    "PreparedTexts",
    "band_keys",
    "compiler",
    "digest",
    "fold_texts",
    "fold_texts_placed",
    "fold_units",
    "minhash",
    "multipliers",
    "prepare",
    "prepare_many",
    "shared_counts",
    "shared_rows",
    "shingle_sequences",
    "simd",
    "slot_bits",
    "window_ends",
    "window_hashes",
    "window_starts",
    "winnow",
]

type PreparedText = tuple[
    int, bytes, NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint32], NDArray[np.uint64]
]


class PreparedTexts(NamedTuple):
    """What is known of many texts, a row each.

    Attributes:
        letters: int64: folded letters without spaces; an ideograph counts for 3, a kana for 2.
        digests: BLAKE2b of the folded texts, UTF-16-LE, `DIGEST_SIZE` bytes each, one after the other.
        shingles: uint64, those of each text ascending, each once.
        shingle_bounds: int64, shape (n + 1,): where those of each text begin.
        fingerprints: uint64, likewise: the winnowed shingles.
        fingerprint_bounds: int64, shape (n + 1,).
        openings: uint64, likewise: the shingles that open a line; a folded text is one line.
        opening_bounds: int64, shape (n + 1,).
        closings: uint64: the last shingle of each text, 0 for a text without any.
        signatures: uint32, shape (n, permutations): MinHash of the upper halves of the shingles.
    """

    letters: NDArray[np.int64]
    digests: bytes
    shingles: NDArray[np.uint64]
    shingle_bounds: NDArray[np.int64]
    fingerprints: NDArray[np.uint64]
    fingerprint_bounds: NDArray[np.int64]
    openings: NDArray[np.uint64]
    opening_bounds: NDArray[np.int64]
    closings: NDArray[np.uint64]
    signatures: NDArray[np.uint32]


DIGEST_SIZE = 16

NEWLINE = 0x0A

SHORT_WINDOWS = 4
"""A text of so many windows of shingles, or less, keeps them all as fingerprints: an alert of ten words
inside a long story shares no whole window with it."""


GOLDEN = np.uint64(0x9E3779B97F4A7C15)
"""Odd: 2**64 by the golden ratio. The upper bits of a product depend on all bits of a key."""


MOST_SLOT_BITS = 24
"""Of a table of 4 MB in the compiled kernel, 128 MB here."""


def slot_bits(keys: int) -> int:
    """Return the logarithm of the number of slots for so many keys: 8 to 16 for each of up to two million."""
    return min(max(keys - 1, 0).bit_length() + 3, MOST_SLOT_BITS)


def shared_rows(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """List rows whose key may be in another row: all that are, and one in eight of the others or less.

    Beyond two million keys more of the others are among them.

    Args:
        keys: In any order.

    Returns:
        int64, ascending.
    """
    bits = slot_bits(keys.size)
    slots = (keys * GOLDEN >> np.uint64(64 - bits)).astype(np.intp)
    return np.flatnonzero(np.bincount(slots, minlength=1 << bits)[slots] > 1)


def shared_counts(
    values: NDArray[np.uint64],
    bounds: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Count what the sorted sets `left[i]` and `right[i]` share.

    Args:
        values: All sets, one after the other, each ascending and without repeats.
        bounds: Where each set begins in `values`, and the end of the last: shape (n + 1,).
        left: Row of one set of each pair; equal rows must stand together.
        right: Row of the other.

    Returns:
        int64, shape (n_pairs,).
    """
    counts = np.zeros(left.size, dtype=np.int64)
    if not left.size:
        return counts
    edges = np.flatnonzero(np.diff(left)) + 1
    sizes = np.diff(bounds)
    for first, last in zip([0, *edges], [*edges, left.size], strict=True):
        own = values[bounds[left[first]] : bounds[left[first] + 1]]
        rows = right[first:last]
        lengths = sizes[rows]
        ends = np.cumsum(lengths)
        if not own.size or not ends[-1]:
            continue
        index = np.arange(ends[-1]) + np.repeat(bounds[rows] - (ends - lengths), lengths)
        theirs = values[index]
        at = np.minimum(np.searchsorted(own, theirs), own.size - 1)
        hits = np.concatenate(([0], np.cumsum(own[at] == theirs)))
        counts[first:last] = hits[ends] - hits[ends - lengths]
    return counts


def prepare(
    text: str, *, letters: int, window: int, a: NDArray[np.uint32], b: NDArray[np.uint32]
) -> PreparedText:
    """Fold, shingle, winnow and sketch one text.

    Args:
        text: Any string; lone surrogates count as separators.
        letters: Window of a shingle, letters of an alphabet without spaces, 1 or more.
        window: Consecutive shingles of which one is kept as a fingerprint, 1 or more.
        a: Odd factor of each permutation.
        b: Summand of each permutation.

    Returns:
        How many letters; the folded units as UTF-16 in native order; the shingles, ascending, each
        once; the fingerprints, likewise; the signature of the upper halves of the shingles; the shingles in
        reading order.
    """
    folded, _ = fold_units(np.frombuffer(text.encode(UTF16, "surrogatepass"), dtype=np.uint16))
    written, _, starts = window_starts(folded)
    sequence = window_hashes(written, starts, width=letters)
    return _sketch(folded, text_size(written), sequence, window=window, a=a, b=b)


def _sketch(
    folded: NDArray[np.uint16],
    letters: int,
    sequence: NDArray[np.uint64],
    *,
    window: int,
    a: NDArray[np.uint32],
    b: NDArray[np.uint32],
) -> PreparedText:
    shingles = np.unique(sequence)
    signature = minhash((shingles >> np.uint64(32)).astype(np.uint32), a, b)
    short = sequence.size // SHORT_WINDOWS <= window
    prints = shingles if short else winnow(sequence, window=window)
    return letters, folded.tobytes(), shingles, prints, signature, sequence


def prepare_many(
    texts: Texts, *, letters: int, window: int, a: NDArray[np.uint32], b: NDArray[np.uint32]
) -> PreparedTexts:
    """Do what `prepare` does for many texts, which may be folded already.

    Args:
        texts: Strings, or a column of them.
        letters: As `prepare` has it; likewise the other settings.
        window: Shingles of which one is kept.
        a: Odd factors.
        b: Summands.

    Raises:
        TypeError: A text is not a `str`.
    """
    prepared, openings, closings = [], [], []
    for folded, lines in _folded_lines(as_column(texts)):
        written, units, starts = window_starts(folded)
        sequence = window_hashes(written, starts, width=letters)
        opening = np.searchsorted(units[starts], lines)
        openings.append(np.unique(sequence[opening[opening < sequence.size]]))
        closings.append(sequence[-1] if sequence.size else 0)
        prepared.append(_sketch(folded, text_size(written), sequence, window=window, a=a, b=b))
    digests = (digest(each[1]) for each in prepared)
    return PreparedTexts(
        np.array([each[0] for each in prepared], dtype=np.int64),
        b"".join(digests),
        *_concatenated([each[2] for each in prepared], np.uint64),
        *_concatenated([each[3] for each in prepared], np.uint64),
        *_concatenated(openings, np.uint64),
        np.array(closings, dtype=np.uint64),
        np.array([each[4] for each in prepared], dtype=np.uint32).reshape(len(prepared), a.size),
    )


def shingle_sequences(texts: Texts, *, letters: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the shingles of many texts in reading order.

    Returns:
        uint64, one text after the other, one a word; and where those of each begin: int64, shape (n + 1,).

    Raises:
        TypeError: A text is not a `str`.
    """
    units = fold_texts(texts)
    sequences = []
    for start, end in pairwise(units.bounds.tolist()):
        written, _, starts = window_starts(units.data[start:end].view(np.uint16))
        sequences.append(window_hashes(written, starts, width=letters))
    return _concatenated(sequences, np.uint64)


def _folded_lines(texts: TextColumn) -> Iterator[tuple[NDArray[np.uint16], NDArray[np.intp]]]:
    """Fold texts; give the units of each, and where among them each line begins, ascending."""
    if texts.folded:
        for start, end in pairwise(texts.bounds.tolist()):
            yield texts.data[start:end].view(np.uint16), np.zeros(1, dtype=np.intp)
        return
    for text in texts:
        units = np.frombuffer(text.encode(UTF16, "surrogatepass"), dtype=np.uint16)
        folded, origin = fold_units(units)
        yield folded, np.searchsorted(origin, np.append(0, np.flatnonzero(units == NEWLINE) + 1))


def digest(folded: bytes) -> bytes:
    """Return the BLAKE2b-128 of folded units; the same on machines of either byte order."""
    if sys.byteorder != "little":  # pragma: no cover - no such machine at hand
        folded = np.frombuffer(folded, dtype=np.uint16).astype("<u2").tobytes()
    return blake2b(folded, digest_size=DIGEST_SIZE).digest()


def _concatenated[T: np.generic](
    sets: list[NDArray[T]], dtype: type[T]
) -> tuple[NDArray[T], NDArray[np.int64]]:
    bounds = np.cumsum([0, *(each.size for each in sets)], dtype=np.int64)
    return np.concatenate([np.empty(0, dtype=dtype), *sets]), bounds


def simd() -> str:
    """Name the vectors in use; those of numpy are its own affair."""
    return "numpy"


def compiler() -> str:
    """Name the compiler that made the kernel."""
    return "none"
