"""Candidates: who meets whom, each pair once, and what a full bucket leaves out."""

import random
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_pipeline_archives import story

from dedup.index.memory import ESTIMATE_SLACK, Candidates, find_candidates
from dedup.pipeline.collapsing import concatenated
from dedup.pipeline.preparing import prepare
from dedup.recipe import Recipe


def found(
    signatures: Sequence[Sequence[int]],
    fingerprints: Sequence[Sequence[int]] | None = None,
    *,
    cap: int = 128,
    containment: float = 0.5,
) -> Candidates:
    """Find candidates in bands of two; without fingerprints, every document has one of its own."""
    prints = [[1000 + row] for row in range(len(signatures))] if fingerprints is None else fingerprints
    values, bounds = concatenated([np.array(each, dtype=np.uint64) for each in prints])
    rows = [np.array(signature, dtype=np.uint32) for signature in signatures]
    return find_candidates(rows, values, bounds, rows=2, cap=cap, containment=containment)


def pairs_of(candidates: Candidates) -> list[tuple[int, int]]:
    """Give the pairs in their order."""
    return list(zip(candidates.left.tolist(), candidates.right.tolist(), strict=True))


def printed(*fingerprints: Sequence[int], cap: int = 128, containment: float = 0.5) -> Candidates:
    """Find candidates among documents whose signatures have nothing in common."""
    signatures = [[4 * row, 4 * row + 1, 4 * row + 2, 4 * row + 3] for row in range(len(fingerprints))]
    return found(signatures, fingerprints, cap=cap, containment=containment)


