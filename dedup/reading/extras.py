"""Libraries that only some inputs need."""

from importlib import import_module
from types import ModuleType

from dedup.errors import ReadingError


class MissingLibraryError(ReadingError):
    """An input needs a library that is not installed."""

    def __init__(self, what: str, library: str, *, extra: str) -> None:
        super().__init__(f"{what} needs {library}; install it with `pip install 'newsdedup[{extra}]'`")


def optional(module: str, *, what: str, library: str, extra: str) -> ModuleType:
    """Import a module of an optional library.

    Args:
        module: Its full name.
        what: What it is needed for, as the error says it.
        library: The library's name, as the error says it.
        extra: The extra of this package that installs it.

    Raises:
        MissingLibraryError: It is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        raise MissingLibraryError(what, library, extra=extra) from None
