"""Keys to pairs: one bucket a key, whatever the order of the keys."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedup.report.pair.buckets import BucketPairs, pair
from dedup.report.pair.counted_pairs import left_and_right

SIMILAR_KEYS = (2**63, 2**63 + 1, 2**40, 2**40 + 1, 3, 4)
"""Keys that differ in their lowest bits alone, two by two."""


def paired(rows: list[tuple[int, int]], *, cap: int = 128, crowd_size: int = 0) -> BucketPairs:
    """Pair texts by rows of a key and the number of a text."""
    keys = np.array([key for key, _ in rows], dtype=np.uint64)
    texts = np.array([text for _, text in rows], dtype=np.int32)
    return pair(keys, texts, cap=cap, crowd_size=crowd_size)


def pairs_of(result: BucketPairs) -> list[tuple[int, int, int]]:
    """Return left, right and times of each pair."""
    left, right = left_and_right(result.sure.pairs)
    return list(zip(left.tolist(), right.tolist(), result.sure.times.tolist(), strict=True))


def test_keys_are_compared_in_full() -> None:
    """Two keys that differ in the lowest of 64 bits are two, whatever the number of texts."""
    assert pairs_of(paired([(2**63, 0), (2**63 + 1, 1)])) == []
    assert pairs_of(paired([(2**63 + 1, 0), (2**63, 1), (2**63 + 1, 2)])) == [(0, 2, 1)]


def test_a_text_does_not_meet_itself() -> None:
    """Though it has a key twice; others meet it once for the key."""
    assert pairs_of(paired([(5, 1), (5, 1), (5, 0)])) == [(0, 1, 1)]


def test_a_pair_counts_its_buckets() -> None:
    """Three keys in common."""
    assert pairs_of(paired([(5, 1), (6, 0), (7, 1), (5, 0), (6, 1), (7, 0), (8, 1)])) == [(0, 1, 3)]


def test_large_numbers_of_texts_fit_a_pair() -> None:
    """Thirty-one bits each."""
    assert pairs_of(paired([(1, 2**31 - 1), (1, 2**31 - 2)])) == [(2**31 - 2, 2**31 - 1, 1)]


def test_a_crowd_is_set_aside() -> None:
    """Three of one key at a crowd of three; the two of the other key are paired."""
    result = paired([(9, 4), (9, 2), (9, 0), (3, 1), (3, 2)], crowd_size=3)

    assert pairs_of(result) == [(1, 2, 1)]
    assert (result.crowds.fingerprints.tolist(), result.crowds.texts.tolist()) == ([9], [0, 2, 4])


def test_no_keys_make_no_pairs() -> None:
    """Empty columns."""
    result = paired([])

    assert pairs_of(result) == []
    assert (result.cut_buckets, result.cut_pairs, result.crowds.bounds.tolist()) == (0, 0, [0])


@given(
    st.lists(st.tuples(st.sampled_from(SIMILAR_KEYS), st.integers(0, 12)), max_size=40), st.integers(2, 16)
)
def test_pairs_are_those_of_a_dictionary_of_buckets(rows: list[tuple[int, int]], cap: int) -> None:
    """All of a small bucket, the first with each of a large one."""
    buckets: dict[int, set[int]] = {}
    for key, text in rows:
        buckets.setdefault(key, set()).add(text)
    expected: dict[tuple[int, int], int] = {}
    for bucket in map(sorted, buckets.values()):
        firsts = bucket if len(bucket) <= cap else bucket[:1]
        for one in firsts:
            for other in bucket:
                if one < other:
                    expected[one, other] = expected.get((one, other), 0) + 1

    result = paired(rows, cap=cap)

    assert pairs_of(result) == sorted((*pair, times) for pair, times in expected.items())
    assert result.cut_buckets == sum(len(bucket) > cap for bucket in buckets.values())
