"""The time of one offer among many alike ones, as benchmarks/hostile_offers.py counts it."""

import pytest

from benchmarks import hostile_offers


def test_growth_compares_the_second_half_with_the_second_quarter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fewest milliseconds of all runs count, each quarter's for itself."""
    runs = iter([(2.0, 3.0, 7), (1.0, 4.0, 7)])
    monkeypatch.setattr(hostile_offers, "offered", lambda _texts: next(runs))

    row = hostile_offers.measure("chains", stories=10, repeat=2)

    assert (row["stories"], row["stored"], row["early_ms"], row["late_ms"]) == (10, 7, 1.0, 3.0)
    assert row["grew"] == 3.0


def test_copies_are_not_stored() -> None:
    """Families of forty alike texts leave fewer stories in the index than were offered."""
    row = hostile_offers.measure("alike", stories=40, repeat=1)

    assert 1 <= row["stored"] < 40
