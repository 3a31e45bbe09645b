"""Texts -> which of many words each of them holds, in one pass however many words there are.

The first four letters of a word are one number of 64 bits. A table tells of such numbers whether a word may
begin there; words are compared where one may.

Source for the table: Karp and Rabin, "Efficient randomized pattern-matching algorithms", 1987.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.core import as_column

_WIDEST = 4
"""UTF-16 units that are compared at once."""
_UNIT_BITS = np.uint64(16)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_CODE_SHIFT = np.uint64(48)
_CODES = 1 << 16
_drop = np.left_shift if sys.byteorder == "little" else np.right_shift

type Units = NDArray[np.uint64]


class _Beginnings(NamedTuple):
    """Words of one width: that many units of them are looked for, less than four only in short words."""

    known: NDArray[np.bool_]
    words: dict[int, list[int]]


class WordSearch:
    """Looks for words in texts, as parts of them: what stands around a word is not looked at."""

    def __init__(self, words: Sequence[str]) -> None:
        """Prepare for the words, none of them empty."""
        self._words = words
        codes: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        column = as_column(words)
        windows = _windows(column.data)
        for number, (start, end) in enumerate(pairwise(column.bounds.tolist())):
            width = min(end - start, _WIDEST)
            codes[width][int(_codes(windows[start : start + 1], width)[0])].append(number)
        self._widths = {width: _beginnings(known) for width, known in codes.items()}

    def search(self, texts: Sequence[str]) -> list[list[int]]:
        """Return for each text the numbers of the words in it, in no particular order."""
        found: list[list[int]] = [[] for _ in texts]
        column = as_column(texts)
        windows = _windows(column.data)
        for width, (known, words) in self._widths.items():
            codes = _codes(windows, width)
            places = np.flatnonzero(known[codes])
            rows = np.searchsorted(column.bounds, places, side="right") - 1
            for met in np.unique(rows * _CODES + codes[places]).tolist():
                row, code = divmod(met, _CODES)
                found[row] += (number for number in words[code] if self._words[number] in texts[row])
        return found


def _beginnings(words: dict[int, list[int]]) -> _Beginnings:
    known = np.zeros(_CODES, dtype=np.bool_)
    known[[*words]] = True
    return _Beginnings(known, dict(words))


def _windows(units: NDArray[np.uint16] | NDArray[np.uint8]) -> Units:
    """Return the unit at each place and the three behind it as one number."""
    padded = np.append(units, np.zeros(_WIDEST, dtype=np.uint16)).astype(np.uint16, copy=False)
    return np.ndarray(units.size, np.uint64, padded, strides=(2,)).copy()


def _codes(windows: Units, width: int) -> NDArray[np.intp]:
    """Hash the first units of windows to 16 bits."""
    shift = _UNIT_BITS * np.uint64(_WIDEST - width)
    return (_drop(windows, shift) * _FACTOR >> _CODE_SHIFT).astype(np.intp)
