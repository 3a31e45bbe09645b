"""How often the lock of an index is asked for."""

import pytest

from dedup.story_index.sqlite.locking import pause_after


def pauses(seconds: float) -> list[float]:
    """The pauses of a process that waits so long."""
    waited, made = 0.0, []
    while waited < seconds:
        made.append(pause_after(waited))
        waited += made[-1]
    return made


def test_a_short_wait_ends_soon_after_the_lock_is_free() -> None:
    """Pauses begin at a fifth of a write, and for the time of many writes none is longer than one."""
    made = pauses(0.04)

    assert (made[0], max(made)) == (0.0001, 0.0004)


def test_a_long_wait_asks_seldom() -> None:
    """Some 600 times in a second, where brief pauses would make it 2,500."""
    made = pauses(1.0)

    assert made[-1] == pytest.approx(0.002)
    assert len(made) < 650
