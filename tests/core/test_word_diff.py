"""Which words one text lacks: worked examples on both kernels, and both held to the same results."""

import sys
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup.core import word_column
from dedup.core.numerals import NUMERALS
from dedup.core.text_column import Texts
from dedup.core.word_diff import WordDifferences
from tests.core.test_compiled import COMPILED, same

type Differences = Callable[..., WordDifferences]

pytestmark = pytest.mark.filterwarnings("error")


def comparing(column: type[word_column.WordColumn]) -> Differences:
    """Give what compares pairs of texts in one call."""

    def word_differences(texts: Texts, left: object, right: object, **settings: object) -> WordDifferences:
        return column(texts, **settings).compare(left, right)

    return word_differences


KERNELS = {"numpy": comparing(word_column.WordColumn)}
if COMPILED is not None:
    KERNELS["compiled"] = comparing(COMPILED.WordColumn)
every_kernel = pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
the_compiled = pytest.mark.skipif(COMPILED is None, reason="no compiler was at hand")

FIRST, SECOND = np.array([0]), np.array([1])
LETTERS = str.maketrans("0123456789", "ابپتثجچحخد")


def rows(*numbers: int) -> NDArray[np.int64]:
    """Name texts."""
    return np.array(numbers, dtype=np.int64)


def differing(
    kernel: Differences, left: str, right: str, *, numerals: Collection[str] = NUMERALS
) -> tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...]]:
    """Hold two texts against each other: five counts, and the numbers that the right and the left lack."""
    counts, lacked_right, lacked_left = kernel([left, right], FIRST, SECOND, numerals=numerals)
    assert (counts.shape, counts.dtype) == ((1, 5), np.int64)
    return tuple(counts[0].tolist()), lacked_right[0], lacked_left[0]


def spelt(numbers: range) -> str:
    """Write numbers in letters, a word each."""
    return " ".join(str(number) for number in numbers).translate(LETTERS)


# -- worked examples ----------------------------------------------------------------------------------------


@every_kernel
def test_words_and_numbers_of_one_text_only_are_counted(kernel: Differences) -> None:
    """Left lacks مرکز and آمار, right lacks بانک; 12 is exchanged for 15, and 1403 is added."""
    found = differing(kernel, "تورم به ۱۲ درصد رسید، بانک", "تورم به ۱۵ درصد رسید: مرکز آمار ۱۴۰۳")

    assert found == ((1, 2, 6, 8, 0), ("12",), ("15", "1403"))


@every_kernel
def test_numbers_stand_in_reading_order_each_once(kernel: Differences) -> None:
    """Digits and numerals, as they are first met; those in both are counted once."""
    found = differing(kernel, "۹ کوه ۱ سوم ۵ ۱ ۷ ۷", "۷ باغ ۷ ۷")

    assert found == ((1, 1, 6, 2, 1), ("9", "1", "سوم", "5"), ())


@every_kernel
@pytest.mark.parametrize(
    ("left", "right", "words_in_each"),
    [
        ("۸۵هزار تومان", "۸۵ هزار تومان", (3, 3)),
        ("سال۱۴۰۲گذشت", "سال ۱۴۰۲ گذشت", (3, 3)),
        ("آتشبس در غزه", "آتش بس در غزه", (3, 4)),
        ("می\u200cشود رفت", "می شود رفت", (2, 3)),
        ("تأکید كرد علي", "تاکید کرد علی", (3, 3)),
        ("۱۲ و ١٢", "12 و 12", (2, 2)),
        ("a b c", "ab c", (3, 2)),
        ("a b c", "a bc", (3, 2)),
        ("a a b", "aa b", (2, 2)),
        ("a b", "ab", (2, 1)),
    ],
)
def test_spelling_and_blanks_are_no_difference(
    kernel: Differences, left: str, right: str, words_in_each: tuple[int, int]
) -> None:
    """Glued numbers, lost and added blanks, hamza, Arabic keyboards, digits of any script; either way."""
    ours, theirs = words_in_each

    (new_left, new_right, *sizes, _), *numbers = differing(kernel, left, right)
    assert (new_left, new_right, sizes, numbers) == (0, 0, [ours, theirs], [(), ()])
    (new_left, new_right, *sizes, _), *numbers = differing(kernel, right, left)
    assert (new_left, new_right, sizes, numbers) == (0, 0, [theirs, ours], [(), ()])


@every_kernel
def test_all_neighbours_that_make_one_word_are_parted(kernel: Differences) -> None:
    """The word abc is a and bc to one, ab and c to the other; only d is new."""
    assert differing(kernel, "a bc d ab c", "abc") == ((1, 0, 5, 1, 0), (), ())


