"""Passages that occur in many documents which share little else."""

import numpy as np
import pytest

from dedup import Recipe, find_duplicates
from dedup.model import Boilerplate, Report
from dedup.model.errors import SettingError
from dedup.report.boilerplate import SharedPassage, find_boilerplate, name_passages
from dedup.text.fold import fold
from dedup.text.shingle import shingle
from tests.report.test_made_up_archives import some_stories

FOOTER = "برای خواندن خبرهای بیشتر به کانال رسمی روزنامه در پیام رسانها بپیوندید و نظر خود را بنویسید"


def report_of(texts: list[str], *, boilerplate: int = 20) -> Report:
    """Report on texts with the ids 0, 1, 2 and so on."""
    return find_duplicates(texts, recipe=Recipe(rank=False, boilerplate=boilerplate, neighbours=0))


def signed(count: int, *, words: int = 30) -> list[str]:
    """Write unrelated stories that end alike."""
    return [f"{story} {FOOTER}" for story in some_stories(count, words=words)]


def joined(report: Report) -> list[tuple[str, str]]:
    """The pairs whose verdict joins."""
    return [(pair.left, pair.right) for pair in report.pairs if pair.verdict.joins]


def test_a_footer_of_many_stories_joins_none_of_them() -> None:
    """Without the footer they share nothing; the report names it, as far as windows of 20 letters reach."""
    report = report_of(signed(24))

    assert joined(report) == []
    assert report.boilerplate == (Boilerplate(FOOTER.rpartition(" ")[0], 24),)


@pytest.mark.parametrize(("count", "learnt"), [(19, False), (20, True)])
def test_a_passage_inside_the_texts_must_be_frequent(count: int, *, learnt: bool) -> None:
    """It opens no line and closes no text: nineteen are one less than asked for."""
    halves = zip(some_stories(count, words=30), some_stories(count, words=30, seed=3), strict=True)

    report = report_of([f"{one} {FOOTER} {other}" for one, other in halves])

    assert (len(report.boilerplate) > 0) is learnt


@pytest.mark.parametrize(("count", "learnt"), [(2, False), (3, True)])
def test_three_stories_that_end_alike_make_boilerplate(count: int, *, learnt: bool) -> None:
    """At the end of a text few are enough; two are not."""
    report = report_of(signed(count))

    expected = (Boilerplate(FOOTER.rpartition(" ")[0], 3),)
    assert report.boilerplate == (expected if learnt else ())


@pytest.mark.parametrize(("unrelated", "learnt"), [(4, False), (5, True)])
def test_five_unrelated_texts_of_a_sample_make_boilerplate(unrelated: int, *, learnt: bool) -> None:
    """All share shingles 0 to 9; each story has 40 of its own, and three copies repeat the first story."""
    footer = np.arange(10, dtype=np.uint64)
    stories = [
        np.append(footer, np.arange(100 * n, 100 * n + 40, dtype=np.uint64)) for n in range(1, unrelated + 1)
    ]
    sample = [*stories, *[stories[0]] * 3]
    bounds = np.cumsum([0, *(shingles.size for shingles in sample)])

    passage = find_boilerplate(np.concatenate(sample), bounds)

    assert (passage is not None) is learnt
    if passage is not None:
        assert passage.shingles.tolist() == list(range(10))
        assert passage.cover == 10 / 50


def test_boilerplate_can_be_counted() -> None:
    """0 turns the learning off: every story is compared with every other."""
    report = report_of(signed(24), boilerplate=0)

    assert report.counts["candidates"] == 24 * 23 // 2
    assert report.boilerplate == ()


def test_many_copies_of_one_story_are_no_boilerplate() -> None:
    """What they share is the story."""
    (story,) = some_stories(1, words=60)
    copies = [f"{story} {word}" for word in some_stories(24, words=1)]

    report = report_of(copies)

    assert report.boilerplate == ()
    assert len(report.clusters[0].members) == 24


def test_a_copy_is_measured_without_the_footer() -> None:
    """One story under the footer of the house and one without it are the same text."""
    stories = signed(24, words=60)
    copy = stories[3].removesuffix(FOOTER)

    report = report_of([*stories, copy])

    assert joined(report) == [("24", "3")]


def test_what_is_nearly_all_boilerplate_joins_nothing() -> None:
    """Posts of a few words under the footer are copies neither of each other nor of the stories."""
    posts = [f"{word} {FOOTER}" for word in some_stories(2, words=6, seed=5)]

    report = report_of([*signed(24), *posts])

    assert joined(report) == []


def test_the_order_of_the_stories_leaves_no_trace() -> None:
    """Which of them are looked at depends on the texts alone."""
    stories = [{"id": str(number), "text": text} for number, text in enumerate(signed(40))]

    assert report_of(stories) == report_of(stories[::-1])  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [1, 7, -1])
def test_few_documents_are_no_crowd(value: int) -> None:
    """Fewer than eight are refused."""
    with pytest.raises(SettingError, match="boilerplate"):
        Recipe(boilerplate=value)


def test_copies_among_unrelated_stories_are_kept_apart_from_what_all_share() -> None:
    """Twelve copies of a story and eight others, all signed alike: the story is no boilerplate."""
    (story,) = some_stories(1, words=200, seed=9)
    copies = [f"{lead} {story} {FOOTER}" for lead in some_stories(12, words=8, seed=8)]
    for turn in range(6):
        stories = signed(8, words=100)
        stories[turn:turn] = copies

        report = report_of(stories)

        assert [len(cluster.members) for cluster in report.clusters] == [12]


def test_a_text_that_is_nothing_but_the_notice_does_not_make_it_a_story() -> None:
    """A notice of 76 words stands alone, and in thirty texts that share nothing else."""
    (notice,) = some_stories(1, words=76, seed=7)
    signed_with_it = [f"{story} {notice}" for story in some_stories(30, words=300)]

    report = report_of([notice, *signed_with_it])

    assert joined(report) == []
    assert report.boilerplate[0].documents == 31


def test_a_report_lists_two_hundred_passages() -> None:
    """The first 200 of 230 are listed, and the texts of the others are not read."""
    texts = some_stories(230, words=8)
    passages = [
        SharedPassage(documents=300 - row, text=row, shingles=shingle(fold(text)))
        for row, text in enumerate(texts)
    ]
    unread = iter(texts)

    named = name_passages(passages, unread, letters=20)

    assert [passage.documents for passage in named] == list(range(300, 100, -1))
    assert len([*unread]) == 30
