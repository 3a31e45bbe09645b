"""What benchmarks/prefilter.py measures: made-up stories, an index filled with them, offers one by one.

Beside it is the least that any durable index must do: write the text and the keys of a story that is
already prepared, one transaction per story, without looking anything up.
"""

import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from functools import cache
from itertools import batched, repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from dedup import PreFilter, Recipe, fold, shingle
from dedup.model.known_boilerplate import KnownPassage
from dedup.prefilter.index_keys import prepare_query
from dedup.story_index.open_index import is_address, maintenance_of, open_index
from dedup.story_index.protocol import Story, posting_id
from dedup.story_index.sqlite import SqliteIndex
from dedup.story_index.sqlite.recent_postings import post
from dedup.story_index.sqlite.sqlite_transaction import SqliteWriting

WORDS = 300
COPIES = 10
"""One story in so many is a copy."""
NOTICE = 40
"""Words of a passage that closes every story of a site."""
BLOCKS_A_KB = 2
"""Linux counts what a process writes in blocks of 512 bytes."""
ROUNDS = 8
"""A size is loaded in so many parts, so that its pages are as full as after as many small writes."""


@cache
def _words() -> list[str]:
    """Make up the words of all stories, once in a process: it takes a second."""
    draw = np.random.default_rng(1)
    letters = list("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")
    return ["".join(draw.choice(letters, draw.integers(2, 9))) for _ in range(30_000)]


class News:
    """Made-up stories, the same for the same number."""

    def __init__(self) -> None:
        self._words = _words()

    def story(self, number: int) -> dict[str, str]:
        """Return the story of that number, in which common words occur more often than rare ones."""
        source = number // 2 if number % COPIES == COPIES - 1 else number
        draw = np.random.default_rng([source, 5])
        drawn = (draw.random(WORDS) ** 2.5 * len(self._words)).astype(int).tolist()
        if source != number:
            drawn[7::40] = (
                np.random.default_rng(number).integers(0, len(self._words), len(drawn[7::40])).tolist()
            )
        return {"id": f"s{number}", "text": " ".join(map(self._words.__getitem__, drawn))}


def fill(place: str, stories: int) -> None:
    """Store stories without looking for copies, keys in order: this takes minutes instead of hours."""
    news, index = News(), open_index(place)
    for part in range(ROUNDS):
        keys: list[int] = []
        owners: list[int] = []
        with index.writing() as writing:
            for number in range(stories * part // ROUNDS, stories * (part + 1) // ROUNDS):
                query = prepare_query(news.story(number), index.recipe)
                put = writing.put(query.story, crowded=query.story.keys, secret=0, hold=None)
                keys.extend(query.story.keys)
                owners.extend(repeat(posting_id(put.seq, len(query.story.keys)), len(query.story.keys)))
            order = np.argsort(np.array(keys, dtype=np.int32), kind="stable").tolist()
            _post(writing, ((keys[at], owners[at]) for at in order))
    index.close()


def _post(writing: Any, postings: Iterator[tuple[int, int]]) -> None:  # noqa: ANN401 - of either kind
    if isinstance(writing, SqliteWriting):
        rows = [*postings]
        post(writing.connection, rows, stories=max((abs(number) for _, number in rows), default=0))
        return
    with writing.connection.cursor().copy("COPY postings FROM STDIN") as copy:
        for row in postings:
            copy.write_row(row)


def notice() -> str:
    """Make up a passage that may end every story of a site."""
    return " ".join(_words()[-NOTICE:])


def teach(place: str) -> None:
    """Teach an index that passage."""
    text = notice()
    with PreFilter.open(place) as prefilter:
        prefilter.learn([KnownPassage(text, 9, tuple(shingle(fold(text)).tolist()))])


def offer(place: str, first: int, offers: int, batch: int = 1, *, closing: str = "") -> dict[str, Any]:
    """Offer stories in batches, each story with the same closing passage, and time each batch."""
    made = map(News().story, range(first, first + offers))
    stories = [{**story, "text": f"{story['text']}\n{closing}"} for story in made]
    seconds, stored = [], 0
    with PreFilter.open(place) as prefilter:
        prefilter.check(stories[0])
        locked = timed_lock(prefilter)
        before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        for group in batched(stories, batch):
            began = time.perf_counter()
            stored += sum(answer.stored for answer in prefilter.check_and_add_many(group))
            seconds.append(time.perf_counter() - began)
        ended, after = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "seconds": seconds,
        "offers": offers,
        "from": started,
        "to": ended,
        "stored": stored,
        "cpu": cpu,
        "locked": locked,
        "written": (after.ru_oublock - before.ru_oublock) / BLOCKS_A_KB,
        "megabytes": after.ru_maxrss / 1024,
    }


def timed_lock(prefilter: PreFilter) -> list[float]:
    """Return a list to which each write to a file appends the seconds for which it had the lock.

    Only this part of a write excludes other writers: if the lock passed from one to the next in no time, and
    there were a core for each, they would store one story in that time. The processor time of a thread would
    be more exact on a busy machine, but asking the system for it makes the scheduler look for other threads
    to run, just while one has the lock.
    """
    locked: list[float] = []
    index = prefilter._index  # noqa: SLF001 - the lock is what is measured
    if isinstance(index, SqliteIndex):
        lock = index._lock  # noqa: SLF001
        acquire, release = lock.acquire, lock.release
        taken_at = 0.0

        def taken(*, timeout: float, since: float | None = None) -> None:
            nonlocal taken_at
            acquire(timeout=timeout, since=since)
            taken_at = time.perf_counter()

        def released() -> None:
            locked.append(time.perf_counter() - taken_at)
            release()

        lock.acquire, lock.release = taken, released  # type: ignore[method-assign]
    return locked


