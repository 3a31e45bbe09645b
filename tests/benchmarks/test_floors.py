"""Figures that are compared with their floors."""

import json
from pathlib import Path

import pytest

from benchmarks import floors


@pytest.fixture(autouse=True)
def _floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one benchmark have two floors."""
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"some": {"recall": 0.9, "precision": 0.8}}), encoding="utf-8")
    monkeypatch.setattr(floors, "FLOORS", path)


def test_a_figure_on_its_floor_passes() -> None:
    """And one that was not measured, or has no floor, is passed over."""
    assert floors.below_the_floors("some", {"recall": 0.9, "speed": 0.1}) == 0


def test_a_figure_below_its_floor_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """With both values, and the others are not."""
    assert floors.below_the_floors("some", {"recall": 0.85, "precision": 0.81}) == 1
    assert capsys.readouterr().err == "below the floor: recall 0.850 < 0.9\n"
