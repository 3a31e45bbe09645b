"""The pre-filter: fold, shingle, look up, measure, judge and store a story, in one transaction."""

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
from dedup.prefilter.index_keys import Query, prepare_query
from dedup.prefilter.lookup import LookupResult, crowded_keys, find_all, find_best
from dedup.story_index.open_index import open_index
from dedup.story_index.protocol import StoryIndex, View, Writing

EVICTED_AT_ONCE = 2
"""Most stories that one write removes: more than it adds, so that the index shrinks to its limits."""
MIN_WINDOW_S = 0.001
"""Shortest window, in seconds: an index counts in milliseconds."""


class PreFilter:
    """An index to check before a story is stored.

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
        """Open an index, or create one.

        Args:
            path: A file; while it is in use there are lock and log files beside it. Or, for many machines, an
                address such as `postgresql://user@host/database` (extra `postgres`).
            recipe: None for the recipe of the index, or the defaults for a new index.
            window: How long a story is remembered after it, or a copy of it, was last offered; a timedelta,
                or seconds.
            capacity: Most stories; beyond it those not offered for the longest time are forgotten.
            synchronous: `normal`, or `full` to lose nothing even in a power cut.
            timeout: Seconds to wait for another process.

        Raises:
            SettingError: A setting is out of range.
            MissingLibraryError: The library for a server is not installed.
            IndexFileError: The file, or the schema, is not an index, or is damaged.
            IndexServerError: The server cannot be reached, or refuses access.
            RecipeMismatchError: The index was built with another recipe.
        """
        seconds = window.total_seconds() if isinstance(window, timedelta) else window
        if seconds is not None and not MIN_WINDOW_S <= seconds < float("inf"):
            raise SettingError("window", window, "expected a millisecond or more, or None for no limit")
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
        """Find the best match of a story, without changing the index.

        Raises:
            ReadingError: The item has no text.
        """
        query = prepare_query(item, self.recipe, storing=False)
        with self._index.reading() as view:
            return self._asked(query, view)[0]

    def matches(self, item: DocumentLike) -> tuple[Answer, ...]:
        """List every stored story that has a verdict with this one, copies first.

        The cost is unbounded: among thousands of similar reports every one is measured.
        """
        query = prepare_query(item, self.recipe, storing=False)
        if query.letters < self.recipe.min_letters:
            return ()
        with self._index.reading() as view:
            found = find_all(query, view, self.recipe)
        return tuple(answer(query.story.id, match) for match in found.matches)

    def add(self, item: DocumentLike) -> Answer:
        """Store a story even if it is a copy; the same id with the same text is stored once.

        Returns:
            The answer of `check`, and whether the story was stored.
        """
        return self._write([item], hold=False, always=True)[0]

    def check_and_add(self, item: DocumentLike, *, hold: bool = False) -> Answer:
        """Find the best match of a story, and store the story unless it is a copy.

        If several callers offer copies of one story at the same time, exactly one of them is new. Stories
        too short to compare are never stored.

        Args:
            item: See `DocumentLike`.
            hold: Store it provisionally: pass its `ticket` to `keep` once the story is safe, or to `release`.
                If this process ends before that, the story counts as never offered.

        Raises:
            ReadingError: The item has no text.
            IndexWriteError: The disk is full or read-only; nothing was stored.
            IndexServerError: The connection to the server was lost; offer the same again.
        """
        return self._write([item], hold=hold, always=False)[0]

    def check_and_add_many(self, items: Sequence[DocumentLike], *, hold: bool = False) -> list[Answer]:
        """Do the same for several stories in one transaction; each is checked against those before it."""
        return self._write(items, hold=hold, always=False)

    def keep(self, tickets: Iterable[int]) -> None:
        """Store stories that were on hold for good."""
        with self._index.writing() as writing:
            writing.keep(tickets)

    def release(self, tickets: Iterable[int]) -> None:
        """Remove stories that were on hold, as if they had never been offered."""
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

        If it is cancelled, a story that was to be stored on hold is released; without a hold it may have been
        stored.
        """
        tickets: list[int] = []
        unwanted = threading.Event()

        def give_back() -> None:
            with suppress(IndexError):  # both threads try when they are done; one of them gets the ticket
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
        """Close the index; stories that are still on hold are discarded."""
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
        queries = [prepare_query(item, self.recipe) for item in items]
        if not any(self._comparable(query) for query in queries):
            return [self._too_short(query) for query in queries]
        with self._index.writing() as writing:
            return [self._answer_and_store(query, writing, hold=hold, always=always) for query in queries]

    def _answer_and_store(self, query: Query, writing: Writing, *, hold: bool, always: bool) -> Answer:
        """Answer for one story inside a transaction, and store it if it is new."""
        reply, found = self._asked(query, writing)
        if not self._comparable(query):
            return reply
        if reply.duplicate_of is not None:
            writing.mark_seen(found.matches[0].stored.seq)
            if not always or self._is_there(query, writing):
                return reply
        crowded = found.crowded
        if crowded is None:
            crowded = crowded_keys(query, writing, self.recipe)
        put = writing.put(query.story, crowded=crowded, held=hold)
        writing.evict(EVICTED_AT_ONCE)
        return replace(reply, stored=True, ticket=put.seq if hold else None)

    def _asked(self, query: Query, view: View) -> tuple[Answer, LookupResult]:
        if not self._comparable(query):
            return self._too_short(query), LookupResult((), None, cut=False)
        found = find_best(query, view, self.recipe)
        best = found.matches[0] if found.matches else None
        return answer(query.story.id, best, exact=not found.cut), found

    def _comparable(self, query: Query) -> bool:
        return query.letters >= self.recipe.min_letters and query.shingles.size > 0

    def _too_short(self, query: Query) -> Answer:
        needed = self.recipe.min_letters
        reason = Reason(ReasonKind.TOO_SHORT, (query.letters, needed))
        return Answer(query.story.id, reasons=(reason,))

    def _is_there(self, query: Query, writing: Writing) -> bool:
        twins = writing.identical(query.story.digest)
        return any(twin.id == query.story.id for twin in twins)
