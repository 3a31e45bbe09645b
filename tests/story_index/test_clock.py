"""The clock of an index: what the machine says, within reason."""

import pytest

from dedup.story_index.clock import IndexClock

DAY = 24 * 60 * 60
WINDOW = 30 * DAY * 1000


class Machine:
    """Two clocks that a test sets."""

    def __init__(self, wall: float) -> None:
        self.wall, self.steady = wall, 0.0

    def clock(self, window: int | None = WINDOW) -> IndexClock:
        """Make the clock of an index on this machine."""
        return IndexClock(window, wall=lambda: self.wall, steady=lambda: self.steady)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.wall += seconds
        self.steady += seconds


def test_a_sound_clock_is_the_machine_s() -> None:
    """Milliseconds since 1970, at the beginning and an hour later."""
    machine = Machine(1_000_000.0)
    clock = machine.clock()

    assert clock.now(0) == 1_000_000_000
    machine.wait(3600)
    assert clock.now(0) == 1_003_600_000


def test_stamps_never_run_backwards() -> None:
    """A machine that wakes up in 1970 goes on from the latest stamp."""
    assert Machine(5.0).clock().now(900_000_000_000) == 900_000_000_000


@pytest.mark.parametrize("jump", [10 * 365 * DAY, 365 * DAY])
def test_a_jump_ahead_is_followed_at_twice_the_speed(jump: float) -> None:
    """One second after the jump two seconds have passed, whatever the machine says."""
    machine = Machine(1_000_000.0)
    clock = machine.clock()
    clock.now(0)

    machine.wait(1)
    machine.wall += jump

    assert clock.now(0) == 1_000_002_000


def test_a_small_lag_is_made_up_for() -> None:
    """Half a second that the machine was set ahead in a second is there after that second."""
    machine = Machine(1_000_000.0)
    clock = machine.clock()
    clock.now(0)

    machine.wait(1)
    machine.wall += 0.5

    assert clock.now(0) == 1_000_001_500


def test_a_jump_back_slows_the_clock_down() -> None:
    """It neither stops nor runs back: an hour counts half."""
    machine = Machine(1_000_000.0)
    clock = machine.clock()
    clock.now(0)

    machine.wait(3600)
    machine.wall -= 10 * DAY

    assert clock.now(0) == 1_001_800_000


def test_a_start_moves_on_by_half_a_window_at_most() -> None:
    """A clock ten years ahead at the start makes nothing old that was young."""
    stored = 1_000_000_000

    assert Machine(10 * 365 * DAY).clock().now(stored) == stored + WINDOW // 2


def test_without_a_window_the_machine_is_believed() -> None:
    """Nothing is forgotten by age then, so a jump harms nobody."""
    machine = Machine(1_000_000.0)
    clock = machine.clock(None)
    clock.now(0)

    machine.wall = 2_000_000.0

    assert clock.now(0) == 2_000_000_000
