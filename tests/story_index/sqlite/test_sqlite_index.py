"""The index file: what is made, what is refused, what is forgotten."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from dedup.cli.main import main
from dedup.model.errors import (
    ClockError,
    IndexBusyError,
    IndexFileError,
    IndexWriteError,
    RecipeMismatchError,
    SettingError,
)
from dedup.model.recipe import Recipe
from dedup.prefilter import PreFilter
from dedup.prefilter.answer_offer import answer_offer
from dedup.prefilter.index_keys import prepare_query
from dedup.prefilter.offer import Offer
from dedup.prefilter.policy import Policy
from dedup.prefilter.rebuild_index import rebuild
from dedup.story_index.clock import IndexClock
from dedup.story_index.maintenance import prune
from dedup.story_index.sqlite import (
    SqliteIndex,
    file_format,
    locking,
    sqlite_file,
    sqlite_index,
    sqlite_maintenance,
    write_count,
)
from dedup.story_index.sqlite.sqlite_maintenance import SqliteMaintenance
from tests.made_up_news import story
from tests.wall_clock import Time


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where an index may be made."""
    return tmp_path / "news.dedup"


def filled(path: Path, stories: int = 3) -> None:
    """Make an index with some stories."""
    with PreFilter.open(path) as prefilter:
        for number in range(stories):
            prefilter.add({"id": f"s{number}", "text": story(number)})


def test_a_closed_index_is_one_file(path: Path) -> None:
    """The log is written back; only the lock stays beside it."""
    filled(path)

    assert sorted(each.name for each in path.parent.iterdir()) == ["news.dedup", "news.dedup.lock"]


def test_what_was_stored_is_there_again(path: Path) -> None:
    """Another opening finds it, under the recipe it was made with."""
    with PreFilter.open(path, recipe=Recipe(threshold=0.5)) as prefilter:
        prefilter.add({"id": "a", "text": story(1)})

    with PreFilter.open(path) as prefilter:
        assert prefilter.recipe.threshold == 0.5
        assert prefilter.check({"id": "b", "text": story(1)}).duplicate_of == "a"


def test_a_path_with_odd_characters_is_a_path(tmp_path: Path) -> None:
    """Nothing of it is taken for a part of an address."""
    filled(tmp_path / "a ?mode=ro#%41 خبر.db")

    assert (tmp_path / "a ?mode=ro#%41 خبر.db").is_file()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty, not an index"),
        (b"{}", "not an index but some other file"),
        (b"SQLite format 3\x00" + bytes(200), "the file is damaged or cut off"),
    ],
    ids=["empty", "other", "garbage"],
)
def test_a_file_that_is_no_index_is_refused_and_left_alone(path: Path, content: bytes, said: str) -> None:
    """It is neither taken over nor removed."""
    path.write_bytes(content)

    with pytest.raises(IndexFileError, match=said):
        PreFilter.open(path)

    assert path.read_bytes() == content


def test_another_program_s_database_is_refused(path: Path) -> None:
    """Even with tables of the same names."""
    connection = sqlite3.connect(path)
    connection.execute(file_format.SCHEMA["stories"])
    connection.close()

    with pytest.raises(IndexFileError, match="an SQLite file, but not an index of dedup"):
        PreFilter.open(path)


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.1])
def test_a_file_that_was_cut_off_is_refused(path: Path, kept: float) -> None:
    """At its end, in the middle, near its beginning."""
    filled(path, 40)
    content = path.read_bytes()
    cut = content[: int(len(content) * kept)]
    path.write_bytes(cut)

    with pytest.raises(IndexFileError, match=r"damaged or cut off .* restore it from a copy"):
        PreFilter.open(path)

    assert path.read_bytes() == cut


