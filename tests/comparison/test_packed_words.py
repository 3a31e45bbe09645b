"""Lists of words and of exchanged facts, packed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedup.comparison.packed_words import PackedFacts, PackedWords
from dedup.model import ExchangedFact

LISTS = [("یک", "two"), (), ("سه",)]
FACTS = [
    (ExchangedFact("12", "13", 4, 5), ExchangedFact("a", "", 6, 7)),
    (),
    (ExchangedFact("۳", "4", 0, 9),),
]


def test_words_are_read_as_they_were_packed() -> None:
    """Lists, empty ones too, are the same one by one and all together."""
    packed = PackedWords.of(LISTS)

    assert list(packed) == LISTS
    assert [packed[row] for row in range(3)] == LISTS


def test_words_are_taken_in_any_order() -> None:
    """Rows may repeat and go backwards."""
    assert list(PackedWords.of(LISTS).take(np.array([2, 0, 1, 2]))) == [LISTS[row] for row in (2, 0, 1, 2)]


def test_packed_words_are_joined_in_their_order() -> None:
    """Parts follow one another, and none at all are no lists."""
    joined = PackedWords.joined([PackedWords.of(LISTS), PackedWords.of([]), PackedWords.of(LISTS[2:])])

    assert list(joined) == [*LISTS, ("سه",)]
    assert list(PackedWords.joined([])) == []


def test_facts_are_read_as_they_were_packed() -> None:
    """Both words of a fact and their places are kept."""
    packed = PackedFacts.of(FACTS)

    assert list(packed) == FACTS
    assert [packed[row] for row in range(3)] == FACTS


def test_facts_are_taken_and_joined() -> None:
    """Rows in any order, of parts that were joined."""
    joined = PackedFacts.joined([PackedFacts.of(FACTS), PackedFacts.of(FACTS[2:])])

    assert list(joined.take(np.array([3, 1, 0]))) == [FACTS[2], (), FACTS[0]]


@given(st.lists(st.lists(st.text(max_size=5), max_size=4), max_size=5), st.integers(1, 3), st.integers(1, 4))
def test_only_the_first_words_and_letters_are_kept(lists: list[list[str]], count: int, letters: int) -> None:
    """As slices of lists and of strings: a letter of several bytes is one."""
    packed = PackedWords.of(lists).first(count, letters=letters)

    assert list(packed) == [tuple(word[:letters] for word in some[:count]) for some in lists]
