"""Every error this package raises on purpose.

DedupError
├── SettingError         a setting of the recipe or the command is out of range
├── ReadingError         an input that cannot be read at all
├── WritingError         a result cannot be written
└── MissingExtraError    an optional library is not installed
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


class MissingExtraError(DedupError, ImportError):
    """A library that only some runs need is not installed."""

    def __init__(self, library: str, *, extra: str, wanted_for: str) -> None:
        super().__init__(
            f"{wanted_for} needs {library}, which is not installed; "
            f"install it with `pip install 'newsdedup[{extra}]'`"
        )
