"""The calls of the pre-filter for asyncio: each does its work in another thread."""

import asyncio
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self

from dedup.model.document_like import DocumentLike
from dedup.prefilter.answer import Answer
from dedup.prefilter.offer import Hold


class SyncCalls(Protocol):
    """The calls of `PreFilter`, which explains them."""

    def check(self, item: DocumentLike, /) -> Answer:
        """Find the best match of a story."""

    def matches(self, item: DocumentLike, /) -> tuple[Answer, ...]:
        """List every match of a story."""

    def add(self, item: DocumentLike, /) -> Answer:
        """Store a story even if it is a copy."""

    def check_and_add(self, item: DocumentLike, /, *, hold: Hold = False, wait: float = 0.0) -> Answer:
        """Store a story unless it is a copy."""

    def check_and_add_many(self, items: Sequence[DocumentLike], /, *, hold: Hold = False) -> list[Answer]:
        """Do so for several."""

    def keep(self, tickets: Iterable[str], /) -> None:
        """Store stories on hold for good."""

    def release(self, tickets: Iterable[str], /) -> None:
        """Remove stories on hold."""

    def close(self) -> None:
        """Close the index."""


class AsyncCalls:
    """Adds the asyncio form of each call of the pre-filter; its name begins with `a`.

    If a call that stores stories on hold is cancelled, they are released; a story that was to be stored
    without a hold may have been stored.
    """

    async def acheck(self: SyncCalls, item: DocumentLike) -> Answer:
        """Do what `check` does, in another thread."""
        return await asyncio.to_thread(self.check, item)

    async def amatches(self: SyncCalls, item: DocumentLike) -> tuple[Answer, ...]:
        """Do what `matches` does, in another thread."""
        return await asyncio.to_thread(self.matches, item)

    async def aadd(self: SyncCalls, item: DocumentLike) -> Answer:
        """Do what `add` does, in another thread."""
        return await asyncio.to_thread(self.add, item)

    async def acheck_and_add(
        self: SyncCalls, item: DocumentLike, *, hold: Hold = False, wait: float = 0.0
    ) -> Answer:
        """Do what `check_and_add` does, in another thread."""
        (answer,) = await _Asking(self).answers([item], hold=hold, wait=wait)
        return answer

    async def acheck_and_add_many(
        self: SyncCalls, items: Sequence[DocumentLike], *, hold: Hold = False
    ) -> list[Answer]:
        """Do what `check_and_add_many` does, in another thread."""
        return await _Asking(self).answers(items, hold=hold, wait=None)

    async def akeep(self: SyncCalls, tickets: Iterable[str]) -> None:
        """Do what `keep` does, in another thread."""
        await asyncio.to_thread(self.keep, tickets)

    async def arelease(self: SyncCalls, tickets: Iterable[str]) -> None:
        """Do what `release` does, in another thread."""
        await asyncio.to_thread(self.release, tickets)

    async def aclose(self: SyncCalls) -> None:
        """Do what `close` does, in another thread."""
        await asyncio.to_thread(self.close)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self: SyncCalls,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await asyncio.to_thread(self.close)


class _Asking:
    """One call in another thread, whose holds end if it is cancelled."""

    def __init__(self, prefilter: SyncCalls) -> None:
        self._prefilter = prefilter
        self._unwanted = threading.Event()
        self._tickets: list[str] = []

    async def answers(self, items: Sequence[DocumentLike], *, hold: Hold, wait: float | None) -> list[Answer]:
        """Answer for several stories, or with a `wait` for the only one."""
        try:
            return await asyncio.to_thread(self._ask, items, hold=hold, wait=wait)
        except asyncio.CancelledError:
            self._unwanted.set()
            if self._tickets:
                loop = asyncio.get_running_loop()
                await asyncio.shield(loop.run_in_executor(None, self._give_back))
            raise

    def _ask(self, items: Sequence[DocumentLike], *, hold: Hold, wait: float | None) -> list[Answer]:
        if wait is None:
            answers = self._prefilter.check_and_add_many(items, hold=hold)
        else:
            answers = [self._prefilter.check_and_add(items[0], hold=hold, wait=wait)]
        self._tickets.extend(answer.ticket for answer in answers if answer.ticket is not None)
        if self._unwanted.is_set():
            self._give_back()
        return answers

    def _give_back(self) -> None:
        with suppress(IndexError):  # both threads try when they are done; one of them gets each ticket
            while True:
                self._prefilter.release([self._tickets.pop()])
