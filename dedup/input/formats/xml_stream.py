"""Stream the elements of an XML file; nothing outside the file is opened.

The only entities that are expanded are those of HTML, which feeds use without declaring them. See `mended`
for other faults that are tolerated.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from html.entities import html5
from typing import TYPE_CHECKING

from dedup.input.byte_source import Source
from dedup.input.decoding import sniff_encoding, to_utf8
from dedup.input.markup import plain_text, tidied
from dedup.model.errors import ReadingError
from dedup.model.quoting import why

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ITEM_BYTES = 16 * 1024 * 1024
"""Maximum size of an item in bytes; it takes about ten times as much memory."""
DEEP = 200
"""Maximum depth of nested elements."""
_NOT_ELEMENTS = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_DECLARED = re.compile(rb"""\A(<\?xml[^>]{0,200}?encoding\s*=\s*["'])([\w.-]{2,40})""")
_WIDE = {
    "big5": "big5",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "gb18030": "gb18030",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}
"""Encodings that expat does not support, by their names in XML."""
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ALLOWED = re.compile("[\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters allowed by XML 1.0."""
_MARK_AND_BLANKS = b"\xef\xbb\xbf \t\r\n"
_LEADING = re.compile(rb"\A(?:\xef\xbb\xbf|[ \t\r\n])+(?=<|\Z)")
_REFERENCE = re.compile(
    rb"&(?:#(?P<number>[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});|(?P<name>[A-Za-z][A-Za-z0-9]{1,31});|)"
)
"""A reference, or an ampersand that does not begin one."""
_BEGUN = re.compile(rb"(?:&[A-Za-z0-9#]{0,32}|<(?:!(?:\[C?D?A?T?A?)?)?|\]\]?)\Z")
"""The end of a chunk that may continue in the next: a reference, or the beginning or end of a CDATA
section."""
_OF_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})


def root_name(head: bytes) -> str:
    """Return the name of the root element, without its namespace; empty if there is none."""
    start = _NOT_ELEMENTS.sub("", head.decode(sniff_encoding(head), "replace"))
    root = _ROOT.search(start)
    return root[1] if root else ""


def elements(
    source: Source, names: frozenset[str], *, max_bytes: int
) -> Iterator[tuple[tuple[str, ...], "Element"]]:
    """Yield the elements with certain names when they end, each after the names of its ancestors.

    An element is emptied after it was yielded, unless it is inside another with one of these names.

    Raises:
        ReadingError: It is not XML, is nested too deeply, declares entities, or an element is larger than
            `ITEM_BYTES` or `max_bytes`.
    """
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - few inputs need it
    from defusedxml.ElementTree import ParseError, iterparse  # noqa: PLC0415

    file = _File(source, max_bytes=min(max_bytes, ITEM_BYTES))
    try:
        yield from _ended(iterparse(file, events=("start", "end")), names, file)
    except ParseError as error:
        line, column = error.position
        cause = str(error).partition(":")[0]
        raise ReadingError(f"line {line} column {column + 1}: {cause}") from None
    except DefusedXmlException as error:
        cause = type(error).__name__
        raise ReadingError(f"it declares entities, which can make an XML bomb ({cause})") from None
    except (LookupError, ValueError) as error:
        raise ReadingError(f"its encoding cannot be read ({why(error)})") from None


def _ended(
    events: Iterable[tuple[str, "Element"]], names: frozenset[str], file: "_File"
) -> Iterator[tuple[tuple[str, ...], "Element"]]:
    around: list[Element] = []
    path: list[str] = []
    inside = 0
    for event, element in events:
        if event == "start":
            around.append(element)
            path.append(local_name(element))
            inside += path[-1] in names
            if len(path) > DEEP:
                raise ReadingError(f"its elements are nested more than {DEEP} deep")
            continue
        around.pop()
        if path.pop() in names:
            inside -= 1
            yield tuple(path), element
        if not inside:
            file.forget()
            (around[-1] if around else element).clear()


