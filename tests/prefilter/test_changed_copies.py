"""A copy with changed facts: what the pre-filter does with it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import pytest

from dedup import Document, PreFilter, Recipe, Verdict
from dedup.comparison.judge_pairs import JudgedPairs, judge_pairs
from dedup.prefilter import compared_stories
from dedup.prefilter.filter_lines import Mode
from tests.made_up_news import reworded, story
from tests.prefilter.test_filter_lines import Run

TEXT = story(1, words=100)
CHANGED = reworded(TEXT, every=60, seed=2)


class OpenIndex(Protocol):
    """Opens an empty index."""

    def __call__(self, *, keep_changed: bool) -> PreFilter:
        """Keep changed copies, or drop them."""


@pytest.fixture(autouse=True)
def only_half_alike_can_be_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a copy with a Jaccard of 0.8 or more for one with a changed figure."""

    def judged(*given: Any, **settings: Any) -> JudgedPairs:  # noqa: ANN401
        pairs = judge_pairs(*given, **settings)
        return replace(pairs, drops=pairs.joins & (pairs.overlaps.jaccard < 0.8))

    monkeypatch.setattr(compared_stories, "judge_pairs", judged)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenIndex]:
    """Open an empty index that keeps changed copies, or does not."""
    indexes: list[PreFilter] = []

    def open_index(*, keep_changed: bool) -> PreFilter:
        recipe = Recipe(keep_changed=keep_changed)
        indexes.append(PreFilter.open(tmp_path / f"{len(indexes)}.dedup", recipe=recipe))
        return indexes[-1]

    yield open_index
    for index in indexes:
        index.close()


def test_a_changed_copy_is_stored(opened: OpenIndex) -> None:
    """It is a copy all the same, and what equals it can be dropped."""
    prefilter = opened(keep_changed=True)
    prefilter.add(Document("a", TEXT))

    changed = prefilter.check_and_add(Document("b", CHANGED))
    again = prefilter.check_and_add(Document("c", CHANGED))

    assert (changed.verdict, changed.duplicate_of) == (Verdict.NEAR_DUPLICATE, "a")
    assert (changed.drops, changed.stored) == (False, True)
    assert (again.duplicate_of, again.drops, again.stored) == ("b", True, False)


def test_a_changed_copy_is_dropped_on_request(opened: OpenIndex) -> None:
    """As every other copy."""
    prefilter = opened(keep_changed=False)
    prefilter.add(Document("a", TEXT))

    answer = prefilter.check_and_add(Document("b", CHANGED))

    assert (answer.duplicate_of, answer.drops, answer.stored) == ("a", True, False)


def test_a_changed_copy_is_offered_twice_and_stored_once(opened: OpenIndex) -> None:
    """The same id with the same text."""
    prefilter = opened(keep_changed=True)
    prefilter.add(Document("a", TEXT))

    first, second = (prefilter.check_and_add(Document("b", CHANGED)) for _ in range(2))

    assert (first.stored, second.stored) == (True, False)


def test_the_match_is_the_story_that_a_copy_can_be_dropped_for(opened: OpenIndex) -> None:
    """Before one that it is more alike, whose figure it has changed."""
    prefilter = opened(keep_changed=True)
    prefilter.add(Document("a", reworded(TEXT, every=20)))
    prefilter.add(Document("closer", TEXT))

    answers = prefilter.matches(Document("b", CHANGED))

    assert [(answer.match, answer.jaccard > 0.8, answer.drops) for answer in answers] == [
        ("a", False, True),
        ("closer", True, False),
    ]
    assert prefilter.check(Document("b", CHANGED)).match == "a"


def test_the_filter_passes_a_changed_copy_on(opened: OpenIndex) -> None:
    """Where copies are dropped; what is equal to it goes."""
    run = Run(
        opened(keep_changed=True),
        *({"id": name, "text": text} for name, text in (("a", TEXT), ("b", CHANGED), ("c", CHANGED))),
        mode=Mode.DROP,
    )

    assert [json.loads(line)["id"] for line in run.stories] == ["a", "b"]
    assert [json.loads(line)["id"] for line in run.duplicates] == ["c"]
    assert run.counts == {"stories": 3, "new": 1, "changed": 1, "copies": 1}
