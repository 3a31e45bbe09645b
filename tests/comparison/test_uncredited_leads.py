"""What the lead of a copy states besides whom it credits; tests/report/test_copies.py has whole reports."""

import numpy as np
import pytest
from numpy.typing import NDArray

from dedup import core
from dedup.comparison.pair_columns import Alignments
from dedup.comparison.uncredited_leads import with_uncredited_leads
from dedup.core import word_column
from dedup.core.alignment import AlignmentCount as Count
from tests.made_up_news import story

FIRST, SECOND = np.array([0]), np.array([1])
YES, NO = np.array([True]), np.array([False])


@pytest.fixture(params=[core.WordColumn, word_column.WordColumn], ids=["chosen", "numpy"])
def column(request: pytest.FixtureRequest) -> type[core.WordColumn]:
    """Return the words of texts, on both kernels."""
    kernel: type[core.WordColumn] = request.param
    return kernel


def stated(
    column: type[core.WordColumn], left: str, right: str, *, among: NDArray[np.bool_] = YES
) -> tuple[list[int], list[int]]:
    """Return the fresh words of statements and the facts in the leads of both texts."""
    words = column([left, right])
    aligned = Alignments(*words.align(FIRST, SECOND, YES))
    found = with_uncredited_leads(aligned, words, FIRST, SECOND, whole=YES, among=among)
    return found.sides(Count.OWN_LEAD)[0].tolist(), found.sides(Count.OWN_FACTS)[0].tolist()


@pytest.mark.parametrize("credit", ["به گزارش خبرگزاری مهر،", "نقلا عن وكالة رويترز،", "(AFP) -"])
def test_a_credit_states_nothing(column: type[core.WordColumn], credit: str) -> None:
    """Ahead of the left or of the right text."""
    assert stated(column, f"{credit} {story(1)}", story(1)) == ([0, 0], [0, 0])
    assert stated(column, story(1), f"{credit} {story(1)}") == ([0, 0], [0, 0])


def test_a_statement_beside_a_credit_is_counted(column: type[core.WordColumn]) -> None:
    """Four words, of which none is in the story; the three of the credit are not counted."""
    copy = f"به گزارش ایسنا، اعتصاب کارگران لغو شد. {story(1)}"

    assert stated(column, story(1), copy) == ([0, 4], [0, 0])


def test_other_pairs_keep_their_counts(column: type[core.WordColumn]) -> None:
    """Where the lead does not matter credits are not looked for."""
    assert stated(column, story(1), f"به گزارش خبرگزاری مهر، {story(1)}", among=NO) == ([0, 4], [0, 0])
