"""Two texts word by word: what is kept, moved, respelt, exchanged and new."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.comparison.align import align, read_words
from dedup.model import Alignment
from dedup.text.fold import fold

BODY = "the council met on the bridge repairs and chose a builder for the northern bank of the river"


def aligned(left: str, right: str) -> Alignment:
    """Align as a report does; exchanged sides must give the mirrored result."""
    ours, theirs = read_words(str(fold(left))), read_words(str(fold(right)))
    found = align(ours, theirs)
    assert align(theirs, ours) == found.mirrored()
    return found


def test_equal_texts_are_kept_whole() -> None:
    """Eighteen words in one passage, nothing new."""
    found = aligned(BODY, BODY)

    assert (found.words, found.kept) == ((18, 18), 18)
    assert found.new == found.fresh == found.moved == (0, 0)


def test_an_added_lead_is_new_and_comes_first() -> None:
    """Five words before the body; `the` is known to the other text, four are not."""
    found = aligned(f"our reporter saw the minister {BODY}", BODY)

    assert (found.new, found.fresh) == ((5, 0), (4, 0))
    assert found.fresh_ahead == (4, 0)
    assert found.left_words == ("our", "reporter", "saw", "minister")


def test_words_after_the_body_do_not_count_as_its_lead() -> None:
    """A footer is no lead."""
    found = aligned(f"{BODY} read more here", BODY)

    assert (found.fresh, found.fresh_ahead) == ((3, 0), (0, 0))


def test_passages_of_four_words_are_counted_and_the_longest_change_is_measured() -> None:
    """Two new words part the nine and nine of the body; the other text ends with three of its own."""
    words = BODY.split()
    found = aligned(" ".join([*words[:9], "yesterday", "evening", *words[9:]]), f"{BODY} read more here")

    assert (found.runs, found.in_runs) == (2, 18)
    assert found.longest_new == (2, 3)


def test_a_moved_passage_is_not_new() -> None:
    """Two halves in the other order: one is kept, the nine words of the other moved, on both sides."""
    words = BODY.split()
    found = aligned(BODY, " ".join([*words[9:], *words[:9]]))

    assert found.moved == (9, 9)
    assert found.new == (0, 0)


def test_a_repeated_passage_is_not_new() -> None:
    """A page that prints its lead twice has no more to say."""
    found = aligned(f"{' '.join(BODY.split()[:8])} {BODY}", BODY)

    assert (found.moved, found.new) == ((8, 0), (0, 0))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("آتشبس در غزه برقرار شد", "آتش بس در غزه برقرار شد"),
        ("می\u200cشود گفت", "می شود گفت"),
        ("در 85هزار خانه", "در 85 هزار خانه"),
        ("صدای رمدیسیویر آمد", "صدای رمدسیویر آمد"),
        ("the programme began", "the programmes began"),
    ],
)
def test_other_spellings_are_not_new(left: str, right: str) -> None:
    """Lost and added blanks, half-spaces, glued numbers, a letter more or less."""
    found = aligned(left, right)

    assert (found.new, found.fresh, found.slots) == ((0, 0), (0, 0), 0)


def test_short_words_are_not_spellings_of_each_other() -> None:
    """`sea` and `tea` differ in one letter, and are two things."""
    assert aligned("a cup of tea", "a cup of sea").fresh == (1, 1)


def test_numbers_in_each_others_place_are_exchanged() -> None:
    """The price and the day; 1403 is kept."""
    found = aligned(
        "on Monday gold cost 85 coins in 1403 at the market",
        "on Friday gold cost 91 coins in 1403 at the market",
    )

    assert found.examples == (("monday", "friday", 1, 1), ("85", "91", 4, 4))
    assert (found.exchanged, found.kept_facts, found.slots) == (2, 1, 2)


def test_a_number_is_exchanged_for_its_like() -> None:
    """`3` written as a word is no other number; a new number without a counterpart is none either."""
    assert aligned("in 3 towns of the north", "in three towns of the north").exchanged == 0
    assert aligned("towns of the north", "7 towns of the north").exchanged == 0


def test_a_slot_is_short() -> None:
    """Three words for three are a slot, four for four a rewritten passage."""
    ends = ("one two", "six ten")

    def filled(left: str, right: str) -> int:
        return aligned(f"{ends[0]} {left} {ends[1]}", f"{ends[0]} {right} {ends[1]}").slots

    assert filled("aa bb cc", "xx yy zz") == 1
    assert filled("aa bb cc dd", "xx yy zz vv") == 0


def test_words_kept_by_chance_belong_to_the_change() -> None:
    """`and` alone between two rewritten passages is no passage of its own; it is not unknown either."""
    found = aligned(f"red blue and green pink {BODY}", f"cold warm and mild dry {BODY}")

    assert found.kept == 18
    assert (found.new, found.fresh) == ((5, 5), (4, 4))


def test_a_kept_passage_of_three_words_is_kept() -> None:
    """Chance does not keep three words in a row."""
    found = aligned("aa bb cc dd one two six ee ff gg hh", "kk ll mm nn one two six oo pp qq rr")

    assert found.kept == 3


def test_examples_are_few() -> None:
    """Five words of many are kept, each once."""
    found = aligned(f"{BODY} aa aa bb cc dd ee ff", BODY)

    assert found.left_words == ("aa", "bb", "cc", "dd", "ee")
    assert found.fresh == (7, 0)


@pytest.mark.parametrize(
    ("word", "fact"), [("12", True), ("دوم", True), ("شنبه", True), ("friday", True), ("خبر", False)]
)
def test_facts_are_numbers_and_dates(word: str, fact: bool) -> None:  # noqa: FBT001 - a case
    """In digits or words, folded."""
    assert aligned(f"aa bb {word}", f"aa bb {word}").kept_facts == fact


def test_mirroring_twice_changes_nothing() -> None:
    """The examples turn round as well."""
    found = replace(aligned(f"saw 5 {BODY}", f"heard 6 of {BODY}"), moved=(1, 2))

    assert found.mirrored().mirrored() == found
    assert found.mirrored().examples == (("6", "5", 1, 1),)


words_of_few = st.lists(
    st.sampled_from(["aa", "bb", "cc", "dd", "1", "2", "two"]), min_size=1, max_size=25
).map(" ".join)


@given(words_of_few, words_of_few)
def test_every_word_is_counted_once(left: str, right: str) -> None:
    """Kept, moved and new make up each text, words that are respelt aside."""
    found = aligned(left, right)

    for words, moved, new, fresh in zip(found.words, found.moved, found.new, found.fresh, strict=True):
        assert found.kept + moved + new <= words
        assert 0 <= fresh <= new


@given(words_of_few)
def test_a_text_is_kept_whole_by_itself(text: str) -> None:
    """Whatever it repeats."""
    found = aligned(text, text)

    assert found.words == (found.kept, found.kept)
