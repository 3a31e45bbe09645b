"""How often the lock of an index is asked for, and for how long."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dedup.model.errors import IndexBusyError
from dedup.story_index.sqlite.locking import FileLock, pause, pause_after

fcntl = pytest.importorskip("fcntl")


ATTEMPT = 0.0001
"""Seconds that an attempt takes; a real one takes less."""


def pauses(seconds: float) -> list[float]:
    """The pauses of a process that waits so long."""
    waited, made = 0.0, []
    while waited < seconds:
        made.append(pause_after(waited))
        waited += made[-1] or ATTEMPT
    return made


def test_a_short_wait_ends_soon_after_the_lock_is_free() -> None:
    """For the time of a write there is no pause, and for the time of many writes none longer than one."""
    made = pauses(0.04)

    assert (max(pauses(0.0005)), max(made)) == (0, 0.0004)


def test_a_long_wait_asks_seldom() -> None:
    """Some 600 times in a second, where brief pauses would make it 2,500."""
    made = pauses(1.0)

    assert made[-1] == pytest.approx(0.002)
    assert len(made) < 650


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[FileLock]:
    """A lock that another process has."""
    path = tmp_path / "news.dedup.lock"
    other, opened = FileLock(path), FileLock(path)
    other.acquire(timeout=1)
    yield opened
    opened.close()
    other.close()


def attempts(lock: FileLock, monkeypatch: pytest.MonkeyPatch, *, since: float, free_at: int) -> int:
    """How often a lock is asked for until it is free, or the time is over."""
    asked = 0

    def asked_for(*_: object) -> None:
        nonlocal asked
        asked += 1
        if asked < free_at:
            raise BlockingIOError

    monkeypatch.setattr(fcntl, "flock", asked_for)
    try:
        lock.acquire(timeout=30, since=since)
    except IndexBusyError:
        assert asked < free_at
    finally:
        monkeypatch.undo()
    return asked


def test_time_spent_waiting_for_threads_that_wrote_does_not_count(
    lock: FileLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is asked for as long as if the call had begun now."""
    assert attempts(lock, monkeypatch, since=time.monotonic() - 31, free_at=3) == 3


def test_threads_that_wait_for_one_process_give_up_together(
    lock: FileLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After one has given up, those that began to wait before ask once; one that began later waits."""
    with pytest.raises(IndexBusyError):
        lock.acquire(timeout=0)

    assert attempts(lock, monkeypatch, since=time.monotonic() - 31, free_at=3) == 1
    assert attempts(lock, monkeypatch, since=time.monotonic(), free_at=3) == 3


@pytest.mark.skipif(not hasattr(os, "sched_yield"), reason="the system cannot yield")
@pytest.mark.parametrize(("seconds", "called"), [(0.0, ["yield"]), (0.25, [0.25])])
def test_a_pause_of_no_time_lets_other_processes_run(
    monkeypatch: pytest.MonkeyPatch, seconds: float, called: list[object]
) -> None:
    """Sleeping for no time would do so too, but only after the timer of the system."""
    calls: list[object] = []
    monkeypatch.setattr(os, "sched_yield", lambda: calls.append("yield"))
    monkeypatch.setattr(time, "sleep", calls.append)

    pause(seconds)

    assert calls == called