@every_kernel
def test_three_words_do_not_make_one(kernel: Differences) -> None:
    """One blank may be lost, not two: a, b, c and abc are all new."""
    assert differing(kernel, "a b c", "abc") == ((3, 1, 3, 1, 0), (), ())


@every_kernel
def test_words_that_are_no_neighbours_make_no_word(kernel: Differences) -> None:
    """Nor the last of a text with its first."""
    assert differing(kernel, "b x a", "ab x") == ((2, 1, 3, 2, 0), (), ())


@every_kernel
def test_a_number_is_never_parted(kernel: Differences) -> None:
    """12 beside 1 and 2, two runs that a blank parts: three numbers that only one side has."""
    assert differing(kernel, "۱۲", "۱ ۲") == ((0, 0, 1, 2, 0), ("12",), ("1", "2"))


@every_kernel
def test_a_word_with_spacing_vowel_signs_is_one(kernel: Differences) -> None:
    """Hindi: a sign that takes room of its own ends no word."""
    assert differing(kernel, "किताब हिंदी", "किताब") == ((1, 0, 2, 1, 0), (), ())


@every_kernel
def test_numerals_are_numbers_when_they_are_named(kernel: Differences) -> None:
    """Folded first, as the texts are; else they are words like others."""
    assert differing(kernel, "شب دوم", "شب ششم") == ((0, 0, 2, 2, 0), ("دوم",), ("ششم",))
    assert differing(kernel, "شب دوم", "شب ششم", numerals=()) == ((1, 1, 2, 2, 0), (), ())
    assert differing(kernel, "أول", "FIRST", numerals=["أوّل", "First"]) == (
        (0, 0, 1, 1, 0),
        ("اول",),
        ("first",),
    )


@every_kernel
def test_a_numeral_of_wide_letters_is_given_whole(kernel: Differences) -> None:
    """Letters beyond the first plane take two units each."""
    found = differing(kernel, "\U00010428\U00010429 x", "x", numerals=["\U00010428\U00010429"])

    assert found == ((0, 0, 2, 1, 0), ("\U00010428\U00010429",), ())


@every_kernel
@pytest.mark.parametrize("nothing", ["", " ", "\u200c", "!?", "\ud800", "\x00"])
def test_a_text_without_words_lacks_all_and_adds_none(kernel: Differences, nothing: str) -> None:
    """White space, punctuation, half a letter, a NUL."""
    assert differing(kernel, nothing, "خبر ۱۲") == ((0, 1, 0, 2, 0), (), ("12",))
    assert differing(kernel, nothing, nothing) == ((0, 0, 0, 0, 0), (), ())


@every_kernel
def test_a_text_lacks_nothing_of_itself(kernel: Differences) -> None:
    """Of one text held against itself all numbers are shared: 12, 5 and دوم."""
    counts, *numbers = kernel(["شب دوم ۱۲ و ۵ و ۱۲"], FIRST, FIRST, numerals=NUMERALS)

    assert (counts.tolist(), numbers) == ([[0, 0, 5, 5, 3]], [[()], [()]])


@every_kernel
def test_pairs_keep_their_order_and_disturb_no_other(kernel: Differences) -> None:
    """Three texts in five pairs, one of them twice, one mirrored."""
    counts, lacked_right, lacked_left = kernel(
        ["a 1", "a 2 b", "c"], rows(0, 1, 0, 2, 0), rows(1, 0, 2, 2, 1), numerals=()
    )

    assert counts.tolist() == [
        [0, 1, 2, 3, 0],
        [1, 0, 3, 2, 0],
        [1, 1, 2, 1, 0],
        [0, 0, 1, 1, 0],
        [0, 1, 2, 3, 0],
    ]
    assert lacked_right == [("1",), ("2",), ("1",), (), ("1",)]
    assert lacked_left == [("2",), ("1",), (), (), ("2",)]


@every_kernel
@pytest.mark.parametrize("texts", [[], ["a"]])
def test_no_pairs_have_no_differences(kernel: Differences, texts: list[str]) -> None:
    """Five empty columns."""
    counts, *numbers = kernel(texts, rows(), rows(), numerals=NUMERALS)

    assert (counts.shape, counts.dtype, numbers) == ((0, 5), np.int64, [[], []])


# -- both kernels, the same ---------------------------------------------------------------------------------

