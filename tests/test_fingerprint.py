"""fingerprint: a few shingles that stand for passages."""

import numpy as np
import pytest

from dedup.errors import SettingError
from dedup.stages.fingerprint import fingerprint
from dedup.stages.fold import fold
from dedup.stages.shingle import shingle_sequence


def sequence(*values: int) -> np.ndarray:
    """Make a sequence of shingles."""
    return np.array(values, dtype=np.uint64)


@pytest.mark.parametrize(
    ("window", "kept"),
    [(1, [1, 3, 5, 8, 9]), (2, [1, 3]), (3, [1, 3]), (4, [1]), (5, [1]), (6, [1]), (1000, [1])],
)
def test_the_smallest_of_every_window_is_kept(window: int, kept: list[int]) -> None:
    """5 3 8 1 9: in pairs 3 3 1 1; in threes 3 1 1; in fours 1 1."""
    assert fingerprint(sequence(5, 3, 8, 1, 9), window=window).tolist() == kept


def test_eight_is_the_default() -> None:
    """Nine descending shingles are two windows of eight."""
    assert fingerprint(sequence(9, 8, 7, 6, 5, 4, 3, 2, 1)).tolist() == [1, 2]


def test_no_shingles_have_no_fingerprint() -> None:
    """Shape (0,), uint64."""
    nothing = fingerprint(sequence())

    assert nothing.shape == (0,)
    assert nothing.dtype == np.uint64


def test_a_kept_shingle_stands_once() -> None:
    """A phrase repeated all through a text leaves one fingerprint."""
    assert fingerprint(sequence(*[7] * 30), window=4).tolist() == [7]


def test_about_two_in_window_plus_one_are_kept() -> None:
    """Of random shingles, window 8 keeps 2 in 9 (Schleimer et al., theorem 1)."""
    shingles = np.random.default_rng(3).integers(0, 2**64, 90_000, dtype=np.uint64)

    assert abs(fingerprint(shingles, window=8).size / 20_000 - 1) < 0.05


def test_a_pasted_passage_is_found_wherever_it_stands() -> None:
    """Fourteen words, at the beginning of one text and the end of another, leave a shared fingerprint."""
    passage = "سخنگوی وزارت خارجه روز شنبه گفت مذاکرات هفته آینده در وین ادامه پیدا خواهد کرد"
    one = shingle_sequence(fold(f"{passage} و باران تهران را فرا گرفت و خیابانها بسته شد"))
    other = shingle_sequence(fold(f"قیمت طلا در بازار امروز بالا رفت اما دلار ارزان شد {passage}"))

    assert np.intersect1d(fingerprint(one), fingerprint(other)).size


@pytest.mark.parametrize("window", [0, -5])
def test_a_window_below_one_is_refused(window: int) -> None:
    """The error names the setting, the value and what is allowed."""
    with pytest.raises(SettingError, match=f"window={window} .*1 or more"):
        fingerprint(sequence(1), window=window)
