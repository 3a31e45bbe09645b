"""Conversion between numpy arrays and the C of native/, shared by the modules of the compiled kernel.

cffi passes bare addresses, so arguments are checked here, before any C runs.
"""

from functools import cache
from operator import index
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedup.core.mixed_words import look_alikes
from dedup.core.native_library import ffi, lib
from dedup.core.numpy_fold import packed_tables
from dedup.core.raw_units import raw_units
from dedup.core.text_column import TextColumn
from dedup.core.unspaced_scripts import unspaced_units

_C_NAMES = {
    np.dtype(kind): name
    for kind, name in {
        np.bool_: "uint8_t[]",
        np.uint8: "uint8_t[]",
        np.uint16: "uint16_t[]",
        np.uint32: "uint32_t[]",
        np.uint64: "uint64_t[]",
        np.int64: "int64_t[]",
        np.float64: "double[]",
    }.items()
}


def array(values: object, name: str, kind: type[np.generic]) -> NDArray[Any]:
    """Check the dtype of an array; return it, or a copy if it is not contiguous and aligned.

    Raises:
        TypeError: It is not an array of this dtype.
    """
    if not isinstance(values, np.ndarray) or values.dtype != kind:
        got = f"array of {values.dtype}" if isinstance(values, np.ndarray) else type(values).__name__
        raise TypeError(f"{name}: expected an array of {np.dtype(kind)}, got {got}")
    return in_one_piece(values)


def in_one_piece(values: NDArray[Any]) -> NDArray[Any]:
    """Return an array, or a copy if it is not contiguous and aligned."""
    flags = values.flags
    return values if flags.c_contiguous and flags.aligned else np.require(values, requirements=["C", "A"])


def row_numbers(values: object, name: str, *, below: int) -> NDArray[np.int64]:
    """Check row numbers of texts.

    Raises:
        TypeError: They are not an array of int64.
        IndexError: One of them is negative, or not below `below`.
    """
    numbers = array(values, name, np.int64)
    if numbers.size and (numbers.min() < 0 or numbers.max() >= below):
        raise IndexError(f"{name}: there are {below} rows, counted from 0")
    return numbers


def row_pairs(left: object, right: object, *, below: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Check the row numbers of the two sides of pairs.

    Raises:
        ValueError: They differ in length.
    """
    ours, theirs = row_numbers(left, "left", below=below), row_numbers(right, "right", below=below)
    if ours.size != theirs.size:
        raise ValueError(f"left and right differ in length: {ours.size}, {theirs.size}")
    return ours, theirs


def positive(value: int, name: str) -> int:
    """Check that a value is at least 1.

    Raises:
        ValueError: It is not.
    """
    if index(value) < 1:
        raise ValueError(f"{name}={value} is not usable: expected 1 or more")
    return value


def pointer(values: NDArray[Any]) -> Any:  # noqa: ANN401 - what cffi gives has no type
    """Return the address of an array for C; the array must outlive it."""
    return ffi.from_buffer(_C_NAMES[values.dtype], values)


def native_column(texts: TextColumn) -> tuple[Any, list[object]]:
    """Return the C struct of a `TextColumn`, and the objects that must outlive it."""
    data = in_one_piece(texts.data)
    bounds = array(texts.bounds, "bounds", np.int64)
    kept = [pointer(data), pointer(bounds)]
    made = ffi.new("TextColumn *", [kept[0], kept[1], len(texts), data.itemsize, texts.folded])
    return made, kept


def adopted(made: Any, kind: type[np.generic]) -> NDArray[Any]:  # noqa: ANN401
    """Wrap a list that C allocated in an array, without copying; its memory is freed with the array."""
    dtype = np.dtype(kind)
    values, size = ffi.gc(made.values, lib.list_free), made.count * dtype.itemsize
    made.values, made.count, made.room = ffi.NULL, 0, 0
    return np.frombuffer(ffi.buffer(values, size), dtype=dtype) if size else np.empty(0, dtype=dtype)


def check_memory(fault: int) -> None:
    """Raise MemoryError if C reported that it ran out of memory."""
    if fault:
        raise MemoryError


_loading = Lock()


def native_fold_table() -> Any:  # noqa: ANN401
    """Return the packaged fold table for C, loaded once per process.

    Raises:
        ValueError: Its parts contradict each other.
    """
    with _loading:  # otherwise two threads may load it, and one copy is freed while C reads it
        return _loaded_fold_table()


def load_fold_table() -> Any:  # noqa: ANN401
    """Load the packaged fold table for C.

    Raises:
        MemoryError: There is not enough memory.
        ValueError: Its parts contradict each other.
    """
    units, codes, starts, expansions = map(np.ascontiguousarray, packed_tables())
    if units.size != 1 << 16 or starts.size != codes.size + 1:
        raise ValueError("the fold table has an unexpected shape; reinstall the package")
    by_unit = map(pointer, (units, unspaced_units(), raw_units(), look_alikes().ravel(), codes))
    made = ffi.new("FoldTable **")
    parts = (*by_unit, codes.size, pointer(starts))
    fault = lib.fold_table_new(made, *parts, pointer(expansions), expansions.size)
    if fault > 0:
        raise ValueError("the fold table is inconsistent; reinstall the package")
    check_memory(fault)
    return ffi.gc(made[0], lib.fold_table_free)


_loaded_fold_table = cache(load_fold_table)
