"""Pairs of texts aligned in batches: worked examples on both kernels, and both held to the same results."""

import sys
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup.comparison.align import align, read_words
from dedup.comparison.pair_columns import Alignments
from dedup.core import WordColumn, word_column
from dedup.core.alignment import COUNTED, AlignedPairs, AlignmentCount
from dedup.core.numerals import DATES, NUMERALS
from dedup.core.text_column import Texts
from dedup.core.word_sequence import MOST
from dedup.model import Alignment
from dedup.text.fold import fold
from dedup.text.shingle import shingle
from tests.core.test_compiled import COMPILED, same

type Aligning = Callable[..., AlignedPairs]

pytestmark = pytest.mark.filterwarnings("error")


def aligning(column: type[word_column.WordColumn]) -> Aligning:
    """Return what aligns pairs of texts in one call."""

    def align_pairs(
        texts: Texts, left: object, right: object, whole: object = None, **settings: object
    ) -> AlignedPairs:
        alike = np.zeros(np.size(left), np.bool_) if whole is None else whole
        return column(texts, **settings).align(left, right, alike)

    return align_pairs


KERNELS = {"numpy": aligning(word_column.WordColumn)}
if COMPILED is not None:
    KERNELS["compiled"] = aligning(COMPILED.WordColumn)
every_kernel = pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
the_compiled = pytest.mark.skipif(COMPILED is None, reason="no compiler was at hand")

FIRST, SECOND = np.array([0]), np.array([1])
BODY = "the council met on the bridge repairs and chose a builder for the northern bank of the river"


def words_of(count: int, start: int = 0) -> str:
    """Write different words."""
    numbers = range(start, start + count)
    return " ".join(
        f"w{chr(97 + number // 26 % 26)}{chr(97 + number % 26)}{chr(97 + number // 676)}"
        for number in numbers
    )


def rows(*numbers: int) -> NDArray[np.int64]:
    """Name texts."""
    return np.array(numbers, dtype=np.int64)


def aligned(
    kernel: Aligning,
    texts: Sequence[str],
    left: NDArray[np.int64] = FIRST,
    right: NDArray[np.int64] = SECOND,
    *,
    numerals: Collection[str] = NUMERALS,
    dates: Collection[str] = DATES,
    most: int = MOST,
) -> AlignedPairs:
    """Align with the usual settings."""
    return kernel(texts, left, right, numerals=numerals, dates=dates, most=most)


def one_pair(
    kernel: Aligning, left: str, right: str, *, most: int = MOST, dates: Collection[str] = DATES
) -> Alignment:
    """Align two texts; exchanged sides must give the mirrored result."""
    found = aligned(kernel, [left, right], rows(0, 1), rows(1, 0), most=most, dates=dates)
    assert (found.counts.shape, found.counts.dtype) == ((2, COUNTED), np.int64)
    columns = Alignments(*found)
    assert columns.record(1) == columns.record(0).mirrored()
    return columns.record(0)


# -- worked examples ----------------------------------------------------------------------------------------


@every_kernel
def test_numbers_and_dates_in_each_others_place(kernel: Aligning) -> None:
    """The weekday and the price; 1403 is kept, and both changes are slots filled with facts."""
    found = one_pair(
        kernel,
        "on Monday gold cost 85 coins in 1403 at the market",
        "on Friday gold cost 91 coins in 1403 at the market",
    )

    assert (found.words, found.kept, found.kept_facts) == ((11, 11), 9, 1)
    assert (found.slots, found.fact_slots, found.exchanged) == (2, 2, 2)
    assert found.examples == (("monday", "friday", 1, 1), ("85", "91", 4, 4))
    assert (found.left_words, found.right_words) == (("monday", "85"), ("friday", "91"))


@every_kernel
def test_an_added_lead_is_new_and_comes_first(kernel: Aligning) -> None:
    """Of its five words the other text has one, `the`; the body is one passage of 18 words."""
    found = one_pair(kernel, f"our reporter saw the minister {BODY}", BODY)

    assert (found.words, found.kept, found.in_runs, found.longest) == ((23, 18), 18, 18, 18)
    assert (found.new, found.fresh, found.fresh_ahead) == ((5, 0), (4, 0), (4, 0))
    assert (found.new_first, found.fresh_first) == ((5, 0), (4, 0))


