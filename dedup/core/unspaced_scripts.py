"""Scripts that are written without spaces between words: their UTF-16 units, and the size of each.

Each of their letters, with its marks, is treated as a word. The lengths of shingles and of texts are counted
in alphabetic letters; an ideograph or a syllable counts for several, so that a shingle contains about as
much in every script. The sizes were chosen by how many lightly edited stories are found
(benchmarks/unspaced.py).
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

FIRST_UNSPACED = 0x0E01
"""The first unit of a script without spaces."""
FIRST_LARGE = 0x3005
"""The first unit of a letter whose size is not 1."""

UNSPACED, MARK, SIZE = 128, 64, 63
"""Bits of a unit: it is a letter that is a word; it is a mark of the letter before it; mask of its size."""

_ALPHABETS = (
    (0x0E01, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x1950, 0x19DF),  # Tai Le, New Tai Lue
    (0x1A20, 0x1AAF),  # Tai Tham
    (0xA9E0, 0xA9FF),  # Myanmar extended B
    (0xAA60, 0xAADF),  # Myanmar extended A, Tai Viet
)
_SYLLABARIES = (
    (0x3041, 0x312F),  # Hiragana, Katakana, Bopomofo
    (0x31A0, 0x31FF),  # Bopomofo and Katakana extensions
)
_IDEOGRAPHS = (
    (0x3005, 0x3007),  # iteration mark, closing mark, zero
    (0x3400, 0x4DBF),  # Han extension A
    (0x4E00, 0xA4CF),  # Han, Yi
    (0xD840, 0xD88D),  # first halves of Han extensions B to H
    (0xF900, 0xFAFF),  # Han compatibility
)
_VOICING = (0x3099, 0x309A)
"""Combining marks of kana, whose size is 0."""


@cache
def unspaced_units() -> NDArray[np.uint8]:
    """Return UNSPACED or MARK, and the size, of each unit of these scripts; 0 for others, whose size is 1."""
    table = np.zeros(0x10000, dtype=np.uint8)
    for ranges, size in ((_ALPHABETS, 1), (_SYLLABARIES, 2), (_IDEOGRAPHS, 3)):
        for first, last in ranges:
            table[first : last + 1] = UNSPACED | size
    units = chain.from_iterable(
        range(first, last + 1) for first, last in _ALPHABETS
    )  # the rest have no marks
    table[[unit for unit in units if unicodedata.category(chr(unit)) in {"Mn", "Mc"}]] = MARK | 1
    table[list(_VOICING)] = MARK
    return table


def is_unspaced(word: str) -> bool:
    """Whether a word is a letter of a script without spaces."""
    return len(word) == 1 and ord(word) >= FIRST_UNSPACED


def size_in_words(words: Sequence[str]) -> int:
    """Count words; two letters of a script without spaces count as one word."""
    return len(words) - sum(map(is_unspaced, words)) // 2


def unit_sizes(units: NDArray[np.uint16]) -> NDArray[np.intp]:
    """Return the size of each unit in alphabetic letters."""
    known = unspaced_units()[units]
    return np.where(known > 0, known & SIZE, 1).astype(np.intp)
