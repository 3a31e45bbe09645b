"""The rule from measured overlap to verdict: each verdict, and each bound just at and just under."""

from dataclasses import replace

import pytest

from dedup.recipe import Recipe
from dedup.records import Difference, Overlap, Verdict
from dedup.stages.verdict import IDENTICAL_REASONS, judge, reasons

NEAR, CONTAINED, TEMPLATE, PARTIAL = (
    Verdict.NEAR_DUPLICATE,
    Verdict.CONTAINED,
    Verdict.TEMPLATE,
    Verdict.PARTIAL,
)
SAME = Difference((), (), 0.0, 0.0, (), (), 0)
ALL_NEW = replace(SAME, left_share=1.0, right_share=1.0)


def numbers(count: int, *, start: int = 1) -> tuple[str, ...]:
    """Write different numbers."""
    return tuple(map(str, range(start, start + count)))


def exchanged(left: int, right: int, *, shared: int) -> Difference:
    """Differ in so many numbers on each side, and in no word."""
    return replace(
        SAME, left_numbers=numbers(left), right_numbers=numbers(right, start=1000), shared_numbers=shared
    )


def judged(
    shared: int, left: int, right: int, difference: Difference = SAME, **settings: float
) -> Verdict | None:
    """Judge from both sides; the sides must not matter."""
    overlap, recipe = Overlap(shared, left, right), Recipe(**settings)  # type: ignore[arg-type]
    verdict = judge(overlap, difference, recipe)
    assert judge(overlap.mirrored(), difference.mirrored(), recipe) == verdict
    return verdict


@pytest.mark.parametrize(("shared", "verdict"), [(15, PARTIAL), (14, None)])
def test_a_pair_is_listed_from_the_partial_bound(shared: int, verdict: Verdict | None) -> None:
    """15 of 100 shingles are listed, 14 are not; a third of either text is new."""
    assert judged(shared, 100, 100, ALL_NEW) is verdict


def test_sharing_nothing_is_no_verdict() -> None:
    """Two texts without a common shingle are not listed, even when they hold the same words."""
    assert judged(0, 100, 100) is None


@pytest.mark.parametrize(("left", "right", "verdict"), [(70, 70, NEAR), (70, 71, PARTIAL)])
def test_little_new_and_enough_jaccard_is_a_near_duplicate(left: int, right: int, verdict: Verdict) -> None:
    """40 shared of 100 is J 0.4; of 101 it is less, and C 0.57 is no containment."""
    assert judged(40, left, right) is verdict


@pytest.mark.parametrize(("share", "verdict"), [(0.3, NEAR), (0.31, PARTIAL)])
def test_much_new_on_one_side_is_no_near_duplicate(share: float, verdict: Verdict) -> None:
    """A share of 0.3 new words is little, 0.31 is much."""
    assert judged(40, 70, 70, replace(SAME, right_share=share)) is verdict


@pytest.mark.parametrize(("shared", "verdict"), [(85, NEAR), (84, CONTAINED)])
def test_a_text_kept_whole_is_a_near_duplicate_whatever_is_new(shared: int, verdict: Verdict) -> None:
    """85 of 100 shingles stand in a text of 200: J is 85 / 215, under the threshold."""
    assert judged(shared, 100, 200, ALL_NEW) is verdict


@pytest.mark.parametrize(("right", "verdict"), [(200, NEAR), (201, CONTAINED)])
def test_a_cut_below_half_is_contained(right: int, verdict: Verdict) -> None:
    """All of 100 shingles in 200 is a cut that keeps half, in 201 it is an excerpt."""
    assert judged(85, 100, right, ALL_NEW) is verdict


@pytest.mark.parametrize(("shared", "verdict"), [(65, CONTAINED), (64, PARTIAL)])
def test_a_text_that_stands_in_a_longer_one_is_contained(shared: int, verdict: Verdict) -> None:
    """65 of 100 shingles in a text of 300 are enough, 64 are not."""
    assert judged(shared, 100, 300, ALL_NEW) is verdict


def test_a_stricter_containment_also_binds_the_text_kept_whole() -> None:
    """With the bound at 0.95, 94 of 100 in 200 is only partial, 95 a near-duplicate."""
    assert judged(94, 100, 200, ALL_NEW, containment=0.95) is PARTIAL
    assert judged(95, 100, 200, ALL_NEW, containment=0.95) is NEAR


def test_the_bounds_are_those_of_the_recipe() -> None:
    """What the defaults refuse, lower bounds admit."""
    assert judged(39, 70, 69, threshold=0.39) is NEAR
    assert judged(60, 100, 300, ALL_NEW, containment=0.6) is CONTAINED
    assert judged(10, 100, 100, ALL_NEW, partial=0.1) is PARTIAL


