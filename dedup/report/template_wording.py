"""The wording of a series, told from boilerplate by its shape.

Texts that fill one template share passage after passage, with words of their own between them: reports of the
weather, of prices, of results. Boilerplate is one passage or two of a text that otherwise speaks for itself.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

type Sequences = tuple[NDArray[np.uint64], NDArray[np.int64]]

COVER, PASSAGES = 0.4, 5
"""Share of the shingles of some texts that another of them has, and passages of a text that others share,
from which they fill one template. `benchmarks.robust` chose them: 0.25 and 4, or 0.5 and 6, find as many
series but for one pair. Posts under one notice share 0.1 to 0.4 in 1 passage, news of one office 0.1 in 5."""


def fills_template(cover: float, sequences: Callable[[], Sequences]) -> bool:
    """Tell whether texts that share a passage fill one template.

    Args:
        cover: Share of their shingles that another of them has.
        sequences: Loads their shingles in reading order, one text after the other, and where each begins, and
            the end of the last.
    """
    return cover >= COVER and bool(np.median(_count_passages(*sequences())) >= PASSAGES)


def _count_passages(shingles: NDArray[np.uint64], bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the passages of each text that another of them has too, word for word."""
    sizes = np.diff(bounds)
    texts = np.repeat(np.arange(sizes.size), sizes)
    values, places = np.unique(shingles, return_inverse=True)
    once_a_text = np.unique(places * sizes.size + texts) // sizes.size
    shared = np.bincount(once_a_text, minlength=values.size)[places] > 1
    goes_on = shared[:-1] & (texts[1:] == texts[:-1])
    begins = shared & ~np.append(np.False_, goes_on)
    return np.bincount(texts[begins], minlength=sizes.size)
