"""Progress callbacks of a run."""

from collections.abc import Callable

type Progress = Callable[[str, int, int], object]
"""Called with the stage, the amount done, and the total."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """Report no progress."""
