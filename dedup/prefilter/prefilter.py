"""The pre-filter's main road: item > fold > shingle > index > match > verdict, in one transaction."""

import asyncio
import os
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from types import TracebackType
from typing import Self

from dedup.model import Reason, ReasonKind
from dedup.model.document_like import DocumentLike
from dedup.model.errors import SettingError
from dedup.model.recipe import Recipe
from dedup.prefilter.answer import Answer, answer
from dedup.prefilter.index_keys import Offered, prepare_offer
from dedup.prefilter.lookup import Found, crowded_keys, find_all, find_best
from dedup.story_index.open_index import open_index
from dedup.story_index.protocol import StoryIndex, View, Writing

EVICTED_AT_ONCE = 2
"""Stories that a write may remove on the way: more than it adds, so that the bounds are reached."""
MOMENT = 0.001
"""Seconds of the shortest window: an index counts in milliseconds."""


class PreFilter:
    """An index that scrapers ask before they store a story.

    Safe among threads, processes and after a fork; the methods that begin with `a` are for asyncio.

    Attributes:
        recipe: The settings that the index was built with.
    """

    def __init__(self, index: StoryIndex) -> None:
        """Use an index that is open already; see `open` for the usual way."""
        self._index = index

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        recipe: Recipe | None = None,
        window: timedelta | float | None = None,
        capacity: int | None = None,
        synchronous: str = "normal",
        timeout: float = 30.0,
    ) -> Self:
        """Open an index, or make one where there is none.

        Args:
            path: A file; others stand beside it while it is in use, named after it. Or an address such as
                `postgresql://user@host/database`, for many machines (extra `postgres`).
            recipe: None for that of the index, or the defaults for a new one.
            window: How long a story counts after it, or a copy of it, was last offered; a number is seconds.
            capacity: Stories beyond which those not offered for longest are forgotten.
            synchronous: `normal`, or `full` to lose nothing in a power cut either.
            timeout: Seconds to wait for another process.

        Raises:
            SettingError: A setting is out of range, or a library is missing.
            IndexFileError: There is a file, or a schema, and it is no usable index.
            IndexServerError: The server cannot be reached, or refuses.
            RecipeMismatchError: It was built with another recipe.
        """
        seconds = window.total_seconds() if isinstance(window, timedelta) else window
        if seconds is not None and not MOMENT <= seconds < float("inf"):
            raise SettingError("window", window, "a millisecond or more; None for ever")
        if capacity is not None and capacity < 1:
            raise SettingError("capacity", capacity, "1 or more")
        index = open_index(
            path,
            recipe=recipe,
            window=None if seconds is None else int(seconds * 1000),
            capacity=capacity,
            synchronous=synchronous,
            timeout=timeout,
        )
        return cls(index)

    @property
    def recipe(self) -> Recipe:
        """The settings that the index was built with."""
        return self._index.recipe

    @property
    def place(self) -> str:
        """Where the index is: a path, or an address without its password."""
        return self._index.place

    def check(self, item: DocumentLike) -> Answer:
        """Tell what the index knows of a story; changes nothing.

        Raises:
            ReadingError: The item has no text.
        """
        offered = prepare_offer(item, self.recipe, storing=False)
        with self._index.reading() as view:
            return self._asked(offered, view)[0]

    def matches(self, item: DocumentLike) -> tuple[Answer, ...]:
        """List every stored story that has a verdict with this one, those that join first.

        The cost has no bound: in a crowd of thousands of like reports every one is measured.
        """
        offered = prepare_offer(item, self.recipe, storing=False)
        if offered.letters < self.recipe.min_letters:
            return ()
        with self._index.reading() as view:
            found = find_all(offered, view, self.recipe)
        return tuple(answer(offered.story.id, match) for match in found.matches)

    def add(self, item: DocumentLike) -> Answer:
        """Store a story, whatever the index holds; the same id with the same text is stored once.

        Returns:
            What a check would have answered before, and whether the story was stored.
        """
        return self._write([item], hold=False, always=True)[0]

    def check_and_add(self, item: DocumentLike, *, hold: bool = False) -> Answer:
        """Tell what the index knows of a story, and store it unless it is a copy of one that is stored.

        Of any number of callers that offer copies at the same time, one is told that it is new. Stories
        too short to compare are never stored.

        Args:
            item: See `DocumentLike`.
            hold: Store it for the time being: give its `ticket` to `keep` when it is safe, or to `release`.
                If this process ends before, it counts as never offered.

        Raises:
            ReadingError: The item has no text.
            IndexWriteError: The disk is full, or may not be written; nothing was stored.
            IndexServerError: The connection to the server was lost; offer the same again.
        """
        return self._write([item], hold=hold, always=False)[0]

    def check_and_add_many(self, items: Sequence[DocumentLike], *, hold: bool = False) -> list[Answer]:
        """Do the same for several stories in one transaction; each is checked against those before it."""
        return self._write(items, hold=hold, always=False)

    def keep(self, tickets: Iterable[int]) -> None:
        """Make stories that were stored on hold lasting."""
        with self._index.writing() as writing:
            writing.keep(tickets)

    def release(self, tickets: Iterable[int]) -> None:
        """Take stories that were stored on hold out again, as if they had never been offered."""
        with self._index.writing() as writing:
            writing.release(tickets)

    async def acheck(self, item: DocumentLike) -> Answer:
        """Do what `check` does, in another thread."""
        return await asyncio.to_thread(self.check, item)

    async def aadd(self, item: DocumentLike) -> Answer:
        """Do what `add` does, in another thread."""
        return await asyncio.to_thread(self.add, item)

    async def acheck_and_add(self, item: DocumentLike, *, hold: bool = False) -> Answer:
        """Do what `check_and_add` does, in another thread.

        When it is cancelled, a story that was to be stored on hold is released again. Without a hold it may
        have been stored.
        """
        tickets: list[int] = []
        unwanted = threading.Event()

        def give_back() -> None:
            with suppress(IndexError):  # each side looks when it is done, and one finds the ticket
                self.release([tickets.pop()])

        def ask() -> Answer:
            answer = self.check_and_add(item, hold=hold)
            tickets.extend([] if answer.ticket is None else [answer.ticket])
            if unwanted.is_set():
                give_back()
            return answer

        try:
            return await asyncio.to_thread(ask)
        except asyncio.CancelledError:
            unwanted.set()
            if tickets:
                await asyncio.shield(asyncio.get_running_loop().run_in_executor(None, give_back))
            raise

    def close(self) -> None:
        """Let go of the index; stories that are still on hold are given up."""
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.close)

    def _write(self, items: Sequence[DocumentLike], *, hold: bool, always: bool) -> list[Answer]:
        offers = [prepare_offer(item, self.recipe) for item in items]
        if not any(self._comparable(offered) for offered in offers):
            return [self._too_short(offered) for offered in offers]
        with self._index.writing() as writing:
            return [self._offer(offered, writing, hold=hold, always=always) for offered in offers]

    def _offer(self, offered: Offered, writing: Writing, *, hold: bool, always: bool) -> Answer:
        """Answer and store one story inside a transaction."""
        said, found = self._asked(offered, writing)
        if not self._comparable(offered):
            return said
        if said.duplicate_of is not None:
            writing.touch(found.matches[0].stored.seq)
            if not always or self._is_there(offered, writing):
                return said
        crowded = found.crowded
        if crowded is None:
            crowded = crowded_keys(offered, writing, self.recipe)
        put = writing.put(offered.story, crowded=crowded, held=hold)
        writing.evict(EVICTED_AT_ONCE)
        return replace(said, stored=True, ticket=put.seq if hold else None)

    def _asked(self, offered: Offered, view: View) -> tuple[Answer, Found]:
        if not self._comparable(offered):
            return self._too_short(offered), Found((), None, cut=False)
        found = find_best(offered, view, self.recipe)
        best = found.matches[0] if found.matches else None
        return answer(offered.story.id, best, exact=not found.cut), found

    def _comparable(self, offered: Offered) -> bool:
        return offered.letters >= self.recipe.min_letters and offered.shingles.size > 0

    def _too_short(self, offered: Offered) -> Answer:
        needed = self.recipe.min_letters
        reason = Reason(ReasonKind.TOO_SHORT, (offered.letters, needed))
        return Answer(offered.story.id, reasons=(reason,))

    def _is_there(self, offered: Offered, writing: Writing) -> bool:
        twins = writing.identical(offered.story.digest)
        return any(twin.id == offered.story.id for twin in twins)
