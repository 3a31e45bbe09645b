"""One module per format. To add a format, write a module here and list it in `FORMATS`."""

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
"""The formats in the order in which they are tried on content; the last one is plain text."""

_SHORT = {"tgz": "tar.gz", "tbz2": "tar.bz2", "txz": "tar.xz", "tzst": "tar.zst"}
"""Suffixes that stand for two."""


def suffixes() -> list[str]:
    """List the suffixes that are read, with their dots."""
    return sorted(f".{suffix}" for each in FORMATS for suffix in each.suffixes)


def by_suffix(suffix: str) -> Format | None:
    """Return the format of a suffix (lower case, without the dot)."""
    return next((each for each in FORMATS if suffix in each.suffixes), None)


def form_of(name: str) -> tuple[Format | None, Packing | None]:
    """Return the format and the compression of a file by its name; None if unknown."""
    ends = name.lower().rsplit(".", 2)[1:]
    if ends and ends[-1] in _SHORT:
        ends = _SHORT[ends[-1]].split(".")
    packing = packing_of(ends[-1]) if ends else None
    if packing:
        ends.pop()
    return by_suffix(ends[-1]) if ends else None, packing


def by_content(head: bytes, *, unknown_suffix: str = "") -> Format:
    """Recognise the format of an input by its first bytes; plain text if it is no other.

    Args:
        head: The first bytes.
        unknown_suffix: Suffix of the file if it belongs to no format.

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
        raise ReadingError(f"{shown!r} is not a known suffix, and the content has no known format: {advice}")
    if start.startswith("<"):
        raise ReadingError(f"it is markup that is not read ({printable(start[:30])!r})")
    return FORMATS[-1]
