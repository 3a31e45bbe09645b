"""Blocking work and pauses, on the asyncio reactor and on others."""

import asyncio
from collections.abc import Callable

from scrapy.utils.asyncio import is_asyncio_available
from scrapy.utils.defer import maybe_deferred_to_future


async def in_thread[T](work: Callable[[], T]) -> T:
    """Run blocking work outside the reactor thread."""
    try:
        from scrapy.utils.asyncio import run_in_thread  # noqa: PLC0415 - of Scrapy 2.15 and newer
    except ImportError:
        from twisted.internet.threads import deferToThread  # noqa: PLC0415

        return await maybe_deferred_to_future(deferToThread(work))
    return await run_in_thread(work)


async def pause(seconds: float) -> None:
    """Sleep without blocking the reactor."""
    if is_asyncio_available():
        await asyncio.sleep(seconds)
        return
    from twisted.internet import reactor  # noqa: PLC0415 - importing it installs one
    from twisted.internet.task import deferLater  # noqa: PLC0415

    await maybe_deferred_to_future(deferLater(reactor, seconds))
