"""Joined pairs to what is kept: no two texts of which one could be dropped for the other."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.star_samples import DATES, EDGES, ROUNDUP, Join, Star, clustered, members_of


def test_what_is_dropped_has_a_copy_that_is_kept() -> None:
    """In a chain from `a` to `e` every second one."""
    _, dropped = clustered(*(Join(left, right) for left, right in pairwise("abcde")))

    assert dropped == {"b", "d"}


def test_a_member_that_says_something_else_is_kept() -> None:
    """`b` has another figure than `a`; `c` is a copy of both, and goes."""
    joins = Join("a", "b", drops=False), Join("a", "c"), Join("b", "c")

    assert clustered(*joins) == ([Star("a", ("b", "c"))], {"c"})


def test_a_member_with_a_lead_of_its_own_is_not_dropped_for_a_later_text() -> None:
    """`b` has another figure than `a`; its lead has a fact that `c` lacks, which says no more than `b`."""
    joins = Join("a", "b", drops=False), Join("b", "c", drops_left=False)

    assert clustered(*joins, lengths={"c": 90}) == ([Star("a", ("b",))], set())


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
    """`b` is a member of `c` and kept: `r` contains two unrelated stories of what is kept."""
    stars, dropped = clustered(*ROUNDUP, Join("b", "c", drops=False), lengths={"r": 200, "c": 120})

    assert members_of(stars) == {"a": ("r",), "c": ("b",)}
    assert dropped == set()


def test_a_kept_member_represents_what_nobody_else_does() -> None:
    """`r` contains `a`, which goes, and `c`, which has another figure than `b`: it is a copy of `c` alone."""
    stars, dropped = clustered(
        *(Join(story, "r", container="r") for story in "ac"),
        Join("a", "b"),
        Join("b", "c", drops=False),
        lengths={"r": 200, "b": 130},
    )

    assert members_of(stars) == {"b": ("a",), "c": ("r",)}
    assert dropped == {"a", "r"}


@given(EDGES, DATES, st.permutations("abcdefg"))
def test_what_is_kept_is_kept_again(joins: list[Join], days: dict[str, int], by_length: list[str]) -> None:
    """Clustering what is kept drops nothing more; what was dropped has a kept text for which it can be."""
    lengths = {name: 100 + 10 * place for place, name in enumerate(by_length)}
    stars, dropped = clustered(*joins, lengths=lengths, published=days)
    kept = [join for join in joins if not {join.left, join.right} & dropped]

    assert clustered(*kept, lengths=lengths, published=days)[1] == set()
    for name in dropped:
        beside = {
            other
            for join in joins
            for one, other, spared in (
                (join.left, join.right, join.spares[0]),
                (join.right, join.left, join.spares[1]),
            )
            if one == name and spared
        }
        assert beside - dropped
    assert dropped <= {name for star in stars for name in star.members}


def test_what_is_kept_beside_a_roundup_that_lost_a_story_is_kept_again() -> None:
    """`r` contains `e`, which is dropped for `a`, and `f`; then `f` is its member, and dropped for `b`."""
    joins = (
        Join("a", "e", container="a", drops_left=False),
        Join("b", "f", container="b", drops_left=False),
        *(Join("r", story, container="r", drops=False, drops_left=False) for story in "ef"),
    )
    lengths = {"a": 100, "b": 110, "r": 130, "e": 140, "f": 150}
    days = {"a": 1, "r": 1}
    _, dropped = clustered(*joins, lengths=lengths, published=days)
    kept = [join for join in joins if not {join.left, join.right} & dropped]

    assert clustered(*kept, lengths=lengths, published=days)[1] == set()
