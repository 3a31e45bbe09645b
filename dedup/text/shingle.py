"""Shingles: hashed letter windows, one at each word start of a folded text.

A shingle consists of the 20 letters from a word start, ignoring spaces ("a20"): there is one per word, and
lost or added spaces change few of them. In scripts without spaces one starts at every letter; an ideograph
counts as three letters and a kana as two, so that a shingle contains about as much in every script.
The multipliers come from BLAKE2b, never from `hash()`: an index outlives the process that wrote it.
Source: Broder, "On the resemblance and containment of documents", 1997.
"""

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.model import FoldedText
from dedup.model.errors import SettingError

WINDOW = 20
"""Letters of a shingle."""


def shingle(text: FoldedText, *, letters: int = WINDOW) -> NDArray[np.uint64]:
    """Hash the `letters` letters from each word start, ignoring spaces.

    Args:
        text: Output of `fold`; raw text gives shingles that match nothing.
        letters: Length of a shingle in alphabetic letters, at least 1.

    Returns:
        uint64, shape (n_unique,), ascending. A text shorter than one window gives one shingle, an empty
        text none.

    Raises:
        SettingError: `letters` is below 1.
    """
    return np.unique(shingle_sequence(text, letters=letters))


def shingle_sequence(text: FoldedText, *, letters: int = WINDOW) -> NDArray[np.uint64]:
    """Return the shingles in reading order, repeats included: uint64, shape (n_windows,)."""
    if letters < 1:
        raise SettingError("letters", letters, "a shingle has at least 1 letter")
    written, _, starts = core.window_starts(text.units)
    return core.window_hashes(written, starts, width=letters)
