"""The filter of keys that the table of postings may have."""

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import pytest

from dedup import IndexFileError, PreFilter, Recipe, TicketError
from dedup.cli.main import main
from dedup.story_index.sqlite import key_filter, recent_postings
from dedup.story_index.sqlite.file_format import SCHEMA
from dedup.story_index.sqlite.key_filter import KeyFilter, note_keys
from tests.made_up_news import reworded, story
from tests.story_index.sqlite.test_recent_postings import BY_FOURS, BY_TWENTIES, faults_of, row, set_round

LOWEST, HIGHEST = -(2**31), 2**31 - 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An index that does not exist yet."""
    return tmp_path / "news.dedup"


def tables() -> sqlite3.Connection:
    """A database with the tables of postings and of their filter."""
    connection = sqlite3.connect(":memory:")
    for name in ("postings", "recent", "key_filter"):
        connection.execute(SCHEMA[name])
    return connection


def drawn(seed: int, count: int) -> list[int]:
    """Keys over their whole range."""
    draw = random.Random(seed)
    return [draw.randint(LOWEST, HIGHEST) for _ in range(count)]


@pytest.mark.parametrize("stories", [1, 40, 5_000, 10_000_000])
def test_keys_that_were_noted_are_selected(stories: int) -> None:
    """All of them, the lowest and the highest too, whatever the size of the filter."""
    keys = [LOWEST, -1, 0, 1, HIGHEST, *drawn(1, 3_000)]
    with closing(tables()) as connection:
        recent_postings.post(connection, [(key, 1) for key in keys], stories=stories)

        assert KeyFilter(connection, stories=stories).select(keys) == keys


def test_keys_are_selected_while_the_filter_grows() -> None:
    """Some parts are made for few stories, others for many, and a process may know more than is stored."""
    with closing(tables()) as connection:
        noted = []
        for stories in (1, 10, 100, 1_000, 30_000):
            keys = drawn(stories, 200)
            recent_postings.post(connection, [(key, 1) for key in keys], stories=stories)
            noted += keys
        known = KeyFilter(connection, stories=400_000)
        added = drawn(2, 200)
        known.add(added)

        assert known.select(noted + added) == noted + added


def test_most_other_keys_are_not_selected() -> None:
    """Of absent keys at most three in a hundred, at twenty keys a story."""
    with closing(tables()) as connection:
        note_keys(connection, drawn(3, 20 * 4_096), stories=4_096)
        asked = drawn(4, 20_000)

        assert len(KeyFilter(connection, stories=4_096).select(asked)) < 0.03 * len(asked)


def test_a_part_that_grows_forgets_keys_that_are_gone() -> None:
    """It is made anew of the keys that the table has."""
    gone = drawn(5, 500)
    with closing(tables()) as connection:
        recent_postings.post(connection, [(key, 1) for key in gone], stories=50)
        connection.execute("DELETE FROM postings")
        for part in range(key_filter.PARTS):
            note_keys(connection, [LOWEST + part * 2**22], stories=40_000)

        assert len(KeyFilter(connection, stories=40_000).select(gone)) < 0.1 * len(gone)


def test_a_long_running_process_reads_a_larger_filter(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """An index that grew from nothing in one process is asked for few keys in vain."""
    set_round(monkeypatch, BY_FOURS)
    monkeypatch.setattr(key_filter, "BITS_A_STORY", 4 * key_filter.PARTS)
    asked: list[int] = []
    monkeypatch.setattr(KeyFilter, "select", counting(KeyFilter.select, asked))
    with PreFilter.open(path) as prefilter:
        for number in range(200):
            prefilter.add({"id": f"s{number}", "text": story(number)})

    assert sum(asked[-20:]) <= 20


def counting(select: object, found: list[int]) -> object:
    """Count what a filter selects."""

    def counted(known: KeyFilter, keys: list[int]) -> list[int]:
        selected: list[int] = select(known, keys)  # type: ignore[operator]
        found.append(len(selected))
        return selected

    return counted


def test_a_file_of_format_3_is_upgraded(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Its stories are found at once, and still once its filter is made anew, a part at a time."""
    set_round(monkeypatch, BY_FOURS)
    made_by_an_older_dedup(path, stories=12)

    with PreFilter.open(path) as prefilter:
        at_once = [prefilter.check({"text": reworded(story(number))}).match for number in range(12)]
        for number in range(12, 40):
            prefilter.add({"id": f"s{number}", "text": story(number)})
        later = [prefilter.check({"text": reworded(story(number))}).match for number in range(40)]

    assert (at_once, later) == ([f"s{n}" for n in range(12)], [f"s{n}" for n in range(40)])
    assert faults_of(path) == []


