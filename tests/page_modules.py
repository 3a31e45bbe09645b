"""Modules of the page's program as one script, for tests that run them in a browser; no tests in here."""

import re
from pathlib import Path

SOURCES = Path(__file__).parents[1] / "page" / "src"


def one_script(*names: str) -> str:
    """Put modules into one scope: no two of them use one name."""
    text = "\n".join(SOURCES.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in names)
    return re.sub(r"^import .*;$|^export ", "", text, flags=re.MULTILINE)
