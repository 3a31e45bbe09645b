"""The item pipeline: checks every item, and tracks it through the other pipelines."""

import logging
import time
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy import signals, version_info
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured
from scrapy.utils.defer import deferred_from_coro

from dedup.integrations.scrapy.index_calls import IndexCalls
from dedup.integrations.scrapy.item_document import as_item_document, without_text
from dedup.integrations.scrapy.keeping import Keeping
from dedup.integrations.scrapy.pipeline_settings import PipelineSettings
from dedup.integrations.scrapy.reactor_calls import in_thread, pause
from dedup.model.errors import DedupError
from dedup.prefilter import Answer, PreFilter, Relation

OLDEST = (2, 14)
"""The first version of Scrapy that sends the signals of an item from the task that ran its pipelines."""
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 0.5
"""Shortest and longest time between two checks of a story on hold, in seconds."""

logger = logging.getLogger(__name__)


class DuplicateStory(DropItem):
    """The item is a copy of a story in the index; logged at level DEBUG, as Scrapy logs the whole item.

    Attributes:
        answer: The answer of the index.
    """

    def __init__(self, answer: Answer) -> None:
        super().__init__(_described(answer), log_level="DEBUG")
        self.answer = answer


def _described(answer: Answer) -> str:
    if answer.relation is Relation.SAME:
        return f"offered before as {answer.match}"
    return f"{answer.verdict} of {answer.match}"


@dataclass(slots=True)
class _Passage:
    """One item on its way through the pipelines, even if they replace it.

    Attributes:
        identity: The id of its story, if it was stored on hold.
        ticket: Its ticket.
        ended: Whether Scrapy has sent the signal of its end.
    """

    identity: str = ""
    ticket: str | None = None
    ended: bool = False


_PASSAGE: ContextVar[_Passage | None] = ContextVar("dedup_passage", default=None)
"""Scrapy runs the pipelines of an item and sends the signal of its end in one task. The item itself need not
be recognised, so pipelines are free to replace it."""


