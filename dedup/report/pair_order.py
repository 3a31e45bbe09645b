"""An order of pairs in which each text is read few times."""

import numpy as np
from numpy.typing import NDArray

STEPS = 2
"""Steps from pair to pair along which the smallest number of a text is looked for."""

type Numbers = NDArray[np.int64]


def side_by_side(left: Numbers, right: Numbers) -> Numbers:
    """Order pairs so that those with texts in common are adjacent: by the smallest number near them.

    Args:
        left: Number of one text of each pair, 0 or more.
        right: Number of the other.

    Returns:
        int64: the places of the pairs, in their new order.
    """
    smallest = np.arange(max(left.max(initial=-1), right.max(initial=-1)) + 1)
    for _ in range(STEPS):
        of_both = np.minimum(smallest[left], smallest[right])
        np.minimum.at(smallest, left, of_both)
        np.minimum.at(smallest, right, of_both)
    return np.lexsort((right, left, smallest[left]))
