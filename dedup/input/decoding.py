"""Decode bytes: UTF-8, UTF-16 with or without a byte order mark, and older encodings by a guess."""

import codecs
import re
from collections.abc import Iterable, Iterator

from dedup.input.compression import packing_at
from dedup.input.guess_encoding import guess_encoding
from dedup.model.errors import ReadingError

_PLAIN = "save it as plain text"
_NOT_TEXT = (
    (rb"%PDF-", "a PDF document", "name it .pdf"),
    (rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip", "an EPUB book", "name it .epub"),
    (rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|mimetypeapplication/vnd\.)", "an Office document", _PLAIN),
    (rb"PK\x03\x04", "a ZIP archive", "name it .zip"),
    (rb".{257}ustar[\0 ]", "a TAR archive", "name it .tar"),
    (rb"PAR1[\x00-\x1f]", "a Parquet file", "name it .parquet"),
    (rb"\xd0\xcf\x11\xe0", "a file of an older Office", _PLAIN),
    (rb"\{\\rtf\d", "Rich Text", _PLAIN),
    (rb"SQLite format 3\0", "a SQLite database", "export the table of stories as CSV"),
    (rb"7z\xbc\xaf|Rar!\x1a\x07", "a 7-Zip or RAR archive", "unpack it"),
    (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a", "a picture", "name a file with text"),
)
"""How files that are not text begin, whatever their names are; what they are; and what to do."""

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_MARKS_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_WIDE = ("utf-16-le", "utf-16-be")

_LAST_CHARACTER = re.compile(rb"[\xc0-\xff][\x80-\xbf]*\Z")

_SAMPLE = 64 * 1024
_UNUSUAL = re.compile(
    "[^\t\n\r -~\u00a0-\u024f\u0370-\u052f\u0590-\u06ff\u0750-\u077f\u200b-\u203a\ufb50-\ufdff\ufe70-\ufeff]"
)
_UNUSUAL_SHARE = 0.6
"""Maximum share of characters outside Latin, Greek, Cyrillic, Hebrew and Arabic: about half in a post full of
emoji, nearly all in a text read in the wrong byte order."""

_WIDE_CONTROL = re.compile("[\0-\x08\x0e-\x1f]")
_CONTROL_SHARE = 0.01
"""Maximum share of control characters: scraped text may have stray ones, binary numbers are full of them."""

_NUL_SHARE = 0.1
"""Maximum share of NUL bytes: a few in bad lines do not spoil the other lines, binary data has more."""

_ASCII_AND_BLANK = bytes(range(128)) + b"\xa0"
_ARABIC = "".join(
    re.findall("[\u060c\u061b\u061f\u0621-\u06ff\u200c\u200d]", bytes(range(128, 256)).decode("cp1256"))
).encode("cp1256")
_ARABIC_RUN = re.compile(b"[" + _ARABIC + b"]{2,}")
_COMMON = "\u0627\u0644\u0645\u0646\u0647\u0648\u064a".encode("cp1256")
_RUN_SHARE = 0.7
"""Minimum share of bytes above ASCII that are next to another Arabic letter: nearly all in cp1256, fewer in
other 8-bit encodings except KOI8-R and ISO 8859-5."""
_COMMON_SHARE = 0.2
"""Minimum share of bytes above ASCII that are alef, lam, meem, noon, heh, waw or yeh: frequent in cp1256,
rare in KOI8-R and ISO 8859-5, and nearly absent from damaged UTF-8."""


def sniff_encoding(head: bytes) -> str:
    """Choose how to decode an input from its first bytes.

    Args:
        head: The beginning of the input; about 64 KiB are examined.

    Returns:
        `utf-8-sig`, `utf-16-le`, `utf-16-be`, or `utf-8` for everything else; `decode` then determines, line
        by line if there are lines, whether that is really UTF-8 or an older encoding.

    Raises:
        ReadingError: The bytes are not text.
    """
    if packing := packing_at(head):
        raise ReadingError(
            f"it is {packing.name} data, which is unpacked only from a file named .{packing.suffix} "
            f"(or with `{packing.tool}`)"
        )
    for beginning, name, advice in _NOT_TEXT:
        if re.match(beginning, head, re.DOTALL):
            raise ReadingError(f"it is {name}, not text: {advice}")
    if head.startswith(_MARKS_UTF32):
        raise ReadingError("it is UTF-32, which is not read; convert it to UTF-8")
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    if _CONTROL.search(head, 0, _SAMPLE):
        wide = _sniff_wide(head[:_SAMPLE])
        if wide:
            return wide
        nuls = head.count(b"\0", 0, _SAMPLE)
        if nuls > _NUL_SHARE * len(head[:_SAMPLE]) and not head.lstrip().startswith(b"{"):
            raise ReadingError("it is binary: it holds NUL bytes and is not UTF-16")
    return "utf-8"


def check_lines(first: bytes) -> None:
    """Check by its first line that a stream can be split into lines at byte 10.

    Raises:
        ReadingError: It is compressed, or in UTF-16 or UTF-32.
    """
    if packing := packing_at(first):
        raise ReadingError(
            f"it is {packing.name} data, which is not unpacked here: `{packing.tool} FILE | dedup filter`"
        )
    if first.startswith((*_MARKS_UTF32, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ReadingError("it is UTF-16 or UTF-32, which is not read line by line; convert it to UTF-8")


def _sniff_wide(head: bytes) -> str:
    """Return the UTF-16 byte order in which the bytes look like text; empty if neither does."""
    even = head[: len(head) // 2 * 2]
    for encoding in _WIDE:
        text = even.decode(encoding, "replace")
        unusual = len(_UNUSUAL.findall(text))
        controls = len(_WIDE_CONTROL.findall(text))
        if text and unusual <= _UNUSUAL_SHARE * len(text) and controls <= _CONTROL_SHARE * len(text):
            return encoding
    return ""


def decode(data: bytes, encoding: str, *, guess: str = "") -> tuple[str, str]:
    """Decode bytes, without their byte order mark.

    UTF-8 is decoded strictly. Other bytes are decoded as Windows-1256 if that clearly gives Arabic script,
    otherwise as `guess_encoding` guesses. In UTF-16, lone surrogates become U+FFFD.

    Args:
        data: One line, or a whole file.
        encoding: The result of `sniff_encoding`.
        guess: The result of `guess_encoding` for more lines of the file; empty to guess from these bytes.

    Returns:
        The text and its actual encoding.

    Raises:
        ReadingError: The bytes are not text in any of these encodings.
    """
    if encoding in _WIDE:
        return data.decode(encoding, "replace").removeprefix("\ufeff"), encoding
    if b"\0" in data:
        raise ReadingError("it holds NUL bytes, as binary files do, and is not UTF-16")
    try:
        return data.decode("utf-8").removeprefix("\ufeff"), encoding
    except UnicodeDecodeError as error:
        if _is_cp1256(data):
            return data.decode("cp1256"), "cp1256"
        not_utf8 = f"byte {error.start + 1} (0x{data[error.start]:02x}) is not UTF-8"
    used = guess or guess_encoding(data)
    try:
        return data.decode(used or "utf-8"), used
    except UnicodeDecodeError:
        other = f"and some bytes are not {used} either" if used else "and no other encoding fits"
        raise ReadingError(f"{not_utf8}, {other}; convert it to UTF-8") from None


def _is_cp1256(data: bytes) -> bool:
    high = data.translate(None, _ASCII_AND_BLANK)
    beside = sum(map(len, _ARABIC_RUN.findall(data)))
    common = len(high) - len(high.translate(None, _COMMON))
    return beside >= _RUN_SHARE * len(high) and common >= _COMMON_SHARE * len(high) > 0


def without_partial_character(data: bytes, encoding: str) -> bytes:
    """Remove an incomplete last character of damaged data; at most one whole character is lost."""
    if encoding in _WIDE:
        return data[: len(data) // 2 * 2]
    partial = _LAST_CHARACTER.search(data[-4:])
    return data[: -len(partial[0])] if partial else data


def to_utf8(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Convert UTF-16 chunks, cut at any byte, to UTF-8, in which a line end is one byte."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()
