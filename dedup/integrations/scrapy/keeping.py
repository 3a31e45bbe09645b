"""Keeps the stories of a crawl once their items are safe.

Items are written to feeds one by one, but a feed may be a temporary file that is uploaded when the crawl
ends. So a story whose item has passed all pipelines waits for the next flush if all feeds are local files,
otherwise for the end of the crawl. Waiting stories are kept together, in one transaction.
"""

import logging
import os
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter, FileFeedStorage, StdoutFeedStorage

from dedup.integrations.scrapy.index_calls import IndexCalls
from dedup.integrations.scrapy.reactor_calls import in_thread
from dedup.model.errors import DedupError, TicketError

AT_ONCE = 200
"""Maximum number of stories kept in one transaction."""
_LOCAL = (FileFeedStorage, StdoutFeedStorage)

logger = logging.getLogger(__name__)


class Keeping:
    """The stories whose items have passed all pipelines."""

    def __init__(
        self,
        calls: IndexCalls,
        crawler: Crawler,
        *,
        waits_for_feeds: bool,
        count: Callable[[str, int], None],
        failed: Callable[[DedupError], None],
    ) -> None:
        """Keep stories in an index.

        Args:
            calls: The index.
            crawler: The crawler with the feeds.
            waits_for_feeds: Whether an item is safe only after the feeds have written it.
            count: Increases a stat.
            failed: Called with an error of the index; the stories stay on hold.
        """
        self._calls = calls
        self._crawler = crawler
        self._waits_for_feeds = waits_for_feeds
        self._count = count
        self._failed = failed
        self._waiting: dict[str, str] = {}
        self._identities: Counter[str] = Counter()
        self._is_keeping = False

    def waits(self, identity: str) -> bool:
        """Whether an item with this id has passed all pipelines but its story is not kept yet."""
        return self._identities[identity] > 0

    def promise(self) -> str:
        """Describe when stories are kept, for the log."""
        feeds = self._feeds()
        if not feeds:
            return "a story counts as seen once its item has passed all pipelines"
        names = ", ".join(type(slot.storage).__name__ for slot in feeds)
        if all(map(_is_flushed, feeds)):
            return f"a story counts as seen once its item is flushed to its feed ({names})"
        return f"stories count as seen when the crawl ends and its feeds are stored ({names})"

    async def add(self, ticket: str, identity: str) -> None:
        """Keep the story of an item that has passed all pipelines, now or later."""
        self._waiting[ticket] = identity
        self._identities[identity] += 1
        if self._is_keeping or not all(map(_is_flushed, self._feeds())):
            return
        self._is_keeping = True  # stories added meanwhile are kept in the next round
        try:
            while self._waiting:
                await self._keep(list(self._waiting)[:AT_ONCE])
        finally:
            self._is_keeping = False

    async def feeds_closed(self) -> None:
        """Keep the stories that waited for the end, or release them if a feed could not be stored."""
        self._calls.wait_again()
        lost = self._failed_feeds()
        if lost and self._waiting:
            tickets = list(self._waiting)
            logger.error(
                "feeds that could not be stored: %d; stories of theirs that do not count as seen: %d",
                lost,
                len(tickets),
            )
            self._waiting.clear()
            self._identities.clear()
            await in_thread(lambda: self._calls.release(tickets))
            self._count("released", len(tickets))
        while self._waiting:
            await self._keep(list(self._waiting)[:AT_ONCE])

    async def _keep(self, tickets: Sequence[str]) -> None:
        try:
            kept = await in_thread(partial(self._flush_and_keep, tickets))
        except OSError as error:
            message = "a feed cannot be written (%s): %d stories do not count as seen"
            logger.error(message, error, len(tickets))  # noqa: TRY400 - the message is enough
            self._count("unwritten", len(tickets))
        except DedupError as error:
            self._failed(error)
        else:
            self._count("kept", kept)
        self._identities.subtract(self._waiting.pop(ticket) for ticket in tickets)
        self._identities = +self._identities

    def _flush_and_keep(self, tickets: Sequence[str]) -> int:
        """Flush the feeds, then keep the stories; return their number. Runs in a separate thread."""
        for slot in self._feeds():
            if slot.file is not None and not slot.file.closed:
                slot.file.flush()
                with suppress(OSError):  # pipes cannot be synced
                    os.fsync(slot.file.fileno())
        try:
            self._calls.keep(tickets)
        except TicketError:
            return sum(map(self._kept_alone, tickets))
        return len(tickets)

    def _kept_alone(self, ticket: str) -> bool:
        try:
            self._calls.keep([ticket])
        except TicketError as error:
            logger.warning("%s", error)
            return False
        return True

    def _feeds(self) -> list[Any]:
        """Return the open feeds; none if items are safe without them."""
        extensions = self._crawler.extensions
        if not self._waits_for_feeds or extensions is None:
            return []
        exporters = [each for each in extensions.middlewares if isinstance(each, FeedExporter)]
        return [slot for exporter in exporters for slot in exporter.slots]

    def _failed_feeds(self) -> int:
        stats = {} if self._crawler.stats is None else self._crawler.stats.get_stats()
        return sum(count for name, count in stats.items() if name.startswith("feedexport/failed_count/"))


def _is_flushed(slot: Any) -> bool:  # noqa: ANN401 - Scrapy's
    """Whether a flush writes all items of a feed to its file.

    It does not for other storages, which upload a temporary file at the end, for compressed feeds, and for
    the project's own exporters, which may buffer items.
    """
    exporter = slot.exporters[slot.format]
    return (
        type(slot.storage) in _LOCAL
        and exporter.__module__ == "scrapy.exporters"
        and "postprocessing" not in slot.feed_options
    )
