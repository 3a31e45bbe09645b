"""Elements of an XML file, a few at a time; nothing outside the file is opened.

Of entities only those of HTML are expanded, which feeds use without declaring them; for other faults see
`mended`.
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
"""Bytes of one item; in memory it takes some ten times as much."""
DEEP = 200
"""Elements inside one another, at most."""
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
"""Encodings that expat does not know, as XML files name them."""
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ALLOWED = re.compile("[\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters of XML 1.0."""
_MARK_AND_BLANKS = b"\xef\xbb\xbf \t\r\n"
_LEADING = re.compile(rb"\A(?:\xef\xbb\xbf|[ \t\r\n])+(?=<|\Z)")
_REFERENCE = re.compile(
    rb"&(?:#(?P<number>[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});|(?P<name>[A-Za-z][A-Za-z0-9]{1,31});|)"
)
"""A reference, or an ampersand that begins none."""
_BEGUN = re.compile(rb"(?:&[A-Za-z0-9#]{0,32}|<(?:!(?:\[C?D?A?T?A?)?)?|\]\]?)\Z")
"""What may go on in the next chunk: a reference, and the beginning and end of a CDATA section."""
_OF_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})


def root_name(head: bytes) -> str:
    """Name the first element, without its namespace; empty where there is none."""
    start = _NOT_ELEMENTS.sub("", head.decode(sniff_encoding(head), "replace"))
    found = _ROOT.search(start)
    return found[1] if found else ""


def elements(
    source: Source, names: frozenset[str], *, max_bytes: int
) -> Iterator[tuple[tuple[str, ...], "Element"]]:
    """Yield the elements of some names when they end, beside the names of those around them.

    An element that was yielded is emptied, unless it stands inside another of these names.

    Raises:
        ReadingError: It is no XML, is nested too deeply, declares entities, or an element is larger than
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
        raise ReadingError(f"it declares entities, of which XML bombs are made ({cause})") from None
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
    """A source that an XML parser reads from."""

    def __init__(self, source: Source, *, max_bytes: int) -> None:
        declared = _DECLARED.match(source.head)
        codec = _WIDE.get(declared[2].decode().lower()) if declared else None
        chunks = _recoded(source, codec) if codec else iter(source)
        self._chunks = chunks if sniff_encoding(source.head).startswith("utf-16") else mended(chunks)
        self._max_bytes = max_bytes
        self._held = 0

    def read(self, _: int = -1) -> bytes:
        """Return the next chunk."""
        chunk = next(self._chunks, b"")
        self._held += len(chunk)
        if self._held > self._max_bytes:
            raise ReadingError(f"an element is larger than the {self._max_bytes} bytes allowed")
        return chunk

    def forget(self) -> None:
        """Begin to count anew: what was read is no longer in memory."""
        self._held = 0


def _recoded(source: Source, codec: str) -> Iterator[bytes]:
    chunks = to_utf8(source, codec)
    yield _DECLARED.sub(rb"\g<1>utf-8", next(chunks, b""))
    yield from chunks


def mended(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Mend what stops a strict parser and is common in feeds.

    Blanks before the declaration and control characters are left out, an ampersand that begins no reference
    is escaped, and entities of HTML are written as numbers. In CDATA sections only control characters change.
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
    """Mend the references outside CDATA sections; return whether the text ends inside one."""
    parts = []
    while text:
        outside, marker, text = text.partition(b"]]>" if in_cdata else b"<![CDATA[")
        parts += [outside if in_cdata else _REFERENCE.sub(_mended_reference, outside), marker]
        in_cdata ^= bool(marker)
    return b"".join(parts), in_cdata


def _mended_reference(found: re.Match[bytes]) -> bytes:
    number, name = found["number"], found["name"]
    if number:
        code = int(number[1:], 16) if number[:1] in b"xX" else int(number)
        return found[0] if code <= sys.maxunicode and _ALLOWED.match(chr(code)) else b" "
    if name in _OF_XML:
        return found[0]
    letters = html5.get(f"{name.decode()};", "") if name else ""
    return "".join(f"&#{ord(letter)};" for letter in letters).encode() or b"&amp;" + found[0][1:]


def local_name(element: "Element") -> str:
    """Name an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_at(element: "Element", *paths: str) -> str:
    """Return the text of the first of some paths that has any, its lines joined; namespaces do not count."""
    for path in paths:
        for found in element.iterfind("/".join(f"{{*}}{name}" for name in path.split("/"))):
            text = tidied("".join(found.itertext())).replace("\n", " ")
            if text:
                return text
    return ""


def value_at(element: "Element", *places: str) -> str:
    """Return the first attribute that is filled of some, written `path@name`."""
    for place in places:
        path, _, name = place.partition("@")
        where = "/".join(f"{{*}}{step}" for step in path.split("/")) if path else "."
        for found in element.iterfind(where):
            if value := found.get(name, "").strip():
                return value
    return ""


def blocks_of(element: "Element") -> str:
    """Return the text inside an element, a line for each of its paragraphs."""
    from xml.etree.ElementTree import tostring  # noqa: PLC0415 - an element was parsed by it

    return plain_text(tostring(element, encoding="unicode"))
