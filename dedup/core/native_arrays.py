"""Arrays and texts into the C of native/ and its results into arrays: what the compiled kernel shares.

cffi hands over addresses; what they point to is checked here, once, before any C runs.
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
    """Return the array itself, or a copy that is contiguous and aligned.

    Raises:
        TypeError: It is not an array of this dtype.
    """
    if not isinstance(values, np.ndarray) or values.dtype != kind:
        got = f"array of {values.dtype}" if isinstance(values, np.ndarray) else type(values).__name__
        raise TypeError(f"{name}: expected an array of {np.dtype(kind)}, got {got}")
    return in_one_piece(values)


def in_one_piece(values: NDArray[Any]) -> NDArray[Any]:
    """Return an array itself, or a copy that is contiguous and aligned."""
    flags = values.flags
    return values if flags.c_contiguous and flags.aligned else np.require(values, requirements=["C", "A"])


def rows(values: object, name: str, *, below: int) -> NDArray[np.int64]:
    """Return numbers of texts as int64.

    Raises:
        TypeError: They are not an array of int64.
        IndexError: One of them is negative, or `below` or more.
    """
    numbers = array(values, name, np.int64)
    if numbers.size and (numbers.min() < 0 or numbers.max() >= below):
        raise IndexError(f"{name}: there are {below} rows, counted from 0")
    return numbers


def pairs(left: object, right: object, *, below: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the two sides of pairs of rows.

    Raises:
        ValueError: They differ in length.
    """
    ours, theirs = rows(left, "left", below=below), rows(right, "right", below=below)
    if ours.size != theirs.size:
        raise ValueError(f"left and right differ in length: {ours.size}, {theirs.size}")
    return ours, theirs


def size(value: int, name: str) -> int:
    """Return a count of 1 or more.

    Raises:
        ValueError: It is below 1.
    """
    if index(value) < 1:
        raise ValueError(f"{name}={value} is not usable: expected 1 or more")
    return value


def pointer(values: NDArray[Any]) -> Any:  # noqa: ANN401 - what cffi gives has no type
    """Return the address of an array for C; the array must outlive it."""
    return ffi.from_buffer(_C_NAMES[values.dtype], values)


def column(texts: TextColumn) -> tuple[Any, list[object]]:
    """Return a `TextColumn` for C, and the objects that must outlive it."""
    data = in_one_piece(texts.data)
    bounds = array(texts.bounds, "bounds", np.int64)
    kept = [pointer(data), pointer(bounds)]
    made = ffi.new("TextColumn *", [kept[0], kept[1], len(texts), data.itemsize, texts.folded])
    return made, kept


def taken(made: Any, kind: type[np.generic]) -> NDArray[Any]:  # noqa: ANN401
    """Take a list over that C has made: an array on its memory, which is freed with the array."""
    dtype = np.dtype(kind)
    values, size = ffi.gc(made.values, lib.list_free), made.count * dtype.itemsize
    made.values, made.count, made.room = ffi.NULL, 0, 0
    return np.frombuffer(ffi.buffer(values, size), dtype=dtype) if size else np.empty(0, dtype=dtype)


def check(fault: int) -> None:
    """Raise MemoryError where C reports it."""
    if fault:
        raise MemoryError


_loading = Lock()


def native_fold_table() -> Any:  # noqa: ANN401
    """Load the packaged fold table in C, once for the process.

    Raises:
        ValueError: Its parts contradict each other.
    """
    with _loading:  # else two threads load it, and that of the slower one is freed while C reads it
        return _loaded_fold_table()


def load_fold_table() -> Any:  # noqa: ANN401
    """Load the packaged fold table in C.

    Raises:
        MemoryError: There is no memory for it.
        ValueError: Its parts contradict each other.
    """
    units, codes, starts, expansions = map(np.ascontiguousarray, packed_tables())
    if units.size != 1 << 16 or starts.size != codes.size + 1:
        raise ValueError("the fold table has another shape; install the package again")
    by_unit = map(pointer, (units, unspaced_units(), raw_units(), look_alikes().ravel(), codes))
    made = ffi.new("FoldTable **")
    parts = (*by_unit, codes.size, pointer(starts))
    fault = lib.fold_table_new(made, *parts, pointer(expansions), expansions.size)
    if fault > 0:
        raise ValueError("the fold table contradicts itself; install the package again")
    check(fault)
    return ffi.gc(made[0], lib.fold_table_free)


_loaded_fold_table = cache(load_fold_table)
