"""Plots of results: well-formed SVG of what was measured."""

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from benchmarks import plot

pytest.importorskip("matplotlib")


def test_a_speed_result_gives_two_plots(tmp_path: Path) -> None:
    """With a gold there is a plot of seconds and one of recall, the same bytes every time."""
    drawn = plot.draw(speed_result(gold=True), tmp_path)
    before = [path.read_bytes() for path in drawn]

    again = plot.draw(speed_result(gold=True), tmp_path)

    assert [path.name for path in drawn] == ["speed.svg", "recall.svg"]
    assert all(root(path).tag == "{http://www.w3.org/2000/svg}svg" for path in drawn)
    assert [path.read_bytes() for path in again] == before


def test_without_a_gold_there_is_no_recall_to_draw(tmp_path: Path) -> None:
    """A real archive has no gold, so only the seconds are drawn."""
    assert [path.name for path in plot.draw(speed_result(gold=False), tmp_path)] == ["speed.svg"]


def test_a_scale_result_gives_one_plot(tmp_path: Path) -> None:
    """Seconds and memory are side by side in one file."""
    command = {"median_seconds": 1.0, "median_peak_mb": 50.0}
    sizes = [
        {"corpus": {"documents": count}, "commands": {"floor": command, "report --no-rank": command}}
        for count in (1_000, 10_000)
    ]

    (drawn,) = plot.draw({"schema": "dedup-scale/1", "sizes": sizes}, tmp_path)

    assert drawn.name == "scale.svg"
    assert root(drawn).tag == "{http://www.w3.org/2000/svg}svg"


def root(path: Path) -> ET.Element:
    """Parse a file that we wrote ourselves."""
    return ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314


def speed_result(*, gold: bool) -> dict[str, Any]:
    """Make a result of two commands beside the floor."""
    commands: dict[str, Any] = {}
    for name, seconds in (("floor", 0.2), ("report --no-rank", 1.0), ("peer", 4.0)):
        commands[name] = {"median_seconds": seconds, "runs": [{"seconds": seconds}]}
        if gold and name != "floor":
            commands[name]["gold"] = {"recall": 0.9, "precision": 1.0, "by_kind": {"cut": 0.5}}
    return {"schema": "dedup-speed/1", "corpus": {"documents": 100}, "commands": commands}
