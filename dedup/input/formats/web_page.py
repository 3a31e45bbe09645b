"""Web pages: the article that trafilatura extracts from a page is a document."""

import re
from collections.abc import Iterator

from dedup.input.byte_source import Source
from dedup.input.decoding import decode, sniff_encoding, without_partial_character
from dedup.input.formats.format import Format, Task
from dedup.input.formats.whole_input import read_whole
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.errors import ReadingError
from dedup.model.extras import optional
from dedup.model.memory import is_out_of_memory
from dedup.model.quoting import why

PAGE_BYTES = 5 * 1024 * 1024
"""Maximum size of a page in bytes; news pages take up to 3 MB."""
PAGE_TAGS = 100_000
"""Maximum number of tags; trafilatura's time grows faster than their number (benchmarks/reading.py)."""

_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
"""Settings so that dates are not guessed from years and links, and do not depend on the day of the run."""

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,256}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_DECLARED_IN = 4096
"""Number of bytes that are searched for the declared encoding; the standard requires 1,024."""

_ENCODINGS = {
    "arabic": "iso8859-6",
    "asmo-708": "iso8859-6",
    "ascii": "cp1252",
    "big5": "big5",
    "euc-jp": "euc_jp",
    "euc-kr": "euc_kr",
    "gb18030": "gb18030",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "latin1": "cp1252",
    "shift_jis": "cp932",
    "us-ascii": "cp1252",
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"{maker}-125{page}": f"cp125{page}" for maker in ("windows", "cp", "x-cp") for page in range(9)},
    **{f"cp125{page}": f"cp125{page}" for page in range(9)},
}
"""The codec that browsers use for each encoding name; other names are not passed to Python's codecs."""


def story(
    data: bytes, name: str, *, path: str, place: str = "", charset: str = "", url: str = ""
) -> Document | Problem:
    """Extract the story of a page.

    Args:
        data: The page.
        name: The id of the document.
        path: The file that contains the page.
        place: Its place in that file, for problems; empty if it is the whole file.
        charset: The encoding given in headers; empty if there is none.
        url: Its address; empty if unknown.

    Raises:
        MissingLibraryError: trafilatura is not installed.
    """
    trafilatura = optional("trafilatura", what="a web page", library="trafilatura", extra="html")
    if len(data) > PAGE_BYTES:
        return Problem(path, None, f"the page{place} is larger than {PAGE_BYTES} bytes; skipped")
    if data.count(b"<") > PAGE_TAGS:
        return Problem(path, None, f"the page{place} has more than {PAGE_TAGS} tags; skipped")
    try:
        text, encoding = _decode(data, charset)
        article = trafilatura.bare_extraction(
            text,
            url=url or None,
            include_comments=False,
            deduplicate=False,
            with_metadata=True,
            date_extraction_params=dict(_DATES),
        )
    except ReadingError as error:
        return Problem(path, None, f"the page{place} cannot be read: {error}; skipped")
    except Exception as error:
        if is_out_of_memory(error):
            raise
        return Problem(path, None, f"the page{place} cannot be parsed ({why(error)}); skipped")
    body = (article.text or "") if article else ""
    if not body.strip():
        return Problem.of_input(path, None, Reason(ReasonKind.NO_STORY, (place,)), kind="skipped")
    return Document(
        name,
        body,
        title=article.title or "",
        source=article.sitename or article.hostname or "",
        published=article.date or "",
        url=url or article.url or "",
        path=path,
        encoding=encoding,
    )


def is_page(data: bytes) -> bool:
    """Whether bytes begin like a page, after comments and an XML declaration."""
    start = re.sub(
        rb"\A(?:\xef\xbb\xbf|\s|<!--.*?-->|<\?xml.*?\?>)*", b"", data[:_DECLARED_IN], flags=re.DOTALL
    )
    return _begins(start.decode("latin-1"))


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    data = read_whole(source, max_bytes=min(PAGE_BYTES, task.limits.max_bytes))
    if data or not source.damage:
        yield story(
            without_partial_character(data, "utf-8") if source.damage else data, task.path, path=task.path
        )
    if source.damage:
        kept = "the page before it is kept" if data else "skipped"
        yield Problem.of_input(task.path, None, Reason(ReasonKind.DAMAGED, (source.damage, kept)))


def _decode(data: bytes, charset: str) -> tuple[str, str]:
    """Decode a page by its byte order mark, as valid UTF-8, as declared, or by a guess, in this order."""
    sniffed = sniff_encoding(data)
    if sniffed != "utf-8":
        return decode(data, sniffed)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data, 0, _DECLARED_IN)
    names = [
        name.strip().lower() for name in (charset, declared[1].decode("ascii") if declared else "") if name
    ]
    for name in names:
        codec = _ENCODINGS.get(name)
        if codec:
            return data.decode(codec, "replace"), codec
    is_utf8 = not {"utf-8", "utf8"}.isdisjoint(names)
    try:
        return decode(data, sniffed, guess="utf-8" if is_utf8 else "")
    except ReadingError:
        if not is_utf8:
            raise
        return data.decode("utf-8", "replace"), "utf-8"  # some bytes are damaged


def _begins(start: str) -> bool:
    return bool(re.match(r"(?i)<(?:!doctype\s+html|html|head|body)\b", start))


FORMAT = Format(
    ("html", "htm", "xhtml"),
    _read,
    "the article that trafilatura extracts from the page",
    limits="pages of 5 MiB and 100,000 tags",
    extra="html",
    begins=_begins,
)
