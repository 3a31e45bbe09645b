"""The rule from measured overlap to verdict: each bound just at and just under, the model, the reasons."""

from dataclasses import replace

import pytest

from dedup.comparison.decide import judge
from dedup.comparison.likelihood import KINDS, MEASURES, likeliest, likelihoods, measures
from dedup.comparison.reasons import IDENTICAL_REASONS, reasons
from dedup.comparison.weights import WEIGHTS
from dedup.model import Alignment, Difference, Overlap, Verdict
from dedup.model.recipe import Recipe

NEAR, CONTAINED, TEMPLATE, PARTIAL = (
    Verdict.NEAR_DUPLICATE,
    Verdict.CONTAINED,
    Verdict.TEMPLATE,
    Verdict.PARTIAL,
)
SAME = Difference((), (), 0.0, 0.0, (), (), 0)
EQUAL = Alignment(
    whole_words=(100, 100),
    words=(100, 100),
    kept=100,
    kept_facts=0,
    kept_names=0,
    in_runs=100,
    longest=100,
    slots=0,
    fact_slots=0,
    exchanged=0,
    exchanged_names=0,
    boilerplate=0,
    exchanged_in_lead=0,
    examples=(),
    moved=(0, 0),
    new=(0, 0),
    fresh=(0, 0),
    new_first=(0, 0),
    fresh_first=(0, 0),
    fresh_ahead=(0, 0),
    left_words=(),
    right_words=(),
)
FILLED = replace(EQUAL, exchanged=1)


def numbers(count: int, *, start: int = 1) -> tuple[str, ...]:
    """Write different numbers."""
    return tuple(map(str, range(start, start + count)))


def taken_for(kind: Verdict) -> dict[str, tuple[float, tuple[float, ...]]]:
    """Weights that take every pair for one kind."""
    return {str(each): (float(each is kind), (0.0,) * len(MEASURES)) for each in KINDS}


def judged(
    shared: int,
    left: int,
    right: int,
    kind: Verdict,
    *,
    alignment: Alignment = FILLED,
    **settings: float,
) -> Verdict | None:
    """Judge an open pair that the model takes for one kind, from both sides; the sides must not matter."""
    overlap, recipe = Overlap(shared, left, right), Recipe(**settings)  # type: ignore[arg-type]
    open_pair = replace(SAME, left_share=0.2, right_share=0.2)
    weights = taken_for(kind)
    ruling = judge(overlap, open_pair, recipe, align=lambda: alignment, weights=weights)
    assert ruling.alignment in {None, alignment}
    back = judge(overlap.mirrored(), open_pair, recipe, align=alignment.mirrored, weights=weights)
    assert back.verdict is ruling.verdict
    return ruling.verdict


def unread() -> Alignment:
    """Stand in for texts that nobody may read."""
    raise AssertionError


@pytest.mark.parametrize(("shared", "verdict"), [(15, PARTIAL), (14, None)])
def test_a_pair_is_listed_from_the_partial_bound(shared: int, verdict: Verdict | None) -> None:
    """15 of 100 shingles are listed, 14 are not."""
    assert judged(shared, 100, 100, PARTIAL) is verdict


def test_sharing_nothing_is_no_verdict() -> None:
    """Two texts without a common shingle are not listed, nor read."""
    assert judge(Overlap(0, 100, 100), SAME, Recipe(), align=unread).verdict is None


@pytest.mark.parametrize(("left", "right", "verdict"), [(60, 60, NEAR), (60, 61, PARTIAL)])
def test_a_near_duplicate_has_some_jaccard(left: int, right: int, verdict: Verdict) -> None:
    """20 shared of 100 is J 0.2; of 101 it is less, and C 0.33 is no containment."""
    assert judged(20, left, right, NEAR) is verdict


@pytest.mark.parametrize(("right", "verdict"), [(200, NEAR), (201, CONTAINED)])
def test_a_cut_below_half_is_contained(right: int, verdict: Verdict) -> None:
    """All of 100 shingles in 200 is a cut that keeps half, in 201 it is an excerpt."""
    assert judged(100, 100, right, NEAR) is verdict


@pytest.mark.parametrize(("fresh", "verdict"), [((25, 40), NEAR), ((26, 40), PARTIAL)])
def test_a_near_duplicate_has_a_text_with_little_new(fresh: tuple[int, int], verdict: Verdict) -> None:
    """A quarter of the words of one text may be unknown to the other."""
    assert judged(60, 100, 100, NEAR, alignment=replace(FILLED, fresh=fresh)) is verdict


