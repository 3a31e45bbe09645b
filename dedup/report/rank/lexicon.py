"""Rarity and kind of each word of the archive, in the kernel's format.

Rarity is the inverse document frequency of scikit-learn: 1 + ln((1 + n) / (1 + df)). The factor of a word by
its appearances is 1 + ln tf: ROC AUC of near-duplicates 0.89, with plain tf 0.85 (benchmarks/ranking.py).
Source: Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.core.term_weights import FRACTION, Kind, Lexicon
from dedup.model.memory import need_scientific_memory
from dedup.report.rank.language import PERSIAN_WORDS, hashes_of
from dedup.report.rank.stop_words import Vocabulary

_COMMON_SHARE = 0.2
"""Share of the archive above which a word is not informative: function words and sign-offs, but not names."""

_COMMON_FROM = 50
"""Minimum number of documents for that share to be meaningful."""

_MOST_REPEATS = 4096
"""Occurrences beyond which the weight of a word stops growing."""

type Words = tuple[NDArray[np.uint64], NDArray[np.int64]]


def learn(background: Iterable[Words], vocabulary: Vocabulary | None) -> Lexicon:
    """Weigh the words of a background.

    Args:
        background: Results of `kernel.distinct_words` for its texts, in parts.
        vocabulary: Words that are not shown and words that open verbs; None if nothing is shown.
    """
    parts = list(background)
    nothing = np.empty(0, dtype=np.uint64)
    hashes = np.concatenate([nothing, *(hashes for hashes, _ in parts)])
    sizes = np.concatenate([np.empty(0, dtype=np.int64), *(np.diff(bounds) for _, bounds in parts)])
    words, column = np.unique(hashes, return_inverse=True)
    rarity = _rarity(column, np.append(0, np.cumsum(sizes)), words.size)
    return _lexicon(words, rarity, kinds=_kinds(words, column, sizes.size, vocabulary))


def _rarity(column: NDArray[np.intp], bounds: NDArray[np.int64], words: int) -> NDArray[np.float64]:
    """Return the inverse document frequency of each word, then that of an unknown word."""
    need_scientific_memory()
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - takes a second
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415

    counts = csr_matrix((np.ones(column.size), column, bounds), shape=(bounds.size - 1, words + 1))
    rarity: NDArray[np.float64] = TfidfTransformer().fit(counts).idf_
    return rarity


def _kinds(
    words: NDArray[np.uint64], column: NDArray[np.intp], documents: int, vocabulary: Vocabulary | None
) -> list[tuple[Kind, NDArray[np.uint64]]]:
    """List the words of each kind, by hash."""
    kinds = [(Kind.TELLS, hashes_of(PERSIAN_WORDS))]
    if documents >= _COMMON_FROM:
        frequency = np.bincount(column, minlength=words.size)
        kinds.append((Kind.HIDDEN, words[frequency > _COMMON_SHARE * documents]))
    if vocabulary is not None:
        alone = (word for word in vocabulary.stop_words - vocabulary.openers if "_" not in word)
        kinds.append((Kind.HIDDEN, hashes_of(alone)))
        kinds.append((Kind.OPENS, hashes_of(vocabulary.openers)))
    return kinds


def _lexicon(
    words: NDArray[np.uint64],
    rarity: NDArray[np.float64],
    *,
    kinds: Sequence[tuple[Kind, NDArray[np.uint64]]],
) -> Lexicon:
    every = np.unique(np.concatenate([words, *(some for _, some in kinds)]))
    *known, unknown = _fixed(rarity)
    rarities = np.full(every.size, unknown, dtype=np.uint32)
    rarities[np.searchsorted(every, words)] = known
    flags = np.zeros(every.size, dtype=np.uint8)
    for kind, some in kinds:
        flags[np.searchsorted(every, some)] |= np.uint8(kind)
    times = np.arange(1, _MOST_REPEATS + 1)
    repeats = np.append(np.uint32(0), _fixed(1 + np.log(times)))
    return Lexicon(every, rarities, flags, repeats, int(unknown))


def _fixed(values: NDArray[np.float64]) -> NDArray[np.uint32]:
    fixed: NDArray[np.uint32] = np.rint(values * 2**FRACTION).astype(np.uint32)
    return fixed
