"""Joined pairs to stars: who represents, and who joins whom."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.report.cluster import cluster
from dedup.report.join_graph import NOBODY, Joins
from dedup.report.representative import UNDATED
from tests.star_samples import DATES, EDGES, Join, Star, clustered, members_of, stars_of


def test_no_joins_make_no_stars() -> None:
    """An archive without copies has no clusters."""
    assert stars_of() == []


def test_the_earliest_represents() -> None:
    """Being longer or first by id counts for nothing beside a date."""
    stars = stars_of(Join("a", "b"), published={"a": 2, "b": 1}, lengths={"a": 200})

    assert stars == [Star("b", ("a",))]


def test_a_dated_text_comes_before_an_undated_one() -> None:
    """A longer text without a date may be younger."""
    stars = stars_of(Join("a", "b"), published={"b": 9}, lengths={"a": 200})

    assert stars == [Star("b", ("a",))]


@pytest.mark.parametrize("published", [{}, {"a": 1, "b": 1}], ids=["undated", "one day"])
def test_without_an_earlier_one_the_longest_represents(published: Mapping[str, int]) -> None:
    """No dates, or equal ones."""
    stars = stars_of(Join("a", "b"), published=published, lengths={"b": 101})

    assert stars == [Star("b", ("a",))]


@pytest.mark.parametrize("published", [{}, {"a": 1, "b": 1}], ids=["undated", "one day"])
def test_ties_go_by_id(published: Mapping[str, int]) -> None:
    """Equal in date and length."""
    assert stars_of(Join("b", "a"), published=published) == [Star("a", ("b",))]


def test_there_are_no_chains() -> None:
    """Of a - b - c - d - e the longest, b, takes a and c; d and e are left to each other."""
    joins = [Join(left, right) for left, right in pairwise("abcde")]

    stars = stars_of(*joins, lengths={"b": 120, "d": 110})

    assert members_of(stars) == {"b": ("a", "c"), "d": ("e",)}


def test_a_text_whose_neighbours_are_taken_makes_no_star() -> None:
    """In the chain a - b - c - d with b longest and c taken, d stays alone."""
    assert members_of(stars_of(Join("a", "b"), Join("b", "c"), Join("c", "d"), lengths={"b": 120})) == {
        "b": ("a", "c")
    }


def test_a_copied_text_is_a_star_of_its_own() -> None:
    """It stands for several documents, even when nothing else is like it."""
    assert members_of(stars_of(copied=["a"])) == {"a": ()}


def test_a_copied_member_makes_no_second_star() -> None:
    """Its documents stand with the representative."""
    assert members_of(stars_of(Join("a", "b"), copied=["b"])) == {"a": ("b",)}


def test_a_text_goes_to_the_representative_that_it_is_most_alike() -> None:
    """`c` is a copy of the earlier `a`, but a closer one of `d`, which is no copy of `a`."""
    stars = stars_of(
        Join("a", "b"),
        Join("a", "c", jaccard=0.4),
        Join("c", "d", jaccard=0.98),
        published={"a": 1, "b": 2, "c": 3, "d": 4},
    )

    assert members_of(stars) == {"a": ("b",), "d": ("c",)}


@pytest.mark.parametrize(("containment", "representative"), [(0.7, "z"), (0.6, "a")])
def test_equally_alike_texts_go_by_containment_then_by_order(containment: float, representative: str) -> None:
    """`m` joins `a` at 0.5 and 0.6."""
    stars = stars_of(Join("a", "m"), Join("m", "z", containment=containment), lengths={"a": 130, "z": 120})

    assert members_of(stars) == {representative: ("m",)}


@pytest.mark.parametrize(("jaccard", "listed"), [(0.8, {"a": ("m",), "z": ("m",)}), (0.79, {"a": ("m",)})])
def test_a_close_copy_is_listed_with_a_text_that_has_no_other(
    jaccard: float, listed: dict[str, tuple[str, ...]]
) -> None:
    """`m` is more alike to `a`; `z`, no copy of that one, would be outside every cluster."""
    stars = stars_of(
        Join("a", "m", jaccard=0.9), Join("m", "z", jaccard=jaccard), lengths={"a": 130, "z": 120}
    )

    assert members_of(stars) == listed


def test_a_close_copy_is_in_one_star_where_the_other_has_members() -> None:
    """`z` is in a cluster with `y`."""
    stars = stars_of(
        Join("a", "m", jaccard=0.9),
        Join("m", "z", jaccard=0.85),
        Join("y", "z"),
        lengths={"a": 130, "z": 120},
    )

    assert members_of(stars) == {"a": ("m",), "z": ("y",)}


def test_stars_stand_by_representative() -> None:
    """Columns by number; the members of each ascend."""
    nothing = np.empty(0, dtype=np.int64)
    joins = Joins(
        left=np.array([2, 1, 0]),
        right=np.array([4, 5, 5]),
        container=np.full(3, NOBODY),
        jaccard=np.full(3, 0.5),
        containment=np.full(3, 0.6),
        drops=np.ones(3, dtype=np.bool_),
        drops_left=np.ones(3, dtype=np.bool_),
    )

    stars = cluster(
        joins,
        related=(nothing, nothing),
        dates=np.full(6, UNDATED),
        copied=np.array([3]),
        old=np.zeros(6, dtype=np.bool_),
    )

    assert stars.representatives.tolist() == [0, 2, 3]
    assert stars.bounds.tolist() == [0, 1, 2, 2]
    assert stars.members.tolist() == [5, 4]


@given(EDGES, DATES, st.permutations("abcdefg"), st.randoms())
def test_every_star_holds_together(
    joins: list[Join], days: dict[str, int], by_length: list[str], shuffler: object
) -> None:
    """Members were matched against their representative, close copies are listed; order leaves no trace."""
    lengths = {name: 100 + 10 * place for place, name in enumerate(by_length)}
    stars = stars_of(*joins, lengths=lengths, published=days)

    shuffler.shuffle(joins)  # type: ignore[attr-defined]
    assert stars_of(*joins, lengths=lengths, published=days) == stars
    joined = {frozenset((join.left, join.right)) for join in joins}
    assert all(frozenset((star.representative, name)) in joined for star in stars for name in star.members)
    representatives = [star.representative for star in stars]
    assert len(set(representatives)) == len(representatives)
    listed = {*representatives, *(name for star in stars for name in star.members)}
    assert all(join.left in listed or join.right in listed for join in joins)
    if all(join.container is None for join in joins):
        close = [join for join in joins if join.jaccard >= 0.8]
        assert {name for join in close for name in (join.left, join.right)} <= listed


@given(EDGES, EDGES)
def test_a_component_is_clustered_by_itself(ours: list[Join], theirs: list[Join]) -> None:
    """What else there is leaves no trace."""
    apart = [
        join._replace(
            left=join.left.upper(),
            right=join.right.upper(),
            container=join.container and join.container.upper(),
        )
        for join in theirs
    ]
    both, dropped = clustered(*ours, *apart)
    (one, gone), (other, gone_too) = clustered(*ours), clustered(*apart)

    assert both == sorted([*one, *other])
    assert dropped == gone | gone_too
