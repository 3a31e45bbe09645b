"""Entries of RSS, Atom and news sitemaps.

Sources: RSS 2.0, RSS 1.0, RFC 4287, Google's schema of news sitemaps 0.9.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dedup.input.byte_source import Source
from dedup.input.formats.format import Task
from dedup.input.formats.xml_stream import blocks_of, elements, local_name, text_at, value_at
from dedup.input.markup import plain_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROOTS = frozenset({"rss", "RDF", "feed", "urlset"})
_NAMES = frozenset({"item", "entry", "url", "title"})
_FEEDS = {("rss", "channel"), ("RDF", "channel"), ("feed",)}
_MARKUP = {"html", "text/html", "xhtml", "application/xhtml+xml"}


def entries(source: Source, task: Task) -> Iterator[dict[str, str]]:
    """Yield the parts of each entry.

    Raises:
        ReadingError: See `elements`.
    """
    feed = ""
    for around, element in elements(source, _NAMES, max_bytes=task.limits.max_bytes):
        name = local_name(element)
        if name == "title":
            feed = text_at(element) or "".join(element.itertext()).strip() if around in _FEEDS else feed
        elif name == "url":
            if around == ("urlset",):
                yield _sitemap_entry(element)
        elif name == "entry":
            yield _atom_entry(element, feed)
        elif "item" not in around:
            yield _rss_item(element, feed)


def _rss_item(item: "Element", feed: str) -> dict[str, str]:
    written = [plain_text(element.text or "") for element in item.iterfind("{*}encoded")]
    link = text_at(item, "link") or value_at(item, "@{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    return {
        "id": text_at(item, "guid", "identifier") or link,
        "text": max(written, key=len, default="") or plain_text(_inner(item, "description") or _media(item)),
        "title": plain_text(text_at(item, "title")),
        "published": text_at(item, "pubDate", "date", "issued", "published"),
        "source": text_at(item, "source") or feed,
        "url": link or _address(text_at(item, "guid")),
    }


def _atom_entry(entry: "Element", feed: str) -> dict[str, str]:
    links = [
        element for element in entry.iterfind("{*}link") if element.get("rel", "alternate") == "alternate"
    ]
    link = links[0].get("href", "") if links else ""
    parts = [
        _atom_text(element) for name in ("content", "summary") for element in entry.iterfind(f"{{*}}{name}")
    ]
    return {
        "id": text_at(entry, "id") or link,
        "text": next(filter(None, parts), "") or plain_text(_media(entry)),
        "title": plain_text(text_at(entry, "title")),
        "published": text_at(entry, "published", "issued", "updated", "modified"),
        "source": text_at(entry, "source/title") or feed,
        "url": link,
    }


def _atom_text(part: "Element") -> str:
    if len(part):
        return blocks_of(part)
    text = (part.text or "").strip()
    return plain_text(text) if part.get("type", "text") in _MARKUP else text


def _address(guid: str) -> str:
    return guid if guid.startswith(("http://", "https://")) else ""


def _media(entry: "Element") -> str:
    """Return the description in a Media RSS group, which feeds of videos have."""
    return text_at(entry, "group/description")


def _sitemap_entry(url: "Element") -> dict[str, str]:
    title = text_at(url, "news/title")
    return {
        "id": text_at(url, "loc"),
        "text": title,
        "title": title,
        "published": text_at(url, "news/publication_date"),
        "source": text_at(url, "news/publication/name"),
        "url": text_at(url, "loc"),
    }


def _inner(element: "Element", name: str) -> str:
    child = element.find(f"{{*}}{name}")
    if child is None:
        return ""
    return blocks_of(child) if len(child) else child.text or ""
