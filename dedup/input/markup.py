"""Convert fragments of HTML and similar markup to plain text; whole pages are for trafilatura."""

import re

_MARKUP = re.compile(r"[<&]")
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_LINES = re.compile(r"\s*\n\s*")


def plain_text(markup: str) -> str:
    """Remove tags and scripts and replace character references; each block becomes a line."""
    if not _MARKUP.search(markup):
        return markup
    from dedup.input.markup_reader import MarkupReader  # noqa: PLC0415 - few inputs need it

    reader = MarkupReader()
    reader.feed(markup)
    reader.close()
    return tidied("".join(reader.parts))


def tidied(text: str) -> str:
    """Collapse blanks between words and blank lines."""
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()