@pytest.mark.parametrize("farther", [0, 4, 7])
def test_a_page_in_the_place_of_another_gives_no_wrong_answer(
    path: Path, tmp_path: Path, farther: int
) -> None:
    """Each page is sound by itself: a stored story is known, or the file is said to be damaged."""
    filled(path, 40)
    content = path.read_bytes()
    size = sqlite_file.PAGE
    pages = len(content) // size
    refused = 0
    for page in range(1, pages):
        other = 1 + (page + pages // 2 + farther) % (pages - 1)
        wrong = bytearray(content)
        wrong[page * size : (page + 1) * size] = content[other * size : (other + 1) * size]
        damaged = tmp_path / f"{page}.dedup"
        damaged.write_bytes(wrong)
        try:
            with PreFilter.open(damaged) as prefilter:
                assert all(prefilter.check({"text": story(number)}).match for number in range(40))
        except IndexFileError as error:
            refused += "damaged" in str(error)

    assert refused


def test_what_goes_wrong_over_a_sound_file_is_not_blamed_on_it(path: Path) -> None:
    """An error of the program stays what it is."""
    with PreFilter.open(path):
        pass

    with pytest.raises(KeyError), sqlite_file.translated(path):
        raise KeyError(1)


def test_an_error_of_a_caller_leads_to_no_look_at_the_whole_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a large index that would take minutes: nothing opens the file again."""
    filled(path)
    index = SqliteIndex(path)
    with index.reading():
        pass
    opened = Mock()
    monkeypatch.setattr(sqlite3, "connect", opened)

    for begin in (index.reading, index.writing):
        with pytest.raises(ValueError, match="of the caller"), begin():
            raise ValueError("of the caller")

    index.close()
    opened.assert_not_called()


def test_a_newer_format_is_refused(path: Path) -> None:
    """Rather than read as if it were ours."""
    filled(path)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version={file_format.FORMAT + 1}")
    connection.close()

    with pytest.raises(IndexFileError, match="it has format 5, and this dedup supports formats up to 4"):
        PreFilter.open(path)


def test_an_older_format_is_refused(path: Path) -> None:
    """It lacks what verdicts are read from now; the error says what to do."""
    filled(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=1")
    connection.close()

    with pytest.raises(IndexFileError, match=r"it has format 1 of an older dedup; `dedup index import NEW "):
        PreFilter.open(path)


OLDER = """
    CREATE TABLE stories(seq INTEGER PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL,
        published TEXT NOT NULL, digest BLOB NOT NULL, keys INTEGER NOT NULL, first_seen INTEGER NOT NULL,
        last_seen INTEGER NOT NULL, holder INTEGER);
    CREATE TABLE texts(seq INTEGER PRIMARY KEY, keys BLOB NOT NULL, body BLOB NOT NULL);
    PRAGMA user_version=1;
"""


def test_stories_of_an_older_format_can_be_imported(path: Path, tmp_path: Path) -> None:
    """Folded texts without titles are what it has; those on hold stay behind."""
    connection = sqlite3.connect(path)
    connection.executescript(f"{OLDER} PRAGMA application_id={file_format.APPLICATION};")
    for number, holder in ((1, None), (2, 7)):
        row = (number, f"s{number}", "wire", "2026-01-01", b"", 0, 1000, 2000, holder)
        connection.execute("INSERT INTO stories VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute(
            "INSERT INTO texts VALUES(?, x'', ?)", (number, zlib.compress(story(number).encode()))
        )
    connection.commit()
    connection.close()
    new = tmp_path / "new.dedup"

    assert main(["index", "import", str(new), str(path)]) == 0
    with PreFilter.open(new) as prefilter:
        (found,) = prefilter.find("s1")
        assert (found.text, found.source, found.first_seen) == (story(1), "wire", "1970-01-01T00:00:01+00:00")
        assert prefilter.size().stories == 1
    assert main(["index", "import", str(tmp_path / "copy.dedup"), str(new)]) == 0
    with PreFilter.open(tmp_path / "copy.dedup") as prefilter:
        assert prefilter.find("s1") == (found,)


def killed(path: Path, synchronous: str = "normal") -> None:
    """Store stories, as a process that is then killed."""
    code = f"""
import os, sys
from dedup import PreFilter
from tests.made_up_news import story
prefilter = PreFilter.open({str(path)!r}, synchronous={synchronous!r})
for number in range(5):
    prefilter.add({{"id": f"s{{number}}", "text": story(number)}})
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", code], check=False, timeout=60)


@pytest.mark.parametrize("harm", ["removed", "emptied", "damaged"])
def test_a_log_that_was_lost_is_noticed(path: Path, harm: str) -> None:
    """The file is sound without it, and lacks acknowledged stories; the log is left as it is."""
    killed(path)
    log = path.with_name("news.dedup-wal")
    content = log.read_bytes()
    if harm == "removed":
        log.unlink()
    else:
        spoilt = (
            b""
            if harm == "emptied"
            else content[: len(content) // 2] + b"x" + content[len(content) // 2 + 1 :]
        )
        log.write_bytes(spoilt)
    for command in (["index", "check"], ["index", "info"]):
        assert main([*command, str(path)]) == 2
    with pytest.raises(IndexFileError, match=r"its last \d writes are missing: the log news\.dedup-wal was"):
        PreFilter.open(path)
    with pytest.raises(IndexFileError, match="writes are missing"):
        PreFilter.open(path, read_only=True)
    log.write_bytes(content)

    with PreFilter.open(path) as prefilter:
        assert prefilter.size().stories == 5


def restarted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine have been restarted."""
    monkeypatch.setattr(write_count, "boot_id", lambda: "another")


@pytest.mark.parametrize("harm", ["removed", "emptied", "of another"])
def test_a_log_that_was_lost_is_noticed_after_a_restart(
    path: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its beginning survives a power cut, so where that is gone, somebody removed it."""
    killed(path)
    log = path.with_name("news.dedup-wal")
    content = log.read_bytes()
    changed = {"removed": None, "emptied": b"", "of another": content[:16] + bytes(8) + content[24:]}[harm]
    log.unlink()
    if changed is not None:
        log.write_bytes(changed)
    restarted(monkeypatch)

    for read_only in (False, True):
        with pytest.raises(IndexFileError, match="its last 5 writes are missing"):
            PreFilter.open(path, read_only=read_only)
    log.write_bytes(content)
    assert intact(path) == ["s0", "s1", "s2", "s3", "s4"]


def test_a_power_cut_may_undo_the_last_writes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is there and ends early: the index goes on from there, and counts anew."""
    killed(path)
    log = path.with_name("news.dedup-wal")
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])
    restarted(monkeypatch)

    with PreFilter.open(path) as prefilter:
        left = prefilter.size().stories
        prefilter.add({"id": "new", "text": story(9)})
    assert 0 < left < 5
    with PreFilter.open(path) as prefilter:
        assert prefilter.size().stories == left + 1


def test_a_power_cut_undoes_nothing_that_was_flushed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `synchronous="full"` every write was."""
    killed(path, "full")
    log = path.with_name("news.dedup-wal")
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])
    restarted(monkeypatch)

    with pytest.raises(IndexFileError, match="writes are missing"):
        PreFilter.open(path)


