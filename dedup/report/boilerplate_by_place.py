"""Boilerplate by its position: what opens a line or closes the text in a few texts that share nothing else.

A notice, a sign-off or a fixed first line always has the same position, so three texts of one source are
enough evidence. The passage is extended word by word while the texts agree; fixed wording elsewhere in a
series of reports is not part of it.
"""

import numpy as np
from numpy.typing import NDArray

from dedup import core

RULE = core.PassageRule(witnesses=3, common_percent=75, related_percent=15, least=4)
"""When a sample of texts shows that a passage is boilerplate. A text with fewer than four other shingles
consists of the notice alone and is ignored."""

SHORT = 30
"""Longest passage, in shingles, for which a few texts are enough; a longer one may be a story's
background."""

LETTERS_A_WORD = 3.5
"""Letters per shingle, on average, below which a passage may have twice as many shingles: in a script without
spaces each letter begins one and counts as three at most. Real archives of other scripts have 3.6 or more."""

ANY = np.iinfo(np.int64).max
"""No limit on the number of shingles."""


def longest_passage(letters: NDArray[np.int64], sizes: NDArray[np.int64]) -> int:
    """Return the longest passage, in shingles, for which a few texts are enough.

    Args:
        letters: Letters of each text, counted as `Recipe.min_letters` counts them.
        sizes: Shingles of each.
    """
    return SHORT if letters.sum() >= LETTERS_A_WORD * sizes.sum() else 2 * SHORT


def may_be_unrelated(shared: NDArray[np.int64], sizes: NDArray[np.int64], *, longest: int = SHORT) -> bool:
    """Check cheaply whether a sample may have enough unrelated texts; a family of copies has not.

    Args:
        shared: Shingles that every two texts share, shape (n, n).
        sizes: Shingles of each text.
        longest: Maximum number of shingles of the passage.
    """
    besides = np.maximum(shared - longest, 0)
    unrelated = 100 * besides < RULE.related_percent * (sizes[:, None] + sizes - besides)
    np.fill_diagonal(unrelated, val=True)
    return int((unrelated.sum(axis=0) >= RULE.witnesses).sum()) >= RULE.witnesses
