"""Texts split by what their documents are compared with."""

import numpy as np

from dedup.report.identical_texts import DistinctTexts
from dedup.report.text_groups import TextGroups, group_texts

FIRST = DistinctTexts(np.array([4, 0, 2, 1, 3]), np.array([0, 3, 5]))
"""Documents 4, 0 and 2 have one text, 1 and 3 another; they would represent in the order 4, 1, 0, 3, 2."""
ORDER = np.array([[2], [1], [4], [3], [0]])


def split(*groups: list[int]) -> TextGroups:
    """Split these by groupings of the documents."""
    return group_texts(FIRST, np.array(groups, dtype=np.int64), sort_keys=ORDER)


def documents_of(groups: TextGroups) -> list[tuple[int, list[int]]]:
    """Return the text of each group, and its documents."""
    found = groups.documents
    return [(text, found.documents(group)) for group, text in enumerate(groups.texts.tolist())]


def test_a_text_is_split_by_every_grouping() -> None:
    """Documents 0 and 2 share the first group, not the second; groups are ordered by representative."""
    groups = split([7, -1, 5, -1, 7], [0, 0, 1, 0, 0])

    assert documents_of(groups) == [(0, [4, 0]), (1, [1, 3]), (0, [2])]


def test_pairs_of_texts_are_pairs_of_their_groups() -> None:
    """Two groups of text 0, two of text 1."""
    groups = split([0, 0, 0, 1, 1])
    assert documents_of(groups) == [(0, [4]), (1, [1]), (0, [0, 2]), (1, [3])]

    one, other, rows = groups.of_pairs(np.array([1, 0]), np.array([0, 0]))

    assert list(zip(one.tolist(), other.tolist(), rows.tolist(), strict=True)) == [
        (1, 0, 0),
        (1, 2, 0),
        (3, 0, 0),
        (3, 2, 0),
        (0, 0, 1),
        (0, 2, 1),
        (2, 0, 1),
        (2, 2, 1),
    ]


def test_groups_of_one_text_are_paired_once() -> None:
    """Three groups of text 0, one of text 1."""
    groups = split([0, 9, 1, 9, 2])

    one, other = groups.within_texts()

    assert groups.texts.tolist() == [0, 1, 0, 0]
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == [(0, 2), (0, 3), (2, 3)]


def test_no_texts_have_no_groups() -> None:
    """An empty archive."""
    nothing = np.empty(0, dtype=np.int64)
    groups = group_texts(
        DistinctTexts(nothing, np.zeros(1, dtype=np.int64)),
        np.empty((1, 0), dtype=np.int64),
        sort_keys=np.empty((0, 1), dtype=np.int64),
    )

    assert groups.texts.size == 0
    assert [column.size for column in (*groups.of_pairs(nothing, nothing), *groups.within_texts())] == [0] * 5
