"""Which joining pairs have a text that contains the other."""

from dataclasses import replace

import numpy as np
import pytest

from dedup.comparison.pair_columns import Overlaps
from dedup.model import Verdict
from dedup.report.identical_texts import number
from dedup.report.join_graph import NOBODY
from dedup.report.join_pairs import join_pairs
from dedup.report.scope import Scope
from dedup.report.text_groups import TextGroups
from tests.judged_samples import Sample, judged_pairs


@pytest.mark.parametrize(
    ("verdict", "shared", "size", "container"),
    [
        (Verdict.NEAR_DUPLICATE, 80, 80, 0),
        (Verdict.NEAR_DUPLICATE, 81, 81, NOBODY),
        (Verdict.NEAR_DUPLICATE, 67, 80, NOBODY),
        (Verdict.CONTAINED, 20, 40, 0),
    ],
)
def test_a_near_duplicate_of_four_fifths_may_be_a_part(
    verdict: Verdict, shared: int, size: int, container: int
) -> None:
    """Of a text of 100 shingles, if it is nearly whole in it; a contained text always is a part."""
    one, many, few = np.array([shared]), np.array([100]), np.array([size])
    judged = replace(judged_pairs([Sample(0, 1, verdict=verdict)]), overlaps=Overlaps(one, many, few))
    rows = np.arange(2)
    groups = TextGroups(number(rows[:, None], rows[:, None], rows=rows), rows)

    joins = join_pairs(judged, groups, scope=Scope(rows), old=np.zeros(2, dtype=np.bool_))

    assert joins.container.tolist() == [container]
