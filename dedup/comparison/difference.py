"""Two texts -> the words that only one of them has, spelt for a human reader."""

from functools import partial
from itertools import pairwise

from dedup.comparison.legible_words import legible_pair, spelt_words
from dedup.comparison.readable_text import ReadableText
from dedup.core.read_text import read_words
from dedup.core.word_sequence import WordSequence
from dedup.model import Difference


def difference(left: str, right: str) -> Difference:
    """Find the words and numbers that occur in only one of two texts, each once, in reading order.

    A word that lost or gained a space does not count as new, nor does a number that lost the space next to
    it. Numbers are compared as a whole.
    """
    ours, theirs = read_words(left), read_words(right)
    (left_words, left_numbers), (right_words, right_numbers) = _missing(ours, theirs), _missing(theirs, ours)
    one, other = legible_pair(
        left_words, right_words, partial(ReadableText, left), partial(ReadableText, right)
    )
    shown = spelt_words(one, lambda: left), spelt_words(other, lambda: right)
    return Difference(*shown, left_numbers, right_numbers)


def _missing(ours: WordSequence, theirs: WordSequence) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Find the words and the numbers that only our text has."""
    known = frozenset(theirs.words)
    new = [word for word in dict.fromkeys(ours.words) if word not in known]
    numbers = frozenset(word for word in new if word.isdecimal() or word in ours.numerals)
    parted = {word for pair in pairwise(ours.words) if "".join(pair) in known for word in pair}
    respaced = parted | theirs.glued.keys() | numbers
    return tuple(word for word in new if word not in respaced), tuple(word for word in new if word in numbers)
