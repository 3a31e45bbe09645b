"""Collect the text between tags, with line ends around blocks."""

import re
from html.parser import HTMLParser

_BREAKS = re.compile(
    "address|article|aside|blockquote|br|d[dlt]|div|figcaption|figure|footer|h[1-6]|header|hl2|hr|li|main|nav"
    "|ol|p|pre|section|table|t[dhr]|title|ul"
)
"""Elements after which a new line begins."""
_SILENT = frozenset({"script", "style", "template"})


class MarkupReader(HTMLParser):
    """Parser that collects text.

    Attributes:
        parts: The text, in pieces.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a line at a block, or skip the content of a script or style."""
        tag = tag.rpartition(":")[2]
        if tag in _SILENT:
            self._silent = tag
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a line."""
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a line, or the skipped content."""
        tag = tag.rpartition(":")[2]
        if tag == self._silent:
            self._silent = ""
        self._break(tag)

    def handle_data(self, data: str) -> None:
        """Add text."""
        if not self._silent:
            self.parts.append(data.replace("\n", " "))

    def _break(self, tag: str) -> None:
        if _BREAKS.fullmatch(tag.rpartition(":")[2]):
            self.parts.append("\n")
