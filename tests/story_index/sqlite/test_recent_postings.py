"""Postings that wait until many are moved together."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from dedup import PreFilter, Recipe, TicketError
from dedup.prefilter.index_keys import prepare_query
from dedup.story_index.open_index import maintenance_of, open_index
from dedup.story_index.sqlite import SqliteIndex, recent_postings
from tests.made_up_news import reworded, story

ALL_AT_ONCE, BY_FOURS, BY_TWENTIES = (4096, 1024), (4, 2), (20, 5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An index that does not exist yet."""
    return tmp_path / "news.dedup"


def set_round(monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, int]) -> None:
    """Move the postings of so many stories together, during so many stories."""
    for name, size in zip(("ROUND", "PACE"), sizes, strict=True):
        monkeypatch.setattr(recent_postings, name, size)


def row(path: Path, query: str) -> tuple[int, ...]:
    """Ask the file itself."""
    connection = sqlite3.connect(path)
    try:
        (found,) = connection.execute(query).fetchall()
        return tuple(found)
    finally:
        connection.close()


def faults_of(path: Path) -> list[str]:
    """Check an index."""
    index = open_index(path)
    faults = [*maintenance_of(index).faults()]
    index.close()
    return faults


def offered(path: Path, processes: int) -> Iterator[tuple[object, ...]]:
    """Offer, hold, release and delete stories, some of them again, in turn through several open indexes."""
    draw, tickets = random.Random(7), []
    with ExitStack() as stack:
        recipe = Recipe(bucket_cap=3)
        opened = [stack.enter_context(PreFilter.open(path, recipe=recipe)) for _ in range(processes)]
        for number in range(60):
            prefilter, text = opened[number % processes], story(draw.randrange(40))
            if number % 6 == 4 and tickets:
                prefilter.release([tickets.pop()])
            elif number % 11 == 7:
                yield number, prefilter.delete(f"s{draw.randrange(number)}")
            else:
                hold = 600.0 if number % 3 == 1 else False
                answer = prefilter.check_and_add({"id": f"s{number}", "text": text}, hold=hold)
                tickets += [answer.ticket] if answer.ticket and number % 11 != 3 else []
                yield number, answer.match, answer.verdict, answer.stored, answer.cluster_size
        yield "faults", *faults_of(path)


@pytest.mark.parametrize("sizes", [BY_FOURS, BY_TWENTIES])
@pytest.mark.parametrize("processes", [1, 3])
def test_answers_do_not_depend_on_when_postings_are_moved(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sizes: tuple[int, int], processes: int
) -> None:
    """Nor on who stored the stories: those that wait in one process are found by the others."""
    set_round(monkeypatch, ALL_AT_ONCE)
    waiting = [*offered(tmp_path / "waiting.dedup", 1)]
    set_round(monkeypatch, sizes)

    moved = [*offered(tmp_path / "moved.dedup", processes)]

    assert moved == waiting
    assert moved[-1] == ("faults",)


def test_postings_are_moved_in_rounds(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Of ten stories the first four wait no longer, and all their keys are in the table."""
    set_round(monkeypatch, BY_FOURS)
    with PreFilter.open(path) as prefilter:
        for number in range(6):
            prefilter.add({"id": f"s{number}", "text": story(number)})

    (keys,) = row(path, "SELECT sum(keys) FROM stories WHERE seq <= 4")
    (posted,) = row(path, "SELECT count(*) FROM postings WHERE abs(story) <= 4")
    assert row(path, "SELECT min(seq), max(seq) FROM recent") == (5, 6)
    assert (posted, row(path, "SELECT last, moved FROM tally")) == (keys, (6, 4))


def test_what_others_moved_meanwhile_is_found(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """By a process that did nothing for many rounds."""
    set_round(monkeypatch, BY_FOURS)
    with PreFilter.open(path) as prefilter, PreFilter.open(path) as other:
        for number in range(30):
            prefilter.add({"id": f"s{number}", "text": story(number)})
            if number < 8:
                other.check({"text": reworded(story(number))})

        found = [other.check({"text": reworded(story(number))}).match for number in range(30)]

    assert found == [f"s{number}" for number in range(30)]


@pytest.mark.parametrize("sizes", [BY_FOURS, BY_TWENTIES])
@pytest.mark.parametrize("seed", range(4))
def test_whoever_asks_finds_all(
    monkeypatch: pytest.MonkeyPatch, path: Path, sizes: tuple[int, int], seed: int
) -> None:
    """However many rounds began or ended since it last looked, and whoever moved them."""
    set_round(monkeypatch, sizes)
    draw, missed = random.Random(seed), []
    with ExitStack() as stack:
        opened = [stack.enter_context(PreFilter.open(path)) for _ in range(4)]
        for number in range(70):
            writer, reader = draw.choices(opened, (12, 3, 1, 1), k=2)
            writer.add({"id": f"s{number}", "text": story(number)})
            asked = draw.randrange(number + 1)
            match = reader.check({"text": reworded(story(asked))}).match
            missed += [(number, asked, match)] if match != f"s{asked}" else []

    assert missed == []
    assert faults_of(path) == []


def test_stories_that_were_added_together_are_moved_together(
    monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    """A batch of forty does not wait for forty more transactions."""
    set_round(monkeypatch, BY_FOURS)
    with PreFilter.open(path) as prefilter:
        prefilter.check_and_add_many([{"id": f"s{number}", "text": story(number)} for number in range(40)])
        prefilter.check_and_add_many(
            [{"id": f"t{number}", "text": story(number)} for number in range(40, 45)]
        )

    assert row(path, "SELECT moved FROM tally") == (40,)


def test_a_released_number_is_not_given_again(path: Path) -> None:
    """So a posting that waits in another process never finds a story that it is not of."""
    with PreFilter.open(path) as prefilter, PreFilter.open(path) as other:
        held = prefilter.check_and_add({"id": "held", "text": story(1)}, hold=600.0)
        assert other.check({"text": story(1)}).match == "held"
        prefilter.release([str(held.ticket)])
        prefilter.add({"id": "next", "text": story(2)})

        answer = other.check({"text": story(1)})
        with pytest.raises(TicketError):
            other.keep([str(held.ticket)])

    assert (answer.match, row(path, "SELECT seq FROM stories")) == (None, (2,))


def test_a_write_that_is_undone_leaves_nothing_in_memory(path: Path) -> None:
    """The next story gets the same number, and is found under its own keys alone."""
    index = SqliteIndex(path)
    prefilter = PreFilter(index)
    with pytest.raises(ZeroDivisionError):
        store_and_fail(index)

    prefilter.add({"id": "b", "text": story(2)})
    copy = prefilter.check({"text": f"{story(1)} {story(3)}"})
    prefilter.close()

    assert (copy.match, row(path, "SELECT seq FROM stories")) == (None, (1,))


def store_and_fail(index: SqliteIndex) -> None:
    """Store a story in a transaction that raises."""
    query = prepare_query({"id": "a", "text": story(1)}, index.recipe)
    with index.writing() as writing:
        writing.put(query.story, crowded=(), secret=1, hold=None)
        raise ZeroDivisionError
