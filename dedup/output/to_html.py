"""Write a report as a self-contained page: style sheet, font and script are inside, no network is needed.

Document text is data, never markup: it is base64-encoded, and the script puts it into text nodes, under a
Content-Security-Policy that refuses anything else.
"""

from dedup.model import Report
from dedup.model.errors import SettingError
from dedup.output.page.assets import policy, script, sheet, template
from dedup.output.page.content import PageHead, gather
from dedup.output.phrases import counted
from dedup.output.summary import Summary, summarise

LANGUAGES = ("fa", "ar", "ur", "en")
RIGHT_TO_LEFT = frozenset({"fa", "ar", "ur"})
"""Languages written from right to left."""


def to_html(report: Report, *, language: str | None = None, head: PageHead | None = None) -> bytes:
    """Write `report` as a self-contained UTF-8 page for a browser of 2024 or newer.

    Every document in `report.documents` can be read there and compared with another; the page finds what
    two texts share on request. At most 50,000 pairs of each verdict are listed, texts are cut at 60,000
    characters, and packed texts beyond 34 MB are left out; the page says so where this happened.

    Args:
        report: The report.
        language: Initial language, `fa`, `ar`, `ur` or `en`; None for the language of most documents, or
            English if the page does not have it. Readers can switch; the page remembers their choice.
        head: Name of the archive and command, to show on the page.

    Raises:
        SettingError: The page does not have this language.
    """
    if language not in {None, *LANGUAGES}:
        raise SettingError("language", language, f"expected one of {', '.join(LANGUAGES)}")
    summary = summarise(report)
    content = gather(report, summary, head or PageHead())
    first = language or content.language
    pieces = {name: _piece(name, text) for name, text in content.pieces.items()}
    parts = {
        "LANGUAGE": first,
        "DIRECTION": "rtl" if first in RIGHT_TO_LEFT else "ltr",
        "POLICY": policy(),
        "SHEET": sheet(),
        "LEAD": _lead(summary, len(report.copies)),
        "CORE": pieces.pop("core"),
        "SCRIPT": script(),
        "PIECES": "\n".join(pieces.values()),
    }
    return _filled(template(), parts).encode()


def _piece(name: str, text: str) -> str:
    return f'<script type="text/plain" id="{name}">{text}</script>'


def _filled(page: str, parts: dict[str, str]) -> str:
    """Replace each `{{NAME}}` by its part; names inside a part are not replaced."""
    first, *rest = page.split("{{")
    filled = [first]
    for piece in rest:
        name, _, after = piece.partition("}}")
        filled += [parts[name], after]
    return "".join(filled)


def _lead(summary: Summary, spared: int) -> str:
    if not summary.documents:
        return "No documents: nothing to compare."
    if not summary.clusters:
        return f"No copies found among {counted(summary.documents, 'document')}."
    documents, clusters = counted(summary.documents, "document"), counted(summary.clusters, "cluster")
    return f"{spared:,} of {documents} could be spared as copies; {clusters} of copies."
