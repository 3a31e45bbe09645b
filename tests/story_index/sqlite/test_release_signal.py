"""The signal in a lock file: it wakes who waits, and is done without where it does not work."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dedup.story_index.sqlite import release_signal
from dedup.story_index.sqlite.locking import FileLock
from dedup.story_index.sqlite.release_signal import ReleaseSignal
from dedup.story_index.sqlite.write_count import WriteCount

pytestmark = pytest.mark.skipif(
    release_signal.futex_call() is None, reason="this system has no futex, or it is not known"
)
LONG = 0.9
"""Seconds; no test waits so long unless it fails."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A lock file in which a write was noted."""
    path = tmp_path / "news.dedup.lock"
    path.touch()
    handle = os.open(path, os.O_RDWR)
    WriteCount((1, 2), handle).note(7, log="0" * 16, is_flushed=False)
    os.close(handle)
    return path


@pytest.fixture
def signal(path: Path) -> Iterator[ReleaseSignal]:
    """The signal of that file."""
    handle = os.open(path, os.O_RDONLY)
    opened = ReleaseSignal(handle)
    yield opened
    opened.close()
    os.close(handle)


def test_it_wakes_one_that_waits_at_another_handle(path: Path, signal: ReleaseSignal) -> None:
    """The kernel says how many it woke: none before the other waits, then one."""
    handle = os.open(path, os.O_RDONLY)
    other = ReleaseSignal(handle)
    waits = [True]
    waiting = threading.Thread(target=lambda: waits.append(other.wait(LONG)))
    woken = signal.send()
    waiting.start()
    while not woken and waiting.is_alive():
        woken = signal.send()
    waiting.join()
    other.close()
    os.close(handle)

    assert (woken, waits) == (1, [True, True])


def test_a_wait_ends_without_a_signal(signal: ReleaseSignal) -> None:
    """It was lost, or whoever had the lock was killed."""
    assert signal.wait(0.001) is True


@pytest.mark.parametrize("content", [b"", b"000", b"of another program"])
def test_a_file_without_a_note_has_no_signal(tmp_path: Path, content: bytes) -> None:
    """Nothing is waited for, so the caller makes a pause of its own."""
    path = tmp_path / "lock"
    path.write_bytes(content)
    handle = os.open(path, os.O_RDONLY)
    signal = ReleaseSignal(handle)

    assert (signal.wait(LONG), signal.send()) == (False, 0)
    signal.close()
    os.close(handle)


def test_a_file_that_is_cut_short_ends_no_process(path: Path, signal: ReleaseSignal) -> None:
    """To read a page of it that is gone would; the kernel refuses instead."""
    signal.wait(0.001)
    os.truncate(path, 0)

    assert signal.wait(LONG) is False
    signal.send()


@pytest.mark.parametrize("works", [True, False])
def test_a_lock_is_had_after_another_released_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, *, works: bool
) -> None:
    """With the signal, and on systems without one."""
    if not works:
        monkeypatch.setattr(release_signal, "futex_call", lambda: None)
    one, other = FileLock(path), FileLock(path)
    one.acquire(timeout=LONG)
    waiting = threading.Thread(target=lambda: other.acquire(timeout=60))
    waiting.start()
    while not other.was_busy:
        pass
    one.release()
    waiting.join()
    taken = FileLock(path)

    with pytest.raises(Exception, match="kept the lock"):
        taken.acquire(timeout=0)
    for each in (taken, other, one):
        each.close()
