"""Lines about a report that a terminal, a notebook and Markdown share."""

import pytest

from dedup.model import Series, SeriesMember
from dedup.output.summary_lines import series_lines


@pytest.mark.parametrize(
    ("slots", "ending"),
    [(3, "[3] 1 value: 7 \u00b7 7"), (4, "\u2026 and 1 more slot"), (5, "\u2026 and 2 more slots")],
)
def test_slots_beyond_the_third_are_counted(slots: int, ending: str) -> None:
    """Three are shown; with three, nothing is left to count."""
    member = SeriesMember("a", "", "", "", ("7",) * slots)

    *_, last = series_lines(Series(1, "a", ("the rate is",) * (slots + 1), (member,)), room=80)

    assert last == f"  {ending}"
