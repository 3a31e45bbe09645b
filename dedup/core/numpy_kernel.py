"""The hot loops in numpy.

Every function is pure and takes and gives arrays of fixed dtype, so that a compiled version can be
held to the same bits.
"""

import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from dedup.core.numpy_fold import FIRST_UNSPACED, SPACE, fold_texts, fold_units, unspaced_units
from dedup.core.text_column import UTF16, TextColumn, Texts, as_column

__all__ = [
    "PreparedText",
    "PreparedTexts",
    "band_keys",
    "compiler",
    "digest",
    "fold_texts",
    "fold_units",
    "minhash",
    "multipliers",
    "prepare",
    "prepare_many",
    "shared_counts",
    "shingle_sequences",
    "simd",
    "window_hashes",
    "window_starts",
    "winnow",
]

type PreparedText = tuple[int, bytes, NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint32]]


class PreparedTexts(NamedTuple):
    """What is known of many texts, a row each.

    Attributes:
        letters: int64: folded letters, UTF-16 units without spaces.
        digests: BLAKE2b of the folded texts, UTF-16-LE, `DIGEST_SIZE` bytes each, one after the other.
        shingles: uint64, those of each text ascending, each once.
        shingle_bounds: int64, shape (n + 1,): where those of each text begin.
        fingerprints: uint64, likewise: the winnowed shingles.
        fingerprint_bounds: int64, shape (n + 1,).
        openings: uint64, likewise: the shingles that open a line; a folded text is one line.
        opening_bounds: int64, shape (n + 1,).
        closings: uint64: the last shingle of each text, 0 for a text without any.
        signatures: uint32, shape (n, permutations): MinHash of the upper halves of the shingles.
        folded: The folded texts.
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
    folded: TextColumn


DIGEST_SIZE = 16

NEWLINE = 0x0A

WINDOWS_AT_ONCE = 1 << 16
"""Windows that are widened to 64 bits together: 10 MB, whatever the length of the text."""


SHORT_WINDOWS = 4
"""A text of so many windows of shingles, or less, keeps them all as fingerprints: an alert of ten words
inside a long story shares no whole window with it."""


@cache
def multipliers(letters: int) -> NDArray[np.uint64]:
    """Odd 64-bit factors of the window hash, one a letter, then one for the length; from BLAKE2b."""
    digests = (blake2b(f"dedup shingle {i}".encode(), digest_size=8).digest() for i in range(letters + 1))
    return np.array([int.from_bytes(digest, "little") | 1 for digest in digests], dtype=np.uint64)


def window_starts(units: NDArray[np.uint16]) -> tuple[NDArray[np.uint16], NDArray[np.intp], NDArray[np.intp]]:
    """Letters without spaces, and where words start among them.

    Returns:
        The letters; the index of each in `units`; ascending indices of word starts in the letters
        (of every letter, in scripts without spaces).
    """
    letter = units != SPACE
    where = np.flatnonzero(letter)
    letters = units[where]
    anchor = np.ones(letters.size, dtype=np.bool_)
    anchor[1:] = np.diff(where) > 1
    if letters.size and letters.max() >= FIRST_UNSPACED:
        anchor |= unspaced_units()[letters]
    return letters, where, np.flatnonzero(anchor)


def window_hashes(letters: NDArray[np.uint16], starts: NDArray[np.intp], *, width: int) -> NDArray[np.uint64]:
    """Hash the `width` letters from each start; windows that would run over the end are left out.

    A text shorter than one window is hashed whole. Multilinear hashing modulo 2**64 (Lemire and
    Kaser, "Strongly universal string hashing is fast", 2014), then the finaliser of MurmurHash3.
    """
    factors = multipliers(width)
    if letters.size < width:
        windows, starts = letters[None, :], np.zeros(min(letters.size, 1), dtype=np.intp)
    else:
        windows, starts = sliding_window_view(letters, width), starts[starts <= letters.size - width]
    size = windows.shape[1]
    sums = np.full(starts.size, size * int(factors[width]) % 2**64, dtype=np.uint64)
    for first in range(0, starts.size, WINDOWS_AT_ONCE):
        some = slice(first, first + WINDOWS_AT_ONCE)
        sums[some] += windows[starts[some]].astype(np.uint64) @ factors[:size]
    return _mix(sums)


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))


def minhash(hashes: NDArray[np.uint32], a: NDArray[np.uint32], b: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Give min over `hashes` of a * fmix32(hash) + b modulo 2**32, for each permutation."""
    mixed = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    mixed = (mixed ^ (mixed >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return (a[:, None] * mixed[None, :] + b[:, None]).min(axis=1, initial=np.uint32(0xFFFFFFFF))


def winnow(hashes: NDArray[np.uint64], *, window: int) -> NDArray[np.uint64]:
    """Keep the smallest hash of every `window` consecutive ones, each once, ascending.

    Any run of `window` hashes that two texts share leaves both at least one fingerprint in common
    (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", 2003).
    """
    if hashes.size <= window:
        return np.unique(hashes.min(keepdims=True)) if hashes.size else hashes
    return np.unique(sliding_window_view(hashes, window).min(axis=1))


def band_keys(signatures: NDArray[np.uint32], *, rows: int) -> NDArray[np.uint64]:
    """Hash every band of `rows` signature values: uint64, shape (bands, n). Leftover values are unused."""
    bands = signatures.shape[1] // rows
    factors = multipliers(rows)[:rows]
    keys = np.empty((bands, signatures.shape[0]), dtype=np.uint64)
    for band in range(bands):
        keys[band] = _mix(signatures[:, band * rows : (band + 1) * rows].astype(np.uint64) @ factors)
    return keys


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
        letters: Window of a shingle, UTF-16 units without spaces, 1 or more.
        window: Consecutive shingles of which one is kept as a fingerprint, 1 or more.
        a: Odd factor of each permutation.
        b: Summand of each permutation.

    Returns:
        How many letters; the folded units as UTF-16 in native order; the shingles, ascending, each
        once; the fingerprints, likewise; the signature of the upper halves of the shingles.
    """
    folded, _ = fold_units(np.frombuffer(text.encode(UTF16, "surrogatepass"), dtype=np.uint16))
    written, _, starts = window_starts(folded)
    sequence = window_hashes(written, starts, width=letters)
    return _sketch(folded, written.size, sequence, window=window, a=a, b=b)


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
    return letters, folded.tobytes(), shingles, prints, signature


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
        prepared.append(_sketch(folded, written.size, sequence, window=window, a=a, b=b))
    digests = (digest(each[1]) for each in prepared)
    every = [np.frombuffer(each[1], dtype=np.uint16) for each in prepared]
    return PreparedTexts(
        np.array([each[0] for each in prepared], dtype=np.int64),
        b"".join(digests),
        *_concatenated([each[2] for each in prepared], np.uint64),
        *_concatenated([each[3] for each in prepared], np.uint64),
        *_concatenated(openings, np.uint64),
        np.array(closings, dtype=np.uint64),
        np.array([each[4] for each in prepared], dtype=np.uint32).reshape(len(prepared), a.size),
        TextColumn(*_concatenated(every, np.uint16), folded=True),
    )


def shingle_sequences(texts: Texts, *, letters: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Give the shingles of many texts in reading order.

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
    """Give the BLAKE2b-128 of folded units; the same on machines of either byte order."""
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
