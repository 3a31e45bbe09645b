"""Verdicts of many pairs on columns are those of one pair after the other."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.comparison.decide import judge
from dedup.comparison.decide_pairs import NONE, OPEN, verdicts_from_alignments, verdicts_from_counts
from dedup.comparison.pair_columns import Alignments, Differences, Overlaps
from dedup.core.alignment import COUNTED, AlignmentCount
from dedup.model.recipe import Recipe
from dedup.model.rows import VERDICTS

RECIPES = (Recipe(), Recipe(threshold=0.8, containment=0.5, partial=0.3), Recipe(threshold=0, partial=0))

few = st.integers(0, 30)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[list[int], list[int], bool, list[int]]:
    """Draw the counts of a pair: of its sets, its words, whether numbers differ, its alignment."""
    left, right = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    overlap = [draw(st.integers(0, min(left, right))), left, right]
    words = [draw(st.integers(1, 40)), draw(st.integers(1, 40))]
    difference = [*(draw(st.integers(0, size)) for size in words), *words, draw(few)]
    exchanged = draw(few)
    new = [draw(st.integers(0, size)) for size in words]
    fresh = [draw(st.integers(0, count)) for count in new]
    ahead = [draw(st.integers(0, count)) for count in fresh]
    counts = [0] * COUNTED
    counts[AlignmentCount.KEPT_FACTS], counts[AlignmentCount.SLOTS] = draw(few), draw(few)
    counts[AlignmentCount.EXCHANGED] = exchanged
    counts[AlignmentCount.EXCHANGED_IN_LEAD] = draw(st.integers(0, exchanged))
    for count, sides in (("WORDS", words), ("NEW", new), ("FRESH", fresh), ("FRESH_AHEAD", ahead)):
        at = AlignmentCount[count]
        counts[at : at + 2] = sides
    return overlap, difference, draw(st.booleans()), counts


@settings(deadline=None, max_examples=300)
@given(st.lists(pairs(), min_size=1, max_size=6), st.sampled_from(RECIPES))
def test_columns_give_the_verdicts_of_single_pairs(
    drawn: Sequence[tuple[list[int], list[int], bool, list[int]]], recipe: Recipe
) -> None:
    """The same verdict, and the same pairs are aligned."""
    overlaps = Overlaps(*np.array([pair[0] for pair in drawn]).T)
    numbers = [("1",) if pair[2] else () for pair in drawn]
    differences = Differences(np.array([pair[1] for pair in drawn]), numbers, numbers)
    nothing = [()] * len(drawn)
    aligned = Alignments(np.array([pair[3] for pair in drawn]), nothing, nothing, nothing)

    counted = verdicts_from_counts(overlaps, differences, recipe).tolist()
    read = verdicts_from_alignments(overlaps, aligned, recipe).tolist()

    for row, (code, later) in enumerate(zip(counted, read, strict=True)):
        ruling = judge(
            overlaps.record(row),
            differences.record(row),
            recipe,
            align=lambda row=row: aligned.record(row),  # type: ignore[misc]
        )
        assert (code == OPEN) is (ruling.alignment is not None)
        final = later if code == OPEN else code
        assert (None if final == NONE else VERDICTS[final]) is ruling.verdict
