"""Libraries that only some inputs need."""

from importlib import import_module
from types import ModuleType

from dedup.input.quoting import why
from dedup.model.errors import ReadingError


class MissingLibraryError(ReadingError):
    """An input needs a library that is not installed."""

    def __init__(self, what: str, library: str, *, extra: str, lack: str = "") -> None:
        super().__init__(f"{what} needs {library}; install it with `pip install 'newsdedup[{extra}]'`{lack}")


def optional(module: str, *, what: str, library: str, extra: str) -> ModuleType:
    """Import a module of an optional library.

    Args:
        module: Its full name.
        what: What it is needed for, as the error says it.
        library: The library's name, as the error says it.
        extra: The extra of this package that installs it.

    Raises:
        MissingLibraryError: It is not installed, or lacks something itself.
    """
    try:
        return import_module(module)
    except ImportError as error:
        is_missing = isinstance(error, ModuleNotFoundError) and f"{module}.".startswith(f"{error.name}.")
        lack = "" if is_missing else f" (it is there, but cannot be loaded: {why(error)})"
        raise MissingLibraryError(what, library, extra=extra, lack=lack) from None