@pytest.mark.parametrize(("shared", "verdict"), [(65, CONTAINED), (64, PARTIAL)])
def test_a_text_that_stands_in_a_longer_one_is_contained(shared: int, verdict: Verdict) -> None:
    """65 of 100 shingles in a text of 300 are enough, 64 are not."""
    assert judged(shared, 100, 300, PARTIAL) is verdict


@pytest.mark.parametrize(("left", "verdict"), [(80, CONTAINED), (81, PARTIAL)])
def test_a_container_is_clearly_longer(left: int, verdict: Verdict) -> None:
    """80 to 100 shingles is clear; 81 is like length, and much in common is no containment then."""
    assert judged(60, left, 100, PARTIAL) is verdict


@pytest.mark.parametrize(("fresh", "verdict"), [((15, 90), CONTAINED), ((16, 90), PARTIAL)])
def test_a_contained_text_tells_little_of_its_own(fresh: tuple[int, int], verdict: Verdict) -> None:
    """15 of 100 words of the shorter text; the longer may tell what it likes."""
    assert judged(70, 100, 300, PARTIAL, alignment=replace(FILLED, fresh=fresh)) is verdict


def test_the_bounds_are_those_of_the_recipe() -> None:
    """What the defaults refuse, lower bounds admit, and the other way round."""
    assert judged(20, 60, 61, NEAR, threshold=0.19) is NEAR
    assert judged(60, 100, 300, PARTIAL, containment=0.6) is CONTAINED
    assert judged(10, 100, 100, PARTIAL, partial=0.1) is PARTIAL
    assert judged(89, 100, 100, NEAR, threshold=0.9) is PARTIAL
    assert judged(94, 100, 300, PARTIAL, containment=0.95) is PARTIAL


def test_a_template_is_a_template_at_any_overlap() -> None:
    """Fixed wording can be most of a text or little of it."""
    assert [judged(shared, 100, 100, TEMPLATE) for shared in (15, 60, 99)] == [TEMPLATE] * 3


@pytest.mark.parametrize(
    ("alignment", "verdict"),
    [
        (replace(EQUAL, exchanged=1), TEMPLATE),
        (replace(EQUAL, slots=6), TEMPLATE),
        (replace(EQUAL, slots=5), NEAR),
    ],
)
def test_a_template_was_filled(alignment: Alignment, verdict: Verdict) -> None:
    """A number exchanged, or six passages in 100 words; fewer are the hand of an editor."""
    assert judged(60, 100, 100, TEMPLATE, alignment=alignment) is verdict


@pytest.mark.parametrize(
    ("shared", "difference"),
    [
        (83, SAME),
        (83, replace(SAME, left_share=0.15, right_share=0.15)),
        (83, replace(SAME, left_numbers=("3",))),
    ],
)
def test_a_plain_copy_is_not_read(shared: int, difference: Difference) -> None:
    """83 shingles shared of 117 are J 0.709, with little new and no number exchanged."""
    ruling = judge(Overlap(shared, 100, 100), difference, Recipe(), align=unread)

    assert ruling == (NEAR, None)


def test_two_texts_with_much_of_their_own_are_not_read() -> None:
    """Two fifths of one and a fifth of the other are new words."""
    difference = replace(SAME, left_share=0.21, right_share=0.41)

    assert judge(Overlap(60, 100, 100), difference, Recipe(), align=unread) == (PARTIAL, None)


@pytest.mark.parametrize(
    ("shared", "difference"),
    [
        (82, SAME),
        (83, replace(SAME, left_share=0.16)),
        (83, replace(SAME, left_numbers=("3",), right_numbers=("4",))),
        (60, replace(SAME, left_share=0.2, right_share=0.9)),
        (60, replace(SAME, left_share=0.4, right_share=0.4)),
        (65, replace(SAME, left_share=0.9, right_share=0.9)),
    ],
)
def test_what_counts_leave_open_is_read(shared: int, difference: Difference) -> None:
    """Just below what is clear: the alignment decides, and is handed on."""
    ruling = judge(Overlap(shared, 100, 100), difference, Recipe(), align=lambda: EQUAL)

    assert ruling == (NEAR, EQUAL)


