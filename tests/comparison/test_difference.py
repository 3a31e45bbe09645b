"""The words that only one of two texts has: worked examples."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.comparison.difference import difference
from dedup.model import Difference


def test_of_several_neighbours_that_make_one_word_all_are_parted() -> None:
    """The word abc is a and bc, and ab and c as well: none of the four is new."""
    assert difference("a bc d ab c", "abc").left_words == ("d",)


def test_words_of_only_one_text_are_listed() -> None:
    """Words and numbers apart: 12 is exchanged for 15, and 1403 is added."""
    found = difference("تورم به ۱۲ درصد رسید، بانک", "تورم به ۱۵ درصد رسید: مرکز آمار ۱۴۰۳")

    assert found == Difference(
        left_words=("بانک",),
        right_words=("مرکز", "آمار"),
        left_numbers=("12",),
        right_numbers=("15", "1403"),
    )


def test_differences_are_in_reading_order() -> None:
    """Not alphabetical, each once."""
    found = difference("یک کوه باغ کوه ۹ ۱ سوم ۵ ۱", "هیچ")

    assert found.left_words == ("یک", "کوه", "باغ")
    assert found.left_numbers == ("9", "1", "سوم", "5")


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
def test_spellings_do_not_count_as_differences(one: str, other: str) -> None:
    """Glued numbers, lost and added blanks, half-spaces, hamza, Arabic keyboards, digits of any script."""
    found = difference(one, other)

    assert (found.left_words, found.right_words) == ((), ())
    assert (found.left_numbers, found.right_numbers) == ((), ())


def test_a_number_inside_another_is_a_difference() -> None:
    """12 does not occur in 123."""
    found = difference("رقم ۱۲", "رقم ۱۲۳")

    assert (found.left_numbers, found.right_numbers) == (("12",), ("123",))


def test_a_text_without_words_lacks_all_of_the_other() -> None:
    """The one word of the other text."""
    assert difference("", "خبر") == Difference((), ("خبر",), (), ())


@settings(deadline=None)
@given(*[st.text("ab 12\u200c", max_size=20)] * 2)
def test_exchanged_texts_exchange_the_sides(one: str, other: str) -> None:
    """What the left text has alone, the right one has alone when they change places."""
    found, mirrored = difference(one, other), difference(other, one)

    assert (found.left_words, found.left_numbers) == (mirrored.right_words, mirrored.right_numbers)
    assert (found.right_words, found.right_numbers) == (mirrored.left_words, mirrored.left_numbers)
