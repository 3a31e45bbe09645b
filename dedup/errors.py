"""Every error this package raises on purpose.

DedupError
├── SettingError         a setting of the recipe or the command is out of range
├── ReadingError         an input that cannot be read at all
└── WritingError         a result cannot be written
"""


class DedupError(Exception):
    """The root: catch it to catch whatever this package raises on purpose."""


class SettingError(DedupError, ValueError):
    """A setting is outside what is allowed."""

    def __init__(self, name: str, value: object, allowed: str) -> None:
        super().__init__(f"{name}={value!r} is not usable: {allowed}")


class ReadingError(DedupError):
    """An input cannot be read; other inputs go on."""


class WritingError(DedupError):
    """A result cannot be written where it was asked for."""