@pytest.mark.parametrize(("shared", "opened"), [(14, False), (15, True), (82, True), (83, False)])
def test_a_pair_is_open_if_its_texts_will_be_read(shared: int, opened: bool) -> None:  # noqa: FBT001 - a case
    """Too little in common, or clear from counts: no alignment is asked for."""
    overlap = Overlap(shared, 100, 100)

    assert (judge(overlap, SAME, Recipe(), align=lambda: EQUAL).alignment is EQUAL) is opened


OTHER_LEAD = replace(
    EQUAL, new=(25, 20), fresh=(14, 11), fresh_ahead=(14, 11), exchanged=2, exchanged_in_lead=2
)


@pytest.mark.parametrize(
    ("alignment", "verdict"),
    [
        (OTHER_LEAD, NEAR),
        (replace(OTHER_LEAD, new=(26, 20)), TEMPLATE),
        (replace(OTHER_LEAD, fresh=(14, 12)), TEMPLATE),
        (replace(OTHER_LEAD, exchanged_in_lead=1), TEMPLATE),
        (replace(OTHER_LEAD, slots=1), TEMPLATE),
    ],
)
def test_another_lead_alone_makes_no_other_story(alignment: Alignment, verdict: Verdict) -> None:
    """A quarter of 100 words, all ahead of a body that is the same: a copy, whatever the model says."""
    assert judged(60, 100, 100, TEMPLATE, alignment=alignment) is verdict


@pytest.mark.parametrize(
    ("sizes", "fresh", "verdict"),
    [
        ((86, 100, 100), (15, 15), NEAR),  # J 0.754
        ((86, 100, 100), (16, 0), PARTIAL),
        ((86, 120, 100), (15, 15), PARTIAL),  # J 0.642
        ((84, 100, 100), (15, 15), PARTIAL),
    ],
)
def test_texts_that_are_nearly_the_same_share_no_mere_passages(
    sizes: tuple[int, int, int], fresh: tuple[int, int], verdict: Verdict
) -> None:
    """J 0.7, C 0.85 and at most 15 new words of 100 on either side, whatever the model makes of them."""
    assert judged(*sizes, PARTIAL, alignment=replace(FILLED, new=(30, 30), fresh=fresh)) is verdict


def test_a_stricter_threshold_leaves_no_plain_copy() -> None:
    """With the bound at 0.8, J 0.709 is no near-duplicate whatever else is equal."""
    assert judge(Overlap(83, 100, 100), SAME, Recipe(threshold=0.8), align=lambda: EQUAL).verdict is PARTIAL


def test_the_measures_are_what_they_say() -> None:
    """Worked out by hand: 2 numbers exchanged of 2 + 5 + 1, all in the lead; 3 slots of 3 + 1 + 12 / 6."""
    found = replace(
        EQUAL,
        words=(50, 100),
        kept_facts=5,
        slots=3,
        exchanged=2,
        exchanged_in_lead=3,
        new=(5, 7),
        fresh=(1, 4),
        fresh_ahead=(0, 3),
    )

    assert measures(found) == pytest.approx((2 / 8, 2, 3 / 6, 0.9, 1.791759, 0.0, 0.02, 0.04))


def test_the_measures_do_not_know_the_sides() -> None:
    """Exchanged sides are the same pair."""
    found = replace(EQUAL, words=(50, 90), new=(5, 7), fresh=(1, 4), fresh_ahead=(2, 3), moved=(1, 0))

    assert measures(found.mirrored()) == measures(found)


def test_likelihoods_are_those_of_the_logistic_model() -> None:
    """Biases of ln 1, ln 2 and ln 5, and no slopes: an eighth, a quarter, five eighths."""
    weights = {
        "near-duplicate": (0.0, (0.0,) * 8),
        "partial": (0.693147181, (0.0,) * 8),
        "template": (1.609437912, (0.0,) * 8),
    }

    assert list(likelihoods(FILLED, weights).values()) == pytest.approx([1 / 8, 2 / 8, 5 / 8])
    assert likeliest(FILLED, weights) is TEMPLATE
    assert likeliest(EQUAL, weights) is PARTIAL


def test_the_weights_fit_the_measures() -> None:
    """One for each measure of each kind."""
    assert sorted(WEIGHTS) == sorted(map(str, KINDS))
    assert {len(slopes) for _, slopes in WEIGHTS.values()} == {len(MEASURES)}


