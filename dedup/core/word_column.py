"""The words of many texts, read once, then aligned pair by pair.

The twin of native/word_column.c.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

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
    """Fold a list of words; cached, since folding the numerals takes longer than reading two short texts."""
    return frozenset(fold_texts(words))


class WordColumn:
    """The words of many texts. Each text is read once, when it is first needed. Not thread-safe."""

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
        """Make a column.

        Args:
            texts: Unfolded texts; folded ones have lost their lines, names and addresses.
            numerals: Words that are numbers.
            dates: Words that are parts of dates.
            boilerplate: Shingles of boilerplate, ascending.
            window: Length of a shingle in letters.
            most: See `kept_passages.kept_blocks`.
            long_text: See `alignment.align`.
        """
        column = as_column(texts)
        marked = {"numerals": _folded(frozenset(numerals)), "dates": _folded(frozenset(dates))}

        def read(row: int) -> WordSequence:
            text = read_text(column[row], boilerplate=boilerplate, window=window, **marked)
            return WordSequence(text.words, text.flags, **marked)

        self._settings: dict[str, Any] = {
            "numerals": numerals,
            "dates": dates,
            "boilerplate": boilerplate,
            "window": window,
        }
        self._column, self._read = column, cache(read)
        self._bounds: dict[str, Any] = {"most": most, "long_text": long_text}

    def like(self, texts: Texts) -> "WordColumn":
        """Make a column of other texts with the same settings."""
        return type(self)(texts, **self._settings, **self._bounds)

    def text(self, row: int) -> str:
        """Return a text, unfolded."""
        return self._column[row]

    def read(self, row: int) -> tuple[tuple[str, ...], bytes]:
        """Return the words of a text and the flags of each, see word_sequence.py."""
        sequence = self._read(row)
        return tuple(sequence.words), bytes(sequence.flags)

    def words(self, rows: Iterable[int]) -> list[tuple[str, ...]]:
        """Return the words of each text."""
        return [self.read(row)[0] for row in rows]

    def spans(self, row: int) -> NDArray[np.int64]:
        """Return the start and end of each word of a text, in characters: shape (words, 2)."""
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
            left: int64: row of the left text of each pair.
            right: int64: row of the right text.
            whole: Whether the two texts are alike as wholes.
        """
        pairs = zip(self._pairs(left, right), whole.tolist(), strict=True)
        return align_pairs(((*texts, alike) for texts, alike in pairs), **self._bounds)
