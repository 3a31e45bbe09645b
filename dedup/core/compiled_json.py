"""The compiled version of `json_spans`."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedup.core.json_spans import JsonLines, count_feeds
from dedup.core.native_arrays import array, pointer
from dedup.core.native_library import ffi, lib


@cache
def _names(names: tuple[tuple[str, ...], ...]) -> tuple[Any, list[object]]:
    """Return the field names for C, and the objects that must outlive them."""
    encoded = [name.encode("utf-8", "surrogatepass") for part in names for name in part]
    letters = np.frombuffer(b"".join(encoded), dtype=np.uint8)
    bounds = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
    parts = np.array([number for number, part in enumerate(names) for _ in part], dtype=np.uint8)
    kept = [pointer(letters), pointer(bounds), pointer(parts)]
    return ffi.new("JsonNames *", [*kept, parts.size, len(names)]), kept


def json_lines(data: bytes, names: Sequence[Sequence[str]]) -> JsonLines:
    """See `json_spans.json_lines`."""
    known, _ = _names(tuple(map(tuple, names)))
    count = count_feeds(data) + (bool(data) and not data.endswith(b"\n"))
    bounds = np.empty(count + 1, dtype=np.int64)
    starts, ends = np.empty((2, len(names), count), dtype=np.int64)
    status = np.empty(count, dtype=np.uint8)
    parsed = ffi.new("JsonLines *", [count, pointer(bounds), pointer(starts), pointer(ends), pointer(status)])
    lib.json_lines(ffi.from_buffer("uint8_t[]", data), len(data), known, parsed)
    return JsonLines(bounds, starts, ends, status)


def json_unescape(
    data: bytes, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """See `json_spans.json_unescape`.

    Raises:
        ValueError: `starts` and `ends` differ in length.
        IndexError: A value ends before it begins, or outside the data.
    """
    starts, ends = _spans(starts, ends, below=len(data))
    values = np.empty(int((ends - starts).sum()), dtype=np.uint8)
    bounds = np.empty(starts.size + 1, dtype=np.int64)
    block = ffi.from_buffer("uint8_t[]", data)
    lib.json_unescape(block, pointer(starts), pointer(ends), starts.size, pointer(values), pointer(bounds))
    return values[: bounds[-1]], bounds


def gather_bytes(
    data: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """See `json_spans.gather_bytes`.

    Raises:
        ValueError: `starts` and `ends` differ in length.
        IndexError: A span ends before it begins, or outside the data.
    """
    data = array(data, "data", np.uint8)
    starts, ends = _spans(starts, ends, below=data.size)
    gathered = np.empty(int((ends - starts).sum()), dtype=np.uint8)
    lib.gather_bytes(pointer(data), pointer(starts), pointer(ends), starts.size, pointer(gathered))
    return gathered


def _spans(
    starts: NDArray[np.int64], ends: NDArray[np.int64], *, below: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Check that spans are inside the data: C would read beyond it."""
    starts, ends = array(starts, "starts", np.int64), array(ends, "ends", np.int64)
    if starts.shape != ends.shape:
        raise ValueError(f"starts and ends differ in length: {starts.size}, {ends.size}")
    if starts.size and (starts.min() < 0 or (starts > ends).any() or ends.max() > below):
        raise IndexError(f"expected spans inside the {below} bytes of the data")
    return starts, ends
