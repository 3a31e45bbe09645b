"""The shared index: what is made, what is refused, what is forgotten, and who may do what."""

import os
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, repeat
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

from benchmarks.postgres_server import PostgresServer
from dedup import PreFilter, Recipe
from dedup.cli.main import main
from dedup.model.errors import (
    IndexBusyError,
    IndexFileError,
    IndexServerError,
    IndexWriteError,
    RecipeMismatchError,
)
from dedup.story_index.clock import IndexClock
from dedup.story_index.open_index import open_index
from tests.made_up_news import story
from tests.wall_clock import Time

pytest.importorskip("psycopg")

import psycopg

from dedup.story_index.postgres import PostgresIndex, PostgresMaintenance, postgres_index, postgres_server
from dedup.story_index.postgres.postgres_server import Connection
from dedup.story_index.postgres.server_address import Address, read_address


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Talk to the server past the index, in its schema."""
    read = read_address(address)
    with psycopg.connect(autocommit=True, **read.settings) as connection:
        connection.execute("SET search_path = " + postgres_server.sql_name(read))
        yield connection


def change(address: str, *statements: str) -> None:
    """Do something to the tables that no program of ours would."""
    with connected(address) as connection:
        for statement in statements:
            connection.execute(statement)


def intact(address: str) -> list[str]:
    """Ids of an index whose tables agree with each other, in order."""
    with connected(address) as connection:
        rows = connection.execute("SELECT id FROM stories JOIN texts USING (seq) ORDER BY seq").fetchall()
        ((stories, texts, tally, orphans),) = connection.execute(
            "SELECT (SELECT count(*) FROM stories), (SELECT count(*) FROM texts), stories, "
            "(SELECT count(*) FROM postings WHERE abs(story) NOT IN (SELECT seq FROM stories)) FROM tally"
        ).fetchall()
    assert (stories, texts, tally, orphans) == (len(rows), len(rows), len(rows), 0)
    return [identity for (identity,) in rows]


def filled(address: str, stories: int = 3, *, recipe: Recipe | None = None) -> None:
    """Make an index with some stories."""
    with PreFilter.open(address, recipe=recipe) as prefilter:
        for number in range(stories):
            prefilter.add({"id": f"s{number}", "text": story(number)})


def test_what_was_stored_is_there_again(address: str) -> None:
    """Another opening finds it, under the recipe it was made with."""
    filled(address, recipe=Recipe(threshold=0.5))

    with PreFilter.open(address) as prefilter:
        assert prefilter.recipe.threshold == 0.5
        assert prefilter.check({"id": "b", "text": story(1)}).duplicate_of == "s1"
    assert intact(address) == ["s0", "s1", "s2"]


def test_a_closed_index_opens_again_when_it_is_used(address: str) -> None:
    """As a file does."""
    prefilter = PreFilter.open(address)
    prefilter.add({"id": "a", "text": story(1)})
    prefilter.close()

    assert prefilter.check(story(1)).duplicate_of == "a"
    prefilter.close()


def test_a_schema_with_an_odd_name_is_a_schema(postgres: PostgresServer) -> None:
    """Nothing of it is taken for SQL."""
    address = postgres.address(more="&schema=a%22;%20DROP%20TABLE%20x;%20--%20%D8%AE%D8%A8%D8%B1")
    filled(address)

    assert intact(address) == ["s0", "s1", "s2"]


def test_nul_and_half_characters_are_stored_as_replacements(address: str) -> None:
    """The server stores neither."""
    with PreFilter.open(address) as prefilter:
        prefilter.add({"id": "a\0\ud800", "source": "\0", "text": story(1) + "\0\ud83d"})

        assert prefilter.check(story(1)).match == "a\ufffd\ufffd"


def test_none_is_made_where_none_is_wanted(address: str) -> None:
    """Only the filter and an import make one."""
    with pytest.raises(
        IndexFileError, match=r"there is no index in the schema 'test_\d+'; `dedup filter` creates"
    ):
        open_index(address, create=False)

    with connected(address) as connection:
        assert connection.execute(
            "SELECT to_regnamespace(%s)", (read_address(address).schema,)
        ).fetchone() == (None,)


def test_tables_of_others_are_refused_and_left_alone(address: str) -> None:
    """Even with a header of their own."""
    schema = read_address(address).schema
    change(address, f"CREATE SCHEMA {schema}", "CREATE TABLE header(name text, value integer)")

    with pytest.raises(
        IndexFileError, match=r"has tables, but not those of dedup; name another with \?schema="
    ):
        PreFilter.open(address)
    with connected(address) as connection:
        assert connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = %s", (schema,)
        ).fetchone() == (1,)


def test_a_newer_format_is_refused(address: str) -> None:
    """Before its tables are looked at, which may be others."""
    filled(address)
    change(address, "UPDATE header SET value = '3' WHERE name = 'format'", "ALTER TABLE texts ADD more text")

    with pytest.raises(IndexFileError, match="it has format 3, and this dedup supports formats up to 2"):
        PreFilter.open(address)


def test_an_older_format_is_refused_and_can_be_imported(address: str, tmp_path: Path) -> None:
    """Folded texts without titles are what it has; the error says what to do."""
    filled(address, 1)
    body = zlib.compress(story(5).encode()).hex()
    change(
        address,
        "UPDATE header SET value = '1' WHERE name = 'format'",
        f"UPDATE texts SET body = '\\x{body}'",  # noqa: S608 - ours
        "ALTER TABLE stories DROP url",
    )

    with pytest.raises(IndexFileError, match=r"it has format 1 of an older dedup; `dedup index import NEW "):
        PreFilter.open(address)
    assert main(["index", "import", str(tmp_path / "new.dedup"), address]) == 0
    with PreFilter.open(tmp_path / "new.dedup") as prefilter:
        assert [each.text for each in prefilter.find("s0")] == [story(5)]


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE postings",
        "ALTER TABLE texts DROP body",
        "ALTER TABLE stories ALTER id DROP NOT NULL",
        "DROP INDEX stories_by_digest",
        "CREATE RULE odd AS ON INSERT TO texts DO INSTEAD NOTHING",
        "ALTER TABLE stories ENABLE ROW LEVEL SECURITY",
        "UPDATE header SET value = 'x' WHERE name = 'format'",
        "DELETE FROM header WHERE name = 'format'",
    ],
)
def test_tables_that_were_changed_are_refused(address: str, statement: str) -> None:
    """A rule or a trigger would run with every story."""
    filled(address)
    change(address, statement)

    with pytest.raises(IndexFileError, match="are not those of format 2; restore them from a copy"):
        PreFilter.open(address)


def test_a_trigger_is_refused(address: str) -> None:
    """It would run with the rights of every process that stores a story."""
    filled(address)
    change(
        address,
        "CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TRIGGER odd BEFORE INSERT ON stories FOR EACH ROW EXECUTE FUNCTION odd()",
    )

    with pytest.raises(IndexFileError, match="are not those of format 2"):
        PreFilter.open(address)


def test_another_recipe_is_refused_by_name(address: str) -> None:
    """The first setting that differs is named with both values; ranking has no part in an index."""
    filled(address)

    with pytest.raises(RecipeMismatchError, match="built with letters=20, this run asks for 25"):
        PreFilter.open(address, recipe=Recipe(letters=25))
    PreFilter.open(address, recipe=Recipe(rank=False)).close()


def test_a_recipe_that_cannot_be_read_is_refused(address: str) -> None:
    """A setting of an unknown name, or one out of range."""
    filled(address)
    change(address, """UPDATE header SET value = '{"rows": 0}' WHERE name = 'recipe'""")

    with pytest.raises(IndexFileError, match="the recipe in its header cannot be read"):
        PreFilter.open(address)


def test_a_database_that_cannot_hold_every_letter_is_refused(postgres: PostgresServer) -> None:
    """Its encoding is named."""
    change(postgres.address(), "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")

    with pytest.raises(IndexFileError, match="has the encoding LATIN1; create one with ENCODING 'UTF8'"):
        PreFilter.open(postgres.address("latin"))


def test_a_database_that_is_not_there_is_named(postgres: PostgresServer) -> None:
    """In the server's words."""
    with pytest.raises(IndexServerError, match='database "none" does not exist'):
        PreFilter.open(postgres.address("none"))


