"""The clock of an index: what the machine says, within reason."""

import pytest

from dedup.model.errors import ClockError
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
    machine = Machine(1_800_000_000.0)
    clock = machine.clock()

    assert clock.now(0) == 1_800_000_000_000
    machine.wait(3600)
    assert clock.now(0) == 1_800_003_600_000


def test_stamps_never_run_backwards() -> None:
    """A machine that wakes up in 1970 goes on from the latest stamp."""
    assert Machine(5.0).clock().now(1_800_000_000_000) == 1_800_000_000_000


@pytest.mark.parametrize("jump", [10 * 365 * DAY, 365 * DAY])
def test_a_jump_ahead_is_followed_at_twice_the_speed(jump: float) -> None:
    """One second after the jump two seconds have passed, whatever the machine says."""
    machine = Machine(1_800_000_000.0)
    clock = machine.clock()
    clock.now(0)

    machine.wait(1)
    machine.wall += jump

    assert clock.now(0) == 1_800_000_002_000


def test_a_small_lag_is_made_up_for() -> None:
    """Half a second that the machine was set ahead in a second is there after that second."""
    machine = Machine(1_800_000_000.0)
    clock = machine.clock()
    clock.now(0)

    machine.wait(1)
    machine.wall += 0.5

    assert clock.now(0) == 1_800_000_001_500


def test_a_jump_back_slows_the_clock_down() -> None:
    """It neither stops nor runs back: an hour counts half."""
    machine = Machine(1_800_000_000.0)
    clock = machine.clock()
    clock.now(0)

    machine.wait(3600)
    machine.wall -= 10 * DAY

    assert clock.now(0) == 1_800_001_800_000


def test_a_start_moves_on_by_half_a_window_at_most() -> None:
    """A clock two hundred days ahead at the start makes nothing old that was young."""
    stored = 1_800_000_000_000

    assert Machine(stored / 1000 + 200 * DAY).clock().now(stored) == stored + WINDOW // 2


@pytest.mark.parametrize(
    ("days", "is_refused"),
    [(366, False), (367, True), (3660, True), (-366, False), (-367, True), (10**9, True)],
)
def test_a_clock_and_stamps_that_cannot_both_be_right_are_refused(days: int, *, is_refused: bool) -> None:
    """More than a year apart, either way; with a longer window a longer time ahead is possible."""
    stored = 1_800_000_000_000
    machine = Machine(stored / 1000 + days * DAY)
    if is_refused:
        with pytest.raises(ClockError, match=r"the latest story was offered on 2027-01-15; set the clock"):
            machine.clock().now(stored)
    else:
        machine.clock().now(stored)
    if 0 < days < 5000:
        assert machine.clock(4000 * DAY * 1000).now(stored) > stored


def test_a_clock_of_before_this_program_is_no_beginning() -> None:
    """An empty index would give 1970 to its first stories, which would all be old once the clock is set."""
    with pytest.raises(ClockError, match="the clock says 1970-01-01; set the clock"):
        Machine(5.0).clock().now(0)


def test_a_person_can_say_that_the_clock_is_right() -> None:
    """Then it is believed whatever the index says."""
    clock = IndexClock(WINDOW, trusted=True, wall=lambda: 2_500_000_000.0)

    assert [clock.now(0), clock.now(1_800_000_000_000)] == [2_500_000_000_000] * 2


def test_without_a_window_the_machine_is_believed() -> None:
    """Nothing is forgotten by age then, so a jump harms nobody."""
    machine = Machine(1_800_000_000.0)
    clock = machine.clock(None)
    clock.now(0)

    machine.wall = 2_000_000.0

    assert clock.now(0) == 2_000_000_000