@every_kernel
def test_what_moved_is_not_new(kernel: Aligning) -> None:
    """The halves change places: nine words are kept, nine moved on either side."""
    words = BODY.split()
    found = one_pair(kernel, BODY, " ".join([*words[9:], *words[:9]]))

    assert (found.kept, found.moved, found.new) == (9, (9, 9), (0, 0))


@every_kernel
@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("آتش‌بس در غزه", "آتش بس در غزه", 4),
        ("در 85هزار خانه", "در 85 هزار خانه", 4),
        ("the programme began", "the programmes began", 3),
        ("we met reporter ghafoorian there", "we met reporter ghaforian there", 5),
        ("the news agency said", "thenews agency said", 4),
    ],
)
def test_other_spellings_are_not_new(kernel: Aligning, left: str, right: str, words: int) -> None:
    """Lost and added blanks, glued numbers, a letter more or less."""
    found = one_pair(kernel, left, right)

    assert (found.words, found.slots, found.moved) == ((words, words), 0, (0, 0))
    assert (found.new, found.fresh) == ((0, 0), (0, 0))


@every_kernel
def test_new_words_at_the_beginning_are_counted_apart(kernel: Aligning) -> None:
    """Of sixty new words 25 are among the first 25, and 40 are fresh among the first 40."""
    found = one_pair(kernel, f"{words_of(60)} {BODY}", BODY)

    assert (found.new, found.new_first) == ((60, 0), (25, 0))
    assert (found.fresh, found.fresh_first) == ((60, 0), (40, 0))


@every_kernel
def test_passages_of_four_words_are_runs(kernel: Aligning) -> None:
    """Kept are three words, four and eighteen; the last two are runs, and the longest has eighteen."""
    found = one_pair(kernel, f"aa bb cc x dd ee ff gg y {BODY}", f"aa bb cc z dd ee ff gg v {BODY}")

    assert (found.kept, found.in_runs, found.longest) == (25, 22, 18)


@every_kernel
def test_a_passage_with_an_exchanged_fact_fills_a_slot_of_six_words(kernel: Aligning) -> None:
    """Six words for six are a slot where a number was exchanged, seven for seven are none."""
    ends = "one two {} six ten"

    def slots(left: str, right: str) -> tuple[int, int]:
        found = one_pair(kernel, ends.format(left), ends.format(right), dates=())
        return found.slots, found.fact_slots

    assert slots("aa bb 7 cc dd ee", "vv ww 8 xx yy zz") == (1, 1)
    assert slots("aa bb 7 cc dd ee ff", "vv ww 8 xx yy zz uu") == (0, 0)
    assert slots("aa bb cc dd", "ww xx yy zz") == (0, 0)


STAMP = "15 june 2021 12:30 views 417"
OTHER_STAMP = "16 july 2022 08:45 views 905"


@every_kernel
@pytest.mark.parametrize("pattern", ["{stamp} {body}", "{body} {stamp}", "{stamp} {body} {stamp}"])
def test_stamps_around_a_shared_body_are_left_out(kernel: Aligning, pattern: str) -> None:
    """Seven words of numbers and dates ahead of a body of 36 words, or behind it, are not aligned."""
    body = f"{BODY} {words_of(18)}"
    left, right = (pattern.format(stamp=stamp, body=body) for stamp in (STAMP, OTHER_STAMP))

    found = one_pair(kernel, left, right)

    stamps = 7 * pattern.count("{stamp}")
    assert (found.whole_words, found.words) == ((36 + stamps, 36 + stamps), (36, 36))
    assert (found.new, found.exchanged, found.slots) == ((0, 0), 0, 0)


@every_kernel
def test_figures_inside_the_body_are_not_a_stamp(kernel: Aligning) -> None:
    """They are between passages that both texts have; the same seven words are aligned there."""
    found = one_pair(kernel, f"{BODY} {STAMP} {words_of(18)}", f"{BODY} {OTHER_STAMP} {words_of(18)}")

    assert (found.words, found.exchanged) == ((43, 43), 6)


@every_kernel
def test_a_short_text_keeps_its_stamp(kernel: Aligning) -> None:
    """Without it fewer than twenty words would be left."""
    found = one_pair(kernel, f"{STAMP} {BODY}", f"{OTHER_STAMP} {BODY}")

    assert (found.words, found.exchanged) == ((25, 25), 6)