def test_what_the_file_has_was_flushed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a log begins, all before it is in the file, and an older file under the same number is noticed."""
    filled(path)
    older = path.read_bytes()
    with PreFilter.open(path) as prefilter:
        prefilter.add({"id": "a", "text": story(7)})
    killed(path)
    log = path.with_name("news.dedup-wal")
    cut = log.read_bytes()[:32]  # the beginning of the log alone
    path.write_bytes(older)
    log.write_bytes(cut)
    restarted(monkeypatch)

    with pytest.raises(IndexFileError, match="its last 1 writes are missing"):
        PreFilter.open(path)


def test_a_log_that_is_given_up_is_not_asked_for_again(path: Path) -> None:
    """The lock file is what remembers it; nor does a file restored under another number count as cut."""
    killed(path)
    path.with_name("news.dedup-wal").unlink()
    path.with_name("news.dedup.lock").unlink()

    with PreFilter.open(path) as prefilter:
        prefilter.add({"id": "new", "text": story(9)})
    PreFilter.open(path).close()


def test_a_log_that_is_removed_in_use_is_noticed(path: Path) -> None:
    """By who reads and by who writes."""
    with PreFilter.open(path) as prefilter:
        prefilter.add({"id": "a", "text": story(1)})
        path.with_name("news.dedup-wal").rename(path.with_name("elsewhere"))
        for ask in (prefilter.check, prefilter.add):
            with pytest.raises(IndexFileError, match="the log of the index was removed or replaced"):
                ask(story(2))
        path.with_name("elsewhere").rename(path.with_name("news.dedup-wal"))
        prefilter.add({"id": "b", "text": story(2)})

    assert intact(path) == ["a", "b"]


def test_a_log_that_others_lost_is_noticed_when_an_index_is_opened(path: Path) -> None:
    """SQLite itself tells of a disk that fails; when the others end, they write the log into the file."""
    with PreFilter.open(path) as prefilter:
        prefilter.add({"id": "a", "text": story(1)})
        path.with_name("news.dedup-wal").unlink()
        for read_only in (False, True):
            with pytest.raises(IndexFileError, match="removed while other processes use the index"):
                PreFilter.open(path, read_only=read_only)

    assert intact(path) == ["a"]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_beside_the_log_of_another_is_refused(path: Path, *, read_only: bool) -> None:
    """SQLite would write the stories of the other into it; a copy of all files is accepted."""
    filled(path.with_name("restored.dedup"))
    killed(path)
    copied = path.with_name("copied.dedup")
    for ending in ("", "-wal", ".lock"):
        shutil.copy(f"{path}{ending}", f"{copied}{ending}")
    path.with_name("restored.dedup").replace(path)
    before = path.read_bytes()

    with pytest.raises(
        IndexFileError, match=r"news\.dedup-wal belongs to the file that had this name before"
    ):
        PreFilter.open(path, read_only=read_only)
    assert path.read_bytes() == before
    assert intact(copied) == ["s0", "s1", "s2", "s3", "s4"]


def test_a_log_without_its_file_is_refused(path: Path) -> None:
    """A new index under its name would take over its stories."""
    killed(path)
    path.unlink()

    with pytest.raises(IndexFileError, match=r"the file is gone, but its log news\.dedup-wal is there"):
        PreFilter.open(path)
    assert not path.exists()


def test_a_table_more_is_refused(path: Path) -> None:
    """A trigger in a file from elsewhere would run with every story."""
    filled(path)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TRIGGER odd AFTER INSERT ON stories BEGIN DELETE FROM texts; END")
    connection.close()

    with pytest.raises(IndexFileError, match="its tables are not those of format 4"):
        PreFilter.open(path)


def test_a_recipe_that_cannot_be_read_is_refused(path: Path) -> None:
    """A setting of an unknown name, or one out of range."""
    filled(path)
    connection = sqlite3.connect(path)
    connection.execute("""UPDATE header SET value = '{"rows": 0}'""")
    connection.commit()
    connection.close()

    with pytest.raises(IndexFileError, match="the recipe in its header cannot be read"):
        PreFilter.open(path)


def test_another_recipe_is_refused_by_name(path: Path) -> None:
    """The first setting that differs is named with both values; ranking has no part in an index."""
    filled(path)

    with pytest.raises(RecipeMismatchError, match="built with letters=20, this run asks for 25"):
        PreFilter.open(path, recipe=Recipe(letters=25))
    PreFilter.open(path, recipe=Recipe(rank=False, sources=("A",))).close()


@pytest.mark.parametrize("name", [".", "folder", ""])
def test_a_folder_is_no_index(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is put beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()

    with pytest.raises(IndexFileError, match="expected a file, got a folder; name a file in it"):
        PreFilter.open(name)
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """It is not made."""
    with pytest.raises(IndexFileError, match=r"the folder .* does not exist; create it first"):
        PreFilter.open(tmp_path / "none" / "news.dedup")


@pytest.mark.parametrize(
    "settings",
    [
        {"window": 0},
        {"window": float("nan")},
        {"window": float("inf")},
        {"window": 0.0001},
        {"capacity": 0},
        {"synchronous": "off"},
    ],
    ids=str,
)
def test_settings_out_of_range_are_refused(path: Path, settings: dict[str, float]) -> None:
    """Before anything is made."""
    with pytest.raises(SettingError):
        PreFilter.open(path, **settings)  # type: ignore[arg-type]

    assert not path.exists()


def windowed(path: Path, time: Time, *, window: int = 100_000, capacity: int | None = None) -> PreFilter:
    """Open an index that forgets after 100 s."""
    clock = IndexClock(window, wall=time, steady=time)
    return PreFilter(SqliteIndex(path, window=window, capacity=capacity, clock=clock))


def test_a_story_older_than_the_window_does_not_count(path: Path) -> None:
    """At its end it still does; being offered again makes it young, its first day stays."""
    time = Time()
    with windowed(path, time) as prefilter:
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


def test_a_story_at_the_edge_of_the_window_is_not_removed(path: Path) -> None:
    """A write exactly one window later leaves it in place."""
    time = Time()
    with windowed(path, time) as prefilter:
        prefilter.add({"id": "edge", "text": story(1)})
        time.seconds += 100

        rows = stored_after(prefilter, path, 2)

        assert rows == 2
        assert prefilter.check({"id": "copy", "text": story(1)}).duplicate_of == "edge"


def test_old_stories_are_removed_by_twos(path: Path) -> None:
    """Ten that are too old are gone after five new ones: no write has to remove them all."""
    time = Time()
    with windowed(path, time) as prefilter:
        for number in range(10):
            prefilter.add({"id": f"old{number}", "text": story(number)})
        time.seconds += 101
        held = [stored_after(prefilter, path, number) for number in range(10, 16)]

    assert held == [9, 8, 7, 6, 5, 6]


def stored_after(prefilter: PreFilter, path: Path, number: int) -> int:
    """Add a story and count the rows of the file."""
    prefilter.add({"id": f"new{number}", "text": story(number)})
    connection = sqlite3.connect(path)
    try:
        (rows,) = connection.execute("SELECT count(*) FROM stories").fetchone()
        (texts,) = connection.execute("SELECT count(*) FROM texts").fetchone()
        (tally,) = connection.execute("SELECT stories FROM tally").fetchone()
        (orphans,) = connection.execute(
            "SELECT count(*) FROM postings WHERE abs(story) NOT IN (SELECT seq FROM stories)"
        ).fetchone()
    finally:
        connection.close()
    assert (rows, orphans) == (texts, 0)
    assert tally == rows
    return int(rows)


def test_a_full_index_forgets_what_was_not_offered_for_longest(path: Path) -> None:
    """Of three stories with room for three, the one that came back stays."""
    time = Time()
    with windowed(path, time, window=10**9, capacity=3) as prefilter:
        for name in ("a", "b", "c"):
            time.seconds += 1
            prefilter.add({"id": name, "text": story(ord(name))})
        time.seconds += 1
        prefilter.check_and_add({"id": "copy of a", "text": story(ord("a"))})
        time.seconds += 1
        prefilter.add({"id": "d", "text": story(ord("d"))})
        held = [name for name in "abcd" if prefilter.check(story(ord(name))).verdict is not None]

    assert held == ["a", "c", "d"]


def test_a_clock_that_jumps_ten_years_forgets_nothing(path: Path) -> None:
    """Neither while a process runs nor when others start: each of these is refused, until a person prunes."""
    time, steady = Time(), Time()
    window = 100_000
    index = SqliteIndex(path, window=window, clock=IndexClock(window, wall=time, steady=steady))
    with PreFilter(index) as prefilter:
        prefilter.add({"id": "a", "text": story(1)})
        time.seconds += 10 * 365 * 86400
        running = prefilter.check(story(1))
    for _ in range(3):
        with windowed(path, time) as prefilter, pytest.raises(ClockError, match="set the clock"):
            prefilter.check(story(1))

    assert running.duplicate_of == "a"
    assert intact(path) == ["a"]
    trusted = SqliteIndex(path, window=window, clock=IndexClock(window, trusted=True, wall=time))
    assert prune(trusted) == 1
    trusted.close()


def test_pruning_takes_stamps_of_the_future_for_now(path: Path) -> None:
    """A clock that was ahead without a window makes nobody old later."""
    index = SqliteIndex(path, clock=IndexClock(None, wall=lambda: 4_000_000_000.0))
    with PreFilter(index) as prefilter:
        prefilter.add({"id": "a", "text": story(1)})
    with PreFilter.open(path, window=3600) as prefilter, pytest.raises(ClockError):
        prefilter.check(story(1))
    assert main(["index", "prune", str(path)]) == 0

    with PreFilter.open(path, window=3600) as prefilter:
        assert prefilter.check(story(1)).match == "a"


def test_an_index_can_be_read_where_nobody_can_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checked, listed and exported; what would write is refused; nothing is put beside it."""
    filled(path)
    path.with_name("news.dedup.lock").unlink()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with PreFilter.open(path, read_only=True) as prefilter:
        assert prefilter.check(story(1)).match == "s1"
        assert [each.id for each in prefilter.find("s2")] == ["s2"]
        for write in (prefilter.add, prefilter.check_and_add, prefilter.replace):
            with pytest.raises(IndexWriteError, match="it was opened only to be read"):
                write(story(9))
    for action in ("info", "check", "export", "show"):
        assert main(["index", action, str(path), *(["s1"] if action == "show" else [])]) == 0

    assert [each.name for each in path.parent.iterdir()] == ["news.dedup"]


