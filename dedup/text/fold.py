"""Text -> folded text, without differences of spelling, keyboard and print.

fold(c) = unify(NFKD(c)) for each code point, by one table; then white space is collapsed. The half-space
(U+200C) is deleted, punctuation becomes a space. Finally, a word with letters of two scripts is written in
one of them if possible. Folding is idempotent, and gives the same for NFC, NFD, NFKC and NFKD input.
"""

import sys

import numpy as np

from dedup import core
from dedup.core.text_column import utf16_units
from dedup.model import FoldedText

_UTF32 = f"utf-32-{'le' if sys.byteorder == 'little' else 'be'}"
_LAST_OF_ONE_UNIT = 0xFFFF


def fold(text: str) -> FoldedText:
    """Fold a text for comparison, not for display.

    Args:
        text: Any string; lone surrogates count as white space.

    Returns:
        The folded units and, for each, its index in `text`; no units for a text without letters.
    """
    units = utf16_units(text)
    folded, origin = core.fold_units(units)
    if units.size != len(text):
        codes = np.frombuffer(text.encode(_UTF32, "surrogatepass"), dtype=np.uint32)
        origin = np.repeat(np.arange(codes.size), 1 + (codes > _LAST_OF_ONE_UNIT))[origin]
    return FoldedText(folded, origin)
