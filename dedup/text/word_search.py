"""Find which of many words each text contains, in one pass, however many words there are.

One table contains the pairs of letters with which a word can begin. Where such a pair occurs, the next four
letters are hashed as one 64-bit number, and a second table maps the hash to the words to compare.

Source for the table: Karp and Rabin, "Efficient randomized pattern-matching algorithms", 1987.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.core import as_column

_WIDEST = 4
"""Number of UTF-16 units compared at once."""
_UNIT_BITS = np.uint64(16)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_PAIR_FACTOR = np.uint16(0x9E37)
_CODE_SHIFT = np.uint64(48)
_CODES = 1 << 16
_drop = np.left_shift if sys.byteorder == "little" else np.right_shift

type Units = NDArray[np.uint64]


class _Beginnings(NamedTuple):
    """Words by the hash of their first units: four units, or fewer for shorter words."""

    known: NDArray[np.bool_]
    words: dict[int, list[int]]


class WordSearch:
    """Finds words in texts as substrings; word boundaries are not checked."""

    def __init__(self, words: Sequence[str]) -> None:
        """Prepare the search for words, none of them empty."""
        self._words = words
        codes: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        column = as_column(words)
        units, starts = _padded(column.data), column.bounds[:-1]
        windows = _windows(units, starts)
        for number, size in enumerate(np.diff(column.bounds).tolist()):
            width = min(size, _WIDEST)
            codes[width][int(_codes(windows[number : number + 1], width)[0])].append(number)
        self._widths = {width: _beginnings(known) for width, known in codes.items()}
        self._pairs = np.full(_CODES, 1 in self._widths)  # any letter may follow one that is a whole word
        self._pairs[_pairs(units)[starts]] = True

    def search(self, texts: Sequence[str]) -> list[list[int]]:
        """Return for each text the numbers of the words in it, in no particular order."""
        found: list[list[int]] = [[] for _ in texts]
        column = as_column(texts)
        units = _padded(column.data)
        places = np.flatnonzero(self._pairs[_pairs(units)])
        rows = np.searchsorted(column.bounds, places, side="right") - 1
        windows = _windows(units, places)
        for width, (known, words) in self._widths.items():
            codes = _codes(windows, width)
            begins = known[codes]
            for row_and_code in np.unique(rows[begins] * _CODES + codes[begins]).tolist():
                row, code = divmod(row_and_code, _CODES)
                found[row] += (number for number in words[code] if self._words[number] in texts[row])
        return found


def _beginnings(words: dict[int, list[int]]) -> _Beginnings:
    known = np.zeros(_CODES, dtype=np.bool_)
    known[[*words]] = True
    return _Beginnings(known, dict(words))


def _padded(units: NDArray[np.uint16] | NDArray[np.uint8]) -> NDArray[np.uint16]:
    return np.append(units, np.zeros(_WIDEST - 1, dtype=np.uint16)).astype(np.uint16, copy=False)


def _pairs(padded: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Hash the unit at each place and the next one."""
    pairs: NDArray[np.uint16] = padded[: 1 - _WIDEST] * _PAIR_FACTOR + padded[1 : 2 - _WIDEST]
    return pairs


def _windows(padded: NDArray[np.uint16], places: NDArray[np.intp]) -> Units:
    """Return the unit at each place and the three after it as one number."""
    units = np.stack([padded[places + ahead] for ahead in range(_WIDEST)], axis=1)
    return units.view(np.uint64)[:, 0]


def _codes(windows: Units, width: int) -> NDArray[np.intp]:
    """Hash the first units of windows to 16 bits."""
    shift = _UNIT_BITS * np.uint64(_WIDEST - width)
    return (_drop(windows, shift) * _FACTOR >> _CODE_SHIFT).astype(np.intp)
