"""Folded text -> hashed letter windows, one at each word start.

A shingle is the next 20 letters from a word start, spaces ignored ("a20"): one a word, hardly hurt by
lost or added spaces. Scripts without spaces have one at every letter; an ideograph counts for three letters
and a kana for two, so that shingles hold about as much in every script.
Multipliers from BLAKE2b, never `hash()`: an index outlives the process that wrote it.
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
    """Hash the `letters` letters that follow each word start, spaces ignored.

    Args:
        text: Output of `fold`; raw text gives shingles that match nothing.
        letters: Window length in letters of an alphabet, at least 1.

    Returns:
        uint64, shape (n_unique,), ascending; a text shorter than one window is one shingle, an
        empty one gives shape (0,).

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
