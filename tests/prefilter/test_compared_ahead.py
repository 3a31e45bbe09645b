"""Stories that are compared on a snapshot before the transaction that stores them."""

import random
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dedup import PreFilter
from dedup.prefilter import compared_stories
from dedup.prefilter.answer import Answer, Relation
from dedup.prefilter.index_keys import prepare_query
from dedup.story_index.sqlite.locking import FileLock
from dedup.story_index.sqlite.sqlite_index import SqliteIndex
from tests.made_up_news import story

TEXT = story(1, words=300)
LEAD = "A paragraph of its own that only this site has put in front of what the agency sent today. "
COPY = {"id": "copy", "text": LEAD + TEXT}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where an index is to be."""
    return tmp_path / "news.dedup"


@pytest.fixture
def prefilter(path: Path) -> Iterator[PreFilter]:
    """An index with one story."""
    with PreFilter.open(path) as opened:
        opened.add({"id": "a", "text": TEXT})
        yield opened


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every index compare all stories ahead."""
    monkeypatch.setattr(SqliteIndex, "expects_matches", lambda _, stories: [True] * len(stories))


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """When a pair is judged, and when a write transaction begins."""
    events: list[str] = []
    judged, writing = compared_stories.judge_together, SqliteIndex.writing

    def noted(*given: Any) -> Any:  # noqa: ANN401
        events.append("judged")
        return judged(*given)

    @contextmanager
    def begun(index: SqliteIndex) -> Iterator[Any]:
        with writing(index) as transaction:
            events.append("begun")
            yield transaction

    monkeypatch.setattr(compared_stories, "judge_together", noted)
    monkeypatch.setattr(SqliteIndex, "writing", begun)
    return events


@pytest.mark.usefixtures("ahead")
def test_no_pair_is_judged_while_others_wait(prefilter: PreFilter, events: list[str]) -> None:
    """It was judged before, and no pair is judged twice."""
    answer = prefilter.check_and_add(COPY)

    assert (answer.duplicate_of, events) == ("a", ["judged", "begun"])


def test_one_process_alone_judges_in_the_transaction(prefilter: PreFilter, events: list[str]) -> None:
    """Nobody waits, and to look a story up twice costs time."""
    prefilter.check_and_add(COPY)

    assert events == ["begun", "judged"]


def test_copies_of_a_batch_are_judged_together(prefilter: PreFilter, events: list[str]) -> None:
    """Before the transaction, and with the answers that one after the other would give."""
    stored = {"b": story(2, words=300), "c": story(3, words=300)}
    for name, text in stored.items():
        prefilter.add({"id": name, "text": text})
    events.clear()
    copies = [COPY, *({"id": f"copy of {name}", "text": LEAD + text} for name, text in stored.items())]
    answers = prefilter.check_and_add_many([*copies[:2], {"id": "new", "text": story(4)}, copies[2]])

    assert [answer.duplicate_of for answer in answers] == ["a", "b", None, "c"]
    assert events == ["judged", "begun"]


def test_a_copy_of_another_in_its_batch_is_judged_in_the_transaction(
    prefilter: PreFilter, events: list[str]
) -> None:
    """The snapshot has not the other one."""
    new = story(5, words=300)
    answers = prefilter.check_and_add_many([{"id": "b", "text": new}, {"id": "c", "text": LEAD + new}])

    assert [answer.duplicate_of for answer in answers] == [None, "b"]
    assert events == ["begun", "judged"]


def test_a_story_is_compared_ahead_if_others_write_and_one_like_it_is_known(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its keys; the lock says whether others write."""
    acquire = FileLock.acquire

    def awaited(lock: FileLock, *, timeout: float, since: float | None = None) -> None:
        acquire(lock, timeout=timeout, since=since)
        lock.was_busy = True

    with closing(SqliteIndex(path)) as index:
        prefilter = PreFilter(index)
        prefilter.add({"id": "a", "text": TEXT})
        texts = (COPY, story(2, words=300))
        like, other = (prepare_query(text, prefilter.recipe).story.keys for text in texts)
        alone = index.expects_matches([like])
        monkeypatch.setattr(FileLock, "acquire", awaited)
        prefilter.add({"id": "b", "text": story(3)})

        assert (alone, index.expects_matches([like, other])) == ([False], [True, False])


def overtaken_by(change: Callable[[PreFilter], object], path: Path, patch: pytest.MonkeyPatch) -> None:
    """Let another process change the index once, after the next snapshot was read."""
    reading = SqliteIndex.reading

    @contextmanager
    def overtaken(index: SqliteIndex) -> Iterator[Any]:
        with reading(index) as view:
            yield view
        patch.setattr(SqliteIndex, "reading", reading)
        with PreFilter.open(path) as other:
            change(other)

    patch.setattr(SqliteIndex, "reading", overtaken)


@pytest.mark.usefixtures("ahead")
def test_what_others_stored_since_the_snapshot_counts(
    path: Path, prefilter: PreFilter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A closer copy that came between is the match, and a story that was new is not any more."""
    item = {"id": "late", "text": story(3, words=300)}
    first = {"id": "first", "text": f"{LEAD}{item['text']}"}

    overtaken_by(lambda other: other.add(first), path, monkeypatch)
    answer = prefilter.check_and_add(item)

    assert (answer.duplicate_of, answer.relation, answer.stored) == ("first", Relation.COPY, False)


@pytest.mark.usefixtures("ahead")
def test_what_others_removed_since_the_snapshot_does_not_count(
    path: Path, prefilter: PreFilter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A story that was deleted meanwhile has no copies."""
    overtaken_by(lambda other: other.delete("a"), path, monkeypatch)

    assert prefilter.check_and_add(COPY).relation is Relation.NEW


def answers(path: Path, seed: int) -> list[Answer]:
    """Answers for stories, copies, versions and batches, in a random order."""
    draw = random.Random(seed)
    items = []
    for number in range(40):
        text = story(draw.randrange(6), words=draw.choice([60, 150, 300]))
        items.append({"id": f"s{draw.randrange(30)}", "text": draw.choice(["", LEAD, LEAD + LEAD]) + text})
        items[-1]["title"] = f"Title {number % 3}"
    with PreFilter.open(path) as prefilter:
        one_by_one = [prefilter.check_and_add(item) for item in items[:25]]
        return one_by_one + prefilter.check_and_add_many(items[25:])


@pytest.mark.parametrize("seed", range(5))
def test_answers_are_the_same(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether stories are compared ahead or in the transaction, but for the times."""
    plain = answers(tmp_path / "plain", seed)
    monkeypatch.setattr(SqliteIndex, "expects_matches", lambda _, stories: [True] * len(stories))
    ahead = answers(tmp_path / "ahead", seed)

    assert [timeless(each) for each in ahead] == [timeless(each) for each in plain]
    assert {each.relation for each in plain} >= {Relation.NEW, Relation.COPY, Relation.UPDATED}


def timeless(answer: Answer) -> Answer:
    """An answer without what differs between two runs."""
    return replace(answer, first_seen=None, last_seen=None)