telling = st.sampled_from(
    [
        *("تهران", "شب", "دوم", "سوم", "می\u200cشود", "آتش", "بس", "آتشبس", "۸۵هزار", "85 هزار", "سال۱۴۰۲"),
        *(
            "12",
            "۱۲",
            "1",
            "2",
            "a",
            "b",
            "ab",
            "aab",
            "first",
            "x9y",
            "中文",
            "กข",
            "किताब",
            "𝟗",
            "²",
            "Ⅻ",
            "½",
        ),
        *("\ud800", "\udfff", "\U0001f600", "\U00020000", "﷽", "\x00", "!", "\u200c", "\n"),
    ]
)
written = st.lists(
    st.tuples(telling | st.text(max_size=4), st.sampled_from(["", " ", " ", "  ", "\u200c", "\u00a0"])),
    max_size=14,
).map(lambda parts: "".join(word + blank for word, blank in parts))


@st.composite
def copies(draw: st.DrawFn) -> list[str]:
    """Write texts, some of them others with blanks lost and added."""
    texts = draw(st.lists(written, min_size=1, max_size=4))
    changed = []
    for text in texts:
        place = draw(st.integers(0, len(text)))
        changed += [text[:place] + " " + text[place:], text[:place] + text[place:].replace(" ", "", 1)]
    return [*texts, *changed]


@the_compiled
@settings(deadline=None, max_examples=300)
@given(copies(), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 11)), max_size=6), st.booleans())
@example(["\ud83d\ude00 12", "\ude00\ud83d12", "12\ud83d \ude00"], [(0, 1), (0, 2), (1, 2)], True)  # noqa: FBT003
def test_compiled_gives_what_the_twin_gives(
    texts: list[str],
    pairs: list[tuple[int, int]],
    with_numerals: bool,  # noqa: FBT001 - hypothesis draws it
) -> None:
    """Whatever the texts, the pairs and the numerals are."""
    left, right = (
        rows(*(one % len(texts) for one, _ in pairs)),
        rows(*(other % len(texts) for _, other in pairs)),
    )
    numerals: Collection[str] = NUMERALS if with_numerals else texts[:1]

    ours = KERNELS["compiled"](texts, left, right, numerals=numerals)

    assert same(ours, KERNELS["numpy"](texts, left, right, numerals=numerals))


