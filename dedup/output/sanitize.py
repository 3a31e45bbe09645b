"""Remove control, bidi and invisible characters from document text before it is shown.

A headline may contain terminal escapes, NUL, direction overrides (CVE-2021-42574) or a lone surrogate.
ZWNJ and ZWJ (U+200C, U+200D) are part of the spelling, and the marks U+200E, U+200F and U+061C have no effect
beyond an isolate: these are kept.
"""

import re

LINE = 300
"""Default maximum length in characters of a line of document text."""

ELLIPSIS = "\u2026"

_BREAKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_SURROGATES = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x9f"  # C0 and C1, ESC among them
    "\u200b\u2060-\u2064\ufeff"  # invisible, and not part of any spelling
    "\u202a-\u202e\u2066-\u2069\u206a-\u206f"  # direction controls, deprecated ones too
    "\ufff9-\ufffb\U000e0000-\U000e007f]"  # annotations, tags
)


def sanitize_line(text: str, *, limit: int = LINE) -> str:
    """Make one safe line of document text.

    Args:
        text: Any text from a document.
        limit: Maximum length of the result in characters, at least 1. Text far beyond it is not read.

    Returns:
        One line: line breaks and tabs become one space, control characters are removed, a lone surrogate
        becomes U+FFFD; it ends in an ellipsis if anything was cut.
    """
    seen = text[: 4 * limit]
    line = _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _BREAKS.sub(" ", seen)))
    if len(line) <= limit and len(seen) == len(text):
        return line
    return line[: limit - 1] + ELLIPSIS


def sanitize_text(text: str, *, limit: int) -> str:
    """Sanitize a whole text, keeping its line breaks; at most `limit` characters of it."""
    lines = "\n".join(text[:limit].splitlines())
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", lines.replace("\t", " ")))
