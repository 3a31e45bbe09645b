"""Boilerplate that is learnt from its place: by source, from three texts on."""

import random

import numpy as np
import pytest

from dedup import Document, Recipe, Verdict, find_duplicates
from dedup.model import Boilerplate, Report
from dedup.report import learn_boilerplate
from dedup.report.boilerplate_by_place import longest_passage, may_be_unrelated
from tests.report.test_made_up_archives import some_stories

NOTICE = "Please switch off your ad blocker and subscribe to the evening letter of our paper"
CLOSING = "Reported by the night desk of the house"


def report_of(documents: list[Document]) -> Report:
    """Report without ranking, every pair listed."""
    return find_duplicates(documents, recipe=Recipe(rank=False, neighbours=0))


def learnt(texts: list[str], *sources: str) -> list[Boilerplate]:
    """Learn from texts of sources in turn."""
    return list(
        report_of(
            [
                Document(f"{row:02}", text, source=sources[row % len(sources)] if sources else "")
                for row, text in enumerate(texts)
            ]
        ).boilerplate
    )


def stories(count: int, *, seed: int = 1) -> list[str]:
    """Write unrelated stories of forty words."""
    return some_stories(count, words=40, seed=seed)


@pytest.mark.parametrize(("sources", "found"), [(("a",), 3), (("a", "b", "c"), 0), (("a", "b"), 0)])
def test_texts_of_one_source_teach(sources: tuple[str, ...], found: int) -> None:
    """Three texts of one source do; of two or three sources none has three."""
    boilerplate = learnt([f"{NOTICE}\n{story}" for story in stories(3)], *sources)

    assert [passage.documents for passage in boilerplate] == [found] * (found > 0)


def test_an_archive_of_one_source_is_taken_whole() -> None:
    """Twenty of twenty-two texts, more than nine in ten, are of one source: the others count as its."""
    texts = [f"{NOTICE}\n{story}" for story in stories(3)] + stories(19, seed=5)
    sources = ["b", "b", *["a"] * 20]

    documents = [Document(f"{row:02}", text, source=sources[row]) for row, text in enumerate(texts)]

    assert [passage.documents for passage in report_of(documents).boilerplate] == [3]


def test_an_archive_of_mostly_one_source_is_not_taken_whole() -> None:
    """Seventeen of twenty texts are not nine in ten: two of another source and one of a third are too few."""
    texts = [f"{NOTICE}\n{story}" for story in stories(3)] + stories(17, seed=5)
    sources = ["b", "b", "c", *["a"] * 17]

    documents = [Document(f"{row:02}", text, source=sources[row]) for row, text in enumerate(texts)]

    assert report_of(documents).boilerplate == ()


def test_a_notice_between_paragraphs_opens_a_line() -> None:
    """It is named as it is written, but for the last words, whose windows reach into the next line."""
    halves = zip(stories(3), stories(3, seed=2), strict=True)

    (passage,) = learnt([f"{one}\n{NOTICE}\n{other}" for one, other in halves])

    assert passage.documents == 3
    assert passage.text == NOTICE.removesuffix(" paper")


def test_a_notice_inside_a_line_is_not_learnt_from_few() -> None:
    """It opens no line and closes no text."""
    halves = zip(stories(3), stories(3, seed=2), strict=True)

    assert learnt([f"{one} {NOTICE} {other}" for one, other in halves]) == []


@pytest.mark.parametrize(("count", "found"), [(19, 0), (20, 20)])
def test_a_long_background_is_boilerplate_of_many_texts_only(count: int, found: int) -> None:
    """Forty words at the end of nineteen texts may be news that all of them repeat."""
    (background,) = some_stories(1, words=40, seed=9)

    boilerplate = learnt([f"{story}\n{background}" for story in stories(count)])

    assert [passage.documents for passage in boilerplate] == [found] * (found > 0)


@pytest.mark.parametrize(("letters", "found"), [(60, 3), (61, 0)])
def test_in_a_script_without_spaces_a_passage_may_have_twice_as_many_shingles(
    letters: int, found: int
) -> None:
    """Each of its letters begins a shingle: sixty letters, about thirty words, may be a notice."""
    # The last windows of the notice, of seven letters, reach into the story, which differs.
    notice = "".join(map(chr, range(0x4E00, 0x4E00 + letters + 6)))
    texts = ["".join(map(chr, range(first, first + 80))) for first in (0x5000, 0x6000, 0x7000)]

    boilerplate = learnt([f"{notice}{text}" for text in texts])

    assert [passage.documents for passage in boilerplate] == [found] * (found > 0)


