"""The words of many texts, read once, then compared and aligned pair by pair.

The twin of native/word_column.c.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dedup.core.alignment import AlignedPairs, align_pairs
from dedup.core.numerals import DATES, NUMERALS
from dedup.core.numpy_kernel import fold_texts
from dedup.core.text_column import Texts
from dedup.core.word_diff import WordDifferences, compare_pairs
from dedup.core.word_sequence import MOST, WordSequence, read_words


class WordColumn:
    """The words of many texts; each text is read once, when a pair names it.

    One thread at a time may use it.
    """

    def __init__(
        self,
        texts: Texts,
        *,
        numerals: Collection[str] = NUMERALS,
        dates: Collection[str] = DATES,
        most: int = MOST,
    ) -> None:
        """Take texts over.

        Args:
            texts: As they were written, or folded.
            numerals: Words that are numbers.
            dates: Words that name a date.
            most: See `kept_passages.kept_blocks`.
        """
        column = fold_texts(texts)
        marked = frozenset(fold_texts(numerals)), frozenset(fold_texts(dates))
        self._read = cache(lambda row: replace(read_words(column[row]), numerals=marked[0], dates=marked[1]))
        self._most = most

    def _pairs(
        self, left: NDArray[np.int64], right: NDArray[np.int64]
    ) -> Iterator[tuple[WordSequence, WordSequence]]:
        for one, other in zip(left.tolist(), right.tolist(), strict=True):
            yield self._read(one), self._read(other)

    def compare(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> WordDifferences:
        """Find what words and numbers only one text of each pair has: see `word_diff.compare_pairs`.

        Args:
            left: Which of the texts is the left one of each pair.
            right: Which is the right one.
        """
        return compare_pairs(self._pairs(left, right))

    def align(
        self, left: NDArray[np.int64], right: NDArray[np.int64], whole: NDArray[np.bool_]
    ) -> AlignedPairs:
        """Align the texts of each pair: see `alignment.align`.

        Args:
            left: Which of the texts is the left one of each pair.
            right: Which is the right one.
            whole: Whether the two are alike as wholes.
        """
        pairs = zip(self._pairs(left, right), whole.tolist(), strict=True)
        return align_pairs(((*texts, alike) for texts, alike in pairs), most=self._most)
