"""The inner loops in numpy: the reference for the compiled kernel, which must give the same bits.

Every function is pure, and takes and returns arrays of fixed dtypes.
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
from dedup.core.text_column import TextColumn, Texts, as_column, utf16_units

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
    """Shingles and sketches of many texts, one row per text.

    Attributes:
        letters: int64: number of folded letters without spaces; an ideograph counts as 3, a kana as 2.
        digests: BLAKE2b of the folded texts in UTF-16-LE, `DIGEST_SIZE` bytes each, concatenated.
        shingles: uint64: the distinct shingles of each text, ascending, concatenated.
        shingle_bounds: int64, shape (n + 1,): start of each text in `shingles`.
        fingerprints: uint64, likewise: the winnowed shingles.
        fingerprint_bounds: int64, shape (n + 1,).
        openings: uint64, likewise: the shingles at the beginning of a line; a folded text is one line.
        opening_bounds: int64, shape (n + 1,).
        closings: uint64: the last shingle of each text, 0 if it has none.
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
"""Number of winnowing windows up to which all shingles of a text are fingerprints: an alert of ten words
shares no whole window with the long story around it."""


GOLDEN = np.uint64(0x9E3779B97F4A7C15)
"""2**64 divided by the golden ratio, made odd: the upper bits of a product depend on all bits of a key."""


MOST_SLOT_BITS = 24
"""Maximum of `slot_bits`: the table takes 4 MB in the compiled kernel, 128 MB here."""


def slot_bits(keys: int) -> int:
    """Return the binary logarithm of the table size: 8 to 16 slots per key for up to two million keys."""
    return min(max(keys - 1, 0).bit_length() + 3, MOST_SLOT_BITS)


def shared_rows(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the rows whose key may occur in another row.

    All rows with a repeated key are among them, and at most one in eight of the others; more beyond two
    million keys.

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
    """Count the values that the sets `left[i]` and `right[i]` share.

    Args:
        values: All sets, concatenated, each ascending and without repeats.
        bounds: Start of each set in `values`, and the end of the last: shape (n + 1,).
        left: Row of one set of each pair; equal rows must be adjacent.
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
        letters: Length of a shingle in alphabetic letters without spaces, at least 1.
        window: Number of consecutive shingles of which one is a fingerprint, at least 1.
        a: Odd factor of each permutation.
        b: Summand of each permutation.

    Returns:
        The number of letters; the folded text as UTF-16 in native order; the distinct shingles, ascending;
        the fingerprints, likewise; the MinHash signature of the upper halves of the shingles; and the
        shingles in reading order.
    """
    folded, _ = fold_units(utf16_units(text))
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
    """Prepare many texts, which may be folded already.

    Args:
        texts: Strings, or a column of them.
        letters: See `prepare`, as for the other settings.
        window: Number of shingles of which one is a fingerprint.
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
        uint64: one shingle per word, the texts concatenated; and int64, shape (n + 1,): their bounds.

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
    """Fold texts; yield the units of each, and the index of the first unit of each line, ascending."""
    if texts.folded:
        for start, end in pairwise(texts.bounds.tolist()):
            yield texts.data[start:end].view(np.uint16), np.zeros(1, dtype=np.intp)
        return
    for text in texts:
        units = utf16_units(text)
        folded, origin = fold_units(units)
        yield folded, np.searchsorted(origin, np.append(0, np.flatnonzero(units == NEWLINE) + 1))


def digest(folded: bytes) -> bytes:
    """Return the BLAKE2b-128 of folded units, independent of the byte order of the machine."""
    if sys.byteorder != "little":  # pragma: no cover - no such machine at hand
        folded = np.frombuffer(folded, dtype=np.uint16).astype("<u2").tobytes()
    return blake2b(folded, digest_size=DIGEST_SIZE).digest()


def _concatenated[T: np.generic](
    sets: list[NDArray[T]], dtype: type[T]
) -> tuple[NDArray[T], NDArray[np.int64]]:
    bounds = np.cumsum([0, *(each.size for each in sets)], dtype=np.int64)
    return np.concatenate([np.empty(0, dtype=dtype), *sets]), bounds


def simd() -> str:
    """Return the name of the SIMD instructions in use; numpy chooses its own."""
    return "numpy"


def compiler() -> str:
    """Return the name of the compiler that built the kernel."""
    return "none"
