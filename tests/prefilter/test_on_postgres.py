"""The pre-filter on a server: the answers of a file, one winner in a fleet, and what crashes leave behind."""

import asyncio
import json
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.postgres_server import PostgresServer
from dedup import Answer, PreFilter
from dedup.model.errors import IndexServerError, TicketError
from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe
from dedup.prefilter.answer_offer import answer_offer
from dedup.prefilter.policy import Policy
from dedup.story_index.clock import IndexClock
from dedup.story_index.open_index import open_index
from tests.fork_server import run_forked
from tests.made_up_news import reworded, story

pytest.importorskip("psycopg")

from dedup.story_index.postgres import PostgresIndex, postgres_server
from dedup.story_index.postgres.server_address import read_address
from tests.prefilter.test_faults import HOLDER, KILLS, RIVAL, WRITER, kill_again_and_again, start
from tests.report.test_made_up_archives import archive
from tests.story_index.postgres.test_postgres_index import change, connected, filled, intact

LONG = story(1, words=300)


def timeless(answer: Answer) -> Answer:
    """Leave out what depends on the hour, and the random numbers of tickets."""
    first, last = answer.first_seen and "then", answer.last_seen and "then"
    return replace(answer, first_seen=first, last_seen=last, ticket=answer.ticket and 1)


