"""The width of a terminal."""

import os

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from typing import TextIO

UNKNOWN = 80
"""Columns of a terminal whose width is unknown."""


def terminal_width(stream: "TextIO | None") -> int:
    """Return the columns of the terminal that a stream writes to; COLUMNS in the environment overrides them.

    `shutil` has the same function, but its import would take a tenth of the time of `dedup --help`.
    """
    try:
        asked = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        asked = 0
    if asked > 0:
        return asked
    if stream is None:
        return UNKNOWN
    try:
        return os.get_terminal_size(stream.fileno()).columns or UNKNOWN
    except (OSError, ValueError):  # not a terminal
        return UNKNOWN
