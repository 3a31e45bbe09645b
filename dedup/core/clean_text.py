"""A text as it was written -> the same without its addresses, and with the groups of each number as one.

Nothing changes its place: an address becomes spaces, a sign between two groups a character that the fold
deletes. The twin of native/clean_text.c.
"""

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dedup.core.raw_units import RawUnit, characters_of, listed, raw_units, units_of

ENDINGS = "com|org|net|info|edu|gov|ir|tr|fr|uk|ru|cn|jp|me|tv|io|news|example"
"""Last parts of addresses that are known without `www.` or anything else; left out what is also a word."""

DELETED = "\xad"
"""The fold leaves nothing of it."""


def clean(units: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Blank addresses, and delete what is between the groups of digits of a number.

    An address is one of the web, with `http://` or `www.` or one of the `ENDINGS`; an e-mail address; the
    name of an account behind an `@`. The groups of a number have three digits, the first one to three, and
    begin with no zero; the same sign stands between all of them.

    Args:
        units: UTF-16 units.

    Returns:
        As many; the units themselves, if there is nothing to clean.
    """
    patterns = _patterns()
    written = characters_of(units)
    cleaned = patterns.address.sub(lambda found: " " * len(found[0]), written)
    cleaned = patterns.number.sub(lambda found: found[0].replace(found[1], DELETED), cleaned)
    return units if cleaned == written else units_of(cleaned)


class _Patterns:
    def __init__(self) -> None:
        ends, digit, zero = map(_listed, (RawUnit.ADDRESS_END, RawUnit.DIGIT, RawUnit.ZERO))
        sign, latin = map(_listed, (RawUnit.GROUP_SIGN, RawUnit.LATIN))
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


def _listed(flag: RawUnit) -> str:
    return listed(np.flatnonzero(raw_units() & flag))