@every_kernel
def test_few_figures_in_a_long_opening_are_not_a_stamp(kernel: Aligning) -> None:
    """Three facts of thirteen words are fewer than a quarter."""
    body = f"{BODY} {words_of(18)}"
    left, right = "aa bb cc dd ee ff gg hh ii jj 1 2 3", "kk ll mm nn oo pp qq rr ss tt 4 5 6"

    assert one_pair(kernel, f"{left} {body}", f"{right} {body}").words == (49, 49)
    assert one_pair(kernel, f"{left[6:]} {body}", f"{right[6:]} {body}").words == (36, 36)


@every_kernel
@pytest.mark.parametrize(("words", "is_stamp"), [(20, True), (21, False)])
def test_a_stamp_ahead_of_a_shared_body_has_twenty_words(
    kernel: Aligning, words: int, *, is_stamp: bool
) -> None:
    """Longer lists of figures are news."""
    left, right = (" ".join(map(str, range(start, start + words))) for start in (100, 200))
    body = f"{BODY} {words_of(18)}"

    found = one_pair(kernel, f"{left} {body}", f"{right} {body}")

    assert found.words == ((36, 36) if is_stamp else (36 + words, 36 + words))


LINE, OTHER_LINE = "reporter Mary Jones", "reporter Ann Lee"


@every_kernel
@pytest.mark.parametrize("pattern", ["{line}\n{body}", "{body}\n{line}"])
@pytest.mark.parametrize(
    ("lines", "aligned"),
    [
        ((LINE, OTHER_LINE), (18, 18)),
        ((LINE, ""), (18, 18)),
        (("Mary Jones in Oslo", "Ann Lee in Oslo"), (18, 18)),
        (("aa bb cc dd ee ff", "gg hh"), (18, 18)),
        (("aa bb cc dd ee ff gg", "hh ii"), (25, 20)),
        (("Mary Jones is second", "Ann Lee is third"), (22, 22)),
    ],
)
def test_a_short_line_is_left_out_if_nothing_else_differs(
    kernel: Aligning, pattern: str, lines: tuple[str, str], aligned: tuple[int, int]
) -> None:
    """Up to six words without a fact on a line of their own, ahead of the shared body or behind it."""
    left, right = (pattern.format(line=line, body=BODY) for line in lines)

    assert one_pair(kernel, left, right).words == aligned


@every_kernel
@pytest.mark.parametrize("pattern", ["{line} {body}", "{body} and so on\n{line}"])
def test_a_line_is_aligned_if_it_is_no_line_or_more_differs(kernel: Aligning, pattern: str) -> None:
    """The words are on the line of the body; or the end of the body differs too."""
    left = pattern.format(line=LINE, body=BODY)
    right = pattern.format(line=OTHER_LINE, body=BODY).replace("and so", "but so")

    assert one_pair(kernel, left, right).words == (len(left.split()), len(right.split()))


INSIDE = [
    ("By Mary Jones", "By Ann Lee"),
    ("12 june 2021", "9 july 2022"),
    ("12 june 2021", ""),
    ("417 views", "905 views"),
    ("Numbers 3 17 22 41 48", "Numbers 5 11 29 30 42"),
    ("Dead 14, injured 30", "Dead 17, injured 41"),
]
NAMES = "Anna Berg\nMaria Holm\nEva Lind\nIda Dahl", "Karin Lund\nSara Falk\nElin Strand\nMoa Vik"


@every_kernel
@pytest.mark.parametrize(("own", "other"), INSIDE)
def test_lines_between_paragraphs_may_be_the_news(kernel: Aligning, own: str, other: str) -> None:
    """Results, tolls and names are; so a byline or a stamp that stands there is aligned as well."""
    left, right = (f"{BODY}\n{line}\n{BODY[::-1]}" for line in (own, other))

    assert one_pair(kernel, left, right).words == (len(left.split()), len(right.split()))


@every_kernel
@pytest.mark.parametrize("pattern", ["{names}\n{body}", "{body}\n{names}"])
def test_a_list_of_names_at_an_end_is_aligned(kernel: Aligning, pattern: str) -> None:
    """Short lines without a fact are a byline if they are six words at most: winners are the news."""
    left, right = (pattern.format(names=names, body=BODY) for names in NAMES)

    assert one_pair(kernel, left, right).words == (len(left.split()), len(right.split()))


