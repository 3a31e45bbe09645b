"""How a run tells where it is."""

from collections.abc import Callable

type Progress = Callable[[str, int, int], object]
"""Hears the stage, how much of it is done, and how much there is."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""
