"""The words of many texts, read once, then aligned pair by pair.

The twin of native/word_column.c.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from dedup.core.alignment import AlignedPairs, align_pairs
from dedup.core.numerals import DATES, NUMERALS
from dedup.core.numpy_kernel import fold_texts
from dedup.core.read_text import NO_BOILERPLATE, WINDOW, read_text, word_spans
from dedup.core.text_column import Texts, as_column
from dedup.core.word_sequence import LONG_TEXT, MOST, WordSequence


@lru_cache(maxsize=8)
def _folded(words: frozenset[str]) -> frozenset[str]:
    """Fold a list of words, once: folding the numerals takes longer than reading two short texts."""
    return frozenset(fold_texts(words))


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
        boilerplate: NDArray[np.uint64] = NO_BOILERPLATE,
        window: int = WINDOW,
        most: int = MOST,
        long_text: int = LONG_TEXT,
    ) -> None:
        """Take over the texts.

        Args:
            texts: As they were written; those that are folded have no lines, names and addresses any more.
            numerals: Words that are numbers.
            dates: Words that name a date.
            boilerplate: Shingles, ascending, whose letters are boilerplate.
            window: Letters of a shingle.
            most: See `kept_passages.kept_blocks`.
            long_text: See `alignment.align`.
        """
        column = as_column(texts)
        marked = {"numerals": _folded(frozenset(numerals)), "dates": _folded(frozenset(dates))}

        def read(row: int) -> WordSequence:
            text = read_text(column[row], boilerplate=boilerplate, window=window, **marked)
            return WordSequence(text.words, text.flags, **marked)

        self._column, self._read = column, cache(read)
        self._bounds = {"most": most, "long_text": long_text}

    def text(self, row: int) -> str:
        """Return a text as it came."""
        return self._column[row]

    def read(self, row: int) -> tuple[tuple[str, ...], bytes]:
        """Read a text: its words and the flags of each, IS_NAME and its neighbours in word_sequence.py."""
        sequence = self._read(row)
        return tuple(sequence.words), bytes(sequence.flags)

    def words(self, rows: Iterable[int]) -> list[tuple[str, ...]]:
        """Read texts: the words of each."""
        return [self.read(row)[0] for row in rows]

    def spans(self, row: int) -> NDArray[np.int64]:
        """Return where each word begins and ends in its text, in characters: shape (words, 2)."""
        return word_spans(self.text(row))

    def _pairs(
        self, left: NDArray[np.int64], right: NDArray[np.int64]
    ) -> Iterator[tuple[WordSequence, WordSequence]]:
        for one, other in zip(left.tolist(), right.tolist(), strict=True):
            yield self._read(one), self._read(other)

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
        return align_pairs(((*texts, alike) for texts, alike in pairs), **self._bounds)