def written_only(first: int, offers: int) -> dict[str, Any]:
    """Prepare stories and write them to a plain file, as every offer must; look nothing up."""
    stories = list(map(News().story, range(first, first + offers)))
    seconds, recipe = [], Recipe()
    with _bare_file() as write:
        before, started = time.process_time(), time.perf_counter()
        for number, story in enumerate(stories):
            began = time.perf_counter()
            write(number, prepare_query(story, recipe).story)
            seconds.append(time.perf_counter() - began)
        ended, cpu = time.perf_counter(), time.process_time() - before
    run = {"seconds": seconds, "offers": offers, "from": started, "to": ended, "stored": offers, "cpu": cpu}
    return summary([run | {"megabytes": 0}])


def measured(place: str, first: int, *, writers: int, offers: int, batch: int = 1) -> dict[str, Any]:
    """Let several processes offer different stories to one index at the same time."""
    result = _offered([place] * writers, first, offers=offers, batch=batch)
    return result | {"writers": writers, "bytes a story": bytes_a_story(place)}


def apart(writers: int, *, offers: int, batch: int = 1) -> dict[str, Any]:
    """Let several processes offer stories at the same time, each to an index of its own: none waits."""
    with tempfile.TemporaryDirectory() as folder:
        places = [str(Path(folder) / f"{writer}.dedup") for writer in range(writers)]
        return _offered(places, 0, offers=offers, batch=batch)


def _offered(places: Sequence[str], first: int, *, offers: int, batch: int) -> dict[str, Any]:
    with ProcessPoolExecutor(len(places), mp_context=get_context("spawn")) as pool:
        firsts = [first + writer * offers for writer in range(len(places))]
        return summary(list(pool.map(offer, places, firsts, repeat(offers), repeat(batch))))


def summary(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Summarise what processes that offered at the same time did together."""
    seconds = sorted(each for run in runs for each in run["seconds"])
    elapsed = max(run["to"] for run in runs) - min(run["from"] for run in runs)
    offers = sum(run["offers"] for run in runs)
    return {
        "a second": offers / elapsed,
        "a CPU second": offers / sum(run["cpu"] for run in runs),
        "p50 ms": 1000 * statistics.median(seconds),
        "p99 ms": 1000 * seconds[int(0.99 * len(seconds))],
        "us in the lock": 1e6
        * statistics.median([each for run in runs for each in run.get("locked", ())] or [0]),
        "KB to disk a story": sum(run.get("written", 0) for run in runs) / offers,
        "new": sum(run["stored"] for run in runs),
        "dropped": offers - sum(run["stored"] for run in runs),
        "megabytes": max(run["megabytes"] for run in runs),
    }


def bytes_a_story(place: str) -> float:
    """Return the bytes that an index takes for each of its stories."""
    index = open_index(place, create=False)
    try:
        facts = maintenance_of(index).facts()
    finally:
        index.close()
    return facts.bytes / facts.stories


def to_floor(place: str, first: int, *, offers: int, rounds: int, closing: str = "") -> float:
    """Return, for each of some rounds, how many times as long an offer takes as bare writing (medians).

    The two take turns, so that other work of the machine slows both. Offered stories end with `closing`.
    """
    ratios: list[float] = []
    news = News()
    for number in range(rounds):
        begin = first + number * offers
        stories = [prepare_query(news.story(n), Recipe()).story for n in range(begin, begin + offers)]
        bare = statistics.median(_bare(place, stories))
        offered = offer(place, begin, offers, closing=closing)
        ratios.append(statistics.median(offered["seconds"]) / bare)
    return statistics.median(ratios)


def _bare(place: str, stories: Sequence[Story]) -> list[float]:
    with _bare_server(place) if is_address(place) else _bare_file() as write:
        seconds = []
        for number, story in enumerate(stories):
            began = time.perf_counter()
            write(number, story)
            seconds.append(time.perf_counter() - began)
    return seconds


@contextmanager
def _bare_file() -> Iterator[Callable[[int, Story], None]]:
    """Write into an SQLite file with a log, as safe as ours."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "bare", isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("CREATE TABLE texts(seq INTEGER PRIMARY KEY, body BLOB)")
        connection.execute("CREATE TABLE postings(key, story, PRIMARY KEY(key, story)) WITHOUT ROWID")

        def write(number: int, story: Story) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO texts VALUES(?, ?)", (number, story.body))
            connection.executemany("INSERT INTO postings VALUES(?, ?)", ((key, number) for key in story.keys))
            connection.execute("COMMIT")

        yield write


@contextmanager
def _bare_server(address: str) -> Iterator[Callable[[int, Story], None]]:
    """Write into tables of their own on the same server, one statement a story."""
    import psycopg  # noqa: PLC0415 - the extra `postgres`

    from dedup.story_index.postgres.server_address import read_address  # noqa: PLC0415

    both = (
        "WITH text AS (INSERT INTO texts VALUES(%s, %b)) "
        "INSERT INTO postings SELECT key, %s FROM unnest(%s::integer[]) key"
    )
    with psycopg.connect(autocommit=True, **read_address(address).settings) as connection:  # type: ignore[arg-type]
        connection.execute("SET synchronous_commit = off")
        connection.execute("CREATE TEMPORARY TABLE texts(seq integer PRIMARY KEY, body bytea)")
        connection.execute(
            "CREATE TEMPORARY TABLE postings(key integer, story integer, PRIMARY KEY(key, story))"
        )

        def write(number: int, story: Story) -> None:
            connection.execute(both, (number, story.body, number, list(story.keys)))

        yield write