@every_kernel
@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("By Mary Jones\n417 views\n{body}", "By Ann Lee\n905 views\n{body}", (60, 60)),
        ("{body}\n417 views\nBy Mary Jones", "{body}\n905 views\nBy Ann Lee", (60, 60)),
        ("By Mary Jones\n{body}\n417 views", "{body}\n905 views", (60, 60)),
        ("{top} 12 june 2021\n{rest}", "{top} 9 july 2022\n{rest}", (63, 63)),
        ("By Mary Jones\n{body} end", "By Ann Lee\n{body} stop", (64, 64)),
        ("By Mary Jones\n417 views\n{start}", "By Ann Lee\n905 views\n{start}", (34, 34)),
    ],
)
def test_lines_of_their_own_are_left_out_if_nothing_else_differs(
    kernel: Aligning, left: str, right: str, words: tuple[int, int]
) -> None:
    """Around 60 words and between them; not one figure, a table, part of a line, or around 29 words."""
    written = words_of(60).split()
    parts = {
        "more": words_of(40, 30),
        "body": " ".join(written),
        "top": " ".join(written[:30]),
        "rest": " ".join(written[30:]),
        "start": " ".join(written[:29]),
    }

    found = one_pair(kernel, left.format(**parts), right.format(**parts))

    assert found.words == words
    assert one_pair(kernel, right.format(**parts), left.format(**parts)).words == words[::-1]


@every_kernel
@pytest.mark.parametrize(
    ("left", "right", "names"),
    [("王建国同志因病逝世", "李秀英同志因病逝世", 3), ("张志强同志因病逝世", "王建国同志因病逝世", 3)],
)
def test_letters_of_a_name_may_stand_elsewhere(kernel: Aligning, left: str, right: str, names: int) -> None:
    """In a script without spaces half of the letters must be nowhere else: 志 is in 同志 too."""
    assert one_pair(kernel, left, right).likely_names == names


@every_kernel
@pytest.mark.parametrize(
    ("left", "right", "slots"),
    [
        ("red green blue", "grey", 1),
        ("red green blue white", "grey", 0),
        ("动物园的熊猫", "狮子", 1),
        ("动物园的大熊猫", "狮子", 0),
        ("动物园的熊猫", "lion", 0),
    ],
)
def test_a_slot_has_three_words_or_six_letters(kernel: Aligning, left: str, right: str, slots: int) -> None:
    """Letters of a script without spaces, on both sides: two are about as long as a word."""
    found = one_pair(kernel, f"{BODY} for {left} and the town", f"{BODY} for {right} and the town")

    assert found.slots == slots


@every_kernel
@pytest.mark.parametrize(
    ("pattern", "changed"),
    [("{margin} {body}", "12 of 33 and 301"), ("{body} {margin}", "19 of 33 and 300")],
)
def test_one_changed_figure_among_many_in_a_margin_is_not_a_stamp(
    kernel: Aligning, pattern: str, changed: str
) -> None:
    """Of three figures one was corrected; where two differ they are a stamp, and left out."""
    body = f"{BODY} {words_of(18)}"

    def compared(margin: str) -> tuple[tuple[int, int], int]:
        texts = (pattern.format(margin=some, body=body) for some in ("12 of 33 and 300", margin))
        found = one_pair(kernel, *texts)
        return found.words, found.exchanged

    assert compared(changed) == ((41, 41), 1)
    assert compared("19 of 33 and 301") == ((36, 36), 0)


@every_kernel
def test_the_longest_shared_passage_may_be_moved(kernel: Aligning) -> None:
    """Ten words are kept in order; of a passage of eight, three are, but it is shared as a whole."""
    frame, passage = words_of(10), BODY.split()[:8]

    found = one_pair(kernel, f"{frame} {' '.join(passage)}", f"{' '.join(passage)} {frame}")

    assert (found.longest, found.longest_shared) == (10, 10)
    found = one_pair(kernel, f"{words_of(5)} {' '.join(passage)}", f"{' '.join(passage)} {words_of(5)}")
    assert (found.moved, found.longest, found.longest_shared) == ((5, 5), 8, 8)
    scattered = " ".join(f"{word} x{number}" for number, word in enumerate(words_of(12).split()))
    found = one_pair(kernel, f"{words_of(12)} {' '.join(passage)}", f"{' '.join(passage)} {scattered}")
    assert (found.longest, found.moved[0], found.longest_shared) == (1, 8, 8)


