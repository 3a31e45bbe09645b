"""Figures of growing parts are carried over to the whole, between two bounds."""

from collections.abc import Callable

import pytest

from dedup.bench.extrapolate import extrapolate
from dedup.bench.measured_run import MeasuredRun
from dedup.bench.stage_clock import Stage

SIZES = (1000, 2000, 4000, 8000)


def run(stories: int, seconds: float, *, peak_mb: float = 100, stored_mb: float = 0) -> MeasuredRun:
    """Make a run with two stages and four counts."""
    stages = (Stage("start", 2.0, 2.0, 50.0), Stage("index", seconds, seconds, peak_mb))
    counts = {"documents": stories, "candidates": stories, "pairs": 0, "clusters": 0, "copies": 0}
    return MeasuredRun(stages, counts, stored_mb, json_mb=0.0)


@pytest.mark.parametrize(
    ("cost", "low", "high"),
    [
        (lambda stories: stories / 1000, 80, 80),
        (lambda stories: 5 + stories / 1000, 85, 85),
        (lambda stories: (stories / 1000) ** 2, 928, 6400),
        (lambda stories: (stories / 1000) ** 3, 448 * 18 + 512, 512 + 448 / 48 * (6400 - 64)),
    ],
    ids=["proportional", "fixed cost", "square", "no more than the square"],
)
def test_a_stage_grows_as_it_grew(cost: Callable[[int], float], low: float, high: float) -> None:
    """From 8,000 to 80,000 stories: like the second half of the sample, or like its power."""
    whole = extrapolate([run(size, cost(size)) for size in SIZES], stories=80_000, read_seconds=3.0)

    start, index, read, every = whole.seconds
    assert (start.low, start.high) == (2, 2)
    assert index.low == pytest.approx(low)
    assert index.high == pytest.approx(high)
    assert (read.low, read.high) == (3, 3)
    assert every.high == pytest.approx(high + 5)


def test_small_figures_say_nothing_about_growth() -> None:
    """No power is given, and both bounds are one."""
    parts = [run(size, 0.001 * number) for number, size in enumerate(SIZES)]

    index = extrapolate(parts, stories=80_000, read_seconds=0).seconds[1]

    assert index.power is None
    assert index.low == index.high == pytest.approx(0.003 + 18 * 0.001)


def test_counts_are_carried_over() -> None:
    """A candidate a story stays one."""
    whole = extrapolate([run(size, 1) for size in SIZES], stories=80_000, read_seconds=0)

    assert [(each.what, each.low) for each in whole.counts[:2]] == [("candidates", 80_000), ("pairs", 0)]


def test_memory_of_texts_has_a_bound() -> None:
    """Beside 320 MB of texts and sketches the other columns grow: 50 MB, and 1 KB a story."""
    parts = [run(size, 1, peak_mb=50 + size / 1024 + size / 100, stored_mb=size / 100) for size in SIZES]

    whole = extrapolate(parts, stories=80_000, read_seconds=0)

    assert whole.memory_mb.low == pytest.approx(50 + 80_000 / 1024 + 320)


def test_the_sample_may_be_the_whole() -> None:
    """Then the figures are those of the sample."""
    whole = extrapolate([run(size, size / 1000) for size in SIZES], stories=8000, read_seconds=0)

    assert [(each.sample, each.low, each.high) for each in whole.seconds[:2]] == [(2, 2, 2), (8, 8, 8)]
