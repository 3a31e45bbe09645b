"""Shingles in reading order -> the few that stand for passages.

Winnowing: of every `window` consecutive shingles the smallest is kept, so a passage that two texts
share leaves both a fingerprint in common wherever it stands.
Source: Schleimer, Wilkerson and Aiken, "Winnowing", 2003.
"""

import numpy as np
from numpy.typing import NDArray

from dedup import kernel
from dedup.errors import SettingError


def fingerprint(sequence: NDArray[np.uint64], *, window: int = 8) -> NDArray[np.uint64]:
    """Keep the smallest of every `window` consecutive shingles.

    Args:
        sequence: Output of `shingle_sequence`.
        window: Length of a passage that is sure to be found, in shingles, at least 1.

    Returns:
        uint64, ascending, each once: about 2 / (window + 1) of the shingles, at least one if any.

    Raises:
        SettingError: `window` is below 1.
    """
    if window < 1:
        raise SettingError("window", window, "1 or more")
    return kernel.winnow(sequence, window=window)
