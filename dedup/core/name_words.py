"""Find the names in a text by their capitals. The twin of native/name_words.c."""

from collections.abc import Sequence
from itertools import compress, pairwise

import numpy as np
from numpy.typing import NDArray

from dedup.core.raw_units import RawUnit, raw_units

_SIGN_WITHIN = 3
"""Number of units before a word that are searched for the sign that ends the previous sentence."""


def name_words(
    units: NDArray[np.uint16],
    words: Sequence[str],
    *,
    firsts: NDArray[np.intp],
    begins_line: NDArray[np.bool_],
    facts: NDArray[np.bool_],
) -> frozenset[str]:
    """Find the words that have a capital inside a sentence and never occur without one.

    Words that occur only at the beginning of sentences are names if a name follows. If there are more than
    three such words for five words in lower case, capitals do not mark names, and none is returned.

    Args:
        units: The text before folding.
        words: Its words, folded.
        firsts: Index in `units` of the first letter of each word.
        begins_line: Whether each word is the first of a line.
        facts: Whether each word is a number or a date; these are not names.
    """
    flags = raw_units()[units[firsts]]
    upper = (flags & RawUnit.UPPER).astype(np.bool_) & ~facts
    lower = (flags & RawUnit.LOWER).astype(np.bool_) & ~facts
    capital, small = frozenset(compress(words, upper)), frozenset(compress(words, lower))
    within = np.flatnonzero(upper & ~begins_line).tolist()
    inside = frozenset(words[at] for at in within if not _opens(units, firsts[at]))
    if 5 * len(inside) > 3 * max(len(small), 1):
        return frozenset()
    names = inside - small
    return names | {word for word, after in pairwise(words) if after in names and word in capital - small}


def _opens(units: NDArray[np.uint16], first: np.intp) -> bool:
    """Whether a sentence begins with the word at `first`."""
    flags = raw_units()[units[max(first - _SIGN_WITHIN, 0) : first]].tolist()
    while flags and flags[-1] & RawUnit.WHITE:
        flags.pop()
    return first == 0 or (bool(flags) and bool(flags[-1] & RawUnit.SENTENCE_SIGN))
