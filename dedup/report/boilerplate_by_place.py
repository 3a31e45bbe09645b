"""Boilerplate by its place: what opens a line, or closes the text, in a few texts that share nothing else.

A notice, a sign-off or a standing first line is known from its place, so three texts of one source are
enough to tell. The passage grows from the place word by word as long as the texts agree: fixed wording
elsewhere in a series of reports is no part of it.
"""

import numpy as np
from numpy.typing import NDArray

from dedup import core

RULE = core.PassageRule(witnesses=3, common_percent=75, related_percent=15, least=4)
"""When a sample of texts tells that a passage is boilerplate. A text with fewer than four shingles besides is
nothing but the notice: it neither tells nor counts against it."""

SHORT = 30
"""Shingles of a passage that a few texts are enough for; more may be a background that a story was given."""

ANY = np.iinfo(np.int64).max
"""As many shingles as there are."""


def may_be_unrelated(shared: NDArray[np.int64], sizes: NDArray[np.int64], *, longest: int = SHORT) -> bool:
    """Tell cheaply whether enough texts of a sample can be witnesses; those of a family of copies cannot.

    Args:
        shared: Shingles that every two texts share, shape (n, n).
        sizes: Shingles of each text.
        longest: Shingles of the passage, at most.
    """
    besides = np.maximum(shared - longest, 0)
    unrelated = 100 * besides < RULE.related_percent * (sizes[:, None] + sizes - besides)
    np.fill_diagonal(unrelated, val=True)
    return int((unrelated.sum(axis=0) >= RULE.witnesses).sum()) >= RULE.witnesses