@pytest.mark.parametrize("seed", range(2))
def test_a_stream_has_the_same_answers_as_from_a_file(
    address: str, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Verdicts, scores, reasons; with stories on hold that are kept, released or given up.

    A file is written so fast that stories share a millisecond, which decides what its capacity forgets.
    """
    monkeypatch.setattr(IndexClock, "now", lambda _clock, newest: newest + 1)
    said: list[list[Answer]] = []
    for place in (address, str(tmp_path / "news.dedup")):
        with PreFilter.open(place) as prefilter:
            answers = []
            for number, document in enumerate(archive(seed)):
                if number % 7 == 0:
                    answers += [timeless(found) for found in prefilter.matches(document)]
                answer = prefilter.check_and_add(document, hold=number % 3 == 0)
                answers.append(timeless(answer))
                if answer.ticket is not None:
                    (prefilter.release if number % 2 else prefilter.keep)([answer.ticket])
        with PreFilter.open(place, capacity=20) as prefilter:
            answers += map(timeless, prefilter.check_and_add_many(archive(seed + 100)[:30]))
        said.append(answers)

    assert len(said[0]) > 80
    assert sum(answer.duplicate_of is not None for answer in said[0]) > 20
    assert said[0] == said[1]


def test_a_server_keeps_what_it_was_taught(address: str) -> None:
    """An index that was open before knows the passage at its next call; later it is forgotten likewise."""
    passage = KnownPassage("Read more in our evening letter", 9, (5, 2**64 - 1))
    with PreFilter.open(address) as teacher:
        running = open_index(address)
        known = []
        for passages in ([passage], []):
            teacher.learn(passages, forget=True)
            with running.reading() as view:
                known.append(view.boilerplate.passages)
        running.close()

    assert known == [(passage,), ()]


def test_of_four_writers_with_the_same_stories_one_wins_each(address: str) -> None:
    """Eighty stories offered four times, in four orders, are as many stories."""
    rivals = [start(RIVAL, address, name, 80) for name in "abcd"]
    won = [int(number) for rival in rivals for number in rival.rest().split()]

    assert sorted(won) == list(range(80))
    assert len(intact(address)) == 80


def test_threads_have_one_winner_a_story(address: str) -> None:
    """Four threads on one connection offer the same thirty stories under their own ids."""
    won: list[str] = []
    with PreFilter.open(address) as prefilter:

        def offer(name: str) -> None:
            queries = (prefilter.check_and_add({"id": f"{name}{n}", "text": story(n)}) for n in range(30))
            won.extend(answer.id[1:] for answer in queries if answer.stored)

        threads = [threading.Thread(target=offer, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(won, key=int) == [str(number) for number in range(30)]


def test_eight_may_make_one_index_at_once(address: str) -> None:
    """All open it, one of them makes it, and each stores its story."""
    gate = threading.Barrier(8)

    def make(number: int) -> None:
        gate.wait()
        with PreFilter.open(address) as prefilter:
            prefilter.add({"id": str(number), "text": story(number)})

    threads = [threading.Thread(target=make, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(intact(address)) == [str(number) for number in range(8)]


def test_asyncio_goes_on_while_a_write_waits(address: str) -> None:
    """The waiting is done in another thread."""

    async def offered() -> list[bool]:
        async with PreFilter.open(address) as prefilter:
            with connected(address) as other, other.transaction():
                postgres_server.lock(other, read_address(address))
                waiting = asyncio.gather(*(prefilter.acheck_and_add({"id": i, "text": LONG}) for i in "ab"))
                for _ in range(20):
                    await asyncio.sleep(0.001)
                assert not waiting.done()
            return sorted(answer.stored for answer in await waiting)

    assert asyncio.run(offered()) == [False, True]


def test_a_killed_writer_loses_nothing_it_was_told_is_stored(address: str) -> None:
    """Whatever was acknowledged is there, whole, and the tables agree."""
    first, draw = 0, random.Random(5)
    acknowledged: list[int] = []
    for _ in range(KILLS):
        writer = start(WRITER, address, first, 4096)
        acknowledged.append(int(writer.stdout.readline()))
        time.sleep(draw.uniform(0.0, 0.3))
        acknowledged += [int(line) for line in writer.kill().split("\n")[:-1]]
        first = acknowledged[-1] + 2  # the next may be stored too, unacknowledged

    stored = intact(address)
    assert {f"s{number}" for number in acknowledged} <= set(stored)
    assert len(stored) == len(set(stored)) <= len(acknowledged) + KILLS
    with PreFilter.open(address) as prefilter:
        assert all(
            prefilter.check(story(number)).duplicate_of == f"s{number}" for number in acknowledged[:50]
        )


def test_the_hold_of_a_killed_process_ends_with_its_session(address: str) -> None:
    """While it lives a copy loses; once the server saw it go the story was never offered."""
    holder = start(HOLDER, address)
    assert holder.stdout.readline() == "True\n"
    with PreFilter.open(address) as prefilter:
        alive = prefilter.check(story(1))
        holder.kill()
        gone_by = time.monotonic() + 10
        while prefilter.check(story(1)).verdict is not None and time.monotonic() < gone_by:
            time.sleep(0.02)
        dead = prefilter.check_and_add({"id": "copy", "text": story(1)})

    assert alive.duplicate_of == "held"
    assert (dead.verdict, dead.stored) == (None, True)
    assert intact(address) == ["copy"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["restart", "crash"])
def test_a_server_that_comes_back_is_gone_on_with(
    postgres: PostgresServer, address: str, how: signal.Signals
) -> None:
    """By the same objects, without a word to the caller; what was stored for good is there."""
    with PreFilter.open(address, synchronous="full") as prefilter:
        prefilter.add({"id": "before", "text": story(1)})
        postgres.stop(how)
        postgres.start()

        assert prefilter.check(story(1)).duplicate_of == "before"
        assert prefilter.check_and_add({"id": "after", "text": story(2)}).stored

    assert intact(address) == ["before", "after"]


def test_a_server_that_goes_in_the_middle_leaves_nothing_half(postgres: PostgresServer, address: str) -> None:
    """The write fails with the way out, and offering the same again stores it once."""
    index = PostgresIndex(address)
    with PreFilter(index) as prefilter:
        with (
            pytest.raises(IndexServerError, match="the connection was lost .* offer the same stories again"),  # noqa: RUF043
            index.writing() as writing,
        ):
            halfway(prefilter, writing, postgres)
        again = prefilter.check_and_add_many([{"id": "a", "text": story(1)}, {"id": "b", "text": story(2)}])

    assert [answer.stored for answer in again] == [True, True]
    assert intact(address) == ["a", "b"]


def halfway(prefilter: PreFilter, writing: object, postgres: PostgresServer) -> None:
    """Store a story, and have the server restarted before the next one."""
    from dedup.prefilter.index_keys import prepare_query
    from dedup.prefilter.offer import Offer

    first, second = (
        Offer(prepare_query({"id": name, "text": story(n)}, prefilter.recipe), n, hold=None, always=False)
        for n, name in ((1, "a"), (2, "b"))
    )
    answer_offer(first, writing, Recipe(), Policy(), again=False)  # type: ignore[arg-type]
    postgres.stop()
    postgres.start()
    answer_offer(second, writing, Recipe(), Policy(), again=False)  # type: ignore[arg-type]


def test_a_server_that_stays_away_is_waited_for_and_named(postgres: PostgresServer, address: str) -> None:
    """For as long as was asked; a longer `retry` rides over it."""
    patient = PreFilter.open(address, timeout=0.2, retry=30)
    with PreFilter.open(address, timeout=0.2) as prefilter, patient, ThreadPoolExecutor(1) as other:
        postgres.stop()
        try:
            waiting = other.submit(patient.add, {"id": "b", "text": story(2)})
            with pytest.raises(IndexServerError, match="the server cannot be reached"):
                prefilter.add({"id": "a", "text": story(1)})
        finally:
            postgres.start()

        assert waiting.result().stored
        assert prefilter.add({"id": "a", "text": story(1)}).stored
    assert intact(address) == ["b", "a"]


def test_opening_and_reading_wait_for_a_server_too(postgres: PostgresServer, address: str) -> None:
    """A service that starts before its server, or reads while it restarts, goes on when it is there."""
    with PreFilter.open(address) as prefilter:
        prefilter.add({"id": "a", "text": story(1)})
    patient = PreFilter.open(address, timeout=0.1, retry=30)
    postgres.stop()
    with ThreadPoolExecutor(4) as others:
        try:
            opened = others.submit(PreFilter.open, address, retry=30)
            answer = others.submit(patient.check, {"id": "b", "text": story(1)})
            every = others.submit(patient.matches, {"id": "b", "text": story(1)})
            found = others.submit(patient.find, "a")
            with pytest.raises(IndexServerError, match="the server cannot be reached"):
                PreFilter.open(address, timeout=0.2, retry=0.2)
        finally:
            postgres.start()
        opened.result().close()

        assert answer.result().match == every.result()[0].match == found.result()[0].id == "a"
    patient.close()


def test_a_hold_outlives_a_restart_of_the_server(postgres: PostgresServer, address: str) -> None:
    """The process takes it up again under its old number, and keeps it."""
    with PreFilter.open(address, synchronous="full") as prefilter:
        held = prefilter.check_and_add({"id": "held", "text": story(1)}, hold=True)
        postgres.stop()
        postgres.start()
        prefilter.keep([held.ticket or ""])

    assert intact(address) == ["held"]


def test_a_hold_that_was_given_up_meanwhile_is_not_kept_in_silence(
    postgres: PostgresServer, address: str
) -> None:
    """Another process got the answer that the story is new."""
    with PreFilter.open(address) as prefilter:
        held = prefilter.check_and_add({"id": "held", "text": story(1)}, hold=True)
        postgres.stop()
        postgres.start()
        with PreFilter.open(address) as other:
            assert other.check_and_add({"id": "other", "text": story(1)}).stored
        with pytest.raises(TicketError, match="no such story"):
            prefilter.keep([held.ticket or ""])

    assert intact(address) == ["other"]


def test_what_is_still_held_at_the_end_is_given_up(address: str) -> None:
    """Also when the same object goes on afterwards."""
    prefilter = PreFilter.open(address)
    held = prefilter.check_and_add({"id": "held", "text": story(1)}, hold=True)
    prefilter.close()
    again = prefilter.check_and_add({"id": "again", "text": story(1)})
    with pytest.raises(TicketError, match="no such story"):
        prefilter.keep([held.ticket or ""])
    prefilter.close()

    assert again.stored
    assert intact(address) == ["again"]


def test_tickets_work_in_any_session_and_wrong_ones_raise(address: str) -> None:
    """Kept twice is kept; a released, a kept or a foreign ticket cannot be released; all or none."""
    with PreFilter.open(address) as prefilter, PreFilter.open(address) as other:
        released = prefilter.check_and_add({"id": "a", "text": LONG}, hold=True).ticket or ""
        kept = prefilter.check_and_add({"id": "k", "text": story(60)}, hold=True).ticket or ""
        theirs = other.check_and_add({"id": "t", "text": story(61)}, hold=3600).ticket or ""
        assert other.check(LONG).on_hold
        for _ in range(2):
            other.keep([kept])
        other.release([released])
        for wrong in (released, kept, f"{theirs[:-12]}{0:012x}", "99999999999-000000000000"):
            with pytest.raises(TicketError, match="ticket '"):
                prefilter.release([theirs, wrong])
        prefilter.keep([theirs])

        assert prefilter.check_and_add({"id": "b", "text": LONG}).stored
    assert intact(address) == ["k", "t", "b"]


def test_versions_replace_each_other_as_in_a_file(address: str) -> None:
    """By id and by URL; on hold an update replaces the earlier one when it is kept."""
    with PreFilter.open(address) as prefilter:
        said = []
        for words in (100, 100, 130):
            item = {"id": "a", "url": "https://a.invalid/1", "text": story(1, words=words)}
            answer = prefilter.check_and_add(item, hold=True)
            said.append((str(answer.relation), answer.stored))
            prefilter.keep([answer.ticket] if answer.ticket else [])
        moved = {"id": "b", "url": "https://a.invalid/1", "text": story(1, words=160)}
        said.append((str(prefilter.check_and_add(moved).relation), True))

    assert said == [("new", True), ("same", False), ("updated", True), ("updated", True)]
    assert intact(address) == ["b"]


def test_another_user_s_hold_counts_too(postgres: PostgresServer, address: str) -> None:
    """Every user sees which process has a hold, whatever their rights."""
    schema = read_address(address).schema
    theirs = postgres.address(user="guest", more=f"&schema={schema}")
    filled(address, 1)
    change(
        address,
        "CREATE ROLE guest LOGIN",
        f"GRANT USAGE ON SCHEMA {schema} TO guest",
        f"GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO guest",
    )
    try:
        with PreFilter.open(address) as ours, PreFilter.open(theirs) as guest:
            ours.check_and_add({"id": "held", "text": story(1)}, hold=True)
            assert guest.check_and_add({"id": "copy", "text": story(1)}).duplicate_of == "held"
    finally:
        change(address, "DROP OWNED BY guest", "DROP ROLE guest")


def lines(*numbers: int) -> bytes:
    """Write stories as JSON lines."""
    return b"".join(json.dumps({"id": f"s{n}", "text": story(n)}).encode() + b"\n" for n in numbers)


def run(
    *arguments: object, stdin: bytes = b"", folder: Path, code: int = 0
) -> "subprocess.CompletedProcess[bytes]":
    """Run the command in a folder."""
    done = run_forked([*map(str, arguments)], folder=folder, stdin=stdin, environment=os.environ)
    assert done.returncode == code, done.stderr.decode()
    assert b"s3cret" not in done.stdout + done.stderr
    return done


def with_password(address: str) -> str:
    """Put a password into an address; the server asks for none."""
    return address.replace("owner@", "owner:s3cret@")


def test_the_filter_runs_on_a_server(address: str, tmp_path: Path) -> None:
    """Files are made where it runs, none is named after the address, and the password is not shown."""
    place = with_password(address)
    run("filter", "--index", place, "--mode", "drop", stdin=lines(1, 2), folder=tmp_path)
    done = run("filter", "--index", place, "--mode", "drop", stdin=lines(2, 3) + b"x\n", folder=tmp_path)

    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["s3"]
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "news.dedup.rejects.jsonl",
    ]


def test_after_crashes_every_line_stands_once(address: str, tmp_path: Path) -> None:
    """The filter is killed again and again; the same input until it comes through, and all is well."""
    (tmp_path / "in.jsonl").write_bytes(lines(*range(100), *range(60, 100)))
    arguments = ["filter", "in.jsonl", "--index", address, "--mode", "drop", "--output", "new.jsonl"]
    kill_again_and_again([*arguments, "--quiet"], tmp_path / "new.jsonl", most=90)
    run(*arguments, folder=tmp_path)

    written = Counter(json.loads(line)["id"] for line in (tmp_path / "new.jsonl").read_bytes().splitlines())
    assert written == Counter({f"s{n}": 1 for n in range(100)})
    assert sorted(intact(address)) == sorted(f"s{number}" for number in range(100))


def test_an_index_is_looked_after_by_the_same_commands(address: str, tmp_path: Path) -> None:
    """Described, found sound, pruned, its room given back."""
    place, shown = with_password(address), read_address(address).shown
    run("filter", "--index", place, stdin=lines(*range(20)), folder=tmp_path)
    told = json.loads(run("index", "info", place, folder=tmp_path).stdout)
    checked = run("index", "check", place, folder=tmp_path).stdout.decode()
    pruned = run("index", "prune", place, "--capacity", 5, "--compact", folder=tmp_path).stdout.decode()

    assert (told["path"], told["stories"], told["held"]) == (shown, 20, 0)
    assert told["bytes"] > 20_000
    assert told["first_seen"] <= told["last_seen"]
    assert (checked, pruned) == (f"{shown}: no faults\n", f"{shown}: 15 stories removed\n")
    assert intact(address) == [f"s{number}" for number in range(15, 20)]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE texts SET body = 'x' WHERE seq = 2", "story 2 ('s1'): its text cannot be unpacked"),
        ("DELETE FROM texts WHERE seq = 2", "story 2 ('s1'): its text is missing"),
        ("UPDATE stories SET digest = '' WHERE seq = 2", "its text has changed since it was stored"),
        ("UPDATE tally SET stories = 9", "3 stories are stored, 9 were counted"),
        ("UPDATE postings SET story = 77 WHERE story = 2", "keys of stories that do not exist"),
    ],
)
def test_what_is_wrong_is_named(address: str, tmp_path: Path, statement: str, said: str) -> None:
    """With the story, and exit code 1."""
    filled(address)
    change(address, statement)

    assert said in run("index", "check", address, folder=tmp_path, code=1).stderr.decode()


def test_stories_move_between_a_file_and_a_server(address: str, tmp_path: Path) -> None:
    """What one exports the other imports, and both export the same."""
    run("filter", stdin=lines(1, 2, 3), folder=tmp_path)
    exported = run("index", "export", "news.dedup", folder=tmp_path).stdout
    said = run("index", "import", address, stdin=exported, folder=tmp_path).stdout.decode()
    again = run("index", "import", address, stdin=exported, folder=tmp_path).stdout.decode()

    assert run("index", "export", address, folder=tmp_path).stdout == exported
    assert "3 stories stored, 0 skipped" in said
    assert "0 stories stored, 3 skipped" in again
    with PreFilter.open(address) as prefilter:
        assert prefilter.check(story(2)).duplicate_of == "s2"


def test_a_rebuilt_index_answers_under_its_new_recipe(address: str, tmp_path: Path) -> None:
    """A process that has it open gets an error that says to open it again."""
    filled(address, 5)
    copy = reworded(story(3), every=20)
    with PreFilter.open(address) as open_before:
        before = open_before.check(copy)
        run("index", "rebuild", address, "--partial", 0.1, folder=tmp_path)
        with pytest.raises(Exception, match="rebuilt with another recipe since it was opened; open it again"):
            open_before.check(copy)
    with PreFilter.open(address) as prefilter:
        assert prefilter.recipe.partial == 0.1
        assert timeless(prefilter.check(copy)) == timeless(before)
    assert intact(address) == [f"s{number}" for number in range(5)]


def test_no_index_is_made_by_a_wrong_name(address: str, tmp_path: Path) -> None:
    """Only the filter and an import make one."""
    for action in ("info", "check", "prune", "export", "rebuild"):
        said = run("index", action, address, folder=tmp_path, code=2).stderr.decode()
        assert "`dedup filter` creates one" in said


def test_the_service_asks_a_server(address: str) -> None:
    """Without knowing that it is one."""
    pytest.importorskip("httpx")
    testclient = pytest.importorskip("fastapi.testclient")
    from dedup.integrations.http import create_app

    with testclient.TestClient(create_app(PreFilter.open(address)), base_url="http://localhost") as client:
        first = client.post("/v1/check-and-add", json={"id": "a", "text": LONG}).json()
        second = client.post("/v1/check-and-add", json={"id": "b", "text": reworded(LONG, every=30)}).json()
        health = client.get("/health").status_code

    assert (first["stored"], second["duplicate_of"], health) == (True, "a", 200)