class DedupPipeline:
    """Checks every item against the index, in a separate thread."""

    def __init__(self, prefilter: PreFilter, crawler: Crawler, settings: PipelineSettings) -> None:
        """Use an open index; see `from_crawler` for the usual way."""
        self._calls = IndexCalls(prefilter)
        self._crawler = crawler
        self._settings = settings
        self._passing: set[str] = set()
        self._is_stopping = False
        self._keeping = Keeping(
            self._calls,
            crawler,
            waits_for_feeds=settings.waits_for_feeds,
            count=self._count,
            failed=self._failed,
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the index that the settings name.

        Raises:
            NotConfigured: The index is not set; or it cannot be used, and DEDUP_ON_ERROR is `pass`.
            DedupError: A setting is wrong, or the index cannot be used; the crawl does not start.
        """
        if not crawler.settings.get("DEDUP_INDEX"):
            raise NotConfigured("DEDUP_INDEX is not set; expected an index file or address")
        if tuple(version_info[:2]) < OLDEST:
            raise DedupError(f"expected Scrapy {OLDEST[0]}.{OLDEST[1]} or newer, got {version_info}")
        settings = PipelineSettings.read(crawler.settings)
        try:
            prefilter = settings.opened()
        except DedupError as error:
            if not settings.stops:
                raise NotConfigured(f"{error}; items pass unchecked") from error
            logger.error("%s; DEDUP_ON_ERROR=pass would crawl without the index", error)  # noqa: TRY400
            raise
        pipeline = cls(prefilter, crawler, settings)
        for signal in ("spider_opened", "item_scraped", "item_dropped", "item_error", "engine_stopped"):
            crawler.signals.connect(getattr(pipeline, signal), getattr(signals, signal))
        crawler.signals.connect(pipeline.feed_exporter_closed, signals.feed_exporter_closed)
        return pipeline

    def spider_opened(self) -> None:
        """Log when stories count as seen."""
        logger.info("dedup: %s", self._keeping.promise())

    async def process_item(self, item: Any, spider: object = None) -> Any:  # noqa: ANN401, ARG002 - Scrapy's
        """Return the item, with a tag if wanted; raise DuplicateStory for a copy if copies are dropped."""
        passage = _Passage()
        _PASSAGE.set(passage)
        document = self._document(item)
        if document is None:
            return item
        try:
            answer = await self._asked(document)
        except DedupError as error:
            self._failed(error)
            if self._settings.stops:
                raise
            self._count("unchecked")
            return item
        if answer.ticket is not None:
            passage.identity, passage.ticket = answer.id, answer.ticket
            self._passing.add(answer.id)
        self._count_answer(answer)
        if answer.drops and self._settings.drops and self._is_settled(answer):
            logger.info("dropped %s: %s", answer.id, _described(answer))
            raise DuplicateStory(answer)
        if not self._settings.drops:
            self._tag(item, answer)
        return item

    async def item_scraped(self, item: object) -> None:
        """Keep the story of an item that has passed all pipelines, once the item is safe."""
        passage = self._ended()
        if passage is None:
            self._warn_once("lost_track", "%s came out of the pipelines in another task", type(item).__name__)
        elif passage.ticket is not None:
            await self._keeping.add(passage.ticket, passage.identity)

    async def item_dropped(self) -> None:
        """Release the story of an item that another pipeline dropped."""
        passage = self._ended()
        if passage is not None and (ticket := passage.ticket) is not None:
            try:
                await in_thread(partial(self._calls.release, [ticket]))
            except DedupError as error:  # the hold ends with this process
                self._failed(error)
            else:
                self._count("released")

    async def item_error(self) -> None:
        """Release the story of an item that another pipeline failed on."""
        await self.item_dropped()

    async def feed_exporter_closed(self) -> None:
        """Keep the stories that waited for the feeds."""
        await self._keeping.feeds_closed()

    async def engine_stopped(self) -> None:
        """Close the index; stories of items that are still in the pipelines are released."""
        if self._times("without_text") and not self._times("checked"):
            logger.error("no item had a text: nothing was checked, and no copy found; see DEDUP_FIELDS")
        await in_thread(self._calls.close)

    async def _asked(self, document: dict[str, object]) -> Answer:
        """Query the index, and repeat the query for some time while the match is only on hold."""
        ask = partial(self._calls.check_and_add, document)
        answer: Answer = await in_thread(ask)
        deadline, wait = time.monotonic() + self._settings.wait, FIRST_PAUSE
        while not self._is_settled(answer) and (left := deadline - time.monotonic()) > 0:
            await pause(min(wait, left))
            wait = min(2 * wait, LONGEST_PAUSE)
            if answer.match not in self._passing:
                answer = await in_thread(ask)
        return answer

    def _is_settled(self, answer: Answer) -> bool:
        """Whether the match is certain to stay: it is kept, or waits for the same feeds as this item."""
        if not answer.drops or answer.match is None or not answer.on_hold:
            return True
        return self._keeping.waits(answer.match)

    def _ended(self) -> _Passage | None:
        """Return the passage whose end was signalled just now; None if its pipelines ran in another task."""
        passage = _PASSAGE.get()
        if passage is None or passage.ended:
            return None
        passage.ended = True
        self._passing.discard(passage.identity)
        return passage

    def _document(self, item: object) -> dict[str, object] | None:
        """Return the document to check; None for an item that is ignored."""
        if ItemAdapter.is_item(item) and ItemAdapter(item).get(self._settings.skip_field):
            self._count("skipped")
            return None
        document = as_item_document(item, self._settings.fields)
        if document is None:
            self._warn_once("without_text", "%s", without_text(item, self._settings.fields))
        return document

    def _tag(self, item: object, answer: Answer) -> None:
        try:
            ItemAdapter(item)[self._settings.tag_field] = answer.as_tag()
        except (KeyError, AttributeError, ValueError):
            name = type(item).__name__
            self._warn_once("untagged", "%s has no field %r for the tag", name, self._settings.tag_field)

    def _failed(self, error: DedupError) -> None:
        """Log an error of the index, and stop the crawl unless DEDUP_ON_ERROR is `pass`."""
        if not self._settings.stops:
            self._warn_once("failed", "%s; items pass unchecked", error)
        elif not self._is_stopping:
            self._is_stopping = True
            logger.error("the crawl stops: %s", error)
            if self._crawler.engine is not None:
                deferred_from_coro(self._crawler.engine.close_spider_async(reason="dedup_failed"))

    def _count_answer(self, answer: Answer) -> None:
        self._count("checked")
        self._count("duplicates" if answer.relation is Relation.COPY else answer.relation)
        if answer.verdict is not None:
            self._count(f"verdict/{answer.verdict}")
        if not self._is_settled(answer):
            self._count("passed_on_hold")

    def _warn_once(self, stat: str, message: str, *values: object) -> None:
        if not self._times(stat):
            logger.warning(message, *values)
        self._count(stat)

    def _times(self, name: str) -> int:
        """Return the value of a stat."""
        return 0 if self._crawler.stats is None else int(self._crawler.stats.get_value(f"dedup/{name}", 0))

    def _count(self, name: str, times: int = 1) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"dedup/{name}", times)
