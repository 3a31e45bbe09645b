"""How a memory budget is divided, and what is said when it does not suffice."""

import tempfile
from pathlib import Path

import pytest

from dedup.model.errors import SettingError
from dedup.model.recipe import Recipe
from dedup.report import memory_plan, spill
from dedup.report.find_duplicates import find_duplicates
from dedup.report.memory_plan import (
    A_BATCH,
    A_FINGERPRINT,
    A_PAIR,
    A_PART,
    A_RANKED_STORY,
    A_STORY,
    FIXED,
    RANKED,
    MemoryPlan,
)
from dedup.report.pair.sketch_store import FINGERPRINTS_AT_ONCE
from dedup.report.spill import IN_MEMORY
from tests.made_up_news import story

GB = 1 << 30


def test_texts_take_a_quarter_of_what_is_left() -> None:
    """But never more than without a plan."""
    assert MemoryPlan(FIXED + 400, ranked=False).stored.size == 100
    assert MemoryPlan(FIXED + RANKED + 400, ranked=True).stored.size == 100
    assert MemoryPlan(100 * GB, ranked=False).stored.size == IN_MEMORY
    assert MemoryPlan(None, ranked=True).stored.size == IN_MEMORY


def test_fewer_workers_run_where_more_would_not_fit() -> None:
    """Those beyond the first take at most half of what is left, and less is left for the texts."""
    six = FIXED + 6 * A_BATCH

    plan = MemoryPlan(six, ranked=False, workers=8)
    assert (plan.workers, plan.stored.size) == (4, 3 * A_BATCH // 4)
    assert MemoryPlan(six, ranked=False, workers=2).workers == 2
    assert MemoryPlan(six, ranked=False, workers=8, each=A_PART).workers == 1
    assert MemoryPlan(None, ranked=False, workers=8).workers == 8


def test_texts_beyond_the_budget_go_to_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter of 200,000 bytes keeps some of twelve texts of 20,000; the report is the same."""
    opened: list[None] = []
    temporary = tempfile.TemporaryFile

    def opening(**named: int) -> object:
        opened.append(None)
        return temporary(**named)  # type: ignore[call-overload]

    monkeypatch.setattr(spill.tempfile, "TemporaryFile", opening)
    stories = [story(number // 2, words=4000) for number in range(12)]
    roomy = find_duplicates(stories, recipe=Recipe(rank=False))
    assert opened == []

    tight = find_duplicates(stories, recipe=Recipe(rank=False), memory=FIXED + 200_000)

    assert opened
    assert tight == roomy
    assert len(tight.clusters) == 6


def test_as_many_stories_fit_as_have_room() -> None:
    """Beside the texts; one more is refused, with what would be needed."""
    plan = MemoryPlan(FIXED + 4000 * A_STORY, ranked=False)
    plan.check(3000)

    with pytest.raises(SettingError, match=r"memory='163M' is not usable: 3,001 stories need 163M, .* part"):
        plan.check(3001)


def test_fewer_stories_fit_where_they_are_ranked() -> None:
    """The terms of cluster members stay in memory too."""
    plan = MemoryPlan(FIXED + RANKED + 4000 * (A_STORY + A_RANKED_STORY), ranked=True)
    plan.check(3000)

    with pytest.raises(SettingError, match="3,001 stories"):
        plan.check(3001)


def test_pairs_beyond_one_a_story_need_room_too() -> None:
    """They are known later than the stories, and before they are measured."""
    plan = MemoryPlan(FIXED + 4000 * A_STORY, ranked=False)
    plan.check(1000, 1000)
    plan.check(1000, 1000 + 3000 * A_STORY // A_PAIR)

    with pytest.raises(
        SettingError, match=r"'163M' is not usable: 4,751 pairs of 1,000 stories need 163M; give"
    ):
        plan.check(1000, 1001 + 3000 * A_STORY // A_PAIR)


def test_pairs_have_the_room_that_texts_left() -> None:
    """Texts that are stored count beside the pairs; the rest of their quarter does not."""
    plan = MemoryPlan(FIXED + 4000 * A_STORY, ranked=False)
    assert plan.stored.take(1000 * A_STORY)
    plan.check(1000, 1000 + 2000 * A_STORY // A_PAIR)

    with pytest.raises(SettingError, match="3,501 pairs"):
        plan.check(1000, 1001 + 2000 * A_STORY // A_PAIR)


def test_a_run_ends_before_it_measures_too_many_pairs() -> None:
    """Forty alerts that differ in a number have 780 pairs: half a megabyte beside the 160 of any run."""
    alerts = [
        f"Tram line {number} runs every ten minutes again after the works on the bridge."
        for number in range(40)
    ]

    with pytest.raises(SettingError, match=r"780 pairs of 40 stories need 161M; give more, or take a part"):
        find_duplicates(alerts, recipe=Recipe(rank=False), memory=FIXED + 60 * A_STORY)


@pytest.mark.parametrize("workers", [1, 3])
def test_a_large_range_needs_room_for_each_worker(workers: int) -> None:
    """What exceeds a usual one, beside the stories; a usual one is among the fixed bytes."""
    beyond = 100_000
    fixed = FIXED + (workers - 1) * A_BATCH
    room = 1000 * A_STORY + workers * beyond * A_FINGERPRINT
    plan = MemoryPlan(fixed + room, ranked=False, workers=workers)
    assert plan.workers == workers
    plan.check_range(1000, FINGERPRINTS_AT_ONCE + beyond)
    plan.check_range(10**9, FINGERPRINTS_AT_ONCE)

    with pytest.raises(SettingError, match="1,000 stories with 362,145 fingerprints to pair at once"):
        plan.check_range(1000, FINGERPRINTS_AT_ONCE + beyond + 1)


def test_a_run_ends_before_it_pairs_too_large_a_range(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty alerts have a fingerprint of their common words each, and those are paired at once."""
    monkeypatch.setattr(memory_plan, "FINGERPRINTS_AT_ONCE", 0)
    monkeypatch.setattr(memory_plan, "A_FINGERPRINT", A_STORY)
    alerts = [
        f"Tram line {number} runs every ten minutes again after the works on the bridge."
        for number in range(40)
    ]

    with pytest.raises(SettingError, match=r"40 stories with \d+ fingerprints to pair at once need"):
        find_duplicates(alerts, recipe=Recipe(rank=False), memory=FIXED + 60 * A_STORY, workers=1)


def test_without_a_plan_any_number_fits() -> None:
    """Nothing is refused."""
    MemoryPlan(None, ranked=True).check(10**12)
    MemoryPlan(None, ranked=True).check_range(10**12, 10**12)


def test_less_than_any_run_takes_is_refused() -> None:
    """With what to do; leaving the ranking out saves its libraries."""
    with pytest.raises(SettingError, match=r"any run takes 360M; give more, or leave the ranking out"):
        find_duplicates(["a"], memory=FIXED)


@pytest.mark.parametrize("folder", [None, "work"])
def test_a_run_ends_before_it_computes(folder: str | None, tmp_path: Path) -> None:
    """In a work folder, too; with enough it goes on."""
    stories = [story(number, words=20) for number in range(2)]
    work_dir = folder and tmp_path / folder

    with pytest.raises(SettingError, match="2 stories need"):
        find_duplicates(stories, recipe=Recipe(rank=False), memory=FIXED + A_STORY, work_dir=work_dir)

    found = find_duplicates(stories, recipe=Recipe(rank=False), memory=FIXED + 3 * A_STORY, work_dir=work_dir)
    assert found.counts["documents"] == 2
