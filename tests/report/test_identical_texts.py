"""Documents with equal folded text are one text."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup.model.recipe import Recipe
from dedup.report.identical_texts import DistinctTexts, cross_pairs, number, pairs_within
from dedup.text.prepare import prepare_text


def numbered(digests: NDArray[np.uint64], order: list[int]) -> DistinctTexts:
    """Number the texts of documents that would represent each other in this order."""
    sort_keys = np.zeros((len(digests), 1), dtype=np.int64)
    sort_keys[order, 0] = np.arange(len(order))
    return number(digests, sort_keys, rows=np.array(sorted(order), dtype=np.int64))


def collapsed(texts: list[str], order: list[int] | None = None) -> list[list[int]]:
    """Collapse texts and give the rows of each group."""
    digests = np.frombuffer(b"".join(prepare_text(text, Recipe()).digest for text in texts), dtype=np.uint64)
    found = numbered(digests.reshape(-1, 2), list(range(len(texts))) if order is None else order)
    groups = [found.documents(number) for number in range(len(found))]
    assert found.first.tolist() == [group[0] for group in groups]
    assert found.document_counts.tolist() == [len(group) for group in groups]
    return groups


def test_equal_texts_are_grouped() -> None:
    """In the order of their first documents; spelling does not count."""
    assert collapsed(["علي", "حسن", "علی", "رضا", "حسن!"]) == [[0, 2], [1, 4], [3]]


def test_texts_stand_in_the_order_of_who_would_represent_whom() -> None:
    """Row 4 comes first of all, so its text does; within a text the order stays."""
    assert collapsed(["علي", "حسن", "علی", "رضا", "حسن!"], [4, 3, 2, 1, 0]) == [[4, 1], [3], [2, 0]]


def test_documents_that_are_not_compared_are_in_no_text() -> None:
    """Rows 0 and 3 were set aside."""
    assert collapsed(["علي", "حسن", "علی", "رضا", "حسن!"], [1, 2, 4]) == [[1, 4], [2]]


def test_no_documents_are_no_texts() -> None:
    """An empty archive."""
    assert collapsed([]) == []


def test_both_halves_of_a_digest_count() -> None:
    """Four documents that share one half or the other are three texts."""
    digests = np.array([[1, 2], [1, 3], [4, 2], [1, 2]], dtype=np.uint64)

    found = numbered(digests, [0, 1, 2, 3])

    assert [found.documents(number) for number in range(len(found))] == [[0, 3], [1], [2]]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=20), st.randoms())
def test_texts_are_grouped_as_a_dictionary_does(digests: list[tuple[int, int]], rng: object) -> None:
    """In any order of any documents."""
    order = list(range(len(digests)))
    rng.shuffle(order)  # type: ignore[attr-defined]
    expected: dict[tuple[int, int], list[int]] = {}
    for row in order:
        expected.setdefault(digests[row], []).append(row)

    found = numbered(np.array(digests, dtype=np.uint64).reshape(-1, 2), order)

    assert [found.documents(number) for number in range(len(found))] == list(expected.values())


def test_copies_up_to_the_cap_are_all_paired() -> None:
    """Four copies are six pairs."""
    assert list(pairs_within([5, 2, 8, 7], cap=4)) == list(combinations([5, 2, 8, 7], 2))


def test_copies_beyond_the_cap_are_a_star() -> None:
    """Five at a cap of four: each with the first."""
    assert list(pairs_within([5, 2, 8, 7, 1], cap=4)) == [(5, 2), (5, 8), (5, 7), (5, 1)]


def test_one_document_has_no_copies() -> None:
    """It is not paired with itself."""
    assert list(pairs_within([5], cap=2)) == []


@pytest.mark.parametrize(("left", "right"), [(1, 6), (2, 3), (6, 1)])
def test_two_texts_are_paired_whole_up_to_the_pairs_of_a_bucket(left: int, right: int) -> None:
    """A cap of four allows six."""
    one, other = list(range(left)), list(range(10, 10 + right))

    assert list(cross_pairs(one, other, cap=4)) == list(product(one, other))


def test_two_texts_with_more_copies_are_two_stars() -> None:
    """Three and three are nine, more than six: every document is paired with the first of the other text."""
    pairs = list(cross_pairs([0, 1, 2], [10, 11, 12], cap=4))

    assert pairs == [(0, 10), (0, 11), (0, 12), (1, 10), (2, 10)]


def test_one_document_beside_many_copies_loses_none() -> None:
    """One and seven at a cap of four: all seven pairs, none twice."""
    assert list(cross_pairs([0], list(range(10, 17)), cap=4)) == [(0, number) for number in range(10, 17)]
