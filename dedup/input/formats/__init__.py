"""One module a format. A new one is written beside these, and named in `FORMATS`."""

from dedup.input.compression import Packing, packing_of
from dedup.input.decoding import sniff_encoding
from dedup.input.formats import (
    arc,
    book,
    json_file,
    packed_folder,
    parquet,
    pdf,
    plain_text,
    saved_page,
    table,
    warc,
    web_page,
    xml_file,
)
from dedup.input.formats.format import Format, Task
from dedup.input.formats.unread import unread_beginning, unread_suffix
from dedup.model.errors import QUOTED, ReadingError
from dedup.model.quoting import printable

__all__ = ["FORMATS", "Format", "Task", "by_content", "by_suffix", "form_of", "suffixes"]

FORMATS: tuple[Format, ...] = (
    warc.FORMAT,
    arc.FORMAT,
    pdf.FORMAT,
    book.FORMAT,
    saved_page.FORMAT,
    parquet.FORMAT,
    *packed_folder.FORMATS,
    web_page.FORMAT,
    xml_file.FORMAT,
    *json_file.FORMATS,
    *table.FORMATS,
    *plain_text.FORMATS,
)
"""In the order in which they are asked whether content is theirs; the last one is plain text."""

_SHORT = {"tgz": "tar.gz", "tbz2": "tar.bz2", "txz": "tar.xz", "tzst": "tar.zst"}
"""Suffixes that stand for two."""


def suffixes() -> list[str]:
    """List the suffixes that are read, with their dots."""
    return sorted(f".{suffix}" for each in FORMATS for suffix in each.suffixes)


def by_suffix(suffix: str) -> Format | None:
    """Find the format that a suffix (without dot, in lower case) stands for."""
    return next((each for each in FORMATS if suffix in each.suffixes), None)


def form_of(name: str) -> tuple[Format | None, Packing | None]:
    """Return format and packing by the end of a file's name; None for what it does not show."""
    ends = name.lower().rsplit(".", 2)[1:]
    if ends and ends[-1] in _SHORT:
        ends = _SHORT[ends[-1]].split(".")
    packing = packing_of(ends[-1]) if ends else None
    if packing:
        ends.pop()
    return by_suffix(ends[-1]) if ends else None, packing


def by_content(head: bytes, *, unknown_suffix: str = "") -> Format:
    """Tell from its first bytes what an input is; what nothing else claims is one text.

    Args:
        head: The beginning.
        unknown_suffix: How the name of the file ends, if that stands for no format.

    Raises:
        ReadingError: It is not text, or its suffix is unknown and no format begins like it.
    """
    if refusal := unread_beginning(head):
        raise ReadingError(refusal)
    try:
        encoding = sniff_encoding(head)
    except ReadingError:
        encoding = "latin-1"
    start = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    known = next((each for each in FORMATS if each.begins(start)), None)
    if known:
        return known
    if unknown_suffix:
        shown = printable(unknown_suffix)[:QUOTED]
        advice = unread_suffix(unknown_suffix.removeprefix("."), [each[1:] for each in suffixes()])
        advice = advice or "if it is plain text, name it .txt or pipe it into `dedup report -`"
        raise ReadingError(f"no format ends in {shown!r}, and none begins as it does: {advice}")
    if start.startswith("<"):
        raise ReadingError(f"it is markup that is not read ({printable(start[:30])!r})")
    return FORMATS[-1]
