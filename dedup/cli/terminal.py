"""Properties of the terminal: its width, and whether it shows colours."""

import os
import sys

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from typing import TextIO


def width() -> int:
    """Return the width of the terminal in columns, 80 if unknown.

    `shutil` has the same function, but its import would take a tenth of the time of `--help`.
    """
    try:
        asked = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        asked = 0
    if asked > 0:
        return asked
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (AttributeError, OSError, ValueError):  # no standard output, or not a terminal
        return 80


def on_terminal(stream: "TextIO | None") -> bool:
    """Whether a stream is a terminal that can move the cursor (with TERM=dumb it cannot)."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def colour() -> bool:
    """Whether to print colours: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    return on_terminal(sys.stdout) and not os.environ.get("NO_COLOR")
