"""XML files: feeds, news sitemaps, wire items and pages, recognised by their root element."""

from collections.abc import Callable, Iterator

from dedup.input.byte_source import Source
from dedup.input.formats import feed, web_page, wire_item
from dedup.input.formats.format import Format, Task
from dedup.input.formats.xml_stream import root_name
from dedup.input.json_parsing import dump_json
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.errors import QUOTED, ReadingError
from dedup.model.quoting import printable

_KNOWN = "RSS, Atom, news sitemaps, NewsML-G2, NewsML 1, NITF and XHTML are read"


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    root = root_name(source.head)
    if root.lower() == "html":
        yield from web_page.FORMAT.read(source, task)
        return
    count, without_text = 0, 0
    broken = ""
    try:
        for count, parts in enumerate(_reader(root)(source, task), 1):
            if parts["text"]:
                yield _document(parts, count, task)
            else:
                without_text += 1
    except ReadingError as error:
        broken = str(error)
    broken = source.damage or broken
    if broken:
        kept = f"kept are the {count} items before it" if count else "skipped"
        yield Problem.of_input(task.path, None, Reason(ReasonKind.DAMAGED, (broken, kept)))
    elif not count:
        yield Problem.of_input(task.path, None, Reason(ReasonKind.EMPTY_INPUT, ("there is no item in it",)))
    if without_text:
        yield Problem(task.path, None, f"{without_text} items without a text; skipped", kind="skipped")


def _reader(root: str) -> Callable[[Source, Task], Iterator[dict[str, str]]]:
    if root in feed.ROOTS:
        return feed.entries
    if root in wire_item.ROOTS:
        return wire_item.news_items
    first = f"its first element is <{printable(root)[:QUOTED]}>" if root else "there is no element in it"
    raise ReadingError(f"{first}, which is not read ({_KNOWN})")


def _document(parts: dict[str, str], number: int, task: Task) -> Document:
    parts["id"] = parts["id"] or f"{task.path}#{number}"
    return Document(
        parts["id"],
        parts["text"],
        title=parts["title"],
        source=parts["source"],
        published=parts["published"],
        url=parts.get("url", ""),
        path=task.path,
        encoding="utf-8",
        record=dump_json({name: part for name, part in parts.items() if part}) if task.records else b"",
    )


FORMAT = Format(
    ("xml", "rss", "atom", "rdf", "nitf", "newsml"),
    _read,
    "each entry of a feed (RSS, Atom) or news sitemap; each item of NewsML-G2, NewsML 1 or NITF",
    limits="items of 16 MiB, 200 elements deep, no declared entities",
    begins=lambda start: (
        start.startswith("<?xml") or root_name(start.encode()) in feed.ROOTS | wire_item.ROOTS
    ),
)
