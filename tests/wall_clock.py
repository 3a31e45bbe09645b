"""A clock that tests set, for indexes that forget."""


class Time:
    """A wall clock and a steady one that go together."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.seconds
