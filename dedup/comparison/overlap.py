"""Two documents, measured: how much they share, and what differs.

Broder, "On the resemblance and containment of documents", 1997, for Jaccard and containment.
"""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core.numerals import NUMERALS
from dedup.model import Difference, Overlap

_WORDS = re.compile(r"[0-9]+|[^0-9 ]+")


def match(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> Overlap:
    """Measure two shingle sets, neither of them empty."""
    return Overlap(np.intersect1d(left, right, assume_unique=True).size, left.size, right.size)


def match_many(
    values: NDArray[np.uint64],
    bounds: NDArray[np.int64],
    *,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Count what many pairs of shingle sets share.

    Args:
        values: All sets, one after the other.
        bounds: Where each begins, and the end of the last: shape (n + 1,).
        left: Row of one set of each pair, ascending.
        right: Row of the other.

    Returns:
        int64, one count a pair.
    """
    return core.shared_counts(values, bounds, left, right)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The distinct words of a text, ready to be held against those of another.

    Attributes:
        places: Each word and number, with its place in the order of first appearance.
        numbers: Those that are numbers, digits or numerals.
        neighbours: Words that follow one another.
        joined: The neighbours, written together.
    """

    places: Mapping[str, int]
    numbers: AbstractSet[str]
    neighbours: AbstractSet[tuple[str, str]]
    joined: AbstractSet[str]


def words(text: str) -> Words:
    """List the words of a folded text; a number glued to a word is a number and a word."""
    written = _WORDS.findall(text)
    places = {word: place for place, word in enumerate(dict.fromkeys(written))}
    numbers = frozenset(filter(str.isdecimal, places)) | (NUMERALS & places.keys())
    neighbours = frozenset(pairwise(written))
    return Words(places, numbers, neighbours, frozenset(map("".join, neighbours)))


def difference(left: Words, right: Words) -> Difference:
    """Find the words and numbers that only one of two texts holds."""
    left_words, left_numbers = _missing(left, right)
    right_words, right_numbers = _missing(right, left)
    return Difference(
        left_words,
        right_words,
        len(left_words) / max(len(left.places), 1),
        len(right_words) / max(len(right.places), 1),
        left_numbers,
        right_numbers,
        len(left.numbers & right.numbers),
    )


def _missing(ours: Words, theirs: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split what only we have into words, spaces aside, and numbers; in reading order."""
    new = ours.places.keys() - theirs.places.keys()
    numbers = sorted(new & ours.numbers, key=ours.places.__getitem__)
    parted = chain.from_iterable(pair for pair in ours.neighbours if "".join(pair) in theirs.places)
    words = sorted(new - ours.numbers - theirs.joined - set(parted), key=ours.places.__getitem__)
    return tuple(words), tuple(numbers)
