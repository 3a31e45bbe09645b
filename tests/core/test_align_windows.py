"""A long text beside much shorter ones: what is aligned, what is counted, and both kernels alike."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup.comparison.pair_columns import Alignments
from dedup.core.align_windows import Gap, run_index, windows
from dedup.core.alignment import align
from dedup.core.word_sequence import IS_BOILERPLATE, LEFT_OUT, WordSequence
from dedup.model import Alignment
from dedup.text.fold import fold
from dedup.text.shingle import shingle
from tests.core.test_alignment import BODY, KERNELS, Aligning, every_kernel, rows, the_compiled, words_of
from tests.core.test_compiled import same

BODY_WORDS = BODY.split()


def numbered(count: int, start: int = 0) -> list[str]:
    """Write words of which none is a number and no two are equal."""
    return words_of(count, start).split()


def chosen(shorter: list[str], longer: list[str]) -> tuple[list[int], list[Gap]]:
    """Choose the words of a long text that are aligned with a shorter one."""
    return windows(shorter, run_index(WordSequence(longer, [0] * len(longer)), left_out=LEFT_OUT))


def one_pair(kernel: Aligning, shorter: str, longer: str) -> Alignment:
    """Align a short text with one of 320 words or more; exchanged sides must mirror the result."""
    columns = Alignments(*kernel([shorter, longer], rows(0, 1), rows(1, 0), long_text=320))
    assert columns.record(1) == columns.record(0).mirrored()
    return columns.record(0)


@every_kernel
@pytest.mark.parametrize(
    ("before", "behind", "longest", "first"),
    [
        (0, 400, 400, (7, 22)),
        (40, 360, 360, (25, 40)),
        (100, 300, 300, (25, 40)),
        (300, 100, 300, (25, 40)),
        (400, 0, 400, (25, 40)),
    ],
)
def test_a_story_in_a_long_text_is_kept_and_all_else_is_new(
    kernel: Aligning, before: int, behind: int, longest: int, first: tuple[int, int]
) -> None:
    """Its 18 words are at its beginning, end or middle; the other 400 are new and fresh."""
    longer = [*numbered(before), *BODY_WORDS, *numbered(behind, before)]

    found = one_pair(kernel, BODY, " ".join(longer))

    assert (found.whole_words, found.words) == ((18, 418), (18, 418))
    assert (found.kept, found.longest, found.runs, found.moved) == (18, 18, 1, (0, 0))
    assert (found.new, found.fresh, found.longest_new) == ((0, 400), (0, 400), (0, longest))
    assert (found.new_first[1], found.fresh_first[1]) == first
    assert found.fresh_ahead == (0, before)


@every_kernel
def test_a_story_in_two_pieces_is_kept_whole(kernel: Aligning) -> None:
    """Nine words follow 200 others, nine follow 500 more; both windows are aligned, in order."""
    longer = [*numbered(200), *BODY_WORDS[:9], *numbered(500, 200), *BODY_WORDS[9:], *numbered(90, 700)]

    found = one_pair(kernel, BODY, " ".join(longer))

    assert (found.kept, found.runs, found.longest) == (18, 2, 9)
    assert (found.new, found.longest_new) == ((0, 790), (0, 500))


@every_kernel
def test_pieces_in_the_other_order_are_moved(kernel: Aligning) -> None:
    """The second half is 300 words ahead of the first."""
    story = numbered(18, 900)
    longer = [*numbered(100), *story[9:], *numbered(300, 100), *story[:9], *numbered(100, 400)]

    found = one_pair(kernel, " ".join(story), " ".join(longer))

    assert (found.kept, found.moved, found.new) == (9, (9, 9), (0, 500))


@every_kernel
def test_a_text_without_anything_shared_has_its_first_words_aligned(kernel: Aligning) -> None:
    """Forty of them are fresh; no word is kept."""
    found = one_pair(kernel, BODY, words_of(400))

    assert (found.kept, found.new, found.fresh) == (0, (18, 400), (18, 400))
    assert found.fresh_first == (18, 40)


@every_kernel
def test_a_lost_space_makes_no_new_word_in_a_long_text(kernel: Aligning) -> None:
    """`bridge repairs` is one word in the long text."""
    glued = BODY.replace("bridge repairs", "bridgerepairs")

    found = one_pair(kernel, BODY, f"{words_of(200)} {glued} {words_of(200, 200)}")

    assert (found.words, found.kept, found.new) == ((18, 418), 18, (0, 400))


def test_windows_lie_around_what_is_shared() -> None:
    """A block of 64 words, its neighbours and 64 words more on either side; and the first 64 of the text."""
    longer = [*numbered(640), *BODY_WORDS, *numbered(1000, 640)]

    places, gaps = chosen(BODY_WORDS, longer)

    # The story begins in the block from 640 on: from 576 - 64 to 768 + 64.
    assert places == [*range(64), *range(512, 832)]
    assert gaps == [Gap(512, 448), Gap(1658, 826)]


def test_a_phrase_that_is_everywhere_hides_no_story() -> None:
    """The first words of the story occur fifty times before it: the rest of it decides."""
    phrase = BODY_WORDS[:6]
    longer = [word for start in range(0, 10_000, 200) for word in (*phrase, *numbered(194, start))]
    at = len(longer)
    longer += [*BODY_WORDS, *numbered(200, 10_000)]

    places, _ = chosen(BODY_WORDS, longer)

    assert {*range(at, at + 18)} <= {*places}
    assert len(places) <= 64 + 2 * (3 * 64 + 2 * 64)


def test_no_text_has_more_than_so_many_windows() -> None:
    """Twenty passages of a story of 120 words are far apart; the first of equals are taken."""
    story = numbered(120)
    pieces = [story[start : start + 6] for start in range(0, 120, 6)]
    longer = [word for piece in pieces for word in (*piece, *numbered(994, 1000))]

    places, gaps = chosen(story, longer)

    assert len(gaps) == 8
    assert [place for place in range(0, 20_000, 1000) if place in places] == [*range(0, 8000, 1000)]


def test_the_first_places_of_a_run_count() -> None:
    """A story that occurs thirty times is found in its first sixteen places."""
    longer = [word for start in range(0, 30_000, 1000) for word in (*BODY_WORDS, *numbered(982, start))]

    index = run_index(WordSequence(longer, [0] * len(longer)), left_out=LEFT_OUT)

    assert index.places[tuple(BODY_WORDS[:4])] == [*range(0, 16 * 1000, 1000)]


def test_boilerplate_of_a_long_text_is_counted_without_reading_it_again() -> None:
    """Three words of the short text are boilerplate in both; the long text has one of them twice."""
    shorter = WordSequence(BODY_WORDS, [IS_BOILERPLATE] * 3 + [0] * 15)
    longer = [*BODY_WORDS[:3], "the", *numbered(400)]
    flags = [IS_BOILERPLATE] * 4 + [0] * 400

    found = align(shorter, WordSequence(longer, flags), long_text=320)

    assert BODY_WORDS[:3] == ["the", "council", "met"]
    assert found.boilerplate == 3


@st.composite
def long_texts(draw: st.DrawFn) -> tuple[list[str], str]:
    """Draw a text of few words, one of 600 or more with pieces of it, and boilerplate that both may have."""
    source = draw(st.randoms(use_true_random=False))
    story = [source.choice(numbered(draw(st.integers(3, 60)))) for _ in range(draw(st.integers(0, 35)))]
    longer: list[str] = []
    while len(longer) < 600:
        start = source.randint(0, len(story))
        longer += story[start : start + source.randint(0, 40)]
        longer += [source.choice(["12", "May", "Ann", *numbered(90)]) for _ in range(source.randint(1, 120))]
    shorter = " ".join(story).replace(" ", "", draw(st.integers(0, 2)))
    return [shorter, " ".join(longer), " ".join(story[::-1])], " ".join(story[:5])


@the_compiled
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.large_base_example])
@given(long_texts(), st.sampled_from([0, 1]), st.integers(1, 300))
def test_compiled_aligns_the_windows_that_the_twin_aligns(
    drawn: tuple[list[str], str], whole: int, most: int
) -> None:
    """Whatever is repeated, moved, glued or left out."""
    texts, boilerplate = drawn
    known = shingle(fold(boilerplate), letters=3)
    named = {"long_text": 500, "most": most, "boilerplate": known, "window": 3}
    sides = rows(0, 1, 2, 1), rows(1, 0, 1, 2)

    ours = KERNELS["compiled"](texts, *sides, rows(*[whole] * 4) > 0, **named)

    assert same(ours, KERNELS["numpy"](texts, *sides, rows(*[whole] * 4) > 0, **named))


@every_kernel
@pytest.mark.parametrize(("size", "kept"), [(16 * 19 - 1, 19), (16 * 19, 18)])
def test_a_text_of_sixteen_times_the_words_is_aligned_in_windows(
    kernel: Aligning, size: int, kept: int
) -> None:
    """The shorter text has 19 words; one at the end of the longer text is far from what else is shared."""
    longer = " ".join([*BODY_WORDS, *numbered(size - 19), "lonely"])

    columns = Alignments(*kernel([f"{BODY} lonely", longer], rows(0, 1), rows(1, 0), long_text=19))

    assert columns.record(0).kept == kept
