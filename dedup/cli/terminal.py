"""Properties of the terminal: its width, and whether it shows colours."""

import os
import sys

from dedup.output.terminal_width import terminal_width

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from typing import TextIO


def width() -> int:
    """Return the width of standard output in columns, 80 if unknown."""
    return terminal_width(sys.stdout)


def on_terminal(stream: "TextIO | None") -> bool:
    """Whether a stream is a terminal that can move the cursor (with TERM=dumb it cannot)."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def colour() -> bool:
    """Whether to print colours: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    return on_terminal(sys.stdout) and not os.environ.get("NO_COLOR")