def among(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Prepare texts as the road does, and find their candidates."""
    recipe = Recipe()
    prepared = [prepare(text, recipe) for text in texts]
    values, bounds = concatenated([each.fingerprints for each in prepared])
    return pairs_of(
        find_candidates(
            [each.signature for each in prepared],
            values,
            bounds,
            rows=recipe.rows,
            cap=recipe.bucket_cap,
            containment=recipe.partial,
        )
    )


def test_no_documents_have_no_candidates() -> None:
    """Two empty columns of row numbers."""
    candidates = found([])

    assert pairs_of(candidates) == []
    assert (candidates.left.dtype, candidates.right.dtype) == (np.int64, np.int64)
    assert (candidates.cut_buckets, candidates.cut_pairs) == (0, 0)


def test_one_document_meets_nobody() -> None:
    """Not even itself."""
    assert pairs_of(found([[1, 2, 3, 4]])) == []


def test_one_band_in_common_is_enough() -> None:
    """Rows 0 and 2 share the second band of two, rows 1 and 2 one value of each."""
    assert pairs_of(found([[1, 2, 3, 4], [5, 6, 7, 8], [5, 9, 3, 4]])) == [(0, 2)]


def test_a_band_stands_in_one_place() -> None:
    """The same values in another band are no meeting."""
    assert pairs_of(found([[1, 2, 3, 4], [3, 4, 1, 2]])) == []


def test_values_beyond_the_last_whole_band_are_unused() -> None:
    """Of five values in bands of two the fifth decides nothing."""
    assert pairs_of(found([[1, 2, 3, 4, 9], [5, 6, 7, 8, 9]])) == []


def test_a_pair_that_meets_often_is_one_candidate() -> None:
    """Two bands and two fingerprints in common; left is below right, left ascends."""
    same = [1, 2, 3, 4]

    assert pairs_of(found([same, same, same], [[7, 8]] * 3)) == [(0, 1), (0, 2), (1, 2)]


@pytest.mark.parametrize(("shared", "pairs"), [(2, [(0, 1)]), (1, [])])
def test_fingerprints_must_promise_the_containment(shared: int, pairs: list[tuple[int, int]]) -> None:
    """At containment 0.5, two fifths of it in ten fingerprints are two, however many the other text has."""
    few, many = range(10), range(10 - shared, 200)

    assert ESTIMATE_SLACK == 0.4
    assert pairs_of(printed(few, many)) == pairs
    assert pairs_of(printed(many, few)) == pairs


def test_a_document_without_fingerprints_meets_nobody_by_them() -> None:
    """Empty sets share nothing."""
    assert pairs_of(printed([], [1], [], [1])) == [(1, 3)]


def test_a_bucket_of_the_cap_is_paired_whole() -> None:
    """Four documents at a cap of four are six pairs; nothing is cut."""
    candidates = found([[1, 2, 3, 4]] * 4, cap=4)

    assert pairs_of(candidates) == list(combinations(range(4), 2))
    assert (candidates.cut_buckets, candidates.cut_pairs) == (0, 0)


def test_a_larger_bucket_is_swept() -> None:
    """Five at a cap of four: each meets the next two, 4 + 3 pairs, and all meet row 0; 1 of 10 is cut."""
    candidates = found([[1, 2, 3, 4]] * 5, cap=4)

    assert pairs_of(candidates) == [
        *((0, row) for row in (1, 2, 3, 4)),
        *((1, 2), (1, 3)),
        *((2, 3), (2, 4)),
        (3, 4),
    ]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (2, 1)


def test_the_sweep_goes_in_the_order_of_signatures() -> None:
    """By the first band, where the five differ: row 3 has the smallest value, then 0, 4, 2, 1.

    Besides these neighbours everybody meets row 0: 4 + 2 of 10 pairs.
    """
    firsts = [20, 50, 40, 10, 30]
    candidates = found([[first, 0, 7, 7] for first in firsts], cap=2)

    assert pairs_of(candidates) == [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (2, 4)]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (1, 4)


def test_a_crowded_fingerprint_names_the_first_alone() -> None:
    """Six documents over one fingerprint at a cap of two: furniture, or copies of row 0: 5 of 15 pairs."""
    candidates = printed(*[[9]] * 6, cap=2)

    assert pairs_of(candidates) == [(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (1, 10)


def test_what_one_bucket_cuts_another_may_hold() -> None:
    """Rows 1 and 3 are cut from the band of all four and meet in a band of their own.

    In the band of four everybody meets row 0, and its neighbours in the order 0, 2, 1, 3: of 6 pairs
    (1, 3) and (1, 2) are neighbours too, (2, 3) is cut.
    """
    candidates = found([[1, 1, 5, 5], [3, 3, 5, 5], [2, 2, 5, 5], [3, 3, 5, 5]], cap=2)

    assert pairs_of(candidates) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (1, 1)


def test_buckets_of_several_sizes_are_paired_at_once() -> None:
    """Two of two, one of three, one of four at a cap of three: 1 + 1 + 3 pairs, and 3 of 6 with row 7."""
    groups = [[0, 1], [2, 3], [4, 5, 6], [7, 8, 9, 10]]
    candidates = printed(*[[number] for number, group in enumerate(groups) for _ in group], cap=3)

    assert pairs_of(candidates) == [(0, 1), (2, 3), (4, 5), (4, 6), (5, 6), (7, 8), (7, 9), (7, 10)]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (1, 3)


@given(
    st.lists(st.tuples(*[st.integers(0, 1)] * 4), min_size=1, max_size=24),
    st.integers(2, 30),
)
def test_everyone_in_a_full_bucket_meets_a_neighbour(rows: list[tuple[int, ...]], cap: int) -> None:
    """Whoever shares a band with anybody has a candidate; pairs are unique and in order."""
    pairs = pairs_of(found(rows, cap=cap))

    assert pairs == sorted(set(pairs))
    assert all(left < right for left, right in pairs)
    met = {row for pair in pairs for row in pair}
    for (one, first), (other, second) in combinations(enumerate(rows), 2):
        if first[:2] == second[:2] or first[2:] == second[2:]:
            assert {one, other} <= met


@given(st.lists(st.frozensets(st.integers(0, 9)), min_size=1, max_size=12), st.sampled_from([0.1, 0.5, 1.0]))
@settings(max_examples=50)
def test_without_cuts_fingerprints_pair_as_sets_do(prints: list[frozenset[int]], containment: float) -> None:
    """A pair is a candidate when it shares one, and enough of the smaller set."""
    expected = [
        (one, other)
        for (one, ours), (other, theirs) in combinations(enumerate(prints), 2)
        if ours & theirs and len(ours & theirs) >= ESTIMATE_SLACK * containment * min(len(ours), len(theirs))
    ]

    assert pairs_of(printed(*map(sorted, prints), containment=containment)) == expected


def test_a_brief_inside_a_long_roundup_is_a_candidate() -> None:
    """60 words in 3,000: a Jaccard of 0.02, that no band sees."""
    rng = random.Random(6)
    brief = story(rng, 60)
    roundup = f"{story(rng, 1500)} {brief} {story(rng, 1440)}"

    assert among([story(rng, 60), roundup, brief]) == [(1, 2)]


def test_unrelated_texts_are_no_candidates() -> None:
    """Forty stories, each in words of its own."""
    texts = [" ".join(f"واژه{number}الف{place}" for place in range(80)) for number in range(40)]

    assert among(texts) == []
