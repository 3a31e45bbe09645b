"""Which words of one text another lacks, in Python: the twin of native/word_diff.c."""

from collections.abc import Iterable
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from dedup.core.word_sequence import WordSequence

type WordDifferences = tuple[NDArray[np.int64], list[tuple[str, ...]], list[tuple[str, ...]]]

COMPARED = 5
"""Numbers that a comparison counts."""


def missing(ours: WordSequence, theirs: WordSequence) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Find the words and the numbers that only our text has, each once, in reading order.

    A word that lost or gained a blank is no new word, nor is a number glued to a word; numbers are compared
    whole.
    """
    new = ours.places.keys() - theirs.places.keys()
    numbers = sorted(new & ours.numbers, key=ours.places.__getitem__)
    parted = chain.from_iterable(pair for pair in ours.neighbours if "".join(pair) in theirs.places)
    words = sorted(new - ours.numbers - theirs.glued.keys() - set(parted), key=ours.places.__getitem__)
    return tuple(words), tuple(numbers)


def compare_pairs(pairs: Iterable[tuple[WordSequence, WordSequence]]) -> WordDifferences:
    """Find what words and numbers only one text of each pair has.

    Returns:
        int64, shape (n_pairs, 5): new words of the left and of the right text, distinct words of the left
        and of the right, numbers in both; the numbers that the right text lacks, in the reading order of
        the left; the numbers that the left text lacks.
    """
    counts: list[tuple[int, ...]] = []
    numbers: tuple[list[tuple[str, ...]], list[tuple[str, ...]]] = ([], [])
    for left, right in pairs:
        (left_words, left_numbers), (right_words, right_numbers) = missing(left, right), missing(right, left)
        sizes = (len(left.places), len(right.places), len(left.numbers & right.numbers))
        counts.append((len(left_words), len(right_words), *sizes))
        numbers[0].append(left_numbers)
        numbers[1].append(right_numbers)
    return np.array(counts, dtype=np.int64).reshape(-1, COMPARED), *numbers
