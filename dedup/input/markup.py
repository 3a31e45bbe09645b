"""HTML and the like -> plain text, for fragments of a story; whole pages go to trafilatura."""

import re

_MARKUP = re.compile(r"[<&]")
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_LINES = re.compile(r"\s*\n\s*")


def plain_text(markup: str) -> str:
    """Take tags, scripts and references out; each block of the text has a line."""
    if not _MARKUP.search(markup):
        return markup
    from dedup.input.markup_reader import MarkupReader  # noqa: PLC0415 - few inputs need it

    reader = MarkupReader()
    reader.feed(markup)
    reader.close()
    return tidied("".join(reader.parts))


def tidied(text: str) -> str:
    """Leave one blank between words and one line end between lines."""
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()
