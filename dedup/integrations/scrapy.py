"""Scrapy add-on and item pipeline that check an index before an item is stored.

    ADDONS = {"dedup.integrations.scrapy.DedupAddon": 500}
    DEDUP_INDEX = "news.dedup"

A story counts as seen only once its item has passed all pipelines. Until then it is on hold; if another
pipeline drops the item or fails, it counts as never offered. Settings:

    DEDUP_INDEX        the index file, or postgresql://user@host/database; without it the pipeline is off
    DEDUP_MODE         `tag` (the default) adds a field, `drop` drops copies
    DEDUP_FIELDS       names of fields in items, {"text": "body"}; by default those of a document
    DEDUP_TAG_FIELD    the field for the tag, `dedup`; items that cannot have it stay untagged
    DEDUP_SKIP_FIELD   items in which this field is true are ignored, `dedup_skip`
    DEDUP_WINDOW       seconds after which a story that was not offered again is forgotten
    DEDUP_CAPACITY     most stories; those not offered for the longest time are forgotten
    DEDUP_PRIORITY     priority of the pipeline if the add-on adds it, 250

Stats begin with `dedup/`. Works with Scrapy 2.11 and newer, on the asyncio reactor and on others.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy import signals, version_info
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured
from scrapy.settings import BaseSettings

from dedup.model.errors import DedupError
from dedup.prefilter import Answer, PreFilter

OLDEST = (2, 11)
PRIORITY = 250
_PIPELINE = "dedup.integrations.scrapy.DedupPipeline"
_NAMES = ("id", "text", "title", "published", "source", "url")
_MODES = ("tag", "drop")

logger = logging.getLogger(__name__)


class DuplicateStory(DropItem):
    """The item is a copy of a story in the index.

    Attributes:
        answer: The answer of the index.
    """

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.verdict} of {answer.duplicate_of}")
        self.answer = answer


class DedupAddon:
    """Adds the pipeline to those of the project, unless it is there already."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Add the pipeline; NotConfigured without DEDUP_INDEX."""
        if not settings.get("DEDUP_INDEX"):
            raise NotConfigured("DEDUP_INDEX is not set; expected an index file or address")
        # changed in place: a value set here would have a lower priority than the project's
        pipelines = settings["ITEM_PIPELINES"]
        if _PIPELINE not in pipelines and DedupPipeline not in pipelines:
            pipelines[_PIPELINE] = settings.getint("DEDUP_PRIORITY", PRIORITY)


@dataclass(slots=True)
class _OnHold:
    item: object
    ticket: str | None


