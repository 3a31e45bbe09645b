"""The progress line."""

import io

import pytest

from dedup.reporting import progress
from dedup.reporting.progress import Progress


class _Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    """Take the place of the machine's clock."""
    moved = _Clock()
    monkeypatch.setattr(progress, "monotonic", moved)
    return moved


@pytest.mark.usefixtures("clock")
def test_a_line_tells_stage_and_count() -> None:
    """With a total when it is known."""
    stream = io.StringIO()

    Progress(stream, shown=True)("match", 1000, 2000)

    assert stream.getvalue() == "\r\x1b[Kmatch 1,000 of 2,000"


def test_lines_come_ten_times_a_second_at_most(clock: _Clock) -> None:
    """A call in between prints nothing."""
    stream = io.StringIO()
    line = Progress(stream, shown=True)

    line("read", 1, 0)
    clock.now += 0.05
    line("read", 2, 0)
    clock.now += 0.06
    line("read", 3, 0)

    assert stream.getvalue() == "\r\x1b[Kread 1\r\x1b[Kread 3"


@pytest.mark.usefixtures("clock")
def test_the_line_is_wiped_at_the_end() -> None:
    """Results start on a clean line."""
    stream = io.StringIO()

    with Progress(stream, shown=True):
        pass

    assert stream.getvalue() == "\r\x1b[K"


def test_nothing_is_written_where_nobody_looks(clock: _Clock) -> None:
    """Log files stay free of it."""
    stream = io.StringIO()

    with Progress(stream, shown=False) as line:
        line("read", 1, 0)
        clock.now += 1
        line("read", 2, 0)

    assert stream.getvalue() == ""


def test_counting_passes_every_item_on(clock: _Clock) -> None:
    """And looks at the clock every 64 of them."""
    stream = io.StringIO()
    line = Progress(stream, shown=True)
    passed = []

    for item in line.counted("read", range(130)):
        passed.append(item)
        clock.now += 1

    assert passed == list(range(130))
    assert stream.getvalue() == "\r\x1b[Kread 0\r\x1b[Kread 64\r\x1b[Kread 128"
