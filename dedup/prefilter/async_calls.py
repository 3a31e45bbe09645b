"""The asyncio calls of the pre-filter: each runs in another thread."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Generator, Iterable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self

from dedup.model.document_like import DocumentLike
from dedup.model.known_boilerplate import KnownPassage
from dedup.prefilter.answer import Answer
from dedup.prefilter.offer import Hold
from dedup.prefilter.stored_story import StoredStory
from dedup.story_index.maintenance import Size


class SyncCalls(Protocol):
    """The calls of `PreFilter`, which explains them."""

    def check(self, item: DocumentLike, /) -> Answer:
        """Find the best match of a story."""

    def matches(self, item: DocumentLike, /) -> tuple[Answer, ...]:
        """List every match of a story."""

    def add(self, item: DocumentLike, /) -> Answer:
        """Store a story even if it is a copy."""

    def asking(
        self, item: DocumentLike, /, *, hold: Hold = False, wait: float = 0.0
    ) -> Generator[float, None, Answer]:
        """Store a story unless it is a copy, with pauses that the caller makes."""

    def check_and_add_many(self, items: Sequence[DocumentLike], /, *, hold: Hold = False) -> list[Answer]:
        """Do the same for several."""

    def keep(self, tickets: Iterable[str], /) -> None:
        """Store stories on hold for good."""

    def release(self, tickets: Iterable[str], /) -> None:
        """Remove stories on hold."""

    def replace(self, item: DocumentLike, /) -> Answer:
        """Store a story in the place of those of its id or URL."""

    def find(self, name: str, /) -> tuple[StoredStory, ...]:
        """Look stories up by id or URL."""

    def delete(self, name: str, /) -> int:
        """Remove them."""

    def learn(self, passages: Iterable[KnownPassage], /, *, forget: bool = False) -> int:
        """Let the index know boilerplate."""

    def size(self) -> Size:
        """Read the size of the index."""

    def probe(self) -> None:
        """Read and write, changing nothing."""

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
        self: SyncCalls,
        item: DocumentLike,
        *,
        hold: Hold = False,
        wait: float = 0.0,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> Answer:
        """Do what `check_and_add` does, in another thread; no thread is occupied while it waits.

        Args:
            item: See `check_and_add`, as for `hold` and `wait`.
            hold: See there.
            wait: See there.
            pause: Makes the pauses of `wait`, in seconds. If it raises, the wait ends, and the story was not
                stored.
        """
        steps = self.asking(item, hold=hold, wait=wait)
        asking = _Asking(self)
        while True:
            found = await asking.in_thread(lambda: _next(steps))
            if isinstance(found, Answer):
                return found
            await pause(found)

    async def acheck_and_add_many(
        self: SyncCalls, items: Sequence[DocumentLike], *, hold: Hold = False
    ) -> list[Answer]:
        """Do what `check_and_add_many` does, in another thread."""
        return await _Asking(self).in_thread(lambda: self.check_and_add_many(items, hold=hold))

    async def akeep(self: SyncCalls, tickets: Iterable[str]) -> None:
        """Do what `keep` does, in another thread."""
        await asyncio.to_thread(self.keep, tickets)

    async def arelease(self: SyncCalls, tickets: Iterable[str]) -> None:
        """Do what `release` does, in another thread."""
        await asyncio.to_thread(self.release, tickets)

    async def areplace(self: SyncCalls, item: DocumentLike) -> Answer:
        """Do what `replace` does, in another thread."""
        return await asyncio.to_thread(self.replace, item)

    async def afind(self: SyncCalls, name: str) -> tuple[StoredStory, ...]:
        """Do what `find` does, in another thread."""
        return await asyncio.to_thread(self.find, name)

    async def adelete(self: SyncCalls, name: str) -> int:
        """Do what `delete` does, in another thread."""
        return await asyncio.to_thread(self.delete, name)

    async def alearn(self: SyncCalls, passages: Iterable[KnownPassage], *, forget: bool = False) -> int:
        """Do what `learn` does, in another thread."""
        return await asyncio.to_thread(self.learn, passages, forget=forget)

    async def asize(self: SyncCalls) -> Size:
        """Do what `size` does, in another thread."""
        return await asyncio.to_thread(self.size)

    async def aprobe(self: SyncCalls) -> None:
        """Do what `probe` does, in another thread."""
        await asyncio.to_thread(self.probe)

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
    """Calls in another thread; if cancelled, their holds end."""

    def __init__(self, prefilter: SyncCalls) -> None:
        self._prefilter = prefilter
        self._unwanted = threading.Event()
        self._tickets: list[str] = []

    async def in_thread[T: Answer | float | list[Answer]](self, ask: Callable[[], T]) -> T:
        """Make a call that stores stories."""
        try:
            return await asyncio.to_thread(self._asked, ask)
        except asyncio.CancelledError:
            self._unwanted.set()
            if self._tickets:
                loop = asyncio.get_running_loop()
                await asyncio.shield(loop.run_in_executor(None, self._give_back))
            raise

    def _asked[T: Answer | float | list[Answer]](self, ask: Callable[[], T]) -> T:
        found = ask()
        answers = found if isinstance(found, list) else [found] if isinstance(found, Answer) else []
        self._tickets.extend(answer.ticket for answer in answers if answer.ticket is not None)
        if self._unwanted.is_set():
            self._give_back()
        return found

    def _give_back(self) -> None:
        with suppress(IndexError):  # both threads try when they are done; one of them gets each ticket
            while True:
                self._prefilter.release([self._tickets.pop()])


def _next(steps: Generator[float, None, Answer]) -> Answer | float:
    """Take one step: seconds to pause, or the answer. A coroutine cannot pass StopIteration on."""
    try:
        return next(steps)
    except StopIteration as end:
        answer: Answer = end.value
        return answer
