"""Load by name the functions that format or write records: records know no markup or file format."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

_MODULES = {
    "pairs_to_csv": "dedup.output.to_csv",
    "side_by_side": "dedup.output.side_by_side",
    "summary_text": "dedup.output.summary_text",
    "to_csv": "dedup.output.to_csv",
    "to_frame": "dedup.integrations.frames",
    "to_html": "dedup.output.to_html",
    "to_json": "dedup.output.to_json",
    "to_markdown": "dedup.output.to_markdown",
    "to_notebook": "dedup.output.to_notebook",
    "to_parquet": "dedup.output.to_parquet",
    "write_together": "dedup.output.whole_files",
}


def writer(name: str) -> Callable[..., Any]:
    """Load a function that converts a record to another form."""
    function: Callable[..., Any] = getattr(import_module(_MODULES[name]), name)
    return function
