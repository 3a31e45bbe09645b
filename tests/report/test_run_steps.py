"""Steps are run by one runner and watched by another."""

from typing import Any

import numpy as np

from dedup.report.pair import SketchStore
from dedup.report.run_steps import Codec, Material, Step, ThreadRunner, WatchedRunner
from tests.trying_archive import RECIPE, trying_archive

NOTHING: Any = Material(SketchStore().view(np.empty(0, dtype=np.int64)), None, np.empty(0, dtype=np.int64))  # type: ignore[arg-type]
UNPACKED: Codec[int] = Codec(
    lambda number: {"number": np.array(number)}, lambda arrays: int(arrays["number"])
)


def doubled(_material: Material, number: int) -> int:
    """Do a task."""
    return 2 * number


def test_a_watched_runner_counts_the_tasks_of_its_steps_together() -> None:
    """Each as it is done; once all are, nobody knows how much there is left of the stage."""
    calls: list[tuple[str, int, int]] = []
    runner = WatchedRunner(
        ThreadRunner(2), lambda *call: calls.append(call), "index", steps=("one", "two"), total=3
    )

    first = list(runner.run(Step("one", doubled, UNPACKED), [1, 2], NOTHING))
    other = list(runner.run(Step("another", doubled, UNPACKED), [5], NOTHING))
    second = list(runner.run(Step("two", doubled, UNPACKED), [3], NOTHING))

    assert (first, other, second) == ([2, 4], [10], [6])
    assert calls == [("index", done, total) for done, total in ((0, 3), (1, 3), (2, 3), (2, 3), (3, 0))]


def test_a_report_tells_how_far_its_large_steps_are() -> None:
    """Pairing and ranking, not only reading and matching, have a share that grows to the end."""
    from dedup.report.find_duplicates import find_duplicates

    calls: dict[str, list[tuple[int, int]]] = {}
    find_duplicates(
        trying_archive(),
        recipe=RECIPE,
        progress=lambda stage, done, total: calls.setdefault(stage, []).append((done, total)),
    )

    for stage in ("index", "rank"):
        counted = [each for each in calls[stage] if each[1]]
        done = [each for each, _ in counted]
        assert done == sorted(done)
        assert {*done} == {*range(counted[0][1])}
        assert calls[stage][-1] == (counted[0][1], 0)
