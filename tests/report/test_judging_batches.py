"""How candidates are cut into batches: a long text is read once for many short ones."""

import numpy as np
import pytest

from dedup.report import judging_batches as batches
from dedup.report.judging_batches import judging_batches


def cut(pairs: list[tuple[int, int]], letters: list[int]) -> list[tuple[list[tuple[int, int]], int]]:
    """Cut pairs of texts; list the pairs of each batch, and how many have their texts in memory at once."""
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    made = judging_batches(left, right, np.array(letters))
    return [
        (list(zip(batch.left.tolist(), batch.right.tolist(), strict=True)), batch.texts_at_once)
        for batch in made
    ]


def test_no_candidates_make_no_batch() -> None:
    """Nothing is judged."""
    assert cut([], []) == []


def test_pairs_of_usual_texts_are_cut_by_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at a time, in their order."""
    monkeypatch.setattr(batches, "AT_ONCE", 2)

    made = cut([(0, 1), (0, 2), (1, 2)], [2000] * 3)

    assert made == [([(0, 1), (0, 2)], 512), ([(1, 2)], 512)]


def test_a_batch_has_about_as_many_letters_as_any(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch has two pairs of 4,000 letters, or one of 19,000, or ten of texts without any."""
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    letters = [2000] * 4 + [9500] * 3 + [0] * 21
    pairs = [(0, 1), (2, 3), (4, 5), (4, 6), *((number, number + 1) for number in range(7, 27))]

    made = cut(pairs, letters)

    assert [len(batch) for batch, _ in made] == [2, 1, 1, 10, 10]


def test_pairs_of_a_long_text_come_last_and_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts 1 and 4 are long; a text of a sixteenth of one is much shorter, a longer one is not."""
    monkeypatch.setattr(batches, "AT_ONCE", 40)

    made = cut([(0, 1), (0, 2), (0, 4), (1, 2), (1, 3), (1, 4), (2, 4)], [500, 160_000, 700, 10_001, 160_000])

    assert made == [
        ([(0, 2), (1, 3)], 512),
        ([(1, 4)], 512),
        ([(0, 1), (1, 2)], 2),
        ([(0, 4), (2, 4)], 2),
    ]


def test_a_batch_of_a_long_text_ends_when_the_short_ones_are_as_long() -> None:
    """Sixteen of 10,000 letters beside one of 160,000; each batch reads as much of either."""
    pairs = [(0, other) for other in range(1, 41)]

    made = cut(pairs, [160_000, *[10_000] * 40])

    assert [len(batch) for batch, _ in made] == [15, 16, 9]
    assert [pair for batch, _ in made for pair in batch] == pairs


def test_pairs_that_share_texts_are_judged_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text 5 is in two pairs, which are in one batch although another pair is between them."""
    monkeypatch.setattr(batches, "AT_ONCE", 2)

    made = cut([(0, 5), (1, 2), (5, 6)], [2000] * 7)

    assert [batch for batch, _ in made] == [[(0, 5), (5, 6)], [(1, 2)]]
