"""How many workers a run has."""

import os

import pytest

from dedup.report.worker_count import usable_workers


@pytest.mark.parametrize(("processors", "workers"), [(3, 3), (None, 1)])
def test_all_processors_work_unless_told(
    processors: int | None, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that the system gives this process, or all where that is unknown; at least one."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 4}, raising=False)
    assert usable_workers(None) == 2

    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    assert usable_workers(None) == workers