def test_a_log_that_cannot_be_read_is_not_ignored(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it can be read, it is, while another process writes."""
    killed(path)
    with PreFilter.open(path, read_only=True) as prefilter:
        assert prefilter.size().stories == 5
    path.with_name("news.dedup-shm").unlink(missing_ok=True)
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(IndexFileError, match=r"its log news\.dedup-wal has stories that the file lacks"):
        PreFilter.open(path, read_only=True)


def test_an_index_that_is_only_read_must_be_there(path: Path) -> None:
    """It is not made."""
    with pytest.raises(IndexFileError, match="no such file"):
        PreFilter.open(path, read_only=True)
    assert not path.exists()


def test_space_is_returned_in_steps(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each a transaction of its own, so that others can write between them."""
    filled(path, 120)
    before = path.stat().st_size
    monkeypatch.setattr(sqlite_maintenance, "PAGES_AT_ONCE", 2)
    index = SqliteIndex(path, capacity=5)
    writing = Mock(wraps=index.writing)
    monkeypatch.setattr(index, "writing", writing)
    prune(index)
    steps = writing.call_count
    SqliteMaintenance(index).compact()
    index.close()

    assert writing.call_count > steps + 5
    assert path.stat().st_size < before / 3
    assert len(intact(path)) == 5


def test_another_bound_takes_no_rebuilding(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only settings that make the keys do."""
    filled(path)
    index = SqliteIndex(path)
    every = Mock(wraps=SqliteMaintenance.rebuild)
    monkeypatch.setattr(SqliteMaintenance, "rebuild", lambda *given: every(*given))  # noqa: PLW0108 - a method
    assert rebuild(index, Recipe(threshold=0.5)) == 3
    assert every.call_count == 0
    index.close()
    index = SqliteIndex(path)
    assert index.recipe.threshold == 0.5
    assert rebuild(index, Recipe(winnow=4)) == 3
    assert every.call_count == 1
    index.close()


def test_how_long_to_wait_for_another_process_can_be_set(path: Path) -> None:
    """By every command that uses an index."""
    filled(path)
    lock = locking.FileLock(path.with_name("news.dedup.lock"))
    lock.acquire(timeout=1)
    for command in (["filter", os.devnull, "--index", str(path)], ["index", "info", str(path)]):
        assert main([*command, "--timeout", "0"]) == 2
    lock.release()
    lock.close()


def test_a_call_counts_its_wait_from_before_its_turn(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind others that wait for the same process it would wait for long."""
    index = SqliteIndex(path)
    events: list[str] = []

    class Turn:
        def __enter__(self) -> None:
            events.append("turn")

        def __exit__(self, *_: object) -> None:
            pass

    def asked() -> float:
        events.append("call")
        return 17.0

    acquire, waits = locking.FileLock.acquire, []

    def acquired(lock: locking.FileLock, *, timeout: float, since: float | None = None) -> None:
        waits.append(since)
        acquire(lock, timeout=timeout)

    monkeypatch.setattr(sqlite_index, "time", SimpleNamespace(monotonic=asked))
    monkeypatch.setattr(index, "turn", Turn())
    monkeypatch.setattr(locking.FileLock, "acquire", acquired)
    for used in (index.writing, index.alone):
        with used():
            pass

    assert events == ["call", "turn"] * 2
    assert waits == [17.0] * 2


LIMITED = """
import resource, sys
from tests.made_up_news import story
from dedup import PreFilter
from dedup.model.errors import IndexWriteError
prefilter = PreFilter.open(sys.argv[1])
for number in range(50):
    prefilter.add({"id": f"s{number}", "text": story(number)})
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
stored = 50
try:
    while stored < 5000:
        prefilter.add({"id": f"s{stored}", "text": story(stored)})
        stored += 1
except IndexWriteError as error:
    print(stored, error)
else:
    print("no limit was met")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a_full_disk_is_said_and_leaves_the_index_whole(path: Path) -> None:
    """What was acknowledged is there, the story that did not fit is not, and nothing is damaged."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=Path(__file__).parents[3],
    )

    stored = int(done.stdout.split()[0])
    assert "the index is unchanged: free some space" in done.stdout
    assert intact(path) == [f"s{number}" for number in range(stored)]
    with PreFilter.open(path) as prefilter:
        assert prefilter.add({"id": "more", "text": story(9999)}).stored


def intact(path: Path) -> list[str]:
    """Ids of an index whose tables agree with each other, in order."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = connection.execute("SELECT id FROM stories JOIN texts USING (seq) ORDER BY seq").fetchall()
        assert connection.execute("SELECT count(*) FROM stories").fetchone() == (len(rows),)
        assert connection.execute("SELECT count(*) FROM texts").fetchone() == (len(rows),)
        return [identity for (identity,) in rows]
    finally:
        connection.close()


def test_a_write_that_raises_is_undone(path: Path) -> None:
    """All of a transaction, not the last statement alone."""
    index = SqliteIndex(path)
    prefilter = PreFilter(index)

    with pytest.raises(ZeroDivisionError):
        add_and_fail(index)
    prefilter.close()

    assert intact(path) == []


def add_and_fail(index: SqliteIndex) -> None:
    """Store a story, then fail before the transaction ends."""
    query = prepare_query({"id": "a", "text": story(1)}, Recipe())
    with index.writing() as writing:
        answer_offer(Offer(query, 0, hold=None, always=True), writing, Recipe(), Policy(), again=False)
        raise ZeroDivisionError


def test_a_lock_that_is_not_given_back_is_named(path: Path) -> None:
    """After the timeout; without it a stopped process would stop all others."""
    filled(path)
    lock = locking.FileLock(path.with_name("news.dedup.lock"))
    prefilter = PreFilter.open(path, timeout=0.05)
    lock.acquire(timeout=1)

    with pytest.raises(IndexBusyError, match=r"another process has kept the lock for 0.05 s"):
        prefilter.add({"id": "a", "text": story(1)})

    lock.release()
    lock.close()
    prefilter.add({"id": "b", "text": story(100)})
    prefilter.close()


def test_a_program_that_locks_the_database_itself_is_named(path: Path) -> None:
    """It need not know of our lock."""
    filled(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with (
        PreFilter.open(path, timeout=0.05) as prefilter,
        pytest.raises(IndexBusyError, match="keeps the file locked"),
    ):
        prefilter.add({"id": "a", "text": story(1)})

    other.close()


def journal_mode(index: SqliteIndex) -> str:
    """How SQLite keeps what it may have to undo."""
    with index.alone() as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def test_where_nothing_locks_files_an_old_sqlite_keeps_no_log(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two writers can spoil a log in versions before 3.51.3; the rollback journal is safe."""
    monkeypatch.setattr(locking, "AVAILABLE", False)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 2))
    index = SqliteIndex(path)
    mode = journal_mode(index)
    PreFilter(index).add({"id": "a", "text": story(1)})
    index.close()
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
    later = SqliteIndex(path)
    newer = journal_mode(later)
    later.close()

    assert (mode, newer) == ("truncate", "wal")
    assert intact(path) == ["a"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_may_go_on_using_it(path: Path) -> None:
    """Both store, and neither spoils what the other has."""
    prefilter = PreFilter.open(path)
    prefilter.add({"id": "before", "text": story(1)})
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
    prefilter.close()

    assert status == 0
    assert intact(path) == ["before", "child", "parent"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_child_forked_while_a_thread_writes_may_use_it_too(path: Path) -> None:
    """It does not take over the locks of a transaction that is under way in its parent."""
    index = SqliteIndex(path, timeout=2)
    prefilter = PreFilter(index)
    inside = threading.Event()

    def write() -> None:
        with index.writing() as writing:
            query = prepare_query({"id": "thread", "text": story(1)}, Recipe())
            writing.put(query.story, crowded=(), secret=0, hold=None)
            inside.set()
            time.sleep(0.3)

    thread = threading.Thread(target=write)
    thread.start()
    assert inside.wait(10)
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
    thread.join()
    prefilter.add({"id": "parent", "text": story(3)})
    prefilter.close()

    assert status == 0
    assert intact(path) == ["thread", "child", "parent"]


def test_a_write_error_is_no_file_error() -> None:
    """One asks for room, the other for a copy."""
    assert not issubclass(IndexWriteError, IndexFileError)
