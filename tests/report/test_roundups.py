"""What a roundup does to clusters: it fuses no stories."""

from collections.abc import Mapping

import pytest

from tests.star_samples import ROUNDUP, Join, Star, members_of, stars_of


def test_a_roundup_fuses_nothing() -> None:
    """It is listed with each story it contains."""
    assert members_of(stars_of(*ROUNDUP, lengths={"r": 200})) == {"a": ("r",), "b": ("r",)}


def test_copies_of_the_stories_stay_with_their_story() -> None:
    """A roundup is one member more."""
    stars = stars_of(*ROUNDUP, Join("a", "a2"), Join("b", "b2"), lengths={"r": 200})

    assert members_of(stars) == {"a": ("a2", "r"), "b": ("b2", "r")}


def test_a_text_that_holds_related_ones_is_no_roundup() -> None:
    """Two excerpts of one passage are alike: the whole story represents both."""
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
    """The large one never represents what it contains; the small one is one more of its stories."""
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
    """`y` contains both stories too, but was not compared with them: `r` adds nothing to it."""
    stars = stars_of(*ROUNDUP, Join("r", "y"), Join("b", "b2"), lengths={"r": 200, "y": 210}, old="y")

    assert members_of(stars) == {"b": ("b2",), "y": ("r",)}


def test_three_versions_of_a_roundup_are_one_star() -> None:
    """Beside the stars of the stories there is one of the roundup, not one more of its versions."""
    joins = [Join(part, whole, container=whole) for part in "ab" for whole in "rst"]

    stars = stars_of(
        *joins, Join("r", "s"), Join("r", "t"), Join("s", "t"), lengths={"r": 200, "s": 190, "t": 180}
    )

    assert members_of(stars) == {"a": ("r", "s", "t"), "b": ("r", "s", "t"), "r": ("s", "t")}


def test_a_copied_roundup_is_a_star_of_its_own_too() -> None:
    """Beside the stars of its stories: it is listed with each, and its own documents are copies."""
    stars = stars_of(*ROUNDUP, lengths={"r": 200}, copied=["r"])

    assert members_of(stars) == {"a": ("r",), "b": ("r",), "r": ()}


def test_a_roundup_that_copies_two_old_texts_stays_with_the_first() -> None:
    """`x` would represent `y`."""
    stars = stars_of(
        *ROUNDUP, Join("r", "x"), Join("r", "y"), lengths={"r": 200, "x": 220, "y": 210}, old="xy"
    )

    assert members_of(stars) == {"x": ("r",)}