class _File:
    """A file object on a source, for the XML parser."""

    def __init__(self, source: Source, *, max_bytes: int) -> None:
        declared = _DECLARED.match(source.head)
        codec = _WIDE.get(declared[2].decode().lower()) if declared else None
        chunks = _recoded(source, codec) if codec else iter(source)
        self._chunks = chunks if sniff_encoding(source.head).startswith("utf-16") else mended(chunks)
        self._max_bytes = max_bytes
        self._in_memory = 0

    def read(self, _: int = -1) -> bytes:
        """Return the next chunk."""
        chunk = next(self._chunks, b"")
        self._in_memory += len(chunk)
        if self._in_memory > self._max_bytes:
            raise ReadingError(f"an element is larger than the {self._max_bytes} bytes allowed")
        return chunk

    def forget(self) -> None:
        """Restart the count: the elements read so far are no longer in memory."""
        self._in_memory = 0


def _recoded(source: Source, codec: str) -> Iterator[bytes]:
    chunks = to_utf8(source, codec)
    yield _DECLARED.sub(rb"\g<1>utf-8", next(chunks, b""))
    yield from chunks


def mended(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Repair common faults of feeds that a strict parser rejects.

    Blanks before the declaration are removed, control characters become spaces, an ampersand that does not
    begin a reference is escaped, and entities of HTML become numeric references. In CDATA sections only
    control characters are replaced.
    """
    begun, is_first, in_cdata = b"", True, False
    for chunk in chunks:
        text = begun + _CONTROL.sub(b" ", chunk)
        if is_first:
            text = _LEADING.sub(b"", text)
            if not text.strip(_MARK_AND_BLANKS):
                begun = text
                continue
        rest = _BEGUN.search(text)
        text, begun = (text[: rest.start()], rest[0]) if rest else (text, b"")
        if text:  # an empty chunk is the end of a file
            is_first = False
            text, in_cdata = _with_references(text, in_cdata=in_cdata)
            yield text
    if begun:
        yield begun if in_cdata else _with_references(begun, in_cdata=False)[0]


def _with_references(text: bytes, *, in_cdata: bool) -> tuple[bytes, bool]:
    """Repair the references outside CDATA sections; also return whether the text ends inside one."""
    parts = []
    while text:
        outside, marker, text = text.partition(b"]]>" if in_cdata else b"<![CDATA[")
        parts += [outside if in_cdata else _REFERENCE.sub(_mended_reference, outside), marker]
        in_cdata ^= bool(marker)
    return b"".join(parts), in_cdata


def _mended_reference(reference: re.Match[bytes]) -> bytes:
    number, name = reference["number"], reference["name"]
    if number:
        code = int(number[1:], 16) if number[:1] in b"xX" else int(number)
        return reference[0] if code <= sys.maxunicode and _ALLOWED.match(chr(code)) else b" "
    if name in _OF_XML:
        return reference[0]
    letters = html5.get(f"{name.decode()};", "") if name else ""
    return "".join(f"&#{ord(letter)};" for letter in letters).encode() or b"&amp;" + reference[0][1:]


def local_name(element: "Element") -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_at(element: "Element", *paths: str) -> str:
    """Return the text of the first path with any, on one line; namespaces are ignored."""
    for path in paths:
        for inner in element.iterfind("/".join(f"{{*}}{name}" for name in path.split("/"))):
            text = tidied("".join(inner.itertext())).replace("\n", " ")
            if text:
                return text
    return ""


def value_at(element: "Element", *places: str) -> str:
    """Return the first non-empty attribute of the places, written `path@name`."""
    for place in places:
        path, _, name = place.partition("@")
        where = "/".join(f"{{*}}{step}" for step in path.split("/")) if path else "."
        for inner in element.iterfind(where):
            if value := inner.get(name, "").strip():
                return value
    return ""


def blocks_of(element: "Element") -> str:
    """Return the text inside an element, one line per paragraph."""
    from xml.etree.ElementTree import tostring  # noqa: PLC0415 - an element was parsed by it

    return plain_text(tostring(element, encoding="unicode"))
