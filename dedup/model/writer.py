"""What shows a record or writes it to a file, by name: a record knows no markup, and no format of a file."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

_HOMES = {
    "side_by_side": "dedup.output.side_by_side",
    "summary_text": "dedup.output.summary_text",
    "to_csv": "dedup.output.to_csv",
    "to_frame": "dedup.integrations.frames",
    "to_html": "dedup.output.to_html",
    "to_json": "dedup.output.to_json",
    "to_notebook": "dedup.output.to_notebook",
    "write_together": "dedup.output.whole_files",
}


def writer(name: str) -> Callable[..., Any]:
    """Load one of the functions that take a record and give it in another form."""
    function: Callable[..., Any] = getattr(import_module(_HOMES[name]), name)
    return function
