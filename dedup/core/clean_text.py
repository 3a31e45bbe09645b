"""Remove addresses from a text, and join the groups of digits of its numbers.

Indices do not change: an address becomes spaces, and the separator of two groups a character that folding
deletes. The twin of native/clean_text.c.
"""

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dedup.core.raw_units import RawUnit, character_class, characters_of, raw_units, units_of

ENDINGS = "com|org|net|info|edu|gov|ir|tr|fr|uk|ru|cn|jp|me|tv|io|news|example"
"""Top-level domains that make an address even without `www.`; those that are also words are left out."""

DELETED = "\xad"
"""Replacement for a separator of groups; folding deletes it."""


def clean(units: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Replace addresses by spaces, and the separators in numbers by `DELETED`.

    An address is a web address with `http://`, `www.` or one of the `ENDINGS`; an e-mail address; or an
    account name after an `@`. A number with groups has one to three digits, not beginning with zero, and then
    groups of three, always with the same separator.

    Args:
        units: UTF-16 units.

    Returns:
        As many units; the same array if there is nothing to replace.
    """
    patterns = _patterns()
    written = characters_of(units)
    cleaned = patterns.address.sub(lambda address: " " * len(address[0]), written)
    cleaned = patterns.number.sub(lambda number: number[0].replace(number[1], DELETED), cleaned)
    return units if cleaned == written else units_of(cleaned)


class _Patterns:
    def __init__(self) -> None:
        ends, digit, zero = map(_class_of, (RawUnit.ADDRESS_END, RawUnit.DIGIT, RawUnit.ZERO))
        sign, latin = map(_class_of, (RawUnit.GROUP_SIGN, RawUnit.LATIN))
        self.address = re.compile(
            rf"https?://[^{ends}]++"
            rf"|(?<!\w)www\.[^{ends}]++"
            r"|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++"
            r"|(?<![\w.+-])@\w{2,}+"
            rf"|(?<![\w-])(?<![\w-]\.)(?:[\w-]++\.)+(?:{ENDINGS})(?!\w|-\w|\.\w)(?:/[^{ends}]*+)?",
            re.ASCII | re.IGNORECASE,
        )
        self.number = re.compile(
            rf"(?<![{digit}{latin}])(?<![{digit}][{sign}])(?![{zero}])"
            rf"[{digit}]{{1,3}}([{sign}])[{digit}]{{3}}(?:\1[{digit}]{{3}})*+(?![{digit}]|\1[{digit}])"
        )


@cache
def _patterns() -> _Patterns:
    return _Patterns()


def _class_of(flag: RawUnit) -> str:
    return character_class(np.flatnonzero(raw_units() & flag))
