"""The floors that CI checks: floors.json, and the message when one is missed."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")


def below_the_floors(name: str, reached: Mapping[str, float]) -> int:
    """Compare figures with the floors of a benchmark; figures that were not measured are skipped.

    Returns:
        The exit code: 1 if one is below its floor, else 0.
    """
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))[name]
    below = [
        f"{figure} {reached[figure]:.3f} < {floor}"
        for figure, floor in floors.items()
        if figure in reached and reached[figure] < floor
    ]
    if below:
        print(f"below the floor: {', '.join(below)}", file=sys.stderr)
    return 1 if below else 0
