"""Distinguishes the fixed wording of a series from boilerplate.

Texts that fill a template, such as weather, price or match reports, share many passages with different words
in between. Boilerplate is one or two shared passages in an otherwise independent text.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

type Sequences = tuple[NDArray[np.uint64], NDArray[np.int64]]

COVER, PASSAGES = 0.4, 5
"""Fraction of texts' shingles that occur in another of them, and number of shared passages, from which texts
fill one template. `benchmarks.robust` chose them: 0.25 and 4, or 0.5 and 6, find the same series except for
one pair. Posts under one notice share 0.1 to 0.4 in 1 passage, news of one office 0.1 in 5."""


def fills_template(cover: float, sequences: Callable[[], Sequences]) -> bool:
    """Return whether texts that share a passage fill one template.

    Args:
        cover: Fraction of their shingles that occur in another of them.
        sequences: Loads their shingles in reading order, concatenated, and the bounds of each text.
    """
    return cover >= COVER and bool(np.median(_count_passages(*sequences())) >= PASSAGES)


def _count_passages(shingles: NDArray[np.uint64], bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the passages of each text that also occur verbatim in another of them."""
    sizes = np.diff(bounds)
    texts = np.repeat(np.arange(sizes.size), sizes)
    values, places = np.unique(shingles, return_inverse=True)
    once_a_text = np.unique(places * sizes.size + texts) // sizes.size
    shared = np.bincount(once_a_text, minlength=values.size)[places] > 1
    goes_on = shared[:-1] & (texts[1:] == texts[:-1])
    begins = shared & ~np.append(np.False_, goes_on)
    return np.bincount(texts[begins], minlength=sizes.size)
