"""shared_passages: what two texts share, as bounds in the texts as they were published."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.comparison.passages import shared_passages
from dedup.text.fold import fold

FIRST = "سخنگوی وزارت خارجه گفت مذاکرات هفته آینده در وین ادامه پیدا می\u200cکند"
SECOND = "قیمت طلا در بازار تهران امروز به بالاترین رقم یک سال گذشته رسید"
THIRD = "بارش برف جاده\u200cهای شمال کشور را بست و صدها خودرو در راه ماندند"


def shared(left: str, right: str, *, letters: int = 20) -> list[tuple[str, str]]:
    """Cut the shared passages out of both published texts."""
    passages = shared_passages(fold(left), fold(right), letters=letters)
    return [
        (left[each.left_start : each.left_end], right[each.right_start : each.right_end]) for each in passages
    ]


def test_a_verbatim_passage_inside_other_text_is_found() -> None:
    """Its first and its last letter bound it in both texts, whatever is around."""
    left = f"خبر اول. {FIRST}؛ پایان نخست"
    right = f"گزارش دیگر:\n«{FIRST}» و تمام"

    assert shared(left, right) == [(FIRST, FIRST)]
    assert [
        (each.left_start, each.right_start) for each in shared_passages(fold(left), fold(right), letters=20)
    ] == [(9, 13)]


def test_moved_blocks_are_found_in_the_order_of_the_left_text() -> None:
    """Paragraphs that changed places are two passages, not one and a half."""
    assert shared(f"{FIRST}. {SECOND}.", f"{SECOND}. {FIRST}.") == [(FIRST, FIRST), (SECOND, SECOND)]


def test_equal_texts_share_everything() -> None:
    """One passage from the first letter to the last, without the quotes around it."""
    assert shared(f"«{FIRST}، {SECOND}»", f"«{FIRST}، {SECOND}»") == [(f"{FIRST}، {SECOND}",) * 2]


def test_lost_half_spaces_and_moved_blanks_do_not_cut_a_passage() -> None:
    """The left writes می‌کند with a half-space, آتش بس with a blank; the right with neither."""
    left = "دولت اعلام می\u200cکند آتش بس در غزه برقرار شد و مردم به خانه\u200cها بازگشتند"
    right = "دولت اعلام میکند آتشبس در غزه برقرار شد و مردم به خانه ها بازگشتند"

    assert shared(left, right) == [(left, right)]


def test_another_keyboard_does_not_cut_a_passage() -> None:
    """Arabic kaf and yeh, Latin digits and marks: each side keeps its own spelling."""
    left = "کمیته ملی المپیک در ۱۲ شهر کشور برگزار می\u200cشود"
    right = "كميتۀ ملّي المپيك در 12 شهر كشور برگزار مي شود"

    assert shared(left, right) == [(left, right)]


def test_of_repeats_the_longest_agreement_is_taken() -> None:
    """The right text says the phrase twice; the second time it goes on as the left does."""
    left = f"{FIRST} و ایران حاضر است"
    right = f"{FIRST} اما تردید هست. {FIRST} و ایران حاضر است"

    passages = shared_passages(fold(left), fold(right), letters=20)

    assert [(each.right_start, each.right_end) for each in passages] == [(len(FIRST) + 16, len(right))]
    assert shared(left, right) == [(left, left)]


def test_of_equal_repeats_the_first_is_taken() -> None:
    """Two places agree equally long."""
    passages = shared_passages(fold(FIRST), fold(f"{FIRST} یک {FIRST} دو"), letters=20)

    assert [(each.right_start, each.right_end) for each in passages] == [(0, len(FIRST))]


@pytest.mark.parametrize(("repeats", "tried"), [(7, True), (8, False)])
def test_eight_places_of_a_repeated_phrase_are_tried(repeats: int, *, tried: bool) -> None:
    """The last place agrees longest; a ninth is not tried: a text that repeats so much is boilerplate."""
    left = f"{FIRST} ایران"
    right = f"{FIRST}. " * repeats + left

    passages = shared_passages(fold(left), fold(right), letters=20)

    assert (passages[0].right_start == len(right) - len(left)) is tried


def test_a_passage_ends_with_a_whole_word() -> None:
    """کتابخانه and کتابدار begin alike and are not shared."""
    assert shared(f"{FIRST} کتابخانه", f"{FIRST} کتابدار") == [(FIRST, FIRST)]


def test_a_passage_begins_with_a_whole_word() -> None:
    """دانشگاه and پژوهشگاه end alike and are not shared."""
    assert shared(f"دانشگاه {FIRST}", f"پژوهشگاه {FIRST}") == [(FIRST, FIRST)]


def test_a_passage_grows_backwards_to_where_the_letters_agree() -> None:
    """The right glues another word to the first one, so no window starts there; the second word finds it."""
    assert shared(f"نه {FIRST}", f"خبر{FIRST}") == [(FIRST, FIRST)]


def test_passages_have_no_letter_of_the_left_text_in_common() -> None:
    """The right text overlaps its two halves: the second passage begins where the first ends."""
    words = f"{FIRST} {SECOND} {THIRD}".split()
    left, right = " ".join(words), " ".join([*words[:24], "***", *words[6:]])

    passages = shared_passages(fold(left), fold(right), letters=20)

    assert passages
    assert all(one.left_end <= other.left_start for one, other in pairwise(passages))


def test_unrelated_texts_share_nothing() -> None:
    """Common words alone are no passage."""
    assert shared(f"{FIRST}. {SECOND}", THIRD) == []


def test_fewer_letters_than_a_window_are_not_a_passage() -> None:
    """«گفت مذاکرات هفته آینده» has 3 + 7 + 4 + 5 = 19 letters."""
    left, right = "او گفت مذاکرات هفته آینده بود", "وی گفت مذاکرات هفته آینده شد"

    assert shared(left, right, letters=19) == [("گفت مذاکرات هفته آینده",) * 2]
    assert shared(left, right, letters=20) == []


def test_a_passage_cut_to_whole_words_has_at_least_one_window() -> None:
    """Four letters of a word stand at the end of the window, so that less than a window is left."""
    assert shared("او گفت مذاکرات هفته آیندگان بود", "وی گفت مذاکرات هفته آینده شد", letters=18) == []


def test_bounds_index_the_published_text() -> None:
    """Half-spaces, line ends of two characters, emoji and a byte order mark come before the passage."""
    left = f"\ufeff😀 می\u200cرود\r\n\r\n👍🏽 {FIRST} 😀"
    right = f"خبر\r\n{FIRST.replace(chr(0x200C), '')}"

    passages = shared_passages(fold(left), fold(right), letters=20)

    assert len(passages) == 1
    assert passages[0].left_start == left.index(FIRST)
    assert passages[0].left_end == passages[0].left_start + len(FIRST)
    assert passages[0].right_start == 5
    assert passages[0].right_end == len(right)


def test_a_passage_in_chinese_is_found() -> None:
    """Where there are no spaces, every letter is a word."""
    passage = "中华人民共和国外交部发言人星期三在例行记者会上回答了提问"

    assert shared(f"新华社北京{passage}完", f"据报道{passage}。") == [(passage, passage)]


def test_short_equal_texts_share_themselves() -> None:
    """A text below one window is one shingle, found where the other text is equal."""
    assert shared("خبر تازه!", "«خبر، تازه»") == [("خبر تازه", "خبر، تازه")]


@pytest.mark.parametrize(("left", "right"), [("", ""), ("", FIRST), (FIRST, ""), (" ،", FIRST), ("a", FIRST)])
def test_empty_texts_share_nothing(left: str, right: str) -> None:
    """No letters, no passage."""
    assert shared(left, right) == []


def test_part_of_a_long_word_is_not_a_passage() -> None:
    """Twenty-five letters of a word of thirty agree."""
    assert shared("خبر " + "x" * 30, "دیگر " + "x" * 25) == []


@pytest.mark.parametrize("rest", ["", " and the rest of the story"])
def test_part_of_a_long_first_word_is_not_a_passage(rest: str) -> None:
    """The same at the beginning of the text, where no word ends before."""
    assert shared("x" * 30 + rest, "x" * 25) == []
    assert shared("x" * 30 + rest, "x" * 25 + "y and more of another story") == []


@pytest.mark.parametrize("letter", ["ا", "ا ", "中"], ids=["one word", "words", "no words"])
def test_a_text_of_one_letter_is_fast(letter: str) -> None:
    """200,000 equal letters are compared without trying every place against every other."""
    text = (letter * 200_000).strip()

    assert shared(text, text) == [(text, text)]


def test_a_short_text_of_one_letter_in_a_long_one_is_fast() -> None:
    """The longer is cut in pieces of the shorter, each found at its beginning."""
    pieces = shared("ا " * 20_000, "ا " * 100)

    assert len(pieces) == 200
    assert {len(one) for one, _ in pieces} == {199}


blocks = st.lists(st.sampled_from([*FIRST.split(), *SECOND.split(), "x", "\u200c،", "😀"]), max_size=30)


@given(blocks, blocks, st.integers(1, 12))
@settings(max_examples=150, deadline=None)
def test_a_passage_has_the_same_letters_in_both_texts(one: list[str], other: list[str], letters: int) -> None:
    """Whatever the texts: spaces apart, both sides fold to one string, of whole words of the left text."""
    left, right = " ".join(["z", *one]), " ".join(other)
    ends = -1

    for each in shared_passages(fold(left), fold(right), letters=letters):
        ours, theirs = left[each.left_start : each.left_end], right[each.right_start : each.right_end]
        assert str(fold(ours)).replace(" ", "") == str(fold(theirs)).replace(" ", "") != ""
        assert set(str(fold(ours)).split()) <= set(str(fold(left)).split())
        assert each.left_start >= ends
        ends = each.left_end