@every_kernel
@pytest.mark.parametrize(
    ("left", "right", "likely"),
    [
        ("ali rezai", "omid karimi", 2),
        ("ali rezai", "mina sadat nouri", 2),
        ("ali", "omid", 0),
        ("aa bb cc dd ee", "vv ww xx yy zz", 0),
        ("ali council", "omid karimi", 0),
        ("ali rezai said ali rezai", "omid karimi said omid karimi", 5),
        ("ali ali", "omid omid", 2),
        ("ali rezai said", "omid karimi said that omid", 0),
        ("aa bb cc dd ee said aa", "vv ww xx yy zz said vv", 0),
        ("\u738b\u5efa\u56fd\u8bf4\u738b\u5efa\u56fd", "\u674e\u79c0\u82f1\u8bf4\u674e\u79c0\u82f1", 7),
        ("ali rezai", "omid 7", 0),
        ("rezai ali", "rezay omid", 0),
        ("\u738b\u5efa\u56fd", "\u674e\u79c0\u82f1", 3),
        ("\u738b\u5efa", "\u674e\u79c0", 0),
        ("Ali Rezai", "Omid Karimi", 0),
    ],
)
def test_words_that_may_be_names(kernel: Aligning, left: str, right: str, likely: int) -> None:
    """Two to four words, or three to six letters of Chinese, all fresh, where nothing tells names.

    A name may be repeated in the passage: then what both texts have between is not counted.
    """
    found = one_pair(kernel, f"{BODY} for {left} and the town", f"{BODY} for {right} and the town")

    assert found.likely_names == likely


@every_kernel
def test_of_two_partings_the_last_counts(kernel: Aligning) -> None:
    """The word abc is parted as the other text last writes it, ab and c: two words are kept, two are new."""
    found = one_pair(kernel, "abc", "a bc ab c")

    assert (found.words, found.kept, found.new) == ((2, 4), 2, (0, 2))


@every_kernel
def test_a_quarter_of_the_letters_may_differ(kernel: Aligning) -> None:
    """One letter of four, two of eight; not two of seven, and no word of three letters."""
    ends = "one two {} six ten"

    def slots(left: str, right: str) -> int:
        return one_pair(kernel, ends.format(left), ends.format(right)).slots

    assert [slots("abcd", "abce"), slots("abcdefgh", "abxdexgh")] == [0, 0]
    assert [slots("abcdefg", "abxdexg"), slots("abc", "abd"), slots("abcd", "abc")] == [1, 1, 1]


@every_kernel
@pytest.mark.parametrize(("letters", "slots"), [(1000, 0), (1001, 1)])
def test_an_endless_word_has_one_spelling(kernel: Aligning, letters: int, slots: int) -> None:
    """One letter differs: up to a thousand letters that is the same word."""
    rest = "a" * (letters - 1)

    assert one_pair(kernel, f"{rest}b", f"{rest}c").slots == slots


@every_kernel
def test_astral_letters_count_once(kernel: Aligning) -> None:
    """One letter of four outside the first plane differs: another spelling; one of three is none."""
    two = "\U00010428\U00010429"

    assert one_pair(kernel, f"{two}\U0001042a\U0001042b", f"{two}\U0001042a\U0001042c").slots == 0
    assert one_pair(kernel, f"{two}\U0001042a", f"{two}\U0001042c").slots == 1


@every_kernel
def test_empty_texts(kernel: Aligning) -> None:
    """Nothing is kept; what the other has is new."""
    assert not aligned(kernel, ["", "..."]).counts.any()
    found = one_pair(kernel, "", "خبر تازه")
    assert (found.words, found.kept, found.new, found.fresh_ahead) == ((0, 2), 0, (0, 2), (0, 2))


@every_kernel
def test_no_pairs_and_no_texts(kernel: Aligning) -> None:
    """All columns, no row."""
    counts, *shown = aligned(kernel, [], rows(), rows())

    assert (counts.shape, shown) == ((0, COUNTED), [[], [], []])


@every_kernel
def test_long_texts_are_cut_where_both_have_a_passage_once(kernel: Aligning) -> None:
    """Pieces of nine words or more times nine are not aligned; what follows the passage of 18 words is."""
    found = one_pair(
        kernel, f"{words_of(20)} {BODY} aa bb cc", f"{words_of(9, 30)} {BODY} aa bb xx cc", most=4
    )

    assert (found.words, found.kept, found.longest, found.new) == ((41, 31), 21, 20, (20, 10))


