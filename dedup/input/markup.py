"""HTML and the like to plain text, for fragments of a story: what is a page goes to trafilatura."""

import re
from html.parser import HTMLParser

_BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hl2",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    ]
)
"""Elements whose text does not run on behind them."""
_SILENT = frozenset({"script", "style", "template"})
_MARKUP = re.compile(r"[<&]")
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_LINES = re.compile(r"\s*\n\s*")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        tag = tag.rpartition(":")[2]
        if tag in _SILENT:
            self._silent = tag
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == self._silent:
            self._silent = ""
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data.replace("\n", " "))

    def _break(self, tag: str) -> None:
        if tag.rpartition(":")[2] in _BREAKS:
            self.parts.append("\n")


def plain_text(markup: str) -> str:
    """Take tags, scripts and references out; each block of the text has a line."""
    if not _MARKUP.search(markup):
        return markup
    reader = _Text()
    reader.feed(markup)
    reader.close()
    return tidied("".join(reader.parts))


def tidied(text: str) -> str:
    """Leave one blank between words and one line end between lines."""
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()
