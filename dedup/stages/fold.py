"""Text -> folded text: one context-free table, so that spelling, keyboard and print do not count.

fold(c) = unify(NFKD(c)) per code point, then white space collapsed. The half-space (U+200C) goes to
nothing; punctuation goes to a space. Idempotent, and equal for NFC, NFD, NFKC and NFKD input.
"""

import sys

import numpy as np

from dedup.kernel import plain as kernel
from dedup.records import FoldedText

_UTF16 = f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"
_FIRST_PAIRED = "\uffff"


def fold(text: str) -> FoldedText:
    """Fold a text for comparison; what a reader sees keeps its own spelling.

    Args:
        text: Any string; lone surrogates count as white space.

    Returns:
        The folded units and, for each, its index in `text`; no units for a text without letters.
    """
    units = np.frombuffer(text.encode(_UTF16, "surrogatepass"), dtype=np.uint16)
    folded, origin = kernel.fold_units(units)
    if units.size != len(text):
        second_halves = (units >> 10) == 0x37  # noqa: PLR2004 - DC00 to DFFF
        paired = second_halves.copy()
        paired[1:] &= (units[:-1] >> 10) == 0x36  # noqa: PLR2004 - D800 to DBFF
        paired[:1] = False
        origin = origin - np.cumsum(paired)[origin]
    return FoldedText(folded, origin)