@every_kernel
def test_what_long_texts_do_not_share_is_new(kernel: Aligning) -> None:
    """Forty shared words, then two pieces that are too long to be aligned and have nothing in common."""
    shared = words_of(40)
    found = one_pair(kernel, f"{shared} {words_of(50, 100)}", f"{shared} {words_of(50, 200)}", most=20)

    assert (found.words, found.kept, found.new, found.fresh) == ((90, 90), 40, (50, 50), (50, 50))


@every_kernel
def test_a_passage_that_long_texts_hold_in_another_order_moved(kernel: Aligning) -> None:
    """The longest list of passages in one order is kept, forty words; ten words are elsewhere."""
    opening, body = words_of(10), words_of(40, 100)
    found = one_pair(kernel, f"{opening} {body}", f"{body} {opening}", most=4)

    assert (found.kept, found.moved, found.new) == (40, (10, 10), (0, 0))


@every_kernel
def test_numerals_and_dates_are_folded(kernel: Aligning) -> None:
    """Of like kind only: a numeral in place of a date is not exchanged, and an empty one changes nothing."""
    texts = ["see one day", "see two day", "see eve day"]
    _, exchanged, *_ = aligned(
        kernel, texts, rows(0, 0), rows(1, 2), numerals=["ONE", "Two", ""], dates=["Eve", "a b"]
    )

    assert exchanged == [(("one", "two", 1, 1),), ()]


def test_a_batch_gives_what_one_pair_gives() -> None:
    """Every field, in both orders."""
    texts = [f"saw 5 men {BODY}", f"heard 6 of {BODY} and more", BODY]
    left, right = np.array([0, 1, 2, 0, 1]), np.array([1, 0, 0, 2, 1])
    read = [read_words(str(fold(text))) for text in texts]

    columns = Alignments(*WordColumn(texts).align(left, right, np.zeros(left.size, np.bool_)))
    found = [columns.record(row) for row in range(left.size)]

    assert found == [align(read[one], read[other]) for one, other in zip(left, right, strict=True)]


# -- the same bits ------------------------------------------------------------------------------------------

words_of_few = st.lists(
    st.sampled_from(
        [
            "aa",
            "bb",
            "aabb",
            "cc",
            "bbcc",
            "1",
            "2",
            "two",
            "second",
            "friday",
            "july",
            "abcdefgh",
            "abxdefgh",
            "Anna",
            "Abcdefgh",
            "aa Smith.",
            "bb\n",
        ]
    ),
    max_size=90,
).map(" ".join)
any_text = st.text(
    st.sampled_from("abcdABC.\n  12ابپت\u200c\U0001f600\U00020000\ud83d\ude00中文"), max_size=120
)


pairs_of_rows = st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(0, 1))


@st.composite
def copies(draw: st.DrawFn) -> list[str]:
    """Draw texts, and each with a passage moved, a blank lost and a word exchanged."""
    texts = draw(st.lists(words_of_few | any_text, min_size=1, max_size=3))
    changed = []
    for text in texts:
        words = text.split(" ")
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(words))] * 2)))
        place = draw(st.integers(0, len(words)))
        rest = [*words[:start], *words[end:]]
        changed.append(" ".join([*rest[:place], *words[start:end], *rest[place:]]))
        changed.append(" ".join(words).replace(" ", "", draw(st.integers(0, 3))))
        changed.append(" ".join([*words[:start], draw(any_text), *words[end:]]))
    return [*texts, *changed]


@the_compiled
@settings(deadline=None, max_examples=100)
@given(copies(), st.lists(pairs_of_rows, max_size=6), st.integers(1, 100), any_text)
@example(["\ud83d\ude00 12", "\ude00\ud83d12", "12\ud83d \ude00"], [(0, 1, 0), (0, 2, 1), (1, 2, 0)], 9, "")
@example(["\U00020000 a", "\uac00 a"], [(0, 1, 0), (1, 0, 0)], 9, "")
def test_compiled_gives_what_the_twin_gives(
    texts: list[str], pairs: list[tuple[int, int, int]], most: int, boilerplate: str
) -> None:
    """Whatever the texts, the pairs, the length and the boilerplate are."""
    left, right = (rows(*(pair[side] % len(texts) for pair in pairs)) for side in (0, 1))
    given = {
        "whole": rows(*(pair[2] for pair in pairs)) > 0,
        "most": most,
        "boilerplate": shingle(fold(boilerplate), letters=3),
        "window": 3,
    }

    ours = KERNELS["compiled"](texts, left, right, **given)

    assert same(ours, KERNELS["numpy"](texts, left, right, **given))


