"""Joined pairs to stars: who represents, who joins, what a roundup does."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup.report.cluster import cluster
from dedup.report.join_graph import NOBODY, Joins
from dedup.report.representative import UNDATED


class Join(NamedTuple):
    """A pair that joins, by the names of its texts, and the one that contains the other."""

    left: str
    right: str
    container: str | None = None
    jaccard: float = 0.5
    containment: float = 0.6
    drops: bool = True


class Star(NamedTuple):
    """A representative and its members, by name."""

    representative: str
    members: tuple[str, ...]


ROUNDUP = (Join("a", "r", container="r"), Join("b", "r", container="r"))


def clustered(
    *joins: Join,
    lengths: Mapping[str, int] | None = None,
    published: Mapping[str, int] | None = None,
    related: Sequence[tuple[str, str]] = (),
    copied: Sequence[str] = (),
    old: Sequence[str] = (),
) -> tuple[list[Star], set[str]]:
    """Cluster joins; texts are 100 letters long unless said otherwise, and joined pairs are related.

    Texts are numbered by date, then length, then name; stars and members come back by name, and what can be
    dropped.
    """
    names = {*copied, *(name for join in joins for name in (join.left, join.right))}
    dates, length = published or {}, dict.fromkeys(names, 100) | dict(lengths or {})
    order = sorted(names, key=lambda name: (dates.get(name, UNDATED), -length[name], name))
    numbers = {name: number for number, name in enumerate(order)}

    def column(wanted: Iterable[str | None]) -> NDArray[np.int64]:
        return np.array([NOBODY if name is None else numbers[name] for name in wanted], dtype=np.int64)

    every = [*related, *((join.left, join.right) for join in joins)]
    stars = cluster(
        Joins(
            *(column(join[place] for join in joins) for place in range(3)),
            np.array([join.jaccard for join in joins], dtype=np.float64),
            np.array([join.containment for join in joins], dtype=np.float64),
            np.array([join.drops for join in joins], dtype=np.bool_),
        ),
        related=(column(left for left, _ in every), column(right for _, right in every)),
        dates=np.array([dates.get(name, UNDATED) for name in order], dtype=np.int64),
        copied=column(copied),
        old=np.array([name in old for name in order], dtype=np.bool_),
    )
    by_name = [[order[text] for text in star] for star in stars.texts()]
    found = sorted(Star(first, tuple(sorted(members))) for first, *members in by_name)
    return found, {order[text] for text in stars.dropped.tolist()}


def stars_of(*joins: Join, **given: Any) -> list[Star]:  # noqa: ANN401 - as `clustered` takes them
    """Give the stars alone."""
    return clustered(*joins, **given)[0]


def members_of(stars: Sequence[Star]) -> dict[str, tuple[str, ...]]:
    """Members by representative."""
    return {star.representative: star.members for star in stars}


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


def test_a_roundup_fuses_nothing() -> None:
    """It is listed with each story it holds."""
    assert members_of(stars_of(*ROUNDUP, lengths={"r": 200})) == {"a": ("r",), "b": ("r",)}


def test_copies_of_the_stories_stay_with_their_story() -> None:
    """A roundup is one member more."""
    stars = stars_of(*ROUNDUP, Join("a", "a2"), Join("b", "b2"), lengths={"r": 200})

    assert members_of(stars) == {"a": ("a2", "r"), "b": ("b2", "r")}


def test_a_text_that_holds_related_ones_is_no_roundup() -> None:
    """Two excerpts of one passage say the same: the whole story represents both."""
    stars = stars_of(*ROUNDUP, related=[("b", "a")], lengths={"r": 200})

    assert stars == [Star("r", ("a", "b"))]


def test_a_text_that_holds_one_story_is_no_roundup() -> None:
    """An extended version represents the shorter one."""
    assert members_of(stars_of(ROUNDUP[0], lengths={"r": 200})) == {"r": ("a",)}


def test_an_older_story_is_no_roundup_of_its_excerpts() -> None:
    """Published before both, it is where they came from."""
    stars = stars_of(*ROUNDUP, published={"r": 1, "a": 2, "b": 3}, lengths={"r": 200})

    assert stars == [Star("r", ("a", "b"))]


@pytest.mark.parametrize(
    "published",
    [
        {"r": 1, "a": 1, "b": 2},
        {"r": 1, "a": 2},
        {"a": 2, "b": 2},
    ],
    ids=["same day as one", "one undated", "itself undated"],
)
def test_a_roundup_must_be_known_to_be_older(published: Mapping[str, int]) -> None:
    """Else it is one: nothing is fused on a guess."""
    assert members_of(stars_of(*ROUNDUP, published=published, lengths={"r": 200})) == {
        "a": ("r",),
        "b": ("r",),
    }


def test_a_copied_roundup_represents_its_copies_only() -> None:
    """A second version of the roundup joins the stories and the roundup."""
    second = (Join("a", "s", container="s"), Join("b", "s", container="s"))

    stars = stars_of(*ROUNDUP, *second, Join("r", "s"), lengths={"r": 200, "s": 190})

    assert members_of(stars) == {"a": ("r", "s"), "b": ("r", "s"), "r": ("s",)}


def test_a_roundup_that_holds_a_smaller_one_is_listed_with_it() -> None:
    """The large one never represents what it holds, the small one is one more of its stories."""
    joins = [Join(part, "large", container="large") for part in ("a", "b", "c", "small")]

    stars = stars_of(
        *joins,
        Join("a", "small", container="small"),
        Join("b", "small", container="small"),
        lengths={"large": 400, "small": 200},
    )

    assert members_of(stars) == {
        "a": ("large", "small"),
        "b": ("large", "small"),
        "c": ("large",),
        "small": ("large",),
    }


def test_a_roundup_that_copies_an_old_text_is_listed_with_that_alone() -> None:
    """`y` holds both stories too, but was not compared with them: `r` tells nothing that it does not."""
    stars = stars_of(*ROUNDUP, Join("r", "y"), Join("b", "b2"), lengths={"r": 200, "y": 210}, old="y")

    assert members_of(stars) == {"b": ("b2",), "y": ("r",)}


def test_three_versions_of_a_roundup_are_one_star() -> None:
    """Beside the stars of the stories there is one of the roundup, not one more of its versions."""
    joins = [Join(part, whole, container=whole) for part in "ab" for whole in "rst"]

    stars = stars_of(
        *joins, Join("r", "s"), Join("r", "t"), Join("s", "t"), lengths={"r": 200, "s": 190, "t": 180}
    )

    assert members_of(stars) == {"a": ("r", "s", "t"), "b": ("r", "s", "t"), "r": ("s", "t")}


def test_a_copied_text_is_a_star_of_its_own() -> None:
    """It stands for several documents, even when nothing else is like it."""
    assert members_of(stars_of(copied=["a"])) == {"a": ()}


def test_a_copied_roundup_is_a_star_of_its_own_too() -> None:
    """Beside the stars of its stories: it is listed with each, and its own documents are copies."""
    stars = stars_of(*ROUNDUP, lengths={"r": 200}, copied=["r"])

    assert members_of(stars) == {"a": ("r",), "b": ("r",), "r": ()}


def test_a_copied_member_makes_no_second_star() -> None:
    """Its documents stand with the representative."""
    assert members_of(stars_of(Join("a", "b"), copied=["b"])) == {"a": ("b",)}


def test_a_roundup_that_copies_two_old_texts_stays_with_the_first() -> None:
    """`x` would represent `y`."""
    stars = stars_of(
        *ROUNDUP, Join("r", "x"), Join("r", "y"), lengths={"r": 200, "x": 220, "y": 210}, old="xy"
    )

    assert members_of(stars) == {"x": ("r",)}


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
    """`m` is more alike to `a`; `z`, no copy of that one, would stand outside every cluster."""
    stars = stars_of(
        Join("a", "m", jaccard=0.9), Join("m", "z", jaccard=jaccard), lengths={"a": 130, "z": 120}
    )

    assert members_of(stars) == listed


def test_a_close_copy_is_in_one_star_where_the_other_has_members() -> None:
    """`z` stands in a cluster with `y`."""
    stars = stars_of(
        Join("a", "m", jaccard=0.9),
        Join("m", "z", jaccard=0.85),
        Join("y", "z"),
        lengths={"a": 130, "z": 120},
    )

    assert members_of(stars) == {"a": ("m",), "z": ("y",)}


def test_what_is_dropped_has_a_copy_that_is_kept() -> None:
    """In a chain from `a` to `e` every second one."""
    _, dropped = clustered(*(Join(left, right) for left, right in pairwise("abcde")))

    assert dropped == {"b", "d"}


def test_a_member_that_says_something_else_is_kept() -> None:
    """`b` has another figure than `a`; `c` is a copy of both, and goes."""
    joins = Join("a", "b", drops=False), Join("a", "c"), Join("b", "c")

    assert clustered(*joins) == ([Star("a", ("b", "c"))], {"c"})


def test_of_members_that_say_the_same_one_is_kept() -> None:
    """`b` and `c` have the same figure, another one than `a`."""
    joins = Join("a", "b", drops=False), Join("a", "c", drops=False), Join("b", "c")

    assert clustered(*joins) == ([Star("a", ("b", "c"))], {"c"})


def test_a_roundup_is_kept_and_its_copy_dropped() -> None:
    """It is no copy of its stories."""
    second = (Join("a", "s", container="s"), Join("b", "s", container="s"))

    _, dropped = clustered(*ROUNDUP, *second, Join("r", "s"), lengths={"r": 200, "s": 190})

    assert dropped == {"s"}


def test_a_roundup_of_which_one_story_is_kept_is_an_extended_version() -> None:
    """`b` is dropped for `c`, of which `r` is no copy: of what is kept, `r` contains `a` alone."""
    joins = (*ROUNDUP, Join("b", "c"))

    stars, dropped = clustered(*joins, lengths={"r": 200, "c": 120})

    assert members_of(stars) == {"a": ("r",), "c": ("b",)}
    assert dropped == {"b", "r"}


def test_a_roundup_older_than_its_kept_stories_is_an_extended_version() -> None:
    """It came out before `a` and `b`, and after `c`, which is dropped for `d`."""
    joins = (*ROUNDUP, Join("c", "r", container="r"), Join("c", "d"))

    stars, dropped = clustered(*joins, published={"d": 1, "c": 2, "r": 3, "a": 4, "b": 5}, lengths={"r": 300})

    assert members_of(stars) == {"a": ("r",), "d": ("c",)}
    assert dropped == {"c", "r"}


def test_a_roundup_stays_one_when_its_story_has_another_figure() -> None:
    """`b` is a member of `c` and kept: `r` holds two unrelated stories of what is kept."""
    stars, dropped = clustered(*ROUNDUP, Join("b", "c", drops=False), lengths={"r": 200, "c": 120})

    assert members_of(stars) == {"a": ("r",), "c": ("b",)}
    assert dropped == set()


def test_a_kept_member_represents_what_nobody_else_does() -> None:
    """`r` holds `a`, which goes, and `c`, which has another figure than `b`: it is a copy of `c` alone."""
    stars, dropped = clustered(
        *(Join(story, "r", container="r") for story in "ac"),
        Join("a", "b"),
        Join("b", "c", drops=False),
        lengths={"r": 200, "b": 130},
    )

    assert members_of(stars) == {"b": ("a",), "c": ("r",)}
    assert dropped == {"a", "r"}


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


names = st.sampled_from("abcdefg")
edges = st.lists(
    st.builds(
        Join,
        names,
        names,
        st.sampled_from(["left", "right", None]),
        st.sampled_from([0.3, 0.8, 0.9]),
        st.sampled_from([0.6, 1.0]),
        st.booleans(),
    ).filter(lambda join: join.left < join.right),
    unique_by=lambda join: join[:2],
    max_size=14,
).map(
    lambda joins: [
        join._replace(container=join.container and getattr(join, join.container)) for join in joins
    ]
)
dates = st.dictionaries(names, st.integers(1, 3))


@given(edges, dates, st.permutations("abcdefg"), st.randoms())
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


@given(edges, dates, st.permutations("abcdefg"))
def test_what_is_kept_is_kept_again(joins: list[Join], days: dict[str, int], by_length: list[str]) -> None:
    """Clustering what is kept drops nothing more; what was dropped has a kept text that it is a copy of."""
    lengths = {name: 100 + 10 * place for place, name in enumerate(by_length)}
    stars, dropped = clustered(*joins, lengths=lengths, published=days)
    kept = [join for join in joins if not {join.left, join.right} & dropped]

    assert clustered(*kept, lengths=lengths, published=days)[1] == set()
    for name in dropped:
        beside = {
            other
            for join in joins
            if join.drops
            for one, other in ((join.left, join.right), (join.right, join.left))
            if one == name
        }
        assert beside - dropped
    assert dropped <= {name for star in stars for name in star.members}


@given(edges, edges)
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