@pytest.mark.parametrize(("shared_numbers", "verdict"), [(6, TEMPLATE), (7, NEAR)])
def test_a_template_changes_four_tenths_of_its_numbers(shared_numbers: int, verdict: Verdict) -> None:
    """Two numbers for two: 4 of 10 are changed, or 4 of 11."""
    assert judged(80, 100, 100, exchanged(2, 2, shared=shared_numbers)) is verdict


@pytest.mark.parametrize(("more", "verdict"), [(10, TEMPLATE), (11, NEAR)])
def test_a_template_exchanges_numbers(more: int, verdict: Verdict) -> None:
    """Three numbers for ten are a replacement; three for eleven are numbers added."""
    assert judged(80, 100, 100, exchanged(3, more, shared=0)) is verdict


def test_dropped_numbers_are_no_template() -> None:
    """A copy that lost its last paragraph lost numbers, and gained none."""
    assert judged(80, 100, 100, exchanged(9, 0, shared=0)) is NEAR


@pytest.mark.parametrize(("left", "verdict"), [(65, TEMPLATE), (64, NEAR)])
def test_fillings_of_a_template_are_of_like_length(left: int, verdict: Verdict) -> None:
    """65 to 100 shingles is alike; 64 is not, and such a text is a cut."""
    assert judged(left, left, 100, exchanged(1, 1, shared=0)) is verdict


@pytest.mark.parametrize(("share", "verdict"), [(0.3, TEMPLATE), (0.31, PARTIAL)])
def test_new_words_beside_new_numbers_are_no_template(share: float, verdict: Verdict) -> None:
    """Fixed wording has at most 0.3 new words on either side."""
    assert judged(50, 100, 100, replace(exchanged(1, 1, shared=0), left_share=share)) is verdict


def test_a_template_is_named_before_a_near_duplicate() -> None:
    """All words equal and most shingles shared, yet every fact differs."""
    assert judged(99, 100, 100, exchanged(1, 1, shared=0)) is TEMPLATE


def test_only_copies_join() -> None:
    """Identical, near-duplicate and contained share a cluster; template and partial do not."""
    assert [verdict for verdict in Verdict if verdict.joins] == [Verdict.IDENTICAL, NEAR, CONTAINED]


def test_identical_says_why() -> None:
    """No measure is needed."""
    assert IDENTICAL_REASONS == ("the folded texts are equal",)


def test_the_reasons_say_what_was_measured() -> None:
    """30 of 40 and of 80 shingles: C 0.75, J 30 / 90, half as long; a quarter and nothing new."""
    assert reasons(Overlap(30, 40, 80), replace(SAME, left_share=0.25)) == (
        "75 % of the shorter text stands in the longer one",
        "33 % of both texts together is shared",
        "the shorter text is 50 % as long as the longer",
        "new words: left 25 %, right 0 %",
    )


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (("12",), (), "numbers that differ: left 12, right none"),
        ((), ("9", "7"), "numbers that differ: left none, right 9, 7"),
        (numbers(5), numbers(6), "numbers that differ: left 1, 2, 3, 4, 5, right 1, 2, 3, 4, 5 and 1 more"),
        (("1" * 30,), (), f"numbers that differ: left {'1' * 20}, right none"),
    ],
)
def test_the_reasons_name_the_numbers(left: tuple[str, ...], right: tuple[str, ...], said: str) -> None:
    """Five of each side, and how many more; an endless number is cut."""
    assert reasons(Overlap(1, 2, 2), replace(SAME, left_numbers=left, right_numbers=right))[-1] == said


def test_mirrored_reasons_exchange_the_sides() -> None:
    """What is measured stays; left and right change places."""
    difference = Difference(("a",), (), 0.5, 0.25, ("1",), ("2",), 0)
    overlap = Overlap(1, 2, 4)

    mirrored = reasons(overlap.mirrored(), difference.mirrored())

    assert mirrored[:3] == reasons(overlap, difference)[:3]
    assert mirrored[3:] == ("new words: left 25 %, right 50 %", "numbers that differ: left 2, right 1")


def test_digits_are_listed_before_numerals() -> None:
    """Behind a right-to-left word they would be shown in the wrong order; else the order of reading."""
    found = Difference((), (), 0.0, 0.0, ("هفت", "28", "سوم", "3"), (), 0)

    assert reasons(Overlap(1, 2, 2), found)[-1] == "numbers that differ: left 28, 3, هفت, سوم, right none"