def test_a_file_of_format_3_is_read_as_it_is(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """It has no filter, so every key is looked up."""
    set_round(monkeypatch, BY_FOURS)
    made_by_an_older_dedup(path, stories=12)

    with PreFilter.open(path, read_only=True) as prefilter:
        matches = [prefilter.check({"text": reworded(story(number))}).match for number in range(12)]

    assert (matches, row(path, "PRAGMA user_version")) == ([f"s{n}" for n in range(12)], (3,))


def test_a_reader_is_told_that_the_file_was_upgraded(path: Path) -> None:
    """By a process that writes: the reader has to open it again, and can."""
    made_by_an_older_dedup(path, stories=3)

    with PreFilter.open(path, read_only=True) as reader:
        PreFilter.open(path).close()
        with pytest.raises(IndexFileError, match="upgraded to a newer format since it was opened; open it"):
            reader.check({"text": story(1)})

    with PreFilter.open(path, read_only=True) as reader:
        assert reader.check({"text": reworded(story(1))}).match == "s1"


def made_by_an_older_dedup(path: Path, *, stories: int) -> None:
    """Write a file of format 3."""
    with PreFilter.open(path) as prefilter:
        for number in range(stories):
            prefilter.add({"id": f"s{number}", "text": story(number)})
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE key_filter")
        connection.execute("PRAGMA user_version=3")
        connection.execute("VACUUM")


def test_a_damaged_filter_is_a_fault(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Stories whose keys it lacks would not be found, and nothing else would tell."""
    set_round(monkeypatch, BY_FOURS)
    with PreFilter.open(path) as prefilter:
        for number in range(8):
            prefilter.add({"id": f"s{number}", "text": story(number)})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE key_filter SET bits = zeroblob(length(bits))")

    (fault,) = faults_of(path)

    assert "the filter lacks" in fault


def test_a_filter_does_not_fill_up_with_keys_that_are_gone() -> None:
    """After thirty times as many stories as are stored, few absent keys are looked up, at the same size."""
    at_once, stored = 200, 400
    asked = drawn(6, 5_000)
    with closing(tables()) as connection:
        for step in range(60):
            added = [(key, step) for key in drawn(100 + step, 20 * at_once)]
            recent_postings.post(connection, added, stories=stored)
            connection.execute("DELETE FROM postings WHERE story <= ?", (step - stored // at_once,))
            (size,) = connection.execute("SELECT max(length(bits)) FROM key_filter").fetchone()

            assert 8 * size * key_filter.PARTS < 2 * key_filter.BITS_A_STORY * stored
        known = KeyFilter(connection, stories=stored)

        assert len(known.select(asked)) < 0.1 * len(asked)
        assert len(known.select([key for key, _ in added])) == len(added)


def test_a_part_that_is_far_too_large_is_made_anew() -> None:
    """Of an index of which most stories were removed."""
    with closing(tables()) as connection:
        recent_postings.post(connection, [(0, 1)], stories=40_000)
        before = connection.execute("SELECT length(bits) FROM key_filter").fetchone()
        recent_postings.post(connection, [(1, 2)], stories=400)
        after = connection.execute("SELECT length(bits) FROM key_filter").fetchone()

        assert (before, after) == ((2_048,), (16,))
        assert KeyFilter(connection, stories=400).select([0, 1]) == [0, 1]


def test_an_index_with_a_capacity_is_asked_for_few_keys_in_vain(
    monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    """Neither what is stored nor what the process keeps in memory fills up."""
    set_round(monkeypatch, BY_TWENTIES)
    monkeypatch.setattr(key_filter, "MOST_BITS", 16)
    asked: list[int] = []
    monkeypatch.setattr(KeyFilter, "select", counting(KeyFilter.select, asked))
    with PreFilter.open(path, capacity=60) as prefilter:
        for number in range(600):
            prefilter.add({"id": f"s{number}", "text": story(number)})

    assert sum(asked[-100:]) <= 300  # of 1,629
    assert faults_of(path) == []


def bits_set(path: Path) -> int:
    """Bits of the stored filter that are set."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT bits FROM key_filter").fetchall()
    return sum(int.from_bytes(bits).bit_count() for (bits,) in rows)


@pytest.mark.parametrize("again", [["prune", "--compact"], ["rebuild", "--recipe"]], ids=["prune", "rebuild"])
def test_maintenance_makes_the_filter_anew(
    monkeypatch: pytest.MonkeyPatch, path: Path, again: list[str]
) -> None:
    """Compacting, or a rebuild with other keys: it forgets the keys of what was removed."""
    set_round(monkeypatch, BY_FOURS)
    with PreFilter.open(path) as prefilter:
        for number in range(60):
            prefilter.add({"id": f"s{number}", "text": story(number)})
        for number in range(58):
            prefilter.delete(f"s{number}")
    before = bits_set(path)
    recipe = path.with_name("recipe.json")
    recipe.write_text(json.dumps(Recipe(letters=21).as_json()), encoding="utf-8")
    rest = [str(recipe)] if again[0] == "rebuild" else []

    assert main(["index", again[0], str(path), *again[1:], *rest, "--quiet"]) == 0

    assert bits_set(path) < 0.2 * before
    assert faults_of(path) == []
    with PreFilter.open(path) as prefilter:
        assert prefilter.check({"text": reworded(story(59))}).match == "s59"


@pytest.mark.parametrize("bits", [b"", b"abc", "abcd", bytes(1 << 20)], ids=["none", "three", "text", "long"])
def test_a_part_that_is_none_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, path: Path, bits: bytes | str
) -> None:
    """Of no byte, of a number that is no power of two, or of too many."""
    set_round(monkeypatch, BY_FOURS)
    with PreFilter.open(path) as prefilter:
        for number in range(8):
            prefilter.add({"id": f"s{number}", "text": story(number)})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE key_filter SET bits = ?", (bits,))

    (fault,) = faults_of(path)

    assert "filter of keys" in fault
    with PreFilter.open(path) as prefilter, pytest.raises(IndexFileError, match="filter of keys"):
        prefilter.check({"text": story(50)})