@pytest.mark.parametrize("source", ["", "daily"])
@pytest.mark.parametrize(("count", "others"), [(5, 5), (6, 5), (8, 0)])
def test_a_long_background_of_half_of_a_small_archive_is_listed(count: int, others: int, source: str) -> None:
    """A passage of sixty words that some stories share is reuse, whether all are of one source or of none."""
    (background,) = some_stories(1, words=60, seed=9)
    texts = [f"{story}\n{background}" for story in some_stories(count, words=90)] + stories(others, seed=5)

    report = report_of([Document(f"{row:02}", text, source=source) for row, text in enumerate(texts)])

    assert report.boilerplate == ()
    assert [pair.verdict for pair in report.pairs] == [Verdict.PARTIAL] * (count * (count - 1) // 2)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("count", [4, 5, 6])
def test_a_brief_that_stories_end_or_begin_with_is_contained_in_them(count: int, *, first: bool) -> None:
    """A text that is nothing but the passage is the brief that they were written from."""
    (brief,) = some_stories(1, words=60, seed=9)
    longer = some_stories(count, words=90)
    texts = [f"{brief}\n{story}" if first else f"{story}\n{brief}" for story in longer]

    report = report_of(
        [Document("brief", brief), *(Document(f"{row}", text) for row, text in enumerate(texts))]
    )

    with_brief = [pair.verdict for pair in report.pairs if "brief" in (pair.left, pair.right)]
    assert with_brief == [Verdict.CONTAINED] * count
    assert len(report.clusters) == 1


def test_copies_of_one_story_under_leads_of_their_own_teach_nothing() -> None:
    """What they share is more than half of each, so it is the story."""
    (story,) = some_stories(1, words=40, seed=9)

    assert learnt([f"{lead}\n{story}" for lead in some_stories(6, words=20, seed=1)]) == []


def test_copies_of_one_story_teach_nothing() -> None:
    """Three copies with a word of their own open alike, and close alike."""
    (story,) = some_stories(1, words=60)

    assert learnt([f"{story[:200]} {word} {story[200:]}" for word in some_stories(3, words=1)]) == []


def test_the_order_of_the_documents_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notices of two sources and two places, in any order, however many crowds and places go together."""
    documents = [
        Document(
            f"{row:02}",
            f"{NOTICE if row % 2 else 'Our own report'}\n{story}\n{CLOSING}",
            source="ab"[row % 2],
        )
        for row, story in enumerate(stories(24))
    ]
    expected = report_of(documents)
    monkeypatch.setattr(learn_boilerplate, "PLACES_AT_ONCE", 7)
    for seed in range(3):
        random.Random(seed).shuffle(documents)

        report = report_of(documents)

        assert (report.boilerplate, report.pairs) == (expected.boilerplate, expected.pairs)
    assert len(expected.boilerplate) > 1


def test_what_is_known_of_a_source_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """One crowd at a time: the notice is learnt from where it opens lines, not once more where it ends."""
    asked: list[int] = []
    ask = learn_boilerplate.shared_passages

    def counting(*args: object, **settings: object) -> object:
        asked.append(len(args[2]))  # type: ignore[arg-type]
        return ask(*args, **settings)  # type: ignore[arg-type]

    monkeypatch.setattr(learn_boilerplate, "shared_passages", counting)
    monkeypatch.setattr(learn_boilerplate, "CROWDS_AT_ONCE", 1)

    learnt([f"{story}\n{NOTICE}" for story in stories(3)])

    assert asked == [1, 0, 0]


@pytest.mark.parametrize(("shared", "likely"), [(45, True), (46, False)])
def test_a_family_of_copies_is_sorted_out_by_counts(shared: int, *, likely: bool) -> None:
    """Of 60 shingles each, 30 may be the passage: 15 more are 14.3 % of 105, 16 more 15.4 % of 104."""
    assert may_be_unrelated(np.full((3, 3), shared), np.full(3, 60)) is likely


@pytest.mark.parametrize(("letters", "longest"), [(104, 60), (105, 30)])
def test_three_and_a_half_letters_a_shingle_make_words(letters: int, longest: int) -> None:
    """Thirty shingles in two texts: 105 letters are 3.5 each."""
    assert longest_passage(np.array([50, letters - 50]), np.array([10, 20])) == longest
