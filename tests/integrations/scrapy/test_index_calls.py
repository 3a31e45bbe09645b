"""Calls of the index during a crawl."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pytest

from dedup import Answer, IndexBusyError, IndexServerError, PreFilter
from dedup.model.errors import ReadingError

pytest.importorskip("scrapy")
from dedup.integrations.scrapy import index_calls
from dedup.integrations.scrapy.index_calls import IndexCalls

STORY = {"text": "a story"}


class Away:
    """An index that fails with each of some errors in turn, and answers after the last."""

    def __init__(self, *errors: Exception) -> None:
        self._errors: Iterator[Exception] = iter(errors)
        self.asked = 0

    def check_and_add(self, document: object, *, hold: bool) -> Answer:
        """Answer, or fail."""
        assert hold
        assert document == STORY
        self.asked += 1
        for error in self._errors:
            raise error
        return Answer("a", stored=True)

    def release(self, tickets: object) -> None:
        """Forget stories."""


def outcomes(index: Away, times: int) -> list[type[object]]:
    """Ask so often, and return the types of the answers and errors."""
    calls = IndexCalls(cast(PreFilter, index))
    found: list[type[object]] = []
    for _ in range(times):
        try:
            found.append(type(calls.check_and_add(STORY)))
        except (IndexServerError, IndexBusyError, ReadingError) as error:
            found.append(type(error))
    return found


def test_one_call_waits_for_an_index_that_is_away() -> None:
    """Those after it fail with the same error, and do not reach the index."""
    index = Away(IndexServerError("the server is away"))

    assert outcomes(index, 4) == [IndexServerError] * 4
    assert index.asked == 1


def test_an_index_is_asked_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """And from then on each time, if it answers."""
    monkeypatch.setattr(index_calls, "AGAIN_S", 0.0)
    index = Away(IndexServerError("away"), IndexServerError("away"))

    assert outcomes(index, 4) == [IndexServerError, IndexServerError, Answer, Answer]
    assert index.asked == 4


def test_an_error_of_one_story_is_that_of_no_other() -> None:
    """An index that refuses a story is not away."""
    assert outcomes(Away(ReadingError("item 0: no text")), 2) == [ReadingError, Answer]


def test_a_locked_file_is_asked_for_each_time() -> None:
    """Another process has the lock for moments only."""
    assert outcomes(Away(IndexBusyError("locked")), 2) == [IndexBusyError, Answer]


def test_when_feeds_are_closed_the_index_is_waited_for_again() -> None:
    """However short ago a call has failed."""
    index = Away(IndexServerError("away"))
    calls = IndexCalls(cast(PreFilter, index))
    with pytest.raises(IndexServerError):
        calls.check_and_add(STORY)
    calls.wait_again()

    assert calls.check_and_add(STORY).stored


@pytest.mark.parametrize("refused", [[], [ReadingError("item 0: no text")]])
def test_one_of_many_threads_waits_again(monkeypatch: pytest.MonkeyPatch, refused: list[Exception]) -> None:
    """While it waits, the others fail at once; also after a call for a story that never reached the index."""
    monkeypatch.setattr(index_calls, "AGAIN_S", 0.0)
    is_asked, is_back = threading.Event(), threading.Event()

    class Slow(Away):
        def check_and_add(self, document: object, *, hold: bool) -> Answer:
            if self.asked > len(refused):
                is_asked.set()
                is_back.wait()
            return super().check_and_add(document, hold=hold)

    calls = IndexCalls(cast(PreFilter, Slow(IndexServerError("away"), *refused)))
    for error in (IndexServerError, *map(type, refused)):
        with pytest.raises(error):
            calls.check_and_add(STORY)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(calls.check_and_add, STORY)
        assert is_asked.wait(60)
        try:
            with pytest.raises(IndexServerError, match="away"):
                calls.release([])
        finally:
            is_back.set()

        assert waiting.result().stored


def test_a_call_that_began_earlier_lets_no_other_wait() -> None:
    """Its story is refused after another call has failed: the next one still fails at once."""
    is_asked, is_away = threading.Event(), threading.Event()

    class Earlier(Away):
        def check_and_add(self, document: object, *, hold: bool) -> Answer:
            if not self.asked:
                self.asked += 1
                is_asked.set()
                assert is_away.wait(60)
                raise ReadingError("item 0: no text")
            return super().check_and_add(document, hold=hold)

    index = Earlier(IndexServerError("away"))
    calls = IndexCalls(cast(PreFilter, index))
    with ThreadPoolExecutor(1) as pool:
        earlier = pool.submit(calls.check_and_add, STORY)
        assert is_asked.wait(60)
        try:
            with pytest.raises(IndexServerError):
                calls.check_and_add(STORY)
        finally:
            is_away.set()
        with pytest.raises(ReadingError):
            earlier.result()

    with pytest.raises(IndexServerError):
        calls.check_and_add(STORY)
    assert index.asked == 2
