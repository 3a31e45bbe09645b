"""Text from documents -> text that does nothing but stand there.

A headline may carry terminal escapes, NUL, direction overrides (CVE-2021-42574) or half a surrogate pair.
ZWNJ and ZWJ (U+200C, U+200D) are spelling, the marks U+200E, U+200F and U+061C reach no further than an
isolate: these stay.
"""

import re

LINE = 300
"""Characters of one piece of document text that a page or a terminal shows, at most."""

ELLIPSIS = "\u2026"

_BREAKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_SURROGATES = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x9f"  # C0 and C1, ESC among them
    "\u200b\u2060-\u2064\ufeff"  # invisible, no spelling
    "\u202a-\u202e\u2066-\u2069\u206a-\u206f"  # direction and its deprecated kin
    "\ufff9-\ufffb\U000e0000-\U000e007f]"  # annotations, tags
)


def inert(text: str, *, limit: int = LINE) -> str:
    """Take from `text` whatever could act on the page, the terminal or the line it is shown in.

    Args:
        text: Anything a document held.
        limit: Characters of the result, at most, at least 1. The work does not grow with what is cut.

    Returns:
        One line: line breaks and tabs are a blank, controls are gone, half a surrogate pair is U+FFFD;
        an ellipsis ends it when something was cut.
    """
    seen = text[: 4 * limit]
    line = _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _BREAKS.sub(" ", seen)))
    if len(line) <= limit and len(seen) == len(text):
        return line
    return line[: limit - 1] + ELLIPSIS


def inert_lines(text: str, *, limit: int) -> str:
    """Make a whole text inert as `inert` does, but keep its lines; at most `limit` characters of it."""
    lines = "\n".join(text[:limit].splitlines())
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", lines.replace("\t", " ")))
