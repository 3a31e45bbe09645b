"""A report -> one page that needs nothing: a style sheet, a font and a program inside, no network.

Document text is data, never markup: it travels in base64, and the page's program puts it into text nodes,
under a policy that refuses anything else.
"""

from dedup.model import Report
from dedup.model.errors import SettingError
from dedup.output.page.assets import policy, script, sheet, template
from dedup.output.page.content import gather
from dedup.output.phrases import counted
from dedup.output.summary import Summary, summarise

LANGUAGES = ("fa", "en")
"""What the page can be read in."""


def to_html(report: Report, *, language: str | None = None) -> bytes:
    """Write `report` as a self-contained UTF-8 page for a browser of 2024 or newer.

    Every document that `report.documents` holds can be read there and laid beside another; the page finds
    what two texts share when it is asked to. The first 5,000 pairs of each verdict are listed, texts are cut
    at 60,000 characters, and packed texts beyond 36 MB are left out: the page says so where it matters.

    Args:
        report: What a run found.
        language: `fa` or `en`, in which the page opens; None for Persian when most documents are Persian,
            else English. A reader can switch, and finds the next page in the language chosen last.

    Raises:
        SettingError: The page does not know that language.
    """
    if language not in {None, *LANGUAGES}:
        raise SettingError("language", language, f"one of {', '.join(LANGUAGES)}")
    summary = summarise(report)
    content = gather(report, summary)
    first = language or ("fa" if content.persian else "en")
    pieces = {name: _piece(name, text) for name, text in content.pieces.items()}
    parts = {
        "LANGUAGE": first,
        "DIRECTION": "rtl" if first == "fa" else "ltr",
        "POLICY": policy(),
        "SHEET": sheet(),
        "LEAD": _lead(summary),
        "CORE": pieces.pop("core"),
        "SCRIPT": script(),
        "PIECES": "\n".join(pieces.values()),
    }
    return _filled(template(), parts).encode()


def _piece(name: str, text: str) -> str:
    return f'<script type="text/plain" id="{name}">{text}</script>'


def _filled(page: str, parts: dict[str, str]) -> str:
    """Put each part where its name stands; what a part holds is not looked through again."""
    first, *rest = page.split("{{")
    filled = [first]
    for piece in rest:
        name, _, after = piece.partition("}}")
        filled += [parts[name], after]
    return "".join(filled)


def _lead(summary: Summary) -> str:
    if not summary.documents:
        return "No documents: nothing to compare."
    if not summary.clusters:
        return f"No copies found among {counted(summary.documents, 'document')}."
    copies, documents = f"{summary.copies:,}", counted(summary.documents, "document")
    clusters = counted(summary.clusters, "cluster")
    return f"{copies} of {documents} are copies of one another, in {clusters}."
