"""A text as it was written is read into words with flags: by hand, and both kernels held to the same."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup.core import word_column
from dedup.core.fold_table import LOWER, UPPER
from dedup.core.numpy_fold import letter_cases
from dedup.core.numpy_kernel import fold_units, window_hashes, window_starts
from dedup.core.raw_units import units_of
from dedup.core.read_text import read_text
from dedup.core.text_column import TextColumn
from dedup.core.word_sequence import BEGINS_LINE, IS_BOILERPLATE, IS_NAME, LEFT_OUT, LEFT_OUT_WHOLE
from tests.core.test_compiled import COMPILED

COLUMNS = {"numpy": word_column.WordColumn}
if COMPILED is not None:
    COLUMNS["compiled"] = COMPILED.WordColumn
every_kernel = pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
the_compiled = pytest.mark.skipif(COMPILED is None, reason="no compiler was at hand")

type Column = Callable[..., word_column.WordColumn]

BODY = (
    "the council met on the bridge repairs and chose a builder for the northern bank of the river while the "
    "mayor asked for a second opinion on the cost"
)


def words_with(column: Column, text: str, flag: int, **known: object) -> list[str]:
    """Return the words of a text with a flag."""
    words, flags = column([text], **known).read(0)
    return [word for word, each in zip(words, flags, strict=True) if each & flag]


def words_of(column: Column, text: str) -> list[str]:
    """Return the words of a text."""
    return list(column([text]).read(0)[0])


def shingles_of(text: str) -> NDArray[np.uint64]:
    """Return the shingles of a text, ascending."""
    letters, _, starts = window_starts(fold_units(units_of(text))[0])
    return np.unique(window_hashes(letters, starts, width=20))


# -- words --------------------------------------------------------------------------------------------------


@every_kernel
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قیمت ۸٬۴۰۰ تومان", ["قیمت", "8400", "تومان"]),
        ("8,400 or 8.400", ["8400", "or", "8400"]),
        ("COVID-19, Covid19 and Sa1d 0ver", ["covid", "19", "covid19", "and", "sa1d", "0ver"]),
        ("85هزار نفر", ["85", "هزار", "نفر"]),
        ("10th 5G т34 ø9", ["10", "th", "5", "g", "т", "34", "o9"]),
        ("00x 0 x0 0,5", ["00", "x", "0", "x0", "0", "5"]),
        ("see https://example.com/a1 or @made_up", ["see", "or"]),
        ("新水库 example.cn 3座", ["新", "水", "库", "3", "座"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_what_a_word_is(column: Column, text: str, words: list[str]) -> None:
    """Numbers in groups are one, addresses none; digits belong to the Latin letters before them."""
    assert words_of(column, text) == words


@every_kernel
def test_a_word_that_begins_with_a_zero_is_not_a_number(column: Column) -> None:
    """One word of four that begins with a zero for an o makes no stamp."""
    stamp = "0ver a b c"

    assert words_with(column, f"{stamp}\n{BODY}", LEFT_OUT) == []
    assert words_with(column, f"{stamp.replace('0ver', '0')}\n{BODY}", LEFT_OUT) == ["0", "a", "b", "c"]


@every_kernel
def test_utf8_and_utf16_give_the_same(column: Column) -> None:
    """Whichever way a text comes, its words and flags are the same."""
    text = "دیدار Paris ۱۲٬۰۰۰ \U00020000\nthe next line, www.example.com"
    octets = np.frombuffer(text.encode(), dtype=np.uint8)

    read = column(TextColumn(octets, np.array([0, octets.size]))).read(0)

    assert read == column([text]).read(0)
    assert read[0] == ("دیدار", "paris", "12000", "\U00020000", "the", "next", "line")


# -- lines --------------------------------------------------------------------------------------------------


@every_kernel
def test_the_first_word_of_a_line_begins_it(column: Column) -> None:
    """A line of signs or of an address alone is none; a break inside one is none either."""
    text = "first line\r\n\n…\nhttp://example.com\nsecond one\u2028third"

    assert words_with(column, text, BEGINS_LINE) == ["first", "second", "third"]


# -- names --------------------------------------------------------------------------------------------------


@every_kernel
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The mayor of Lyon spoke. Lyon votes in May, said the clerk.", ["lyon", "lyon", "may"]),
        ("Anna Berg came. The judge heard Berg and left the hall.", ["anna", "berg", "berg"]),
        ("It was Green who saw the green door and the red wall.", []),
        ("On Monday, 12 March, the Second man met with the other men.", ["march"]),
        ("he said: The law is good. “Peace” is here\nToday it rains", []),
        ("ALL THE WORDS STAND IN Capitals", []),
        ("в городе Омск прошёл дождь, сообщил мэр", ["омск"]),
        ("dün akşam İzmir kentinde yağmur yağdı", ["izmir"]),
        ("شهردار تهران گفت", []),
        ("the end.  Lyon votes today, said the clerk of the town", []),
        ("the end.   Lyon votes today, said the clerk of the town", ["lyon"]),
    ],
)
def test_names_have_a_capital_inside_sentences_and_nowhere_none(
    column: Column, text: str, names: list[str]
) -> None:
    """And what comes before a name with a capital; no dates or numerals, and no text full of capitals."""
    assert words_with(column, text, IS_NAME) == names


def test_a_letter_without_another_case_has_none() -> None:
    """A and Ж are upper, a and ж lower; ª, ا, 新 and 5 neither."""
    assert [letter_cases()[ord(letter)] for letter in "AЖaжªا新5"] == [UPPER, UPPER, LOWER, LOWER, 0, 0, 0, 0]


# -- boilerplate --------------------------------------------------------------------------------------------

NOTICE = "all rights of this text belong to the papers that printed"
"""Its last four words have twenty letters, so that a shingle ends where it ends."""


@every_kernel
def test_words_inside_known_shingles_are_boilerplate(column: Column) -> None:
    """Those of the notice; its neighbours are not, though shingles that end in it begin there."""
    text = f"The river rose. {NOTICE}. It fell again"

    found = words_with(column, text, IS_BOILERPLATE, boilerplate=shingles_of(NOTICE))

    assert found == NOTICE.split()


@every_kernel
def test_an_address_inside_boilerplate_changes_nothing(column: Column) -> None:
    """Shingles are those of the text as it was written; only its words are flagged."""
    notice = "all rights belong to the paper www.example.com and to 12,500 printers of books"

    found = words_with(column, f"One. {notice}", IS_BOILERPLATE, boilerplate=shingles_of(notice))

    assert " ".join(found) == "all rights belong to the paper and to 12500 printers of books"


@every_kernel
def test_a_text_shorter_than_a_window_is_one_shingle(column: Column) -> None:
    """If that is known, all of it is boilerplate."""
    assert words_with(column, "read more", IS_BOILERPLATE, boilerplate=shingles_of("read more")) == [
        "read",
        "more",
    ]
    assert words_with(column, "read it", IS_BOILERPLATE, boilerplate=shingles_of("read more")) == []


# -- what is left out ---------------------------------------------------------------------------------------


@every_kernel
@pytest.mark.parametrize("flag", [LEFT_OUT, LEFT_OUT_WHOLE])
@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        (f"12 January 2019\n10:35\n{BODY}\ncode 4581", ["12", "january", "2019", "10", "35", "code", "4581"]),
        (f"سه‌شنبه ۱۲ خرداد\n{BODY}", ["سهشنبه", "12", "خرداد"]),
        (f"1\n2\n3\n4\n{BODY}", ["1", "2", "3"]),
        (f"12:40 | 1200 views | {BODY}", ["12", "40", "1200", "views"]),
        (f"{BODY} \uff5c 3 \u2502 10 minutes", ["3", "10", "minutes"]),
        (f"共同社东京12月10日电\n{BODY}", [*"共同社东京", "12", "月", "10", *"日电"]),
        (f"今天发布的第12个新闻标题\n{BODY}", []),
        (f"by our desk\n12:40\n{BODY}", []),
        (f"12:40 {BODY}", []),
        ("12:40\na short text\n10", []),
        (BODY, []),
    ],
)
def test_stamps_are_left_out(column: Column, text: str, left_out: list[str], flag: int) -> None:
    """Lines of numbers and dates, three at either end, from the edge on; a bar ends a line.

    Two letters of a script without spaces count as one word.
    """
    assert words_with(column, text, flag) == left_out


@every_kernel
def test_a_text_of_stamps_keeps_them(column: Column) -> None:
    """Twenty words of 34 would be left, which is less than six tenths; of 33 they are more."""
    numbers = list(map(str, range(14)))
    body = " ".join(BODY.split()[:20])

    assert words_with(column, f"{' '.join(numbers)}\n{body}", LEFT_OUT) == []
    assert words_with(column, f"{' '.join(numbers[:13])}\n{body}", LEFT_OUT) == numbers[:13]


@every_kernel
@pytest.mark.parametrize(("body", "left_out"), [(19, []), (20, ["1"])])
def test_twenty_words_without_a_stamp_are_a_text(column: Column, body: int, left_out: list[str]) -> None:
    """Of a shorter one, the stamp may be what it says."""
    assert words_with(column, f"1\n{' '.join(BODY.split()[:body])}", LEFT_OUT) == left_out


@every_kernel
@pytest.mark.parametrize(("words", "is_stamp"), [(20, True), (21, False)])
def test_a_stamp_has_twenty_words(column: Column, words: int, *, is_stamp: bool) -> None:
    """A longer line is a sentence, however many numbers it has."""
    numbers = list(map(str, range(words)))
    text = f"{' '.join(numbers)}\n{BODY} {' '.join(reversed(BODY.split()))}"

    assert words_with(column, text, LEFT_OUT) == numbers * is_stamp


@every_kernel
def test_boilerplate_is_left_out_but_not_of_the_whole(column: Column) -> None:
    """Only where texts are not alike as wholes."""
    text, known = f"{BODY}\n{NOTICE}", {"boilerplate": shingles_of(NOTICE)}

    assert words_with(column, text, LEFT_OUT, **known) == NOTICE.split()
    assert words_with(column, text, LEFT_OUT_WHOLE, **known) == []


@every_kernel
def test_a_text_of_boilerplate_keeps_it(column: Column) -> None:
    """Four words of its own would be left; with five it goes."""
    known = {"boilerplate": shingles_of(NOTICE)}

    assert words_with(column, f"{NOTICE} one two three four", LEFT_OUT, **known) == []
    assert words_with(column, f"{NOTICE} one two three four five", LEFT_OUT, **known) == NOTICE.split()


@every_kernel
@pytest.mark.parametrize("flag", [LEFT_OUT, LEFT_OUT_WHOLE])
def test_repeated_passages_are_left_out(column: Column, flag: int) -> None:
    """Ten words in a row that occur twice, the second time; nine may occur twice."""
    ten = "one two three four five six seven eight nine ten"
    other = " ".join(f"word{letter}" for letter in "abcdefgh")
    nine = ten.rpartition(" ")[0]

    assert words_with(column, f"{ten} {other} {ten}", flag) == ten.split()
    assert words_with(column, f"{nine} {other} {nine} end", flag) == []


@every_kernel
def test_a_text_that_repeats_itself_all_along_keeps_it(column: Column) -> None:
    """Of five times ten words two tenths would be left; of three times a third, and they go."""
    ten = "one two three four five six seven eight nine ten"

    assert words_with(column, " ".join([ten] * 5), LEFT_OUT) == []
    assert words_with(column, " ".join([ten] * 3), LEFT_OUT) == ten.split() * 2


# -- where words are --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Über ۸٬۴۰۰ km\u00b2", "\U0001f600 Paris, \U00020000 12.000!", "a\u0301b ½"]
)
def test_a_word_knows_where_it_stands(text: str) -> None:
    """What is written between the bounds of a word folds to it: groups with signs, marks, wide letters."""
    read = read_text(text)

    for word, (start, end) in zip(read.words, read.spans, strict=True):
        assert word in words_of(word_column.WordColumn, text[start:end])


def test_a_number_in_groups_spans_all_its_groups() -> None:
    """From its first digit to its last, signs included, whatever comes before it."""
    text = "\U0001f600 for 8,400,000 more"
    read = read_text(text)

    assert [text[start:end] for start, end in read.spans] == ["for", "8,400,000", "more"]


PIECES = (
    "https:// www. @ x@y.example .com com .ir/ name 8 400 345 0 , . ٬ ، ' ۸ ۴۰۰ - _ + é ß ø9 covid 19 هزار "
    "خبر 新 。 ½ ﷺ Paris He the « » January two دو // .. ² ǅ İ ﬁ"
)
"""What addresses, numbers, names and lines are made of, and what might be taken for it."""
BLANKS = (" ", "  ", ". ", "\n", "\xa0", "\u2028", "\u200c", "\ud840", "\U00020000", "\udc00")

# -- both kernels -------------------------------------------------------------------------------------------

pieces = st.sampled_from([*PIECES.split(), *BLANKS])
texts = st.lists(pieces, max_size=80).map("".join) | st.text(max_size=60)


def boilerplate_of(text: str, keep: int) -> NDArray[np.uint64]:
    """Return some of the shingles of a text."""
    letters, _, starts = window_starts(fold_units(units_of(text))[0])
    return np.unique(window_hashes(letters, starts, width=7)[::keep])


@the_compiled
@settings(deadline=None, max_examples=150)
@given(texts, texts, st.integers(1, 5))
@example("www.www.example.com@a.b.example", "1,234.567,890.12", 1)
@example("a@b.c@d.example.com-x.ir.", "8.400.com/8,400", 2)
@example("\ud840\udc00", "", 1)  # two halves are one character in a column
def test_the_kernels_read_the_same(one: str, other: str, keep: int) -> None:
    """Words and flags, of hostile texts too, with boilerplate that occurs in them and is repeated."""
    written = [one, f"{one} {other}\n{one}", other]
    known = {"boilerplate": boilerplate_of(one, keep), "window": 7, "dates": ["name", "8"]}
    twin, compiled = word_column.WordColumn(written, **known), COLUMNS["compiled"](written, **known)

    assert [compiled.read(row) for row in range(3)] == [twin.read(row) for row in range(3)]
    assert compiled.words([2, 0, 2]) == twin.words([2, 0, 2]) == [twin.read(row)[0] for row in (2, 0, 2)]

    for row in range(3):
        as_written = [list(span) for span in read_text(twin.text(row)).spans]
        assert compiled.spans(row).tolist() == twin.spans(row).tolist() == as_written


@every_kernel
def test_spans_are_those_of_characters(column: Column) -> None:
    """Letters beyond the first plane take two UTF-16 units, and count once; so does one at the end."""
    text = "\U0001f600 cost \U0001d41a\U0001d41b 1,000 \U00010d30"

    spans = column([text]).spans(0).tolist()

    assert [text[start:end] for start, end in spans] == [
        "cost", "\U0001d41a\U0001d41b", "1,000", "\U00010d30",
    ]  # fmt: skip


@the_compiled
def test_long_texts_are_read_the_same() -> None:
    """Longer than what is folded in one step, with lines, names, repeats and addresses all along."""
    some = [f"Line {n} of Anna: 1,{n:03} www.example.com/{n} {BODY}\n" for n in range(120)]
    written = ["".join(some), "".join(some[::-1]) * 2]
    columns: Sequence[word_column.WordColumn] = [
        column(written, boilerplate=shingles_of(some[7])) for column in COLUMNS.values()
    ]

    one, other = ([column.read(row) for row in range(2)] for column in columns)

    assert one == other
    assert any(flag & LEFT_OUT for flag in one[0][1])


def test_hostile_addresses_take_no_time() -> None:
    """Patterns do not go back and forth over long runs of what addresses are made of."""
    for piece in ("a.", "www.", "@a", "a@", "a-", "http:", "1,000", ".", "a@b."):
        read_text(piece * (60_000 // len(piece)))
