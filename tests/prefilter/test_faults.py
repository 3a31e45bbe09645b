"""The pre-filter among processes, and when they are killed."""

import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from dedup import PreFilter
from tests.fork_server import ForkedProcess
from tests.made_up_news import story
from tests.story_index.sqlite.test_sqlite_index import intact

KILLS = int(os.environ.get("DEDUP_KILLS", "5"))
"""How often a writer is killed; 50 were asked for, and take a minute."""
PATIENCE = 60.0
"""Seconds within which a program must have written what a kill waits for."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and file locks of POSIX")


IMPORTED = ("dedup.prefilter.prefilter", "dedup.story_index.sqlite", "tests.made_up_news")
"""Modules that the programs below need."""


def start(program: str, *arguments: object) -> ForkedProcess:
    """Start a program that sees the tests' made-up stories."""
    return ForkedProcess(*arguments, program=program, imported=IMPORTED)


WRITER = """
import sys
from tests.made_up_news import story
from dedup import PreFilter
from dedup.story_index.sqlite import recent_postings
recent_postings.ROUND, recent_postings.PACE = int(sys.argv[3]), int(sys.argv[3]) // 4
prefilter = PreFilter.open(sys.argv[1])
number = int(sys.argv[2])
while True:
    prefilter.check_and_add({"id": f"s{number}", "text": story(number)})
    print(number, flush=True)
    number += 1
"""


@pytest.mark.parametrize("stories_moved_together", [4096, 8])
def test_a_killed_writer_loses_nothing_it_was_told_is_stored(
    tmp_path: Path, stories_moved_together: int
) -> None:
    """Whatever was acknowledged is there, whole, and the tables agree; also while postings are moved."""
    path, first, draw = tmp_path / "news.dedup", 0, random.Random(5)
    acknowledged: list[int] = []
    for _ in range(KILLS):
        writer = start(WRITER, path, first, stories_moved_together)
        acknowledged.append(int(writer.stdout.readline()))
        time.sleep(draw.uniform(0.0, 0.3))
        acknowledged += [int(line) for line in writer.kill().split("\n")[:-1]]
        first = acknowledged[-1] + 2  # the next may be stored too, unacknowledged

    stored = intact(path)
    assert {f"s{number}" for number in acknowledged} <= set(stored)
    assert len(stored) == len(set(stored)) <= len(acknowledged) + KILLS
    with PreFilter.open(path) as prefilter:
        sample = draw.sample(acknowledged, min(50, len(acknowledged)))
        assert all(prefilter.check(story(number)).duplicate_of == f"s{number}" for number in sample)


def kill_again_and_again(arguments: Sequence[str], written: Path, *, most: int) -> None:
    """Run `dedup` and kill it at once, then when more and more lines are written: KILLS times."""
    for wanted in (turn * most // KILLS for turn in range(KILLS)):
        process = ForkedProcess(*arguments, "--unbuffered", folder=written.parent)
        end = time.monotonic() + PATIENCE
        while wanted and (not written.exists() or written.read_bytes().count(b"\n") < wanted):
            assert time.monotonic() < end
            time.sleep(0.001)
        process.kill()
        assert process.returncode == -signal.SIGKILL


OPENER = """
import sys
from tests.made_up_news import story
from dedup import PreFilter
print("ready", flush=True)
sys.stdin.readline()
with PreFilter.open(sys.argv[1]) as prefilter:
    print(prefilter.add({"id": sys.argv[2], "text": story(int(sys.argv[2]))}).stored)
"""


def test_eight_processes_may_make_one_index_at_once(tmp_path: Path) -> None:
    """All open it, one of them makes it, and each stores its story."""
    path = tmp_path / "news.dedup"
    openers = [start(OPENER, path, number) for number in range(8)]
    for opener in openers:
        assert opener.stdout.readline() == "ready\n"
    for opener in openers:
        opener.stdin.write("go\n")
        opener.stdin.flush()

    assert [opener.rest() for opener in openers] == ["True\n"] * 8
    assert sorted(intact(path), key=int) == [str(number) for number in range(8)]


RIVAL = """
import random, sys
from tests.made_up_news import story
from dedup import PreFilter
order = list(range(int(sys.argv[3])))
random.Random(sys.argv[2]).shuffle(order)
with PreFilter.open(sys.argv[1]) as prefilter:
    won = [n for n in order if prefilter.check_and_add({"id": f"{sys.argv[2]}{n}", "text": story(n)}).stored]
print(*won)
"""


def test_of_four_writers_with_the_same_stories_one_wins_each(tmp_path: Path) -> None:
    """Eighty stories offered four times, in four orders, are as many stories."""
    path = tmp_path / "news.dedup"
    rivals = [start(RIVAL, path, name, 80) for name in "abcd"]
    won = [int(number) for rival in rivals for number in rival.rest().split()]

    assert sorted(won) == list(range(80))
    assert len(intact(path)) == 80


HOLDER = """
import sys, time
from tests.made_up_news import story
from dedup import PreFilter
prefilter = PreFilter.open(sys.argv[1])
answer = prefilter.check_and_add({"id": "held", "text": story(1)}, hold=True)
print(answer.stored, flush=True)
time.sleep(60)
"""


def test_the_hold_of_a_killed_process_ends_with_it(tmp_path: Path) -> None:
    """While it lives a copy loses; once it is dead the story was never offered. Its sign is cleared up."""
    path = tmp_path / "news.dedup"
    holder = start(HOLDER, path)
    assert holder.stdout.readline() == "True\n"
    with PreFilter.open(path) as prefilter:
        alive = prefilter.check(story(1))
        holder.kill()
        dead = prefilter.check_and_add({"id": "copy", "text": story(1)})

    signs = len(list(tmp_path.glob("*.holder-*")))
    PreFilter.open(path).close()

    assert alive.duplicate_of == "held"
    assert (dead.verdict, dead.stored) == (None, True)
    assert (signs, len(list(tmp_path.glob("*.holder-*")))) == (1, 0)
    assert intact(path) == ["copy"]


def test_a_creation_that_was_cut_short_is_begun_anew(tmp_path: Path) -> None:
    """Its remains have another name, so they are not taken for an index."""
    path = tmp_path / "news.dedup"
    path.with_name("news.dedup.new").write_bytes(b"SQLite format 3\x00half")

    PreFilter.open(path).close()

    assert intact(path) == []
    assert not path.with_name("news.dedup.new").exists()


def test_a_log_left_behind_is_taken_up(tmp_path: Path) -> None:
    """A writer that was killed leaves its log; who comes next reads on from there."""
    path = tmp_path / "news.dedup"
    writer = start(WRITER, path, 0, 4096)
    writer.stdout.readline()
    writer.kill()

    assert path.with_name("news.dedup-wal").stat().st_size > 0
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    connection.close()
    with PreFilter.open(path) as prefilter:
        assert prefilter.check(story(0)).duplicate_of == "s0"
