"""Locate the fields of documents in JSON lines.

Only the compiled kernel does so; this version refuses every line. A refused line is parsed by the strict
reader, with the same result.
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.model.document_batch import gather_spans

REFUSED, TAKEN, BLANK = range(3)
"""Status of a line."""


class JsonLines(NamedTuple):
    """The lines of a block of bytes, and the offsets in it of the parts of each document.

    Attributes:
        bounds: int64, shape (n + 1,): start of each line; all but the last end with a line feed.
        starts: int64, shape (parts, n): start of the value of each part, after its quote; 0 if missing.
        ends: int64, shape (parts, n): end of the value; equal to the start if it is empty or missing.
        status: uint8, shape (n,): `REFUSED`, `TAKEN` or `BLANK`.
    """

    bounds: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    status: NDArray[np.uint8]


def count_feeds(data: bytes) -> int:
    """Count line feeds; ten times as fast as `bytes.count`."""
    return int(np.count_nonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n")))


def json_lines(data: bytes, names: Sequence[Sequence[str]]) -> JsonLines:
    """Find the parts of a document in each line.

    Args:
        data: Lines, each but the last with its line feed.
        names: For each of id, text, title, source, date and url, the names of fields that may contain it. The
            first non-empty string is used; except for the text, also an integer.

    Returns:
        The offsets of the parts. A line is taken only if it is valid JSON in UTF-8, has a text (which may be
        empty), no placeholder for a missing date, and gives the same document as the strict reader.
    """
    feeds = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n")) + 1
    closed = not data or data.endswith(b"\n")
    bounds = np.concatenate(([0], feeds, [] if closed else [len(data)])).astype(np.int64)
    lines = bounds.size - 1
    nowhere = np.zeros((len(names), lines), dtype=np.int64)
    blank = [not data[start:end].strip() for start, end in pairwise(bounds.tolist())]
    return JsonLines(bounds, nowhere, nowhere, np.array(blank, dtype=np.uint8) * np.uint8(BLANK))


def json_unescape(
    data: bytes, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Copy values located by `json_lines`, and replace their escapes.

    Returns:
        uint8: the values in UTF-8, concatenated; and int64, shape (n + 1,): their bounds.
    """
    values = [data[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    plain = [json.loads(b'"%b"' % value).encode() if b"\\" in value else value for value in values]
    return np.frombuffer(b"".join(plain), dtype=np.uint8), np.cumsum([0, *map(len, plain)], dtype=np.int64)


def gather_bytes(
    data: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """Concatenate spans of bytes.

    Args:
        data: uint8.
        starts: int64, shape (n,): start of each span.
        ends: int64, shape (n,): end of each span.
    """
    gathered, _ = gather_spans(data, starts, ends - starts)
    return gathered.view(np.uint8)
