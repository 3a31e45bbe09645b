"""Stories on hold: who may keep or release them, how long they count, who waits for them."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from dedup import PreFilter
from dedup.model.errors import IndexServerError, SettingError, TicketError
from dedup.story_index.sqlite.sqlite_index import SqliteIndex
from tests.made_up_news import story

LONG = story(1, words=300)
COPY = {"id": "copy", "text": LONG}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where an index is to be."""
    return tmp_path / "news.dedup"


@pytest.fixture
def prefilter(path: Path) -> Iterator[PreFilter]:
    """An empty index."""
    with PreFilter.open(path) as opened:
        yield opened


def put_on_hold(prefilter: PreFilter, name: str = "a", *, hold: float | timedelta | bool = True) -> str:
    """Store `LONG` on hold; gives the ticket."""
    ticket = prefilter.check_and_add({"id": name, "text": LONG}, hold=hold).ticket
    assert ticket is not None
    return ticket


def test_an_index_is_used_again_after_it_was_closed(tmp_path: Path) -> None:
    """It has another log then, under another number, which is none that somebody put there."""
    prefilter = PreFilter.open(tmp_path / "news.dedup")
    held = prefilter.check_and_add({"id": "a", "text": story(1)}, hold=600)
    (tmp_path / "number").hardlink_to(tmp_path / "news.dedup-wal")  # so that no other file gets its number
    prefilter.close()

    prefilter.keep([str(held.ticket)])

    assert prefilter.check({"text": story(1)}).on_hold is False
    prefilter.close()


def test_a_story_on_hold_counts_at_once_and_the_answer_says_so(prefilter: PreFilter) -> None:
    """Its copy is a copy, but of a story that may yet be released; once it is kept, of one that stays."""
    ticket = put_on_hold(prefilter)
    before = prefilter.check_and_add(COPY)
    prefilter.keep([ticket])
    after = prefilter.check_and_add(COPY)

    assert [(each.duplicate_of, each.on_hold) for each in (before, after)] == [("a", True), ("a", False)]


def test_a_released_story_was_never_offered(prefilter: PreFilter) -> None:
    """Its copy is new."""
    prefilter.release([put_on_hold(prefilter)])

    assert prefilter.check_and_add(COPY).stored


def test_a_ticket_that_is_wrong_changes_nothing_and_is_named(prefilter: PreFilter, path: Path) -> None:
    """Released before, of another index or made up: each raises, as does releasing a story that was kept."""
    released = put_on_hold(prefilter)
    prefilter.release([released])
    kept = put_on_hold(prefilter)
    prefilter.keep([kept])
    with PreFilter.open(path.with_name("other.dedup")) as other:
        foreign = put_on_hold(other)

    for wrong in (released, foreign, f"{kept[:-1]}g", "1", "", None, 7):
        for act in (prefilter.keep, prefilter.release):
            with pytest.raises(TicketError, match="ticket '") as error:
                act([wrong])  # type: ignore[list-item]
            assert str(error.value).startswith(str(path))
    with pytest.raises(TicketError, match="the story was kept, so it cannot be released"):
        prefilter.release([kept])
    assert prefilter.check(LONG).duplicate_of == "a"


def test_one_wrong_ticket_among_good_ones_keeps_and_releases_nothing(prefilter: PreFilter) -> None:
    """The good ones can be used again; the same ticket twice is one."""
    good, wrong = put_on_hold(prefilter), "1-000000000000"
    with pytest.raises(TicketError):
        prefilter.keep([good, wrong])
    with pytest.raises(TicketError):
        prefilter.release([good, wrong])
    assert prefilter.check(LONG).on_hold
    prefilter.keep([good, good])
    prefilter.keep(good)

    assert not prefilter.check(LONG).on_hold


def test_a_ticket_works_in_another_process(prefilter: PreFilter, path: Path) -> None:
    """Two indexes open on one file act like two processes: the lock is the same."""
    ticket = put_on_hold(prefilter)
    with PreFilter.open(path) as other:
        assert other.check_and_add(COPY).on_hold
        other.release([ticket])

        assert other.check_and_add(COPY).stored


def test_a_ticket_outlives_its_process_until_the_story_is_offered_again(path: Path) -> None:
    """A process that ends gives up its holds; the ticket or a copy, whichever is first, gets the story."""
    for first in ("ticket", "copy"):
        with PreFilter.open(path.with_name(first)) as prefilter:
            ticket = put_on_hold(prefilter)
        with PreFilter.open(path.with_name(first)) as other:
            assert other.check(LONG).match is None
            if first == "ticket":
                other.keep([ticket])
                assert other.check(LONG).match == "a"
            else:
                assert other.check_and_add(COPY).stored
                with pytest.raises(TicketError, match="no such story"):
                    other.keep([ticket])
                assert [found.match for found in other.matches(LONG)] == ["copy"]


