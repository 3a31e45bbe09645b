"""Which document represents which, and why."""

import numpy as np
import pytest

from dedup.report.representative import UNDATED, SortKey, reason, representative_sort_keys

EARLIER, LATER = 20240301000000, 20240302000000


@pytest.mark.parametrize(
    ("policy", "order"),
    [("earliest", [2, 1, 0, 4, 3]), ("latest", [0, 2, 1, 4, 3]), ("longest", [4, 2, 1, 0, 3])],
)
def test_documents_stand_by_the_policy(policy: str, order: list[int]) -> None:
    """By date, then length, or the other way round; then by id; the undated come last of their kind."""
    dates = np.array([LATER, EARLIER, EARLIER, UNDATED, UNDATED])
    letters = np.array([50, 50, 60, 50, 70])
    names = np.array([4, 3, 2, 1, 0])

    places = representative_sort_keys(np.zeros(5, dtype=np.int64), dates, letters, names, policy=policy)

    assert places.shape == (5, 4)
    assert sorted(range(5), key=places.tolist().__getitem__) == order


def test_equals_stand_by_id() -> None:
    """One day, one length: the second name is the first."""
    places = representative_sort_keys(
        np.zeros(3), np.array([EARLIER] * 3), np.array([50] * 3), np.array([2, 0, 1]), policy="earliest"
    )

    assert np.lexsort(places.T[::-1]).tolist() == [1, 2, 0]


@pytest.mark.parametrize("policy", ["earliest", "longest"])
def test_nobody_has_no_place(policy: str) -> None:
    """An empty archive."""
    nothing = np.empty(0, dtype=np.int64)

    assert representative_sort_keys(nothing, nothing, nothing, nothing, policy=policy).shape == (0, 4)


@pytest.mark.parametrize(
    ("first", "others", "policy", "why"),
    [
        ((0, 1, -50, 0), [(0, 2, -60, 1), (0, 3, -50, 2)], "earliest", "earliest published"),
        ((0, 1, -60, 0), [(0, 1, -50, 1), (0, 3, -70, 2)], "earliest", "longest"),
        ((0, 1, -50, 0), [(0, 1, -50, 1), (0, 3, -70, 2)], "earliest", "first by id among equals"),
        ((0, -60, 2, 0), [(0, -50, 1, 1)], "longest", "longest"),
        ((0, -60, 1, 0), [(0, -60, 2, 1), (0, -50, 1, 2)], "longest", "earliest published"),
        ((0, -60, 1, 0), [(0, -60, 1, 1)], "longest", "first by id among equals"),
        ((0, 2, -50, 0), [(1, 1, -60, 1)], "earliest", "preferred source"),
        ((0, -2, -50, 0), [(0, -1, -60, 1)], "latest", "latest published"),
    ],
)
def test_the_reason_is_the_ground_that_sets_the_first_apart(
    first: SortKey, others: list[SortKey], policy: str, why: str
) -> None:
    """The first column in which it is ahead of all others, by the policy."""
    assert str(reason(first, others, roundups=[False] * len(others), policy=policy)) == why


@pytest.mark.parametrize(
    ("roundups", "why"),
    [
        ([False, True, False], "a story in the roundup"),
        ([False, True, True], "a story in the roundup"),
        ([True, False, True], "its copy is more like it than like another representative"),
    ],
)
def test_a_member_may_come_before_its_representative(roundups: list[bool], why: str) -> None:
    """The second of three does: a roundup, or a text that is a copy of another one too."""
    others = [(0, 2, -60, 1), (0, 1, -50, 2), (0, 3, -50, 4)]

    assert str(reason((0, 1, -50, 3), others, roundups=roundups, policy="earliest")) == why


def test_a_preferred_source_comes_first() -> None:
    """Being later and shorter counts for nothing beside it."""
    places = representative_sort_keys(
        np.array([1, 0]), np.array([EARLIER, LATER]), np.array([60, 50]), np.array([0, 1]), policy="earliest"
    )

    assert np.lexsort(places.T[::-1]).tolist() == [1, 0]