def test_a_ticket_that_is_refused_leaves_the_filter_in_memory(
    monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    """Reading it again, and the postings that wait, takes long in a large index."""
    read: list[int] = []
    monkeypatch.setattr(KeyFilter, "__init__", counted_reads(KeyFilter.__init__, read))
    with PreFilter.open(path) as prefilter:
        ticket = prefilter.check_and_add({"id": "a", "text": story(1)}, hold=60).ticket
        assert ticket is not None
        prefilter.release([ticket])
        prefilter.check({"text": story(2)})
        before = len(read)
        with pytest.raises(TicketError):
            prefilter.release([ticket])
        prefilter.check({"text": story(2)})

    assert (before, len(read)) == (1, 1)


def counted_reads(begin: object, read: list[int]) -> object:
    """Count how often a filter is read."""

    def counted(known: KeyFilter, connection: sqlite3.Connection, *, stories: int) -> None:
        read.append(stories)
        begin(known, connection, stories=stories)  # type: ignore[operator]

    return counted


def test_a_read_that_failed_half_way_is_made_again(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """What others stored is not taken for known."""
    with PreFilter.open(path) as writer, PreFilter.open(path) as reader:
        reader.check({"text": story(1)})
        writer.add({"id": "a", "text": story(2)})
        with monkeypatch.context() as failing:
            failing.setattr(recent_postings, "unpacked_keys", Mock(side_effect=sqlite3.OperationalError))
            with pytest.raises(IndexFileError):
                reader.check({"text": reworded(story(2))})

        assert reader.check({"text": reworded(story(2))}).match == "a"
