"""The fixed wording of a template, and what fills its slots."""

from collections.abc import Sequence

import pytest

from dedup.comparison.skeleton import lay, skeleton


def filled(*texts: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the wording that texts share, read from the first, and what fills the slots of each."""
    words = [text.split() for text in texts]
    placed = [lay(words[0], text) for text in words]
    fixed = skeleton(words[0], placed[1:])

    def spelt(words: Sequence[str], spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        return tuple(" ".join(words[start:end]) for start, end in spans)

    return spelt(words[0], fixed.fixed), [spelt(text.words, fixed.fill(text)) for text in placed]


@pytest.mark.parametrize(
    ("texts", "wording", "values"),
    [
        (("gold is 5 today", "gold is 6 today"), ("gold is", "today"), [("5",), ("6",)]),
        (("5 men", "6 men"), ("", "men"), [("5",), ("6",)]),
        (("men 5", "men 6"), ("men", ""), [("5",), ("6",)]),
        (("a 5 b 6 c", "a 7 b 8 c"), ("a", "b", "c"), [("5", "6"), ("7", "8")]),
        (("a 5 c", "a 7 8 c"), ("a", "c"), [("5",), ("7 8",)]),
        (("a 5 c", "a c"), ("a", "c"), [("5",), ("",)]),
        (("a c", "a 5 c"), ("a", "c"), [("",), ("5",)]),
        (("a c", "5 a c"), ("", "a c"), [("",), ("5",)]),
        (("a c", "a c 5"), ("a c", ""), [("",), ("5",)]),
        (("a c", "a c"), ("a c",), [(), ()]),
        (("5", "6"), ("", ""), [("5",), ("6",)]),
    ],
)
def test_slots_lie_between_what_is_fixed(
    texts: tuple[str, ...], wording: tuple[str, ...], values: list[tuple[str, ...]]
) -> None:
    """Inside, at either end, empty in some text, and of several words."""
    assert filled(*texts) == (wording, values)


def test_one_text_in_ten_may_lack_a_fixed_word() -> None:
    """Nine of ten others have `is`, so it is fixed; what the tenth has in its place fills the slot."""
    texts = [f"gold is {number} today" for number in range(10)]

    wording, values = filled(*texts, "gold was 70 today")

    assert wording == ("gold is", "today")
    assert values[9:] == [("9",), ("was 70",)]


def test_two_texts_in_ten_that_lack_a_word_make_it_a_slot() -> None:
    """Of ten others, two say `was`: what is said and the number are one slot."""
    texts = [f"gold is {number} today" for number in range(9)]

    wording, values = filled(*texts, "gold was 70 today", "gold was 80 today")

    assert wording == ("gold", "today")
    assert values[8:] == [("is 8",), ("was 70",), ("was 80",)]


def test_words_that_the_pattern_lacks_fill_a_slot_between_fixed_words() -> None:
    """One other of ten may add a word without making a slot."""
    texts = ["gold today"] * 10

    assert filled(*texts, "gold rose today")[0] == ("gold today",)
    assert filled(*texts[:9], "gold rose today", "gold fell today") == (
        ("gold", "today"),
        [("",)] * 9 + [("rose",), ("fell",)],
    )