class DedupPipeline:
    """Checks every item against the index, in another thread."""

    def __init__(self, prefilter: PreFilter, crawler: Crawler) -> None:
        """Use an open index; see `from_crawler` for the usual way."""
        settings = crawler.settings
        self._prefilter = prefilter
        self._crawler = crawler
        self._mode = settings.get("DEDUP_MODE", "tag")
        self._fields = {name: name for name in _NAMES} | settings.getdict("DEDUP_FIELDS")
        self._tag_field = settings.get("DEDUP_TAG_FIELD", "dedup")
        self._skip_field = settings.get("DEDUP_SKIP_FIELD", "dedup_skip")
        self._on_hold: dict[int, _OnHold] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the index that the settings name.

        Raises:
            NotConfigured: The index is not set or not usable, or Scrapy is too old.
        """
        settings = crawler.settings
        path = settings.get("DEDUP_INDEX")
        if not path:
            raise NotConfigured("DEDUP_INDEX is not set; expected an index file or address")
        if tuple(version_info[:2]) < OLDEST:
            raise NotConfigured(f"expected Scrapy 2.11 or newer, got {version_info}")
        if settings.get("DEDUP_MODE", "tag") not in _MODES:
            raise NotConfigured(
                f"DEDUP_MODE={settings.get('DEDUP_MODE')!r} is not one of {', '.join(_MODES)}"
            )
        try:
            prefilter = PreFilter.open(
                path,
                window=settings.getfloat("DEDUP_WINDOW") or None,
                capacity=settings.getint("DEDUP_CAPACITY") or None,
            )
        except DedupError as error:
            raise NotConfigured(str(error)) from error
        pipeline = cls(prefilter, crawler)
        crawler.signals.connect(pipeline.item_scraped, signals.item_scraped)
        crawler.signals.connect(pipeline.item_dropped, signals.item_dropped)
        crawler.signals.connect(pipeline.item_error, signals.item_error)
        crawler.signals.connect(pipeline.engine_stopped, signals.engine_stopped)
        return pipeline

    async def process_item(self, item: Any, spider: object = None) -> Any:  # noqa: ANN401, ARG002 - Scrapy's
        """Return the item, with a tag if wanted; raise DuplicateStory for a copy if copies are dropped."""
        document = self._document(item)
        if document is None:
            return item
        answer: Answer = await _in_thread(lambda: self._prefilter.check_and_add(document, hold=True))
        self._on_hold[id(item)] = _OnHold(item, answer.ticket)
        self._count("checked")
        self._count("new" if answer.duplicate_of is None else "duplicates")
        if answer.verdict is not None:
            self._count(f"verdict/{answer.verdict}")
        if answer.duplicate_of is not None and self._mode == "drop":
            raise DuplicateStory(answer)
        if self._mode == "tag":
            self._tag(item, answer)
        return item

    async def item_scraped(self, item: object) -> None:
        """Keep the story of an item that has passed all pipelines."""
        ticket = self._ticket(item)
        if ticket is not None:
            await _in_thread(lambda: self._prefilter.keep([ticket]))
            self._count("kept")

    async def item_dropped(self, item: object) -> None:
        """Release the story of an item that another pipeline dropped."""
        ticket = self._ticket(item)
        if ticket is not None:
            await _in_thread(lambda: self._prefilter.release([ticket]))
            self._count("released")

    async def item_error(self, item: object) -> None:
        """Release the story of an item that another pipeline failed on."""
        await self.item_dropped(item)

    async def engine_stopped(self) -> None:
        """Close the index; stories of items that are still in the pipelines are released."""
        self._on_hold.clear()
        await _in_thread(self._prefilter.close)

    def _document(self, item: object) -> dict[str, object] | None:
        """The document to check; None for an item that is ignored."""
        adapter = ItemAdapter(item)
        if adapter.get(self._skip_field):
            self._count("skipped")
            return None
        document = {name: _decoded(adapter.get(field)) for name, field in self._fields.items()}
        text = document["text"]
        if isinstance(text, list | tuple):
            text = "\n".join(map(str, text))
        if not isinstance(text, str) or not text.strip():
            self._count("without_text")
            return None
        url = document["url"]
        return {**document, "text": text, "id": document["id"] or url}

    def _tag(self, item: object, answer: Answer) -> None:
        try:
            ItemAdapter(item)[self._tag_field] = answer.as_tag()
        except (KeyError, AttributeError):
            if not self._stat("untagged"):
                logger.warning("%s has no field %r for the tag", type(item).__name__, self._tag_field)
            self._count("untagged")

    def _ticket(self, item: object) -> str | None:
        """Take the ticket of an item; a later pipeline may have replaced the item with a copy."""
        entry = self._on_hold.pop(id(item), None)
        if entry is None:
            document = self._document_again(item)
            same = [
                key for key, other in self._on_hold.items() if self._document_again(other.item) == document
            ]
            entry = self._on_hold.pop(same[0]) if same else None
        return None if entry is None else entry.ticket

    def _document_again(self, item: object) -> tuple[object, ...]:
        adapter = ItemAdapter(item)
        return tuple(adapter.get(self._fields[name]) for name in ("id", "url", "text"))

    def _count(self, name: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"dedup/{name}")

    def _stat(self, name: str) -> object:
        return None if self._crawler.stats is None else self._crawler.stats.get_value(f"dedup/{name}")


def _decoded(value: object) -> object:
    """Decode bytes, which items of news-please contain."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


async def _in_thread[T](work: Callable[[], T]) -> T:
    """Run blocking work outside the reactor thread."""
    try:
        from scrapy.utils.asyncio import run_in_thread  # noqa: PLC0415 - of Scrapy 2.15 and newer
    except ImportError:
        from scrapy.utils.defer import maybe_deferred_to_future  # noqa: PLC0415
        from twisted.internet.threads import deferToThread  # noqa: PLC0415

        return await maybe_deferred_to_future(deferToThread(work))
    return await run_in_thread(work)
