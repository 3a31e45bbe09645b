"""The compiled kernel: the functions of numpy_kernel.py and its companions, in C and without the GIL.

The C is in native/; kernel.h declares the functions called here. This module checks arguments and allocates
outputs.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedup.core.compiled_words import WordColumn, distinct_words, weigh_words
from dedup.core.native_arrays import (
    adopted,
    array,
    check_memory,
    native_column,
    native_fold_table,
    pointer,
    positive,
    row_pairs,
)
from dedup.core.native_library import ffi, lib
from dedup.core.numpy_kernel import DIGEST_SIZE, PreparedText, PreparedTexts, multipliers, slot_bits
from dedup.core.text_column import UTF16, TextColumn, Texts, as_column, ascend

__all__ = [
    "WordColumn",
    "band_keys",
    "compiler",
    "distinct_words",
    "fold_texts",
    "fold_texts_placed",
    "minhash",
    "prepare",
    "prepare_many",
    "shared_counts",
    "shared_rows",
    "shingle_sequences",
    "simd",
    "simd_paths",
    "use_simd",
    "weigh_words",
    "winnow",
]


_MOST_SETTINGS = 16
"""Maximum number of cached settings; a run has one or two."""


def prepare_many(
    texts: Texts, *, letters: int, window: int, a: NDArray[np.uint32], b: NDArray[np.uint32]
) -> PreparedTexts:
    """See `numpy_kernel.prepare_many`."""
    settings = _settings(letters, window, a, b)
    source = as_column(texts)
    made, kept = native_column(source)
    count = len(source)
    lengths, digests = np.empty(count, np.int64), np.empty(DIGEST_SIZE * count, np.uint8)
    signatures = np.empty((count, a.size), np.uint32)
    closings = np.empty(count, np.uint64)
    bounds = [np.empty(count + 1, np.int64) for _ in range(3)]
    columns: tuple[NDArray[Any], ...] = (lengths, digests, signatures, closings, *bounds)
    out = ffi.new("PreparedTexts *", [pointer(each) for each in columns])
    fault = lib.prepare_texts(made, settings[0], out)
    shingles, prints = adopted(out.shingles, np.uint64), adopted(out.fingerprints, np.uint64)
    openings = adopted(out.openings, np.uint64)
    check_memory(fault)
    del kept
    sets = (shingles, bounds[0], prints, bounds[1], openings, bounds[2])
    return PreparedTexts(lengths, digests.tobytes(), *sets, closings, signatures)


def prepare(
    text: str, *, letters: int, window: int, a: NDArray[np.uint32], b: NDArray[np.uint32]
) -> PreparedText:
    """See `numpy_kernel.prepare`."""
    if not isinstance(text, str):
        raise TypeError(f"text is {type(text).__name__}, expected str")
    settings = _settings(letters, window, a, b)
    units = text.encode(UTF16, "surrogatepass")
    signature, out = np.empty(a.size, np.uint32), ffi.new("PreparedText *")
    source = ffi.from_buffer("uint16_t[]", units)
    fault = lib.prepare_text(source, len(source), settings[0], pointer(signature), out)
    shingles, prints = adopted(out.shingles, np.uint64), adopted(out.fingerprints, np.uint64)
    sequence, folded = adopted(out.sequence, np.uint64), adopted(out.folded, np.uint16)
    check_memory(fault)
    return out.letters, folded.tobytes(), shingles, prints, signature, sequence


_known_settings: dict[tuple[int, int, int, int], tuple[Any, tuple[object, ...]]] = {}


def _settings(
    letters: int, window: int, a: NDArray[np.uint32], b: NDArray[np.uint32]
) -> tuple[Any, tuple[object, ...]]:
    """Return the C struct of the settings, and the objects that must outlive it; cached by arrays.

    Raises:
        ValueError: A size is below 1, or the arrays differ in length.
    """
    key = (letters, window, id(a), id(b))
    known = _known_settings.get(key)
    if known is not None:  # it keeps both arrays alive, so their ids are not reused
        return known
    factors, ours, theirs = (
        multipliers(positive(letters, "letters")),
        array(a, "a", np.uint32),
        array(b, "b", np.uint32),
    )
    if ours.size != theirs.size:
        raise ValueError("a and b differ in length; each permutation has one of both")
    parts = (pointer(factors), pointer(ours), pointer(theirs))
    made = ffi.new(
        "PrepareSettings *", [native_fold_table(), letters, positive(window, "window"), *parts, ours.size]
    )
    known = made, (a, b, parts)
    if ours is a and theirs is b:  # else this is a copy, which may become stale
        if len(_known_settings) >= _MOST_SETTINGS:
            _known_settings.clear()
        _known_settings[key] = known
    return known


def fold_texts(texts: Texts) -> TextColumn:
    """See `numpy_kernel.fold_texts`."""
    source = as_column(texts)
    if source.folded:
        return source
    made, kept = native_column(source)
    bounds, folded = np.empty(len(source) + 1, np.int64), ffi.new("List16 *")
    fault = lib.fold_texts(made, native_fold_table(), folded, pointer(bounds))
    units = adopted(folded, np.uint16)
    check_memory(fault)
    del kept
    return TextColumn.trusted(units, bounds, folded=True)


def fold_texts_placed(texts: Texts) -> tuple[TextColumn, NDArray[np.int64]]:
    """See `numpy_kernel.fold_texts_placed`."""
    source = as_column(texts)
    if source.data.dtype == np.uint8:
        source = as_column(list(source))  # indices refer to Python's UTF-16, also of invalid UTF-8
    made, kept = native_column(source)
    bounds = np.empty(len(source) + 1, np.int64)
    folded, origins = ffi.new("List16 *"), ffi.new("List64 *")
    fault = lib.fold_texts_placed(made, native_fold_table(), folded, origins, pointer(bounds))
    units, places = adopted(folded, np.uint16), adopted(origins, np.int64)
    check_memory(fault)
    del kept
    return TextColumn.trusted(units, bounds, folded=True), places


def shingle_sequences(texts: Texts, *, letters: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """See `numpy_kernel.shingle_sequences`."""
    made, kept = native_column(source := as_column(texts))
    factors = multipliers(positive(letters, "letters"))
    bounds, sequences = np.empty(len(source) + 1, np.int64), ffi.new("List64 *")
    width = (pointer(factors), letters)
    fault = lib.shingle_sequences(made, native_fold_table(), *width, sequences, pointer(bounds))
    shingles = adopted(sequences, np.uint64)
    check_memory(fault)
    del kept
    return shingles, bounds


def winnow(hashes: NDArray[np.uint64], *, window: int) -> NDArray[np.uint64]:
    """See `numpy_kernel.winnow`."""
    own = array(hashes, "hashes", np.uint64).copy()
    spare = np.empty_like(own)
    return own[: lib.winnow(pointer(own), own.size, positive(window, "window"), pointer(spare))].copy()


def minhash(hashes: NDArray[np.uint32], a: NDArray[np.uint32], b: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """See `numpy_kernel.minhash`."""
    hashes, a, b = (array(each, name, np.uint32) for each, name in ((hashes, "hashes"), (a, "a"), (b, "b")))
    if a.size != b.size:
        raise ValueError("a and b differ in length; each permutation has one of both")
    signature, mixed = np.empty_like(a), np.empty_like(hashes)
    factors = (pointer(a), pointer(b), a.size)
    lib.minhash(pointer(hashes), hashes.size, *factors, pointer(mixed), pointer(signature))
    return signature


def band_keys(signatures: NDArray[np.uint32], *, rows: int) -> NDArray[np.uint64]:
    """See `numpy_kernel.band_keys`."""
    table = array(signatures, "signatures", np.uint32)
    if table.ndim != 2:  # noqa: PLR2004
        raise ValueError("expected signatures with two dimensions: documents, permutations")
    count, length = table.shape
    keys = np.empty((length // positive(rows, "rows"), count), np.uint64)
    if keys.size:
        lib.band_keys(pointer(table), count, length, rows, pointer(multipliers(rows)), pointer(keys))
    return keys


def shared_counts(
    values: NDArray[np.uint64],
    bounds: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
) -> NDArray[np.int64]:
    """See `numpy_kernel.shared_counts`."""
    values, bounds = array(values, "values", np.uint64), array(bounds, "bounds", np.int64)
    left, right = row_pairs(left, right, below=max(bounds.size - 1, 0))
    if bounds.size and not ascend(bounds, below=values.size):
        raise ValueError("expected bounds that ascend from 0 to at most the number of values")
    counts = np.empty(left.size, np.int64)
    sides = (pointer(left), pointer(right), left.size)
    lib.shared_counts(pointer(values), pointer(bounds), *sides, pointer(counts))
    return counts


def shared_rows(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """See `numpy_kernel.shared_rows`."""
    keys = array(keys, "keys", np.uint64)
    rows, found = np.empty(keys.size + 1, np.int64), ffi.new("size_t *")
    check_memory(lib.shared_rows(pointer(keys), keys.size, slot_bits(keys.size), pointer(rows), found))
    return rows[: found[0]].copy()


def simd() -> str:
    """Return the name of the SIMD instructions in use."""
    return _text(lib.simd_name())


def simd_paths() -> list[str]:
    """Return the names of the SIMD instructions that this processor has, the widest first."""
    names: list[str] = []
    while (name := lib.simd_path_name(len(names))) != ffi.NULL:
        names.append(_text(name))
    return names


def use_simd(name: str) -> None:
    """Choose the SIMD instructions. Not safe while another thread is in the kernel.

    Raises:
        ValueError: This processor does not have them.
    """
    if name not in simd_paths():
        raise ValueError(f"this processor has no {name!r}")
    lib.simd_use(simd_paths().index(name))


def compiler() -> str:
    """Return the name of the compiler that built the kernel."""
    return _text(lib.compiler_name())


def _text(name: object) -> str:
    return str(ffi.string(name).decode("ascii"))


use_simd(simd_paths()[0])