@the_compiled
@settings(deadline=None, max_examples=100)
@given(st.integers(1, 5), st.integers(0, 200), st.integers(0, 200), st.randoms(use_true_random=False))
def test_long_words_are_respelt(letters: int, one: int, other: int, source: object) -> None:
    """Around 64 letters, with few letters and a few of them exchanged."""
    drawn = [source.choice("abcde"[:letters]) for _ in range(one)]  # type: ignore[attr-defined]
    changed = list(drawn)
    for place in range(other % 60):
        changed[place * 3 % max(one, 1) : place * 3 % max(one, 1) + place % 2] = "x"
    texts = [f"one {''.join(drawn)} two", f"one {''.join(changed)} two"]

    ours = aligned(KERNELS["compiled"], texts)

    assert same(ours, aligned(KERNELS["numpy"], texts))


@the_compiled
@pytest.mark.parametrize("many", [1, 63, 64, 65, 127, 128, 129, 500, 1025])
def test_texts_of_many_words_are_aligned(many: int) -> None:
    """Around the width of a block: words that repeat, every third blank lost, every fifth word exchanged."""
    words = [f"w{chr(97 + place * place % 26)}{chr(97 + place % 19)}" for place in range(many)]
    glued = "".join(word + " " * (place % 3 > 0) for place, word in enumerate(words))
    others = " ".join("other" if place % 5 == 0 else word for place, word in enumerate(words))
    texts = [" ".join(words), glued, others, " ".join(words[::-1]), f"{glued} 1 {others}"]
    left, right = np.triu_indices(len(texts))

    ours = aligned(KERNELS["compiled"], texts, left, right)

    assert same(ours, aligned(KERNELS["numpy"], texts, left, right))


@the_compiled
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ا" * 1_000_000, id="2 MB without a space"),
        pytest.param("1" * 500_000, id="a number of 500 kB"),
        pytest.param("ب پ " * 25_000, id="fifty thousand words of one letter"),
        pytest.param("ب1" * 25_000, id="fifty thousand words and numbers without a space"),
        pytest.param(" \u200c" * 100_000, id="nothing but white space"),
        pytest.param("\ud83d\ude00 " * 100_000, id="astral in halves"),
        pytest.param(" ".join(map(str, range(50_000))), id="fifty thousand numbers"),
    ],
)
def test_texts_of_bad_sizes(text: str) -> None:
    """They take a moment, and give what the twin gives."""
    texts = [text, "ب پ 1 2", f"ت {text}"]
    left, right = rows(0, 0, 1, 2), rows(1, 2, 0, 0)

    ours = aligned(KERNELS["compiled"], texts, left, right, most=4000)

    assert same(ours, aligned(KERNELS["numpy"], texts, left, right, most=4000))


@the_compiled
def test_two_texts_of_the_greatest_length_in_one_piece_take_a_moment() -> None:
    """Every second word differs, and what is common is in the opposite order; the matrix has 50 MB."""
    ours = [f"{'abcdefghij'[place % 10]}{chr(97 + place // 10 % 26)}" for place in range(MOST)]
    theirs = ["zz" if place % 2 else word for place, word in enumerate(ours)][::-1]
    begun = time.monotonic()

    counts, *_ = aligned(KERNELS["compiled"], [" ".join(ours), " ".join(theirs)])

    assert time.monotonic() - begun < 20
    assert counts[0, [AlignmentCount.WORDS, AlignmentCount.WORDS + 1]].tolist() == [MOST, MOST]
    assert same([counts], aligned(KERNELS["numpy"], [" ".join(ours), " ".join(theirs)])[:1])


@the_compiled
def test_threads_do_not_disturb_each_other() -> None:
    """Four threads over the same texts find what one finds."""
    texts = [f"{BODY} {start} {BODY[start:]} friday" for start in range(30)]
    left, right = np.triu_indices(len(texts), 1)
    expected = aligned(KERNELS["compiled"], texts, left, right)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: aligned(KERNELS["compiled"], texts, left, right), range(12)))

    assert all(same(each, expected) for each in found)


