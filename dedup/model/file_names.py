"""Whether a string is the name of a file or folder: people give names where texts are expected."""

import os
from pathlib import Path


def is_there(path: str | os.PathLike[str]) -> bool:
    """Whether a file or folder of this name exists; a text can be too long for a name, or invalid as one."""
    try:
        return os.fspath(path) != "" and Path(path).exists()
    except (OSError, ValueError):
        return False
