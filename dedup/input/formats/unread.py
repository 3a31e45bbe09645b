"""Messages about files of formats that are not read: what they are, and what to do."""

from collections.abc import Sequence

_BY_HAND = {
    ("doc", "docx", "odt", "rtf", "pages"): "save it as plain text (.txt) or HTML",
    ("xls", "xlsx", "ods", "numbers"): "save it as CSV",
    ("db", "sqlite", "sqlite3", "mdb", "dump", "sql"): "export the table of stories as CSV or JSON lines",
    (
        "arrow",
        "feather",
        "orc",
        "avro",
        "h5",
        "hdf5",
    ): "write it as Parquet, or give the frame to dedup.from_frame",
    (
        "pkl",
        "pickle",
        "npy",
        "npz",
        "rds",
        "rdata",
    ): "write it as Parquet or JSON lines; such files can run programs",
    ("7z", "rar", "lz4", "lzma", "z"): "unpack it, or pack it as .zip or .zst",
    ("wat",): "name the .wet file of the same crawl, which has the texts",
    ("yaml", "yml", "toml"): "write it as JSON",
    ("mbox", "eml", "msg"): "save the messages as HTML or plain text",
}
_ADVICE = {suffix: advice for suffixes, advice in _BY_HAND.items() for suffix in suffixes}
_BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0", "a file of an older Office", "doc"),
    (b"{\\rtf", "Rich Text", "rtf"),
    (b"SQLite format 3\0", "a SQLite database", "sqlite"),
    (b"ARROW1", "an Arrow file", "arrow"),
    (b"Obj\x01", "an Avro file", "avro"),
    (b"ORC", "an ORC file", "orc"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "7z"),
    (b"Rar!", "a RAR archive", "rar"),
)


def unread_suffix(suffix: str, known: Sequence[str]) -> str:
    """Return what to do about a suffix (without its dot) that is not read; empty if unknown."""
    if suffix in _ADVICE:
        return _ADVICE[suffix]
    from difflib import get_close_matches  # noqa: PLC0415 - few inputs need it

    close = get_close_matches(suffix, known, n=1)
    return f"was .{close[0]} meant?" if close else ""


def unread_beginning(head: bytes) -> str:
    """Return the message about a file of a known format that is not read; empty if it may be text."""
    for beginning, name, suffix in _BEGINNINGS:
        if head.startswith(beginning):
            return f"it is {name}, which is not read: {_ADVICE[suffix]}"
    return ""
