"""How much two texts share, and what stands in one only: worked examples."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup.comparison.align import read_words
from dedup.comparison.overlap import difference, match, match_many
from dedup.comparison.pair_columns import differences
from dedup.core import WordColumn
from dedup.model import Difference, Overlap
from dedup.text.fold import fold


def a_set(*values: int) -> NDArray[np.uint64]:
    """Write a shingle set."""
    return np.array(values, dtype=np.uint64)


def differing(left: str, right: str) -> Difference:
    """Fold two texts and find what differs."""
    return difference(read_words(str(fold(left))), read_words(str(fold(right))))


def test_two_sets_are_measured() -> None:
    """{1, 2, 3} and {2, 3, 5, 7} share two."""
    assert match(a_set(1, 2, 3), a_set(2, 3, 5, 7)) == Overlap(2, 3, 4)


def test_jaccard_is_shared_over_all() -> None:
    """Two shared, five in all: 0.4."""
    assert Overlap(2, 3, 4).jaccard == 0.4


def test_containment_is_shared_over_the_smaller() -> None:
    """Two shared of the three that the smaller has, whichever side it stands on."""
    assert Overlap(2, 3, 4).containment == Overlap(2, 4, 3).containment == 2 / 3


def test_length_ratio_is_the_smaller_over_the_larger() -> None:
    """Three to four is 0.75 from either side."""
    assert Overlap(2, 3, 4).length_ratio == Overlap(2, 4, 3).length_ratio == 0.75


def test_disjoint_and_equal_sets_are_the_ends_of_the_scale() -> None:
    """Nothing shared is 0 and all shared is 1, in both measures."""
    nothing, everything = match(a_set(1), a_set(2, 3)), match(a_set(4, 5), a_set(4, 5))

    assert (nothing.jaccard, nothing.containment) == (0, 0)
    assert (everything.jaccard, everything.containment, everything.length_ratio) == (1, 1, 1)


def test_a_mirrored_overlap_exchanges_the_sides() -> None:
    """What is shared stays."""
    assert Overlap(2, 3, 4).mirrored() == Overlap(2, 4, 3)


def test_many_pairs_are_counted_at_once() -> None:
    """Of {1, 2, 3}, {2, 3, 5, 7}, {9} and {}, the first two share two values; pairs keep their order."""
    values, bounds = a_set(1, 2, 3, 2, 3, 5, 7, 9), np.array([0, 3, 7, 8, 8])
    left, right = np.array([0, 0, 0, 1, 2]), np.array([2, 1, 3, 2, 3])

    assert match_many(values, bounds, left=left, right=right).tolist() == [0, 2, 0, 0, 0]


def test_no_pairs_are_no_counts() -> None:
    """An archive without candidates is measured too."""
    nothing = np.empty(0, dtype=np.int64)

    assert match_many(a_set(1), np.array([0, 1]), left=nothing, right=nothing).tolist() == []


@settings(deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 12)), min_size=2, max_size=5))
def test_many_pairs_count_as_one_pair_does(sets: list[frozenset[int]]) -> None:
    """Every pair of random sets shares what the intersection of Python sets holds."""
    values = a_set(*(value for each in sets for value in sorted(each)))
    bounds = np.cumsum([0, *map(len, sets)])
    left, right = np.triu_indices(len(sets), 1)

    counts = match_many(values, bounds, left=left, right=right)

    pairs = zip(left.tolist(), right.tolist(), strict=True)
    assert counts.tolist() == [len(sets[one] & sets[other]) for one, other in pairs]


def test_differences_of_many_pairs_are_told_without_the_words() -> None:
    """The texts as they were written: 1 of 6 and 2 of 8 words are new; mirrored, the other way round."""
    texts = ["تورم به ۱۲ درصد رسید، بانک", "تورم به ۱۵ درصد رسید: مرکز آمار ۱۴۰۳"]

    columns = differences(WordColumn(texts), left=np.array([0, 1, 0]), right=np.array([1, 0, 0]))
    found = [columns.record(row) for row in range(3)]

    assert found == [
        Difference((), (), 1 / 6, 2 / 8, ("12",), ("15", "1403"), 0),
        Difference((), (), 2 / 8, 1 / 6, ("15", "1403"), ("12",), 0),
        Difference((), (), 0, 0, (), (), 1),
    ]


def test_a_text_without_words_has_no_share_among_many() -> None:
    """Nothing over nothing is 0, not an error."""
    found = differences(WordColumn(["", "خبر"]), left=np.array([0]), right=np.array([1])).record(0)

    assert found == Difference((), (), 0, 1, (), (), 0)


@settings(deadline=None)
@given(*[st.lists(st.sampled_from(["شب", "دوم", "آتش", "بس", "آتشبس", "۱۲", "12", "x", "\u200c", "!"]))] * 2)
def test_many_pairs_differ_as_one_pair_does(one: list[str], other: list[str]) -> None:
    """Shares, numbers and what is shared are those that comparing two texts gives."""
    left, right = " ".join(one), "".join(other)
    alone = differing(left, right)

    found = differences(WordColumn([right, left]), left=np.array([1]), right=np.array([0])).record(0)

    assert found == replace(alone, left_words=(), right_words=())


def test_a_word_is_a_run_of_anything_but_digits_and_blanks() -> None:
    """Spacing vowel signs cut no word: हिंदी has two, and किताब two; ख9ग is ख, 9 and ग."""
    assert list(read_words(str(fold("हिंदी किताब ख9ग 12"))).places) == [
        str(fold("हिंदी")),
        str(fold("किताब")),
        *("ख", "9", "ग", "12"),
    ]


def test_of_several_neighbours_that_make_one_word_all_are_parted() -> None:
    """The word abc is a and bc, and ab and c as well: none of the four is new."""
    assert differing("a bc d ab c", "abc").left_words == ("d",)


def test_what_stands_in_one_text_only_is_listed() -> None:
    """Words and numbers apart; shares are over the distinct words and numbers of the own side.

    Left has 6 distinct words and numbers, right 8; 12 is exchanged for 15, and 1403 is added.
    """
    found = differing("تورم به ۱۲ درصد رسید، بانک", "تورم به ۱۵ درصد رسید: مرکز آمار ۱۴۰۳")

    assert found == Difference(
        left_words=("بانک",),
        right_words=("مرکز", "امار"),
        left_share=1 / 6,
        right_share=2 / 8,
        left_numbers=("12",),
        right_numbers=("15", "1403"),
        shared_numbers=0,
    )


def test_what_differs_stands_in_reading_order() -> None:
    """Not alphabetical, each once."""
    found = differing("یک کوه باغ کوه ۹ ۱ سوم ۵ ۱", "هیچ")

    assert found.left_words == ("یک", "کوه", "باغ")
    assert found.left_numbers == ("9", "1", "سوم", "5")


def test_shared_numbers_are_counted_once() -> None:
    """A number that stands twice in both is one."""
    assert differing("۷ و ۷ و ۸ و ۹", "۸ یا ۷ یا ۷").shared_numbers == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("۸۵هزار تومان", "۸۵ هزار تومان"),
        ("سال۱۴۰۲ گذشت", "سال ۱۴۰۲ گذشت"),
        ("آتشبس در غزه", "آتش بس در غزه"),
        ("می\u200cشود", "می شود"),
        ("می\u200cشود", "میشود"),
        ("تأکید", "تاکید"),
        ("كتاب علي", "کتاب علی"),
        ("۱۲", "١٢"),
    ],
)
def test_spelling_is_no_difference(one: str, other: str) -> None:
    """Glued numbers, lost and added blanks, half-spaces, hamza, Arabic keyboards, digits of any script."""
    found = differing(one, other)

    assert (found.left_words, found.right_words) == ((), ())
    assert (found.left_numbers, found.right_numbers) == ((), ())
    assert (found.left_share, found.right_share) == (0, 0)


def test_a_number_inside_another_is_a_difference() -> None:
    """12 does not stand in 123."""
    found = differing("رقم ۱۲", "رقم ۱۲۳")

    assert (found.left_numbers, found.right_numbers) == (("12",), ("123",))


def test_a_text_without_words_has_no_share() -> None:
    """Nothing over nothing is 0, not an error."""
    assert differing("", "خبر") == Difference((), ("خبر",), 0, 1, (), (), 0)


@settings(deadline=None)
@given(*[st.text("ab 12\u200c", max_size=20)] * 2)
def test_a_mirrored_difference_is_that_of_exchanged_texts(one: str, other: str) -> None:
    """Mirroring reads the pair from the other side."""
    assert differing(one, other).mirrored() == differing(other, one)
