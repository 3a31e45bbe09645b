"""One module a format. A new one is written beside these, and named in `FORMATS`."""

from dedup.input.decoding import sniff_encoding
from dedup.input.formats import json_file, parquet, plain_text, table, warc, web_page
from dedup.input.formats.format import Format, Task
from dedup.model.errors import ReadingError

__all__ = ["FORMATS", "Format", "Task", "by_content", "by_suffix", "suffixes"]

FORMATS: tuple[Format, ...] = (
    warc.FORMAT,
    parquet.FORMAT,
    web_page.FORMAT,
    *json_file.FORMATS,
    *table.FORMATS,
    plain_text.FORMAT,
)
"""In the order in which they are asked whether content is theirs; the last one takes everything."""


def suffixes() -> list[str]:
    """List the suffixes that are read, with their dots."""
    return sorted(f".{suffix}" for each in FORMATS for suffix in each.suffixes)


def by_suffix(suffix: str) -> Format | None:
    """Find the format that a suffix (without dot, in lower case) stands for."""
    return next((each for each in FORMATS if suffix in each.suffixes), None)


def by_content(head: bytes) -> Format:
    """Tell from its first bytes what an input is; what nothing else claims is one text."""
    try:
        encoding = sniff_encoding(head)
    except ReadingError:
        encoding = "latin-1"
    start = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    return next(each for each in FORMATS if each.begins(start))
