"""The pre-filter under asyncio."""

import asyncio
import threading
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from dedup import Answer, PreFilter
from dedup.model.document_like import DocumentLike
from dedup.model.known_boilerplate import KnownPassage
from dedup.prefilter.async_calls import AsyncCalls
from dedup.story_index.sqlite.locking import FileLock, lock_path
from tests.made_up_news import story

LONG = story(1, words=300)
type Steps = Generator[float, None, Answer]


def test_every_call_has_an_asyncio_form(tmp_path: Path) -> None:
    """With the same answers."""

    async def run() -> list[object]:
        prefilter = PreFilter.open(tmp_path / "news.dedup")
        held = await prefilter.acheck_and_add_many(
            [{"id": "a", "text": LONG}, {"id": "b", "text": story(2)}], hold=True
        )
        tickets = [answer.ticket or "" for answer in held]
        await prefilter.akeep(tickets[:1])
        await prefilter.arelease(tickets[1:])
        found = [answer.match for answer in await prefilter.amatches(LONG)]
        gone = (await prefilter.acheck(story(2))).match
        found.append((await prefilter.afind("a"))[0].id)
        sizes = [(await prefilter.asize()).stories, await prefilter.adelete("a"), prefilter.size().stories]
        await prefilter.aclose()
        return [found, gone, sizes]

    assert asyncio.run(run()) == [["a", "a"], None, [1, 1, 0]]
    calls = {name for name in vars(PreFilter) if not name.startswith("_")}
    blocking = calls - {"open", "recipe", "place", "asking"}
    assert {f"a{name}" for name in blocking} <= vars(AsyncCalls).keys()


def test_what_is_replaced_and_learnt_under_asyncio_is_stored(tmp_path: Path) -> None:
    """As by the calls without; a passage that is taught is counted, and the index answers."""

    async def run() -> tuple[int, bool, list[str]]:
        async with PreFilter.open(tmp_path / "news.dedup") as prefilter:
            await prefilter.aadd({"id": "a", "text": story(1)})
            taught = await prefilter.alearn([KnownPassage("Read more in our evening letter", 9, (5, 7))])
            await prefilter.aprobe()
            answer = await prefilter.areplace({"id": "a", "text": LONG})
            return taught, answer.stored, [each.text for each in await prefilter.afind("a")]

    assert asyncio.run(run()) == (1, True, [LONG])


def test_asyncio_is_served_from_other_threads(tmp_path: Path) -> None:
    """The loop goes on while a write waits for the lock of another."""

    async def offered() -> tuple[list[bool], int]:
        async with PreFilter.open(tmp_path / "news.dedup") as prefilter:
            other = FileLock(lock_path(tmp_path / "news.dedup"))
            other.acquire(timeout=1)
            waiting = asyncio.gather(
                prefilter.acheck_and_add({"id": "a", "text": LONG}),
                prefilter.acheck_and_add({"id": "b", "text": LONG}),
            )
            turns = 0
            while turns < 20:
                await asyncio.sleep(0.001)
                turns += 1
            assert not waiting.done()
            other.release()
            other.close()
            answers = await waiting
            assert (await prefilter.acheck(LONG)).duplicate_of in {"a", "b"}
            assert (await prefilter.aadd({"id": "c", "text": LONG})).stored
        return sorted(answer.stored for answer in answers), turns

    assert asyncio.run(offered()) == ([False, True], 20)


@pytest.mark.parametrize("late", [False, True])
def test_a_cancelled_call_leaves_nothing_on_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    """Cancelled while the index is queried, or while the answer is returned: no caller has the ticket."""
    go_on, stored = threading.Event(), threading.Event()

    async def run() -> str | None:
        async with PreFilter.open(tmp_path / "news.dedup") as prefilter:
            ask = prefilter.asking

            def slow(item: DocumentLike, *, hold: bool = False, wait: float = 0.0) -> Steps:
                answer = yield from ask(item, hold=hold, wait=wait)
                stored.set()
                assert go_on.wait(10)
                return answer

            monkeypatch.setattr(prefilter, "asking", slow)
            task = asyncio.create_task(prefilter.acheck_and_add({"id": "a", "text": LONG}, hold=True))
            await asyncio.sleep(0)
            assert stored.wait(10)
            assert (await prefilter.acheck(LONG)).match == "a"
            if late:
                go_on.set()
                time.sleep(0.1)  # noqa: ASYNC251 - the loop is not to hear of the answer
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            go_on.set()
            for _ in range(500):
                if (await prefilter.acheck(LONG)).match is None:
                    break
                await asyncio.sleep(0.01)
            return (await prefilter.acheck(LONG)).match

    assert asyncio.run(run()) is None
