"""The pre-filter: fold, shingle, look up, measure, judge and store a story, in one transaction."""

import os
import time
from collections.abc import Generator, Iterable, Sequence
from datetime import timedelta
from functools import partial
from itertools import compress
from types import TracebackType
from typing import Self

from dedup.model.document_like import DocumentLike
from dedup.model.duration import seconds_of, seconds_to_wait
from dedup.model.errors import IndexFileError, SettingError
from dedup.model.recipe import Recipe
from dedup.prefilter.answer import Answer
from dedup.prefilter.answer_offer import (
    answer_offer,
    compare_ahead,
    every_answer,
    is_comparable,
    too_short,
    with_size,
)
from dedup.prefilter.async_calls import AsyncCalls
from dedup.prefilter.follow_story import follow
from dedup.prefilter.index_keys import Query, prepare_query
from dedup.prefilter.offer import Hold, offers_of
from dedup.prefilter.policy import Policy
from dedup.prefilter.retrying import retried
from dedup.prefilter.stored_calls import StoredCalls
from dedup.story_index.open_index import open_index
from dedup.story_index.protocol import StoryIndex, View

FIRST_PAUSE, LONGEST_PAUSE = 0.005, 0.25
"""Seconds between two checks of a story on hold."""


class PreFilter(StoredCalls, AsyncCalls):
    """An index to check before a story is stored.

    Safe among threads, processes and after a fork; the methods that begin with `a` are for asyncio.

    Attributes:
        recipe: The settings that the index was built with.
    """

    def __init__(
        self,
        index: StoryIndex,
        *,
        retry: float = 0.0,
        versions: str = "follow",
        cross_source: bool = False,
        sources: Iterable[str] = (),
    ) -> None:
        """Use an open index; usually call `open` instead."""
        if isinstance(index, str | os.PathLike):
            raise SettingError("index", os.fspath(index), "expected an open index; use `PreFilter.open`")
        self._policy = Policy.of(versions, cross_source=cross_source, sources=sources)
        self._index = index
        self._retry = seconds_to_wait(retry, "retry")

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        recipe: Recipe | None = None,
        window: timedelta | float | str | None = None,
        capacity: int | None = None,
        synchronous: str = "normal",
        timeout: float = 30.0,
        retry: float = 0.0,
        versions: str = "follow",
        cross_source: bool = False,
        sources: Iterable[str] = (),
        read_only: bool = False,
    ) -> Self:
        """Open an index, or create one.

        Args:
            path: A file; while it is in use there are lock and log files beside it. Or, for many machines, an
                address such as `postgresql://user@host/database` (extra `postgres`).
            recipe: None for the recipe of the index, or the defaults for a new index.
            window: How long a story is remembered after it, or a copy of it, was last offered; a timedelta,
                seconds, or a time such as `30d`.
            capacity: Most stories; beyond it those not offered for the longest time are forgotten.
            synchronous: `normal`, or `full` to lose nothing even in a power cut.
            timeout: Seconds to wait for another process.
            retry: Seconds for which this and other calls are tried again if the server is away or the index
                stays locked; a story that was stored before the connection was lost is not a copy of itself.
            versions: Which later versions of a story pass, and are stored: `follow` for copies that are at
                least a tenth longer, and for a story of a stored id or URL whose text was changed; `longest`
                for the longer ones alone; `first` for none.
            cross_source: Whether only stories of different sources are compared; stories without a source
                count as one source. The same story again is recognised all the same.
            sources: Preferred sources: a copy passes if the stored story is of a source that comes later in
                this order, or is not in it.
            read_only: Never write, for an index on read-only media or of another user: `check`, `matches` and
                `find` work, all else raises IndexWriteError.

        Raises:
            SettingError: A setting is out of range.
            MissingLibraryError: The library for a server is not installed.
            IndexFileError: The file, or the schema, is not an index, or is damaged.
            IndexServerError: The server cannot be reached, or refuses access.
            RecipeMismatchError: The index was built with another recipe.
        """
        given = window.total_seconds() if isinstance(window, timedelta) else window
        seconds = None if given is None else seconds_of(given, "window")
        opened = partial(
            open_index,
            path,
            recipe=recipe,
            window=None if seconds is None else int(seconds * 1000),
            capacity=capacity,
            synchronous=synchronous,
            timeout=timeout,
            create=not read_only,
            read_only=read_only,
        )
        index = retried(lambda _: opened(), seconds_to_wait(retry, "retry"))
        if index.fault:
            index.close()
            raise IndexFileError(index.fault)
        return cls(index, retry=retry, versions=versions, cross_source=cross_source, sources=sources)

    def check(self, item: DocumentLike) -> Answer:
        """Find the best match of a story, without changing the index.

        Raises:
            ReadingError: The item has no text.
        """
        query = prepare_query(item, self.recipe, storing=False)
        if not is_comparable(query, self.recipe):
            return too_short(query, self.recipe)

        def answered(view: View) -> Answer:
            followed = follow(query, view, self.recipe, self._policy)
            return with_size(followed.answer, followed.seen, view)

        return self._read(answered)

    def matches(self, item: DocumentLike) -> tuple[Answer, ...]:
        """List every stored story that has a verdict with this one, copies first.

        The cost is unbounded: among thousands of similar reports every one is measured.
        """
        query = prepare_query(item, self.recipe, storing=False)
        if query.letters < self.recipe.min_letters:
            return ()
        return self._read(lambda view: every_answer(query, view, self.recipe, self._policy))

    def add(self, item: DocumentLike) -> Answer:
        """Store a story even if it is a copy; the same id with the same text is stored once.

        Returns:
            The answer of `check`, and whether the story was stored.
        """
        return self._write([item], hold=False, always=True)[0]

    def check_and_add(self, item: DocumentLike, *, hold: Hold = False, wait: float = 0.0) -> Answer:
        """Find the best match of a story, and store the story unless it can be dropped for that one.

        If several callers offer copies of one story at the same time, exactly one of them is new. Stories
        too short to compare are never stored.

        Args:
            item: See `DocumentLike`.
            hold: Store it provisionally: pass its `ticket` to `keep` once the story is safe, or to `release`.
                With True the story counts as never offered if this process ends before that; with a number
                of seconds, or a timedelta, if that time passes, whatever the process does.
            wait: If the story is a copy of one that is only on hold: seconds to wait until that one is kept
                or released. After its release this story is stored. An answer that still has `on_hold`
                leaves the decision to the caller: to pass the copy on, or to ask again.

        Raises:
            ReadingError: The item has no text.
            IndexWriteError: The disk is full or read-only; nothing was stored.
            IndexServerError: The connection to the server was lost; offer the same again, or set `retry`.
        """
        steps = self.asking(item, hold=hold, wait=wait)
        while True:
            try:
                time.sleep(next(steps))
            except StopIteration as end:
                answer: Answer = end.value
                return answer

    def asking(
        self, item: DocumentLike, *, hold: Hold = False, wait: float = 0.0
    ) -> Generator[float, None, Answer]:
        """Do what `check_and_add` does, but yield the seconds of each pause, which the caller makes."""
        deadline, pause = time.monotonic() + seconds_to_wait(wait, "wait"), FIRST_PAUSE
        (answer,) = self._write([item], hold=hold, always=False)
        while answer.on_hold and answer.drops:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            yield min(pause, left)
            pause = min(2 * pause, LONGEST_PAUSE)
            now = self.check(item)
            if not (now.on_hold and now.drops):
                (answer,) = self._write([item], hold=hold, always=False)
        return answer

    def check_and_add_many(self, items: Sequence[DocumentLike], *, hold: Hold = False) -> list[Answer]:
        """Do the same for several stories in one transaction; each is checked against those before it.

        Raises:
            ReadingError: An item has no text; the error names the item, counted from 0. Nothing was stored.
        """
        return self._write(items, hold=hold, always=False)

    def close(self) -> None:
        """Close the index; stories that are still on hold are discarded."""
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _write(self, items: Sequence[DocumentLike], *, hold: Hold, always: bool) -> list[Answer]:
        recipe, policy = self.recipe, self._policy
        offers = offers_of(items, recipe, hold=hold, always=always)
        if not any(is_comparable(offer.query, recipe) for offer in offers):
            return [too_short(offer.query, recipe) for offer in offers]

        def write(again: bool) -> list[Answer]:  # noqa: FBT001
            if likely := self._likely_copies([offer.query for offer in offers]):
                with self._index.reading() as view:
                    compare_ahead(likely, view, recipe, policy)
            with self._index.writing() as writing:
                return [answer_offer(offer, writing, recipe, policy, again=again) for offer in offers]

        return retried(write, self._retry)

    def _likely_copies(self, queries: Sequence[Query]) -> list[Query]:
        """Those of some stories that should be compared before the write transaction."""
        return [*compress(queries, self._index.expects_matches([query.story.keys for query in queries]))]
