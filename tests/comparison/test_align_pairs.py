"""align_pairs: which pairs are aligned with their boilerplate."""

import numpy as np
import pytest

from dedup.comparison.judge_pairs import align_pairs
from dedup.comparison.pair_columns import Overlaps
from dedup.core import WordColumn
from dedup.core.alignment import AlignmentCount as Count
from dedup.text.fold import fold
from dedup.text.shingle import shingle
from tests.made_up_news import story

NOTICE = "Subscribe to our evening letter for the news of the day"


@pytest.mark.parametrize(("shared", "counts"), [(69, False), (70, True)])
def test_boilerplate_counts_where_seventy_percent_is_shared(shared: int, *, counts: bool) -> None:
    """Two texts of sixty words, under a notice of eleven."""
    one, other = story(1, words=60), story(2, words=60)
    column = WordColumn([f"{NOTICE}\n{one}", f"{NOTICE}\n{other}"], boilerplate=shingle(fold(NOTICE)))
    overlaps = Overlaps(*(np.array([size]) for size in (shared, 100, shared)))

    found = align_pairs(column, np.array([0]), np.array([1]), overlaps=overlaps)

    assert (found.sides(Count.WORDS) == 71).all() == counts