def test_a_user_without_rights_is_told_which_are_missing(postgres: PostgresServer, address: str) -> None:
    """Making a schema, using one, reading a table, writing one."""
    schema = read_address(address).schema
    theirs = postgres.address(user="guest", more=f"&schema={schema}")
    change(address, "CREATE ROLE guest LOGIN")
    try:
        with pytest.raises(IndexServerError, match="grant CREATE on the database"):
            PreFilter.open(theirs)
        filled(address)
        with pytest.raises(IndexServerError, match=f"permission denied for schema {schema}"):
            PreFilter.open(theirs)
        change(address, f"GRANT USAGE ON SCHEMA {schema} TO guest")
        with pytest.raises(IndexServerError, match="permission denied for table header"):
            PreFilter.open(theirs)
        change(address, f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO guest")
        with PreFilter.open(theirs) as reader:
            assert reader.check(story(1)).duplicate_of == "s1"
            with pytest.raises(IndexServerError, match="permission denied for table stories"):
                reader.add({"id": "new", "text": story(9)})
        change(address, f"GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO guest")
        with PreFilter.open(theirs) as writer:
            assert writer.add({"id": "new", "text": story(9)}).stored
    finally:
        change(address, "DROP OWNED BY guest", "DROP ROLE guest")
    assert intact(address) == ["s0", "s1", "s2", "new"]


def test_a_server_that_may_not_be_written_says_so(address: str) -> None:
    """Reading goes on."""
    filled(address)
    with PreFilter.open(address) as prefilter:
        change(
            address,
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE 'no' USING ERRCODE = 'read_only_sql_transaction'; END $$",
            "CREATE TRIGGER refuse BEFORE INSERT ON stories FOR EACH ROW EXECUTE FUNCTION refuse()",
        )
        with pytest.raises(IndexWriteError, match=r"cannot be written .* free some space or allow writing"):
            prefilter.add({"id": "new", "text": story(9)})
        assert prefilter.check(story(1)).duplicate_of == "s1"


def windowed(address: str, time: Time, *, window: int = 100_000, capacity: int | None = None) -> PreFilter:
    """Open an index that forgets after 100 s."""
    clock = IndexClock(window, wall=time, steady=time)
    return PreFilter(PostgresIndex(address, window=window, capacity=capacity, clock=clock))


def test_a_story_older_than_the_window_does_not_count(address: str) -> None:
    """At its end it still does; being offered again makes it young, its first day stays."""
    time = Time()
    with windowed(address, time) as prefilter:
        prefilter.add({"id": "a", "text": story(1)})
        time.seconds += 100
        again = prefilter.check_and_add({"id": "b", "text": story(1)})
        time.seconds += 90
        still = prefilter.check({"id": "c", "text": story(1)})
        time.seconds += 11
        gone = prefilter.check({"id": "d", "text": story(1)})

    assert again.duplicate_of == still.duplicate_of == "a"
    assert still.first_seen == "2027-01-15T08:00:00+00:00"
    assert still.last_seen == "2027-01-15T08:01:40+00:00"
    assert gone.verdict is None


def test_old_stories_are_removed_by_twos(address: str) -> None:
    """Ten that are too old are gone after five new ones: no write has to remove them all."""
    time = Time()
    with windowed(address, time) as prefilter:
        for number in range(10):
            prefilter.add({"id": f"old{number}", "text": story(number)})
        time.seconds += 101
        held = []
        for number in range(10, 16):
            prefilter.add({"id": f"new{number}", "text": story(number)})
            held.append(len(intact(address)))

    assert held == [9, 8, 7, 6, 5, 6]


def test_a_full_index_forgets_what_was_not_offered_for_longest(address: str) -> None:
    """Of three stories with room for three, the one that came back stays."""
    time = Time()
    with windowed(address, time, window=10**9, capacity=3) as prefilter:
        for name in ("a", "b", "c"):
            time.seconds += 1
            prefilter.add({"id": name, "text": story(ord(name))})
        time.seconds += 1
        prefilter.check_and_add({"id": "copy of a", "text": story(ord("a"))})
        time.seconds += 1
        prefilter.add({"id": "d", "text": story(ord("d"))})
        held = [name for name in "abcd" if prefilter.check(story(ord(name))).verdict is not None]

    assert held == ["a", "c", "d"]


def test_the_time_is_the_server_s(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose clock says 1970 stores nothing that is old at once."""
    monkeypatch.setattr("time.time", lambda: 0.0)
    with PreFilter.open(address, window=3600) as prefilter:
        prefilter.add({"id": "a", "text": story(1)})
        answer = prefilter.check(story(1))

    assert str(answer.first_seen) > "2020"


def miscount(index: PostgresIndex, meanwhile: Callable[[], object]) -> None:
    """Write something wrong, and do something else before the transaction ends."""
    with index.writing() as writing:
        writing.connection.execute("UPDATE tally SET stories = 7")
        meanwhile()


def wait_for_the_lock(address: str) -> None:
    """Wait for the writer."""
    with connected(address) as other, other.transaction():
        postgres_server.lock(other, read_address(address))


def test_a_write_that_raises_is_undone(address: str) -> None:
    """All of a transaction, not the last statement alone."""
    index = PostgresIndex(address)
    with pytest.raises(ZeroDivisionError):
        miscount(index, lambda: 1 // 0)
    index.close()

    assert intact(address) == []


def test_a_writer_that_keeps_the_lock_is_named(address: str) -> None:
    """After the timeout; without it a stopped program would stop the fleet."""
    filled(address)
    with PreFilter.open(address, timeout=0.1) as prefilter, connected(address) as other:
        with other.transaction():
            postgres_server.lock(other, read_address(address))
            with pytest.raises(IndexBusyError, match="other writers kept it locked"):
                prefilter.add({"id": "a", "text": story(7)})
        assert prefilter.add({"id": "b", "text": story(8)}).stored

    assert intact(address) == ["s0", "s1", "s2", "b"]


def test_a_writer_that_falls_silent_is_cut_off(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server undoes what it began, and the others go on."""
    monkeypatch.setattr(postgres_server, "STALLED", 0.1)
    index = PostgresIndex(address)
    prefilter = PreFilter(index)

    with pytest.raises(IndexServerError, match="the connection was lost"):
        miscount(index, lambda: wait_for_the_lock(address))
    assert prefilter.add({"id": "a", "text": story(1)}).stored
    prefilter.close()

    assert intact(address) == ["a"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_may_go_on_using_it(address: str) -> None:
    """Both store, and neither ends the session of the other."""
    prefilter = PreFilter.open(address)
    held = prefilter.check_and_add({"id": "before", "text": story(1)}, hold=True)
    child = os.fork()
    if not child:
        ended = 1
        try:
            prefilter.add({"id": "child", "text": story(2)})
            prefilter.close()
            ended = 0
        finally:
            os._exit(ended)
    _, status = os.waitpid(child, 0)
    prefilter.add({"id": "parent", "text": story(3)})
    prefilter.keep([held.ticket or ""])
    prefilter.close()

    assert status == 0
    assert intact(address) == ["before", "child", "parent"]


def test_threads_that_wait_for_a_server_give_up_together(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the time of all is over, the others do not try again in turn."""
    index, seconds, waits, attempts = PostgresIndex(address, timeout=1), [0.0], threading.Event(), []
    index.close()

    def monotonic() -> float:
        now = seconds[0]
        if threading.current_thread() is not threading.main_thread():
            waits.set()
        return now

    def away(*_: object, **__: object) -> NoReturn:
        attempts.append(threads.submit(read, index))
        assert waits.wait(60)
        seconds[0] = 2.0
        raise IndexServerError("away")

    monkeypatch.setattr(postgres_index, "time", SimpleNamespace(monotonic=monotonic))
    monkeypatch.setattr(postgres_server, "connect", away)
    with ThreadPoolExecutor(1) as threads:
        with pytest.raises(IndexServerError, match="away"):
            read(index)
        for other in attempts:
            with pytest.raises(IndexServerError, match="away"):
                other.result()

    assert len(attempts) == 1


def test_the_time_for_which_others_wrote_is_no_wait_for_the_server(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call whose turn comes after its time-out still waits for a server that is starting."""
    index, connect, attempts = PostgresIndex(address, timeout=1), postgres_server.connect, []
    index.close()

    def starting(at: Address, *, timeout: float, synchronous: str) -> Connection:
        attempts.append(at)
        if len(attempts) == 1:
            raise IndexServerError("away")
        return connect(at, timeout=timeout, synchronous=synchronous)

    seconds = chain([0.0], repeat(5.0))
    clock = SimpleNamespace(monotonic=lambda: next(seconds), sleep=lambda _: None)
    monkeypatch.setattr(postgres_index, "time", clock)
    monkeypatch.setattr(postgres_server, "connect", starting)
    read(index)
    index.close()

    assert len(attempts) == 2


def read(index: PostgresIndex) -> None:
    """Begin and end a read transaction."""
    with index.reading():
        pass


def test_importing_the_filter_loads_no_client_library() -> None:
    """Who has a file does not pay for servers."""
    code = (
        "import sys, dedup; dedup.PreFilter; import dedup.story_index.open_index; "
        "print('psycopg' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=Path(__file__).parents[3],
    )

    assert done.stdout == "False\n"


def test_stories_are_stored_while_a_compaction_runs(address: str) -> None:
    """An old reader keeps the compaction waiting; a story is answered and stored meanwhile."""
    filled(address)
    compacted = PostgresIndex(address)
    with connected(address) as reader, ThreadPoolExecutor(1) as threads, PreFilter.open(address) as prefilter:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM stories")
        compaction = threads.submit(PostgresMaintenance(compacted).compact)
        while not (waiting := _waits_to_reindex(address)) and not compaction.done():
            time.sleep(0.01)
        answer = prefilter.check_and_add({"id": "meanwhile", "text": story(9)})
        was_running = waiting and not compaction.done()
        reader.execute("COMMIT")
        compaction.result()
    compacted.close()

    assert (answer.stored, was_running) == (True, True)


def _waits_to_reindex(address: str) -> bool:
    query = "SELECT FROM pg_stat_activity WHERE query LIKE 'REINDEX%' AND wait_event_type = 'Lock'"
    with connected(address) as other:
        return other.execute(query).fetchone() is not None


def test_what_an_interrupted_compaction_left_is_removed(address: str) -> None:
    """An index that is not valid costs every write, and serves no look-up."""
    filled(address)
    change(address, "CREATE INDEX texts_pkey_ccnew ON texts(seq)")
    change(address, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'texts_pkey_ccnew'::regclass")

    index = PostgresIndex(address)
    PostgresMaintenance(index).compact()
    index.close()

    with connected(address) as connection:
        found = connection.execute("SELECT to_regclass('texts_pkey_ccnew'), to_regclass('texts_pkey')")
        assert found.fetchall() == [(None, "texts_pkey")]
    assert intact(address) == ["s0", "s1", "s2"]
