"""News items of wire agencies: NewsML-G2, NewsML 1 and NITF.

Sources: IPTC NewsML-G2 2.x, NewsML 1.2, NITF 3.x.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dedup.input.byte_source import Source
from dedup.input.formats.format import Task
from dedup.input.formats.xml_stream import blocks_of, elements, local_name, text_at, value_at
from dedup.input.markup import plain_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROOTS = frozenset({"newsItem", "newsMessage", "NewsML", "nitf"})

_BODIES = ("body/body.content", "body.content", "body")
"""Paths of the story in NITF and XHTML, the most specific first."""


def news_items(source: Source, task: Task) -> Iterator[dict[str, str]]:
    """Yield the parts of each item.

    Raises:
        ReadingError: See `elements`.
    """
    names = frozenset(_READERS)
    for around, element in elements(source, names, max_bytes=task.limits.max_bytes):
        if names.isdisjoint(around):
            yield _READERS[local_name(element)](element)


def _nitf(item: "Element") -> dict[str, str]:
    body = "body/body.head"
    version = value_at(item, "head/docdata/du-key@version")
    credit = text_at(item, f"{body}/distributor/org", f"{body}/distributor")
    holder = value_at(
        item, "head/pubdata@name", "head/docdata/doc.copyright@holder", "head/docdata/doc-id@regsrc"
    )
    return {
        "id": _versioned(value_at(item, "head/docdata/doc-id@id-string"), version),
        "text": _body(item),
        "title": text_at(item, f"{body}/hedline/hl1", "head/title"),
        "published": value_at(
            item,
            f"{body}/dateline/story.date@norm",
            "head/docdata/date.issue@norm",
            "head/docdata/date.release@norm",
        ),
        "source": credit or holder,
        "version": version,
        "dateline": text_at(item, f"{body}/dateline/location", f"{body}/dateline"),
        "credit": credit,
        "byline": text_at(item, f"{body}/byline/person", f"{body}/byline"),
    }


def _g2(item: "Element") -> dict[str, str]:
    version = item.get("version", "")
    inline = item.find("{*}contentSet/{*}inlineXML")
    inner = inline[0] if inline is not None and len(inline) else None
    parts = _nitf(inner) if inner is not None and local_name(inner) == "nitf" else {}
    plain = plain_text(_data(item, "contentSet/inlineData"))
    credit = text_at(item, "contentMeta/creditline") or parts.get("credit", "")
    provider = text_at(item, "itemMeta/provider/name") or value_at(
        item, "itemMeta/provider@literal", "itemMeta/provider@qcode", "itemMeta/provider@uri"
    )
    return {
        "id": _versioned(item.get("guid", ""), version),
        "text": parts.get("text") or (_body(inner) if inner is not None else "") or plain,
        "title": text_at(item, "contentMeta/headline", "itemMeta/title") or parts.get("title", ""),
        "published": text_at(
            item, "itemMeta/versionCreated", "itemMeta/firstCreated", "contentMeta/contentCreated"
        ),
        "source": provider or credit,
        "version": version,
        "dateline": text_at(item, "contentMeta/dateline") or parts.get("dateline", ""),
        "credit": credit,
        "byline": text_at(item, "contentMeta/by") or parts.get("byline", ""),
    }


def _newsml(item: "Element") -> dict[str, str]:
    identifier = "Identification/NewsIdentifier"
    version = text_at(item, f"{identifier}/RevisionId")
    inner = item.find(".//{*}DataContent/{*}nitf")
    parts = _nitf(inner) if inner is not None else {}
    content = item.find(".//{*}DataContent")
    lines = "NewsComponent/NewsLines"
    credit = text_at(item, f"{lines}/CreditLine", f"{lines}/CopyrightLine") or parts.get("credit", "")
    return {
        "id": text_at(item, f"{identifier}/PublicIdentifier")
        or _versioned(text_at(item, f"{identifier}/NewsItemId"), version),
        "text": parts.get("text") or (_body(content) if content is not None else ""),
        "title": text_at(item, f"{lines}/HeadLine") or parts.get("title", ""),
        "published": text_at(item, "NewsManagement/ThisRevisionCreated", "NewsManagement/FirstCreated"),
        "source": credit or text_at(item, f"{identifier}/ProviderId"),
        "version": version,
        "dateline": text_at(item, f"{lines}/DateLine") or parts.get("dateline", ""),
        "credit": credit,
        "byline": text_at(item, f"{lines}/ByLine") or parts.get("byline", ""),
    }


def _body(item: "Element") -> str:
    for path in _BODIES:
        body = item.find("/".join(f"{{*}}{name}" for name in path.split("/")))
        if body is not None:
            return blocks_of(body)
    return blocks_of(item)


def _data(item: "Element", path: str) -> str:
    data = item.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    return (data.text or "") if data is not None else ""


def _versioned(identity: str, version: str) -> str:
    return f"{identity}:{version}" if identity and version else identity


_READERS = {"nitf": _nitf, "newsItem": _g2, "NewsItem": _newsml}
"""The function for each item element."""