@the_compiled
def test_rows_may_have_any_memory_layout() -> None:
    """Every other value, backwards, and at an odd address."""
    texts, every = ["a 1", "b 2", "c 3"], np.array([0, 1, 2, 0, 2, 1])
    odd = np.frombuffer(b"\0" + every[:3].tobytes(), dtype=np.int64, offset=1)
    for left, right in ((every[::2], every[1::2]), (every[::-1], every), (odd, every[3:])):
        ours = aligned(KERNELS["compiled"], texts, left, right)
        assert same(ours, aligned(KERNELS["numpy"], texts, left, right))


# -- what cannot be used ------------------------------------------------------------------------------------


def asking(
    texts: object = ("a", "b"),
    left: object = FIRST,
    right: object = SECOND,
    whole: object = None,
    **named: object,
) -> Callable[[Aligning], AlignedPairs]:
    """Ask for the alignment of these."""
    return lambda kernel: kernel(
        texts, left, right, whole, **{"numerals": (), "dates": (), "most": 9, **named}
    )


@the_compiled
@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (asking(left=rows(2)), IndexError, "2 rows, counted from 0"),
        (asking(right=rows(-1)), IndexError, "2 rows, counted from 0"),
        (asking(texts=[]), IndexError, "0 rows, counted from 0"),
        (asking(left=rows(0, 1)), ValueError, "left and right differ"),
        (
            asking(left=FIRST.astype(np.int32)),
            TypeError,
            "left: expected an array of int64, got array of int32",
        ),
        (
            asking(right=FIRST.astype(np.float64)),
            TypeError,
            "right: expected an array of int64, got array of float64",
        ),
        (asking(whole=np.zeros(2, np.bool_)), ValueError, "left and whole differ"),
        (
            asking(whole=np.zeros(1)),
            TypeError,
            "whole: expected an array of bool, got array of float64",
        ),
        (asking(texts=["a", None]), TypeError, "text 1 is NoneType, expected str"),
        (asking(texts=7), TypeError, "iterable"),
        (asking(numerals=["a", 1]), TypeError, "numeral 1 is int, expected str"),
        (asking(dates=[b"a"]), TypeError, "date 0 is bytes, expected str"),
        (asking(dates=None), TypeError, "iterable"),
        (asking(most=0), ValueError, "most=0 is not usable: expected 1 or more"),
        (asking(most="9"), TypeError, "integer"),
        (asking(most=2**70), OverflowError, "too big"),
        (asking(other=1), TypeError, "unexpected keyword argument 'other'"),
    ],
)
def test_what_cannot_be_used_is_refused(
    ask: Callable[[Aligning], object], error: type[Exception], says: str
) -> None:
    """The message names the argument and what is allowed; nothing outside the texts is read."""
    with pytest.raises(error, match=says):
        ask(KERNELS["compiled"])


@the_compiled
def test_no_references_remain_after_a_call() -> None:
    """References to the arguments are given back, after errors too."""
    texts, dates, left, right = ["یک دو سه ۴ ۵" * 9, "دو"], ["سه چهار"], rows(0), rows(1)
    held: Sequence[object] = [texts, *texts, dates, *dates, left, right]
    before = [sys.getrefcount(each) for each in held]

    for _ in range(50):
        aligned(KERNELS["compiled"], texts, left, right, dates=dates)
        with pytest.raises(IndexError):
            aligned(KERNELS["compiled"], texts[:1], left, right, dates=dates)
        with pytest.raises(TypeError):
            aligned(KERNELS["compiled"], texts, left, right, dates=[*dates, 1])  # type: ignore[list-item]

    assert [sys.getrefcount(each) for each in held] == before


@every_kernel
@pytest.mark.parametrize(("words", "names"), [(500, 0), (501, 1)])
def test_another_spelling_of_a_name_is_looked_for_among_five_hundred_words(
    kernel: Aligning, words: int, names: int
) -> None:
    """Karimian and Karimiam are one name, unless the passages in which they are have more words than that."""
    left, right = words_of(words - 1, 1000), words_of(words - 1, 3000)

    found = one_pair(kernel, f"{BODY} and Karimian {left}", f"{BODY} and Karimiam {right}")

    assert found.exchanged_names == names
