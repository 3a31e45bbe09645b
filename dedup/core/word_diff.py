"""Which words of one text another lacks, in Python: the twin of native/word_diff.c."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from dedup.core.numpy_kernel import fold_texts
from dedup.core.text_column import Texts

type WordDifferences = tuple[NDArray[np.int64], list[tuple[str, ...]], list[tuple[str, ...]]]

_WORDS = re.compile(r"[0-9]+|[^0-9 ]+")
COMPARED = 5
"""Numbers that a comparison counts."""


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    order: dict[str, None]
    numbers: frozenset[str]
    neighbours: frozenset[tuple[str, str]]
    joined: frozenset[str]


def word_differences(
    texts: Texts, left: NDArray[np.int64], right: NDArray[np.int64], *, numerals: Collection[str]
) -> WordDifferences:
    """Find what words and numbers only one text of each pair holds.

    A number is a run of digits or one of the numerals, a word any other run of letters of the folded
    text. A word that lost or gained a blank is no new word, nor is a number glued to a word.

    Args:
        texts: As they were written, or folded.
        left: Which of the texts is the left one of each pair.
        right: Which is the right one.
        numerals: Words that count as numbers.

    Returns:
        int64, shape (n_pairs, 5): new words of the left and of the right text, distinct words of the
        left and of the right, numbers in both; the numbers that the right text lacks, in the reading
        order of the left; the numbers that the left text lacks.
    """
    spelt = frozenset(fold_texts(numerals))
    read = [_words(text, spelt) for text in fold_texts(texts)]
    counts = np.zeros((left.size, COMPARED), dtype=np.int64)
    numbers: tuple[list[tuple[str, ...]], list[tuple[str, ...]]] = ([], [])
    for pair, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        ours, theirs = read[one], read[other]
        counts[pair, :2] = _new(ours, theirs), _new(theirs, ours)
        counts[pair, 2:] = len(ours.order), len(theirs.order), len(ours.numbers & theirs.numbers)
        numbers[0].append(_lacked(ours, theirs))
        numbers[1].append(_lacked(theirs, ours))
    return counts, *numbers


def _words(text: str, numerals: frozenset[str]) -> _Words:
    written = _WORDS.findall(text)
    order = dict.fromkeys(written)
    numbers = frozenset(word for word in order if word[0] in "0123456789" or word in numerals)
    neighbours = frozenset(pairwise(written))
    return _Words(order, numbers, neighbours, frozenset(map("".join, neighbours)))


def _new(ours: _Words, theirs: _Words) -> int:
    parted = chain.from_iterable(pair for pair in ours.neighbours if "".join(pair) in theirs.order)
    return len(ours.order.keys() - theirs.order.keys() - ours.numbers - theirs.joined - set(parted))


def _lacked(ours: _Words, theirs: _Words) -> tuple[str, ...]:
    return tuple(word for word in ours.order if word in ours.numbers and word not in theirs.order)
