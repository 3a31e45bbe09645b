"""Optional libraries: imported on first use; if missing, the error names the extra to install."""

from importlib import import_module
from types import ModuleType

from dedup.model.errors import ReadingError
from dedup.model.memory import is_out_of_memory
from dedup.model.quoting import why


class MissingLibraryError(ReadingError):
    """An input, an output or a command needs a library that is not installed."""

    def __init__(self, what: str, library: str, *, extra: str, lack: str = "") -> None:
        super().__init__(f"{what} needs {library}; install it with `pip install 'newsdedup[{extra}]'`{lack}")


def optional(module: str, *, what: str, library: str, extra: str) -> ModuleType:
    """Import a module of an optional library.

    Args:
        module: Its full name.
        what: What needs it, as the subject of the error message.
        library: The library's name in the error message.
        extra: The extra of this package that installs it.

    Raises:
        MissingLibraryError: It is not installed, or one of its own dependencies is missing.
    """
    try:
        return import_module(module)
    except ImportError as error:
        if is_out_of_memory(error):
            raise
        is_missing = isinstance(error, ModuleNotFoundError) and f"{module}.".startswith(f"{error.name}.")
        lack = "" if is_missing else f" (it is there, but cannot be loaded: {why(error)})"
        raise MissingLibraryError(what, library, extra=extra, lack=lack) from None
