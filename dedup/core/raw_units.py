"""Classes of UTF-16 units by which addresses, numbers, lines and names are found in an unfolded text."""

from enum import IntFlag
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dedup.core.fold_table import LOWER, UPPER
from dedup.core.numpy_fold import letter_cases, single_results
from dedup.core.unspaced_scripts import unspaced_units

WHITE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""White space."""
LINE_ENDS = "\n\r\u2028\u2029|\u2502\uff5c"
"""Line breaks, and the bars that separate a clock or a counter from the text on the same line."""
ADDRESS_ENDS = WHITE + '"<>«»“”،؛'
"""Characters that end an address, besides letters and signs of scripts without spaces."""
GROUP_SIGNS = ",.٬،'’\xa0\u202f"
"""Separators of the groups of three digits in a number."""
SENTENCE_SIGNS = '.!?:;؟…"«»“”„()[]|–—-¿¡•'
"""Signs after which a capital does not mark a name."""

_WORD = "0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_EAST_ASIAN = ((0x3000, 0x303F), (0xFF00, 0xFFEF))
_LATIN = (0xC0, 0x24F)


class RawUnit(IntFlag):
    """Class of a unit. native/fold.h has the same values."""

    WORD = 1
    """An ASCII letter, a digit or an underscore."""
    ADDRESS = 2
    """Any of these, a full stop, a plus or a hyphen."""
    ADDRESS_SIGN = 4
    """Every address has at least one."""
    ADDRESS_END = 8
    GROUP_SIGN = 16
    LINE_END = 32
    UPPER = 64
    LOWER = 128
    SENTENCE_SIGN = 256
    WHITE = 512
    DIGIT = 1024
    """A digit of any script: a unit that folds to a digit."""
    ZERO = 2048
    LATIN = 4096
    """A unit that folds to a Latin letter."""


@cache
def raw_units() -> NDArray[np.uint16]:
    """Return the `RawUnit` flags of each UTF-16 unit: uint16, shape (65536,)."""
    flags = np.zeros(0x10000, dtype=np.uint16)
    for signs, flag in (
        (_WORD, RawUnit.WORD | RawUnit.ADDRESS),
        (".+-", RawUnit.ADDRESS),
        (".@:", RawUnit.ADDRESS_SIGN),
        (ADDRESS_ENDS, RawUnit.ADDRESS_END),
        (GROUP_SIGNS, RawUnit.GROUP_SIGN),
        (LINE_ENDS, RawUnit.LINE_END),
        (SENTENCE_SIGNS, RawUnit.SENTENCE_SIGN),
        (WHITE, RawUnit.WHITE),
    ):
        flags[[ord(sign) for sign in signs]] |= int(flag)
    flags[unspaced_units() > 0] |= int(RawUnit.ADDRESS_END)
    for first, last in _EAST_ASIAN:
        flags[first : last + 1] |= int(RawUnit.ADDRESS_END)
    cases, results = letter_cases(), single_results()
    for where, flag in (
        (cases == UPPER, RawUnit.UPPER),
        (cases == LOWER, RawUnit.LOWER),
        ((results >= ord("0")) & (results <= ord("9")), RawUnit.DIGIT),
        (results == ord("0"), RawUnit.ZERO),
        ((results >= ord("a")) & (results <= ord("z")), RawUnit.LATIN),
        ((results >= _LATIN[0]) & (results <= _LATIN[1]), RawUnit.LATIN),
    ):
        flags[where] |= int(flag)
    return flags


def character_class(units: NDArray[np.intp]) -> str:
    """Return the ranges of a regular expression's character class: `[` and `]` excluded.

    Args:
        units: UTF-16 units, ascending.
    """
    runs = np.split(units, np.flatnonzero(np.diff(units) > 1) + 1) if units.size else []
    return "".join(f"\\u{run[0]:04x}-\\u{run[-1]:04x}" for run in runs)


def characters_of(units: NDArray[np.uint16]) -> str:
    """Return one character per unit, a surrogate pair as two, so that indices of both agree."""
    return units.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def units_of(characters: str) -> NDArray[np.uint16]:
    """Undo `characters_of`."""
    return np.frombuffer(characters.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint16)