@pytest.mark.parametrize("hold", [0.05, timedelta(milliseconds=50)], ids=str)
def test_a_hold_with_a_time_lasts_that_long_whatever_its_process_does(
    path: Path, hold: float | timedelta
) -> None:
    """It counts after its process has ended, then no more."""
    with PreFilter.open(path) as prefilter:
        put_on_hold(prefilter, "long", hold=3600)
    with PreFilter.open(path) as other:
        assert (other.check(LONG).match, other.check(LONG).on_hold) == ("long", True)
    with PreFilter.open(path.with_name("brief")) as prefilter:
        put_on_hold(prefilter, "brief", hold=hold)
        assert prefilter.check(LONG).match == "brief"
        time.sleep(0.06)
        assert prefilter.check(LONG).match is None
        assert prefilter.check_and_add(COPY).stored


@pytest.mark.parametrize("hold", [0, -1.0, float("nan"), float("inf"), 9e-4, timedelta(0)], ids=str)
def test_a_hold_has_a_time_that_is_one(prefilter: PreFilter, hold: float | timedelta) -> None:
    """Anything else is refused."""
    with pytest.raises(SettingError, match="hold="):
        prefilter.check_and_add(COPY, hold=hold)


@pytest.mark.parametrize("outcome", ["kept", "released"])
def test_a_copy_can_wait_for_a_story_on_hold(prefilter: PreFilter, outcome: str) -> None:
    """After its release the copy is stored; after its keeping the copy is one for good."""
    ticket = put_on_hold(prefilter)
    act = prefilter.keep if outcome == "kept" else prefilter.release
    timer = threading.Timer(0.02, act, [[ticket]])
    timer.start()
    answer = prefilter.check_and_add(COPY, wait=20)
    timer.join()

    assert (answer.stored, answer.duplicate_of, answer.on_hold) == (
        (False, "a", False) if outcome == "kept" else (True, None, False)
    )


def test_waiting_is_bounded(prefilter: PreFilter) -> None:
    """The answer says that the match is still on hold."""
    put_on_hold(prefilter)
    began = time.monotonic()
    answer = prefilter.check_and_add(COPY, wait=0.02)

    assert (answer.duplicate_of, answer.on_hold, answer.stored) == ("a", True, False)
    assert time.monotonic() - began >= 0.02


def test_a_lost_connection_makes_no_story_a_copy_of_itself(
    prefilter: PreFilter, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each transaction is committed and its answer lost; the next attempt has the answer all the same."""
    writing, lost = SqliteIndex.writing, []

    def losing(index: SqliteIndex) -> object:
        class Lost:
            def __enter__(self) -> object:
                self.inner = writing(index)
                return self.inner.__enter__()

            def __exit__(self, *error: object) -> None:
                self.inner.__exit__(*error)  # type: ignore[arg-type]
                if len(lost) % 2 == 0 and error[0] is None:
                    lost.append(1)
                    raise IndexServerError("the connection was lost")
                lost.append(0)

        return Lost()

    monkeypatch.setattr(SqliteIndex, "writing", losing)
    with PreFilter.open(path, retry=5) as retrying:
        held = retrying.check_and_add({"id": "a", "text": LONG}, hold=True)
        retrying.release([held.ticket or ""])
        again = retrying.check_and_add({"id": "a", "text": LONG}, hold=True)
        retrying.keep([again.ticket or ""])
    monkeypatch.undo()

    assert lost == [1, 0, 1, 0, 1, 0, 1, 0]
    assert (held.stored, again.stored, again.duplicate_of) == (True, True, None)
    assert [(found.match, found.on_hold) for found in prefilter.matches(LONG)] == [("a", False)]


def test_a_call_is_tried_again_for_a_time_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the error comes through; without `retry` at once."""
    calls: list[int] = []

    def away(_: SqliteIndex) -> None:
        calls.append(1)
        raise IndexServerError("the server is away")

    index = SqliteIndex(tmp_path / "news.dedup")
    monkeypatch.setattr(SqliteIndex, "writing", away)
    with pytest.raises(IndexServerError):
        PreFilter(index).add(COPY)
    assert len(calls) == 1
    with pytest.raises(IndexServerError):
        PreFilter(index, retry=0.2).add(COPY)
    index.close()

    assert 3 <= len(calls) <= 5