@the_compiled
@pytest.mark.parametrize("many", [15, 16, 17, 511, 512, 1023, 1024, 1025, 1026, 9000])
def test_texts_of_many_words_are_held_against_each_other(many: int) -> None:
    """Around the sizes at which tables grow and joined words are looked up; every third blank is lost."""
    text = spelt(range(many))
    glued = "".join(word + " " * (place % 3 > 0) for place, word in enumerate(text.split()))
    texts = [text, glued, spelt(range(many // 2, 2 * many)), f"{text} 1 {glued} 2"]
    left, right = np.triu_indices(4)

    ours = KERNELS["compiled"](texts, left, right, numerals=NUMERALS)

    assert same(ours, KERNELS["numpy"](texts, left, right, numerals=NUMERALS))
    assert ours[0][1].tolist()[:2] == [0, 0]


@the_compiled
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ا" * 5_000_000, id="10 MB without a space"),
        pytest.param("1" * 2_000_000, id="a number of 2 MB"),
        pytest.param("ب پ " * 500_000, id="a million words of one letter"),
        pytest.param("ب1" * 500_000, id="a million words and numbers without a space"),
        pytest.param(" \u200c" * 500_000, id="nothing but white space"),
        pytest.param("\U0001f600" * 200_000, id="astral"),
        pytest.param("\ud83d\ude00 " * 100_000, id="astral in halves"),
        pytest.param(" ".join(map(str, range(100_000))), id="a hundred thousand numbers"),
    ],
)
def test_texts_of_bad_sizes(text: str) -> None:
    """They take a moment, and give what the twin gives."""
    texts = [text, "ب پ 1 2", text[:-1] + "ت"]
    left, right = rows(0, 0, 1, 2), rows(1, 2, 0, 0)

    ours = KERNELS["compiled"](texts, left, right, numerals=NUMERALS)

    assert same(ours, KERNELS["numpy"](texts, left, right, numerals=NUMERALS))


@the_compiled
def test_a_million_different_words_take_seconds() -> None:
    """Half of them stand in the other text too; each that does not is looked for among all neighbours."""
    texts = [spelt(range(10**6, 2 * 10**6)), spelt(range(15 * 10**5, 25 * 10**5))]
    begun = time.monotonic()

    counts, *_ = KERNELS["compiled"](texts, FIRST, SECOND, numerals=NUMERALS)

    assert counts.tolist() == [[500_000, 500_000, 1_000_000, 1_000_000, 0]]
    assert time.monotonic() - begun < 30


@the_compiled
def test_threads_do_not_disturb_each_other() -> None:
    """Four threads over the same texts find what one finds."""
    texts = [f"{spelt(range(start, start + 300))} {start}" for start in range(0, 2000, 50)]
    left, right = np.triu_indices(len(texts), 1)
    expected = KERNELS["compiled"](texts, left, right, numerals=NUMERALS)

    with ThreadPoolExecutor(4) as pool:
        found = list(
            pool.map(lambda _: KERNELS["compiled"](texts, left, right, numerals=NUMERALS), range(12))
        )

    assert all(same(each, expected) for each in found)


@the_compiled
def test_rows_may_lie_anyhow() -> None:
    """Every other value, backwards, and at an odd address."""
    texts, every = ["a 1", "b 2", "c 3"], np.array([0, 1, 2, 0, 2, 1])
    odd = np.frombuffer(b"\0" + every[:3].tobytes(), dtype=np.int64, offset=1)
    for left, right in ((every[::2], every[1::2]), (every[::-1], every), (odd, every[3:])):
        ours = KERNELS["compiled"](texts, left, right, numerals=())
        assert same(ours, KERNELS["numpy"](texts, left, right, numerals=()))


# -- what cannot be used ------------------------------------------------------------------------------------


def asking(
    texts: object = ("a", "b"), left: object = FIRST, right: object = SECOND, **named: object
) -> Callable[[Differences], WordDifferences]:
    """Ask for the differences of these."""
    return lambda kernel: kernel(texts, left, right, **{"numerals": (), **named})


@the_compiled
@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (asking(left=rows(2)), IndexError, "2 rows, counted from 0"),
        (asking(right=rows(2)), IndexError, "2 rows, counted from 0"),
        (asking(left=rows(-1)), IndexError, "2 rows, counted from 0"),
        (asking(right=rows(-(2**63))), IndexError, "2 rows, counted from 0"),
        (asking(texts=[]), IndexError, "0 rows, counted from 0"),
        (asking(left=rows(0, 1)), ValueError, "left and right differ"),
        (asking(right=rows()), ValueError, "left and right differ"),
        (
            asking(left=FIRST.astype(np.int32)),
            TypeError,
            "left: expected an array of int64, got array of int32",
        ),
        (
            asking(right=FIRST.astype(np.uint64)),
            TypeError,
            "right: expected an array of int64, got array of uint64",
        ),
        (
            asking(right=FIRST.astype(np.float64)),
            TypeError,
            "right: expected an array of int64, got array of float64",
        ),
        (asking(texts=["a", None]), TypeError, "text 1 is NoneType, expected str"),
        (asking(texts=[b"a", "b"]), TypeError, "text 0 is bytes, expected str"),
        (asking(texts=7), TypeError, "iterable"),
        (asking(numerals=["a", 1]), TypeError, "numeral 1 is int, expected str"),
        (asking(numerals=None), TypeError, "iterable"),
        (asking(other=1), TypeError, "unexpected keyword argument 'other'"),
        (asking(texts=["a"], left="x"), TypeError, "left: expected an array of int64, got str"),
        (lambda kernel: kernel(["a"], FIRST, FIRST, ()), TypeError, "takes 3 positional arguments?"),
    ],
)
def test_what_cannot_be_used_is_refused(
    ask: Callable[[Differences], object], error: type[Exception], says: str
) -> None:
    """The message names the argument and what is allowed; nothing outside the texts is read."""
    with pytest.raises(error, match=says):
        ask(KERNELS["compiled"])


@the_compiled
def test_nothing_is_held_when_the_work_is_done() -> None:
    """References to the arguments are given back, after errors too."""
    texts, numerals, left, right = ["یک دو سه ۴ ۵" * 9, "دو"], ["سه چهار"], rows(0), rows(1)
    held: Sequence[object] = [texts, *texts, numerals, *numerals, left, right]
    before = [sys.getrefcount(each) for each in held]

    for _ in range(50):
        KERNELS["compiled"](texts, left, right, numerals=numerals)
        with pytest.raises(IndexError):
            KERNELS["compiled"](texts[:1], left, right, numerals=numerals)
        with pytest.raises(TypeError):
            KERNELS["compiled"](texts, left, right, numerals=[*numerals, 1])

    assert [sys.getrefcount(each) for each in held] == before
