"""The progress line."""

import io

import pytest

from dedup.output import progress
from dedup.output.progress import Progress


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


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def drawn(stream: io.StringIO) -> list[str]:
    """Lines as they were drawn one over the other."""
    return stream.getvalue().split("\r\x1b[K")[1:]


@pytest.mark.usefixtures("clock")
def test_a_line_tells_stage_and_count() -> None:
    """With the share and a bar of thirty cells when the total is known."""
    stream = io.StringIO()

    Progress(stream, shown=True)("match", 1000, 2000)

    assert drawn(stream) == [f"match  {'━' * 15}{'─' * 15}   50 %  1,000 of 2,000 pairs"]


def test_a_second_on_rate_and_time_left_are_told(clock: _Clock) -> None:
    """500 pairs of 2,000 in two seconds are 250 a second, and six seconds more."""
    stream = io.StringIO()
    line = Progress(stream, shown=True)

    line("match", 0, 2000)
    clock.now += 2
    line("match", 500, 2000)

    assert drawn(stream)[-1].endswith("   25 %  500 of 2,000 pairs  250/s  0:06 left")


def test_what_is_read_is_reference_line_its_bytes(clock: _Clock) -> None:
    """30 of 40 MB in 90 seconds leave 30 more, however many stories that will be."""
    stream = io.StringIO()
    line = Progress(stream, shown=True, position=lambda: (30, 40))

    line("read", 0, 0)
    clock.now += 90
    line("read", 9000, 0)

    assert drawn(stream)[-1].endswith("   75 %  9,000 stories  100/s  0:30 left")


def test_without_a_total_the_time_so_far_is_told(clock: _Clock) -> None:
    """Standard input has no size; an hour and five seconds."""
    stream = io.StringIO()
    line = Progress(stream, shown=True)

    line("read", 0, 0)
    clock.now += 3605
    line("read", 7210, 0)
    line("index", 0, 0)

    assert drawn(stream)[1:] == ["read  7,210 stories  2/s  1:00:05", "index"]


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        ("62", f"match  {'━' * 2}{'─' * 7}   25 %  500 of 2,000 pairs  250/s  0:06 left"),
        ("60", "match   25 %  500 of 2,000 pairs  250/s  0:06 left"),
        ("50", f"match  {'━' * 2}{'─' * 6}   25 %  500 of 2,000 pairs  250/s"),
        ("30", f"match  {'━' * 4}{'─' * 11}   25 %"),
        ("4", "mat"),
    ],
)
def test_the_line_fits_the_terminal(
    columns: str, line: str, clock: _Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes last is left out first; the last column stays free, where terminals wrap."""
    monkeypatch.setenv("COLUMNS", columns)
    stream = io.StringIO()
    progress = Progress(stream, shown=True)

    progress("match", 0, 2000)
    clock.now += 2
    progress("match", 500, 2000)

    assert drawn(stream)[-1] == line
    assert len(line) < int(columns)


def test_what_comes_before_the_first_item_is_no_part_of_the_time_left(clock: _Clock) -> None:
    """After thirty seconds of preparation a quarter in two seconds: six more, and then nobody knows."""
    stream = io.StringIO()
    line = Progress(stream, shown=True)

    line("rank", 0, 0)
    clock.now += 30
    line("rank", 0, 40)
    clock.now += 2
    line("rank", 10, 40)
    clock.now += 6
    line("rank", 40, 0)

    assert drawn(stream)[-2].endswith("   25 %  0:06 left")
    assert drawn(stream)[1] == "rank  0:30"
    assert drawn(stream)[-1] == "rank  0:38"


@pytest.mark.usefixtures("clock")
def test_a_terminal_without_unicode_gets_ascii() -> None:
    """As under LANG=C."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")

    Progress(stream, shown=True)("match", 1000, 2000)

    assert raw.getvalue() == b"\r\x1b[Kmatch  " + b"#" * 15 + b"-" * 15 + b"   50 %  1,000 of 2,000 pairs"


def test_lines_come_ten_times_a_second_at_most(clock: _Clock) -> None:
    """A call in between prints nothing."""
    stream = io.StringIO()
    line = Progress(stream, shown=True)

    line("read", 1, 0)
    clock.now += 0.05
    line("read", 2, 0)
    clock.now += 0.06
    line("read", 3, 0)

    assert drawn(stream) == ["read  1 stories", "read  3 stories"]


@pytest.mark.usefixtures("clock")
def test_a_new_stage_is_shown_at_once() -> None:
    """It may take long before it says more."""
    stream = io.StringIO()
    line = Progress(stream, shown=True)

    line("read", 1, 0)
    line("index", 0, 0)

    assert drawn(stream) == ["read  1 stories", "index"]


def test_seconds_are_counted_for_each_stage(clock: _Clock) -> None:
    """Reading and sketching are one: they go hand in hand. Nobody has to look."""
    with Progress(io.StringIO(), shown=False) as line:
        for stage, spent in (("read", 1.5), ("sketch", 0.5), ("read", 1.0), ("match", 4.0)):
            line(stage, 1, 0)
            clock.now += spent

    assert line.seconds == {"read": 3.0, "match": 4.0}


@pytest.mark.usefixtures("clock")
def test_the_line_is_wiped_at_the_end() -> None:
    """Results start on a clean line, errors too."""
    stream = io.StringIO()

    def stopped() -> None:
        with Progress(stream, shown=True) as line:
            line("read", 1, 0)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()

    assert stream.getvalue() == "\r\x1b[Kread  1 stories\r\x1b[K"


def test_nothing_is_written_where_nobody_looks(clock: _Clock) -> None:
    """Log files stay free of it."""
    stream = io.StringIO()

    with Progress(stream, shown=False) as line:
        line("read", 1, 0)
        clock.now += 1
        line("read", 2, 0)

    assert stream.getvalue() == ""