@pytest.mark.parametrize(
    ("alignment", "kind"),
    [
        (EQUAL, NEAR),
        (replace(EQUAL, new=(30, 0), fresh=(12, 0), fresh_ahead=(12, 0)), NEAR),
        (replace(EQUAL, new=(60, 70), fresh=(40, 45), fresh_ahead=(40, 45)), PARTIAL),
        (replace(EQUAL, new=(12, 12), fresh=(12, 12), slots=8, exchanged=8, exchanged_in_lead=4), TEMPLATE),
    ],
)
def test_the_learnt_weights_tell_plain_cases(alignment: Alignment, kind: Verdict) -> None:
    """An equal text, a copy with a lead of its own, two stories with a common passage, a price report."""
    assert likeliest(alignment) is kind


def test_only_copies_join() -> None:
    """Identical, near-duplicate and contained share a cluster; template and partial do not."""
    assert [verdict for verdict in Verdict if verdict.joins] == [Verdict.IDENTICAL, NEAR, CONTAINED]


def sentences(
    overlap: Overlap, difference: Difference, *, alignment: Alignment | None = None, **sides: str
) -> tuple[str, ...]:
    """Give the reasons in English."""
    return tuple(map(str, reasons(overlap, difference, alignment=alignment, **sides)))


def test_identical_says_why() -> None:
    """No measure is needed."""
    assert tuple(map(str, IDENTICAL_REASONS)) == ("the folded texts are equal",)


def test_the_reasons_say_what_was_measured() -> None:
    """30 of 40 and of 80 shingles: C 0.75, J 30 / 90, half as long; a quarter and nothing new."""
    assert sentences(Overlap(30, 40, 80), replace(SAME, left_share=0.25)) == (
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
    assert sentences(Overlap(1, 2, 2), replace(SAME, left_numbers=left, right_numbers=right))[-1] == said


def test_mirrored_reasons_exchange_the_sides() -> None:
    """What is measured stays; left and right change places."""
    difference = Difference(("a",), (), 0.5, 0.25, ("1",), ("2",), 0)
    overlap = Overlap(1, 2, 4)

    mirrored = sentences(overlap.mirrored(), difference.mirrored())

    assert mirrored[:3] == sentences(overlap, difference)[:3]
    assert mirrored[3:] == ("new words: left 25 %, right 50 %", "numbers that differ: left 2, right 1")


def test_digits_are_listed_before_numerals() -> None:
    """Behind a right-to-left word they would be shown in the wrong order; else the order of reading."""
    found = Difference((), (), 0.0, 0.0, ("هفت", "28", "سوم", "3"), (), 0)

    assert sentences(Overlap(1, 2, 2), found)[-1] == "numbers that differ: left 28, 3, هفت, سوم, right none"


def said(alignment: Alignment) -> tuple[str, ...]:
    """Give the reasons that only the alignment shows."""
    plain = sentences(Overlap(1, 2, 2), SAME)
    found = sentences(Overlap(1, 2, 2), SAME, alignment=alignment, left="stored", right="offered")
    assert len(plain) == 4
    return found[4:]


def test_exchanged_numbers_are_named() -> None:
    """The first five, and how many more."""
    examples = tuple(zip(numbers(5), numbers(5, start=11), strict=True))

    assert said(replace(EQUAL, exchanged=7, examples=examples, fresh=(1, 1)))[0] == (
        "numbers and dates in each other's place: 1 -> 11, 2 -> 12, 3 -> 13, 4 -> 14, 5 -> 15 and 2 more"
    )


def test_a_text_without_new_words_says_so() -> None:
    """Order and spelling are all that differs."""
    assert said(EQUAL) == ("no word is in one text only, spelling aside",)


def test_another_lead_is_named() -> None:
    """Five unknown words before the body are a lead, four are furniture."""
    other_lead = replace(EQUAL, fresh=(9, 6), fresh_ahead=(5, 4))

    assert said(other_lead) == ("different opening; new words before the shared body: stored 5",)


def test_both_leads_are_named() -> None:
    """Each with its count."""
    leads = replace(EQUAL, fresh=(9, 6), fresh_ahead=(5, 6))

    assert said(leads) == ("different openings; new words before the shared body: stored 5, offered 6",)


def test_moved_passages_and_slots_are_named() -> None:
    """A tenth of a text is worth a sentence."""
    found = replace(EQUAL, fresh=(1, 0), moved=(10, 9), slots=2, left_words=("a", "b" * 30))

    assert said(found) == (
        "short passages that differ in the same place: 2",
        "moved or repeated: 10 % of stored",
        f"new in stored: a, {'b' * 20}",
    )
