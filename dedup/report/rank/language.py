"""Detect Persian by its share of Persian function words."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core.term_weights import Kind, Lexicon

PERSIAN_WORDS = frozenset(
    "از در را است این برای شد های بر شده یک می شود کند نیز ها با تا کرد خود".split()  # noqa: SIM905
)
"""Frequent in Persian, almost absent from folded Arabic, Urdu, Sorani and Pashto (unlike که به و)."""

_PERSIAN_SHARE = 0.02
"""Share of those words above which a text is Persian (error rates: benchmarks/ranking.py)."""

_NONE = np.empty(0, dtype=np.int64)


def persian(lengths: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Find which texts are Persian.

    Args:
        lengths: What `core.weigh_words` counts: shape (n, 2), words and those of Persian.
    """
    in_persian: NDArray[np.bool_] = lengths[:, 1] > _PERSIAN_SHARE * lengths[:, 0]
    return in_persian


def are_persian(texts: core.Texts) -> NDArray[np.bool_]:
    """Find which texts are Persian, as they were written or folded; bool, shape (n_texts,)."""
    hashes = np.sort(hashes_of(PERSIAN_WORDS))
    lexicon = Lexicon(
        hashes,
        rarity=np.zeros(hashes.size, dtype=np.uint32),
        kinds=np.full(hashes.size, Kind.TELLS, dtype=np.uint8),
        repeats=np.zeros(1, dtype=np.uint32),
        unknown=0,
    )
    _, _, lengths, _ = core.weigh_words(
        texts, _NONE, _NONE, documents=_NONE, bounds=np.zeros(1, dtype=np.int64), lexicon=lexicon, most=1
    )
    return persian(lengths)


def hashes_of(words: Iterable[str]) -> NDArray[np.uint64]:
    """Return the kernel's hashes of words, skipping those that it splits."""
    hashes, bounds = core.distinct_words(sorted(words))
    single: NDArray[np.uint64] = hashes[bounds[:-1][np.diff(bounds) == 1]]
    return single
