"""Documents with equal folded text are one text."""

from itertools import combinations, product

import numpy as np
import pytest

from dedup.pipeline.collapsing import Text, across, collapse, concatenated, copies
from dedup.pipeline.preparing import prepare
from dedup.recipe import Recipe
from dedup.records import Document

NOTHING = prepare("", Recipe())


def collapsed(*texts: str) -> list[list[str]]:
    """Collapse texts with the ids a, b, c and so on, and give the groups."""
    documents = [Document(chr(ord("a") + place), text) for place, text in enumerate(texts)]
    prepared = [prepare(text, Recipe()) for text in texts]
    groups = collapse(documents, prepared, dates={}, policy="earliest")
    return [[document.id for document in group.documents] for group in groups]


def carried(first: str, count: int) -> Text:
    """Make a text that so many documents carry: x0, x1, x2 and so on."""
    return Text(tuple(Document(f"{first}{number}", "") for number in range(count)), NOTHING)


def ids(pairs: object) -> list[tuple[str, str]]:
    """Name the documents of pairs."""
    return [(one.id, other.id) for one, other in pairs]  # type: ignore[attr-defined]


def test_equal_texts_are_grouped() -> None:
    """In the order of their first ids; spelling does not count."""
    assert collapsed("علي", "حسن", "علی", "رضا", "حسن!") == [["a", "c"], ["b", "e"], ["d"]]


def test_no_documents_are_no_texts() -> None:
    """An empty archive."""
    assert collapsed() == []


def test_a_text_is_called_by_its_first_document() -> None:
    """Its documents stand by id."""
    assert carried("x", 3).id == "x0"


def test_arrays_are_laid_one_after_the_other() -> None:
    """Where each begins, and where the last ends; an empty one takes no room."""
    sets = [np.array(each, dtype=np.uint64) for each in ([3, 5], [], [4])]

    values, bounds = concatenated(sets)

    assert (values.tolist(), bounds.tolist()) == ([3, 5, 4], [0, 2, 2, 3])
    assert (values.dtype, bounds.dtype) == (np.uint64, np.int64)


def test_no_arrays_are_laid() -> None:
    """One bound, no values, the same type."""
    values, bounds = concatenated([])

    assert (values.tolist(), values.dtype, bounds.tolist()) == ([], np.uint64, [0])


def test_copies_up_to_the_cap_are_all_paired() -> None:
    """Four copies are six pairs."""
    assert ids(copies(carried("x", 4), cap=4)) == list(combinations(["x0", "x1", "x2", "x3"], 2))


def test_copies_beyond_the_cap_are_a_star() -> None:
    """Five at a cap of four: each with the first."""
    assert ids(copies(carried("x", 5), cap=4)) == [("x0", f"x{number}") for number in range(1, 5)]


def test_one_document_has_no_copies() -> None:
    """It is not paired with itself."""
    assert ids(copies(carried("x", 1), cap=2)) == []


@pytest.mark.parametrize(("left", "right"), [(1, 6), (2, 3), (6, 1)])
def test_two_texts_are_paired_whole_up_to_the_pairs_of_a_bucket(left: int, right: int) -> None:
    """A cap of four allows six."""
    one, other = carried("x", left), carried("y", right)

    assert ids(across(one, other, cap=4)) == list(
        product([f"x{number}" for number in range(left)], [f"y{number}" for number in range(right)])
    )


def test_two_texts_with_more_copies_are_two_stars() -> None:
    """Three and three are nine, more than six: every document is paired with the first of the other text."""
    pairs = ids(across(carried("x", 3), carried("y", 3), cap=4))

    assert pairs == [("x0", "y0"), ("x0", "y1"), ("x0", "y2"), ("x1", "y0"), ("x2", "y0")]


def test_one_document_beside_many_copies_loses_none() -> None:
    """One and seven at a cap of four: all seven pairs, none twice."""
    assert ids(across(carried("x", 1), carried("y", 7), cap=4)) == [
        ("x0", f"y{number}") for number in range(7)
    ]
