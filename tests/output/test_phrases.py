"""wording: figures as a reader meets them."""

import pytest

from dedup.model import Verdict
from dedup.output.phrases import MEANING, by_kind, counted, percentage


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0 %"),
        (0.0001, "1 %"),
        (0.354, "35 %"),
        (0.355, "36 %"),
        (0.9999, "99 %"),
        (1.0, "100 %"),
        (1.0000000002, "100 %"),
        (None, "\u2013"),
    ],
)
def test_a_percentage_says_all_or_nothing_only_when_it_is(share: float | None, text: str) -> None:
    """0 % is nothing, 100 % is all, a dash was not measured."""
    assert percentage(share) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 clusters"), (1, "1 cluster"), (1234, "1,234 clusters")])
def test_one_thing_is_singular(count: int, text: str) -> None:
    """One cluster, and more or fewer clusters."""
    assert counted(count, "cluster") == text


def test_kinds_of_problems_are_words() -> None:
    """A key of the counts reads as words."""
    assert by_kind({"too_short": 1200, "unreadable": 1}) == "1,200 too short, 1 unreadable"


def test_every_verdict_has_a_meaning() -> None:
    """No verdict reaches a page unexplained."""
    assert set(MEANING) == set(Verdict)
