"""shingle: letter windows at word starts, the same in every process."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import core
from dedup.model.errors import SettingError
from dedup.text.fold import fold
from dedup.text.shingle import WINDOW, shingle, shingle_sequence

NEWS = (
    "سخنگوی وزارت خارجه روز شنبه در نشست خبری گفت مذاکرات هفته آینده در وین ادامه پیدا می\u200cکند "
    "و هیئت ایرانی پیشنهادهای تازه\u200cای را روی میز می\u200cگذارد، اما تا رفع همه تحریم\u200cها توافقی "
    "در کار نخواهد بود. او افزود طرف مقابل باید حسن نیت خود را در عمل نشان دهد و به تعهدات خود بازگردد."
)
texts = st.lists(st.text("ابپ12xyz", min_size=1, max_size=6), max_size=25).map(" ".join)


def slow_windows(text: str, letters: int) -> list[str]:
    """Windows of a text in a script with spaces, the obvious way."""
    words = str(fold(text)).split()
    windows = ["".join(words[at:])[:letters] for at in range(len(words))]
    joined = "".join(words)
    if len(joined) < letters:
        return [joined] if joined else []
    return [window for window in windows if len(window) == letters]


@given(texts, texts, st.integers(1, 25))
@settings(max_examples=150, deadline=None)
def test_one_shingle_for_each_window_of_letters(one: str, other: str, letters: int) -> None:
    """Equal windows have equal hashes and different windows different ones, within and across texts."""
    windows = [*slow_windows(one, letters), *slow_windows(other, letters)]
    sequences = [shingle_sequence(fold(text), letters=letters).tolist() for text in (one, other)]
    hashes = [*sequences[0], *sequences[1]]

    assert len(sequences[0]) == len(slow_windows(one, letters))
    assert len(hashes) == len(windows)
    assert len(set(hashes)) == len(set(windows)) == len(set(zip(hashes, windows, strict=True)))


@given(texts, st.integers(1, 25))
@settings(max_examples=80, deadline=None)
def test_shingles_are_the_sequence_ascending_and_each_once(text: str, letters: int) -> None:
    """The set is uint64, sorted, without repeats."""
    shingles = shingle(fold(text), letters=letters)

    assert shingles.dtype == np.uint64
    assert shingles.tolist() == sorted(set(shingle_sequence(fold(text), letters=letters).tolist()))


def test_windows_pass_over_spaces_and_stop_at_the_end() -> None:
    """«ab cd ef g» in windows of four: abcd, cdef; efg is too short."""
    sequence = shingle_sequence(fold("ab cd ef g"), letters=4)

    assert sequence.tolist() == [
        *shingle_sequence(fold("abcd"), letters=4),
        *shingle_sequence(fold("cdef"), letters=4),
    ]


def test_a_repeated_window_counts_once_in_the_set() -> None:
    """«ab ab ab» in windows of two: three in the sequence, one in the set."""
    text = fold("ab ab ab")

    assert shingle_sequence(text, letters=2).shape == (3,)
    assert shingle(text, letters=2).shape == (1,)


def test_twenty_letters_are_the_default() -> None:
    """Two texts that agree in 20 letters share a shingle; in 19, none."""
    assert WINDOW == 20
    assert np.array_equal(shingle(fold("a" * 20)), shingle(fold("a" * 20 + "b")))
    assert not np.isin(shingle(fold("a" * 19 + "b")), shingle(fold("a" * 19 + "c"))).any()


@pytest.mark.parametrize("text", ["a", "خبر تازه", "a" * 19])
def test_a_text_shorter_than_the_window_is_one_shingle(text: str) -> None:
    """All its letters are hashed together."""
    assert shingle(fold(text)).shape == (1,)


def test_a_short_text_is_no_beginning_of_a_longer_one() -> None:
    """Texts below one window differ from each other, also where one begins the other."""
    short = [shingle(fold(text))[0] for text in ("ab", "abc", "a", "b")]

    assert len(set(short)) == 4


@pytest.mark.parametrize("text", ["", " \n", "\u200c", "؟!😀"])
def test_a_text_without_letters_has_no_shingles(text: str) -> None:
    """Shape (0,) and still uint64."""
    shingles = shingle(fold(text))

    assert shingles.shape == (0,)
    assert shingles.dtype == np.uint64


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("中华人民共和国", ["中华", "华人", "人民", "民共", "共和", "和国"]),
        ("ひらカタ漢", ["ひらカ", "らカタ", "カタ漢"]),
        ("กขคงจฉช", ["กขคงจฉ", "ขคงจฉช"]),
        ("abcd中文efghij", ["abcd中", "中文", "文efg"]),
        ("がギぐけ", ["がギぐ", "ギぐけ"]),
    ],
)
def test_scripts_without_spaces_have_a_shingle_at_every_letter(text: str, windows: list[str]) -> None:
    """Windows of six: an ideograph counts three times, a kana twice, a mark of voice not at all."""
    expected = [shingle(fold(window), letters=6)[0] for window in windows]

    assert shingle_sequence(fold(text), letters=6).tolist() == expected


def test_the_windows_of_chinese_and_of_english_hold_as_much() -> None:
    """Seven ideographs make a shingle where twenty Latin letters do; a mixed text has windows of both."""
    chinese = "市政府宣布新建两座水库"

    assert shingle_sequence(fold(chinese)).size == 11 - 7 + 1
    assert shingle_sequence(fold("a town council plans two dams")).size == 2
    assert np.isin(shingle(fold(chinese)), shingle(fold(f"City hall today: {chinese}"))).all()


def test_a_chinese_text_is_as_long_as_its_letters_say() -> None:
    """14 ideographs, 10 kana and 20 Latin letters count for 42, 20 and 20."""
    sizes = core.prepare_many(
        ["国" * 14, "か" * 10, "a" * 20, "が" * 10], letters=20, window=8, a=np.uint32([1]), b=np.uint32([0])
    ).letters

    assert sizes.tolist() == [42, 20, 20, 20]


def test_rare_han_letters_of_two_units_start_shingles_once() -> None:
    """Four letters beyond the first plane are eight units; a window of three is one letter."""
    assert shingle_sequence(fold("\U00020000\U00020001\U00020002\U00020000"), letters=3).size == 4


def test_korean_and_persian_start_shingles_at_words_only() -> None:
    """Scripts with spaces have one shingle a word."""
    assert shingle_sequence(fold("한국어 한국어"), letters=3).size == 2
    assert shingle_sequence(fold("کتاب کتاب"), letters=4).size == 2


def jaccard(one: str, other: str) -> float:
    """Compare the shingle sets of two texts."""
    ours, theirs = set(shingle(fold(one)).tolist()), set(shingle(fold(other)).tolist())
    return len(ours & theirs) / len(ours | theirs)


def test_lost_half_spaces_change_nothing() -> None:
    """A text whose half-spaces are gone has the same shingles."""
    assert jaccard(NEWS, NEWS.replace("\u200c", "")) == 1


def test_one_lost_blank_costs_one_shingle() -> None:
    """The word glued to the one before it no longer starts a window; all others stay."""
    ours, glued = shingle(fold(NEWS)), shingle(fold(NEWS.replace("نشست خبری", "نشستخبری")))

    assert glued.size == ours.size - 1
    assert np.isin(glued, ours).all()


def test_one_added_blank_costs_one_shingle() -> None:
    """A half-space typed as a blank adds one window and keeps all others."""
    ours, parted = shingle(fold(NEWS)), shingle(fold(NEWS.replace("می\u200cگذارد", "می گذارد")))

    assert parted.size == ours.size + 1
    assert np.isin(ours, parted).all()


def test_one_changed_word_costs_the_windows_that_reach_it() -> None:
    """Windows hold about five words, so another word near the end leaves most of the text alone."""
    assert jaccard(NEWS, NEWS.replace("نیت", "ظن")) > 0.75


@pytest.mark.parametrize("seed", ["0", "1", "random"])
def test_shingles_do_not_depend_on_the_process(seed: str) -> None:
    """Shingles made today match those of another interpreter, whatever its hash seed."""
    ours = shingle(fold("خبر تازه"))

    theirs = subprocess.run(
        [sys.executable, "-c", "from dedup import fold, shingle; print(*shingle(fold('خبر تازه')))"],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    ).stdout

    assert [str(value) for value in ours] == theirs.split()


def test_a_window_of_one_letter_is_the_first_letter_of_each_word() -> None:
    """«ab ac b» has a, a, b."""
    sequence = shingle_sequence(fold("ab ac b"), letters=1).tolist()

    assert sequence[0] == sequence[1] != sequence[2]
    assert len(sequence) == 3


@pytest.mark.parametrize("letters", [0, -1])
def test_a_window_below_one_letter_is_refused(letters: int) -> None:
    """The error names the setting, the value and what is allowed, also for an empty text."""
    for text in ("خبر", ""):
        with pytest.raises(SettingError, match=rf"letters={letters} .*at least 1"):
            shingle(fold(text), letters=letters)
