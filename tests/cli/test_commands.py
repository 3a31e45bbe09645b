"""`dedup filter` and `dedup index` as commands: files, pipes, exit codes, crashes."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from dedup.cli.main import main
from tests.fork_server import run_forked
from tests.made_up_news import story
from tests.prefilter.test_faults import kill_again_and_again


def lines(*numbers: int) -> bytes:
    """Write stories as JSON lines."""
    return b"".join(
        json.dumps({"id": f"s{number}", "text": story(number)}, ensure_ascii=False).encode() + b"\n"
        for number in numbers
    )


def run(
    *arguments: object, stdin: bytes = b"", folder: Path, code: int = 0
) -> "subprocess.CompletedProcess[bytes]":
    """Run the command in a folder."""
    done = run_forked([*map(str, arguments)], folder=folder, stdin=stdin, environment=os.environ)
    assert done.returncode == code, done.stderr.decode()
    return done


def ids(content: bytes) -> list[str]:
    """Ids of JSON lines."""
    return [json.loads(line)["id"] for line in content.splitlines()]


def test_a_second_run_knows_the_first(tmp_path: Path) -> None:
    """Dropped copies are in the file beside the index, and the summary counts them."""
    run("filter", "--mode", "drop", stdin=lines(1, 2), folder=tmp_path)
    copy = lines(2).replace(b"s2", b"copy")
    done = run("filter", "--mode", "drop", stdin=lines(2, 3) + b"broken\n" + copy, folder=tmp_path)

    listed = "0 that share passages or a form"
    assert ids(done.stdout) == ["s3"]
    assert ids((tmp_path / "news.dedup.duplicates.jsonl").read_bytes()) == ["copy"]
    assert (tmp_path / "news.dedup.rejects.jsonl").read_bytes() == b"broken\n"
    assert done.stderr.decode().splitlines() == [
        "line 3: column 1: Expecting value",
        f"3 stories · 1 new · 1 copy · 1 offered before · {listed} · 0 too short · 1 line rejected",
    ]


def test_fields_are_found_where_they_are_said_to_be(tmp_path: Path) -> None:
    """By the name of a tool or one by one, as `dedup report` has it; lines pass as they came."""
    scraped = [
        {"maintext": story(1), "url": "https://a.invalid/1", "date_publish": "2026-01-02", "text": None},
        {"maintext": story(1), "url": "https://b.invalid/9", "date_publish": "None", "text": None},
    ]
    stdin = b"".join(json.dumps(article).encode() + b"\n" for article in scraped)
    by_name = run("filter", "--preset", "news-please", stdin=stdin, folder=tmp_path).stdout.splitlines()
    fields = ["--field", "text=body|maintext", "--field", "id=url"]
    one_by_one = run(
        "filter", "--index", "b.dedup", *fields, stdin=stdin, folder=tmp_path
    ).stdout.splitlines()
    wrong = run("filter", "--preset", "nwes-please", folder=tmp_path, code=2).stderr.decode()

    assert by_name == one_by_one
    assert [json.loads(line)["dedup"]["duplicate_of"] for line in by_name] == [None, "https://a.invalid/1"]
    assert json.loads(by_name[0])["date_publish"] == "2026-01-02"
    assert "preset='nwes-please' is not usable: expected one of news-please, trafilatura" in wrong


def test_strict_tells_of_rejected_lines(tmp_path: Path) -> None:
    """By the exit code, when all else is done."""
    done = run("filter", "--strict", "--quiet", stdin=lines(1) + b"{\n", folder=tmp_path, code=1)

    assert ids(done.stdout) == ["s1"]
    assert done.stderr == b""


def test_a_stream_in_which_no_line_is_a_story_is_unusable(tmp_path: Path) -> None:
    """A wrong field gets a hint, once, and an exit code."""
    done = run("filter", stdin=b'{"body": "x"}\n' * 9, folder=tmp_path, code=2)

    said = done.stderr.decode().splitlines()
    assert [each.partition(": ")[0] for each in said] == ["line 1", said[1], "dedup"]
    assert "try --field text=body" in said[0]
    assert said[2] == "dedup: nothing readable in -"
    assert len((tmp_path / "news.dedup.rejects.jsonl").read_bytes().splitlines()) == 9


def test_each_line_is_answered_as_it_comes(tmp_path: Path) -> None:
    """The second line is written after the first was answered, as a scraper does."""
    command = [sys.executable, "-m", "dedup", "filter", "--unbuffered", "--quiet"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        answers = []
        for line in (lines(1), lines(1)):
            process.stdin.write(line)
            process.stdin.flush()
            answers.append(json.loads(process.stdout.readline())["dedup"]["verdict"])
        process.stdin.close()

    assert answers == [None, "identical"]


def test_a_closed_pipe_is_left_quietly_and_loses_nothing(tmp_path: Path) -> None:
    """What was not written is new in the next run: a pipe holds some 64 KB of what was."""
    (tmp_path / "in.jsonl").write_bytes(lines(*range(400)))
    command = [sys.executable, "-m", "dedup", "filter", "in.jsonl", "--mode", "drop"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        taken = [json.loads(process.stdout.readline())["id"] for _ in range(3)]
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (0, b"")
    assert taken == ["s0", "s1", "s2"]
    rest = ids(run("filter", "in.jsonl", "--mode", "drop", folder=tmp_path).stdout)
    assert len(rest) > 200
    assert rest == [f"s{number}" for number in range(400 - len(rest), 400)]


def test_after_crashes_every_line_stands_once(tmp_path: Path) -> None:
    """The filter is killed again and again; the same input until it comes through, and all is well."""
    numbers = [*range(150), *range(100, 150)]
    (tmp_path / "in.jsonl").write_bytes(lines(*numbers))
    arguments = ["filter", "in.jsonl", "--mode", "drop", "--output", "new.jsonl", "--quiet"]
    kill_again_and_again(arguments, tmp_path / "new.jsonl", most=140)
    run(*arguments, folder=tmp_path)

    assert Counter(ids((tmp_path / "new.jsonl").read_bytes())) == Counter({f"s{n}": 1 for n in range(150)})
    assert stored(tmp_path / "news.dedup") == sorted(f"s{number}" for number in range(150))


@pytest.mark.parametrize("mode", ["drop", "split"])
def test_the_same_input_again_makes_no_story_a_copy_of_itself(tmp_path: Path, mode: str) -> None:
    """What was offered before is in neither output; copies are there once."""
    (tmp_path / "in.jsonl").write_bytes(lines(1, 2, 1, 3) + lines(2).replace(b"s2", b"copy"))
    for _ in range(2):
        run("filter", "in.jsonl", "--mode", mode, "--output", "new.jsonl", folder=tmp_path)

    assert ids((tmp_path / "new.jsonl").read_bytes()) == ["s1", "s2", "s3"]
    assert ids((tmp_path / "news.dedup.duplicates.jsonl").read_bytes()) == ["copy"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_is_said_in_one_line(tmp_path: Path) -> None:
    """And the stories are new again the next time."""
    (tmp_path / "in.jsonl").write_bytes(lines(1, 2))
    command = [sys.executable, "-m", "dedup", "filter", "in.jsonl"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, check=False)

    assert done.returncode == 2
    assert done.stderr == b"dedup: standard output: cannot be written: No space left on device\n"
    assert ids(run("filter", "in.jsonl", "--mode", "drop", folder=tmp_path).stdout) == ["s1", "s2"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("action", ["info", "check", "prune"])
def test_what_an_index_holds_cannot_be_told_on_a_full_disk(tmp_path: Path, action: str) -> None:
    """It is said in one line."""
    run("filter", stdin=lines(1), folder=tmp_path)
    command = [sys.executable, "-m", "dedup", "index", action, "news.dedup"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, check=False)

    assert done.returncode == 2
    assert done.stderr == b"dedup: -: cannot be written: No space left on device\n"


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are characters there")
def test_a_name_that_is_no_text_can_be_told(tmp_path: Path) -> None:
    """Linux allows any bytes in one."""
    index = os.fsdecode(b"a\xff.dedup")
    run("filter", "--index", index, stdin=lines(1), folder=tmp_path)

    assert run("index", "check", index, folder=tmp_path).stdout.endswith(b".dedup: no faults\n")
    assert b'"stories": 1' in run("index", "info", index, folder=tmp_path).stdout


def test_a_device_takes_the_lines(tmp_path: Path) -> None:
    """Who wants only the index."""
    run("filter", "--output", os.devnull, stdin=lines(1), folder=tmp_path)

    assert stored(tmp_path / "news.dedup") == ["s1"]


def stored(path: Path) -> list[str]:
    """Ids in an index, sorted."""
    connection = sqlite3.connect(path)
    try:
        return sorted(identity for (identity,) in connection.execute("SELECT id FROM stories"))
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["output", "duplicates", "rejects"])
def test_no_output_is_written_over_an_input(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor over the index."""
    path = tmp_path / "in.jsonl"
    path.write_bytes(lines(1))
    arguments = ["filter", str(path), "--index", str(tmp_path / "news.dedup"), f"--{name}"]

    assert main([*arguments, str(path)]) == 2
    assert main([*arguments, str(tmp_path / "news.dedup")]) == 2
    assert "expected a file that is not the input, the index or another output" in capsys.readouterr().err
    assert path.read_bytes() == lines(1)


def test_all_outputs_of_a_filter_may_go_nowhere(tmp_path: Path) -> None:
    """The null device keeps nothing, so outputs cannot mix there."""
    stories = tmp_path / "a.jsonl"
    stories.write_text(
        '{"text": "Heavy snow closed the mountain road between two valleys."}\n', encoding="utf-8"
    )
    outputs = [f"--{name}=/dev/null" for name in ("output", "duplicates", "rejects")]

    assert main(["filter", str(stories), "--index", str(tmp_path / "a.dedup"), *outputs]) == 0


def test_all_outputs_of_a_report_may_go_nowhere() -> None:
    """The null device is no output that another one is written over."""
    assert main(["report", "seeds", "--no-rank", "--json", os.devnull, "--csv", os.devnull]) == 0


def test_the_name_of_a_missing_input_is_shown_as_escapes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither colours nor the order of characters can be changed by it."""
    assert main(["report", str(tmp_path / "b\x1b[31m\u202e.txt")]) == 2
    shown = capsys.readouterr().err
    assert "nothing readable" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


@pytest.mark.parametrize("window", ["30", "d", "-1d", "nand", "0s", "0.0001s", "infs", "1e999d"])
def test_a_window_needs_a_unit(window: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And must be more than nothing."""
    with pytest.raises(SystemExit) as left:
        main(["filter", f"--window={window}"])

    assert left.value.code == 2
    assert "--window" in capsys.readouterr().err


def test_another_threshold_than_the_index_s_is_refused(tmp_path: Path) -> None:
    """Until it is rebuilt with it."""
    run("filter", stdin=lines(1), folder=tmp_path)
    refused = run("filter", "--threshold", 0.5, stdin=lines(1), folder=tmp_path, code=2)
    run("index", "rebuild", "news.dedup", "--threshold", 0.5, folder=tmp_path)
    done = run("filter", "--threshold", 0.5, stdin=lines(1), folder=tmp_path)

    assert b"built with threshold=0.0, this run asks for 0.5; use the stored value" in refused.stderr
    assert json.loads(done.stdout)["dedup"]["verdict"] == "identical"


def test_verbose_says_where_and_how_fast(tmp_path: Path) -> None:
    """On standard error; the lines are the same."""
    done = run("filter", "--verbose", stdin=lines(1, 2), folder=tmp_path)

    said = done.stderr.decode().splitlines()
    assert said[:3] == [
        "index: news.dedup",
        "duplicates: news.dedup.duplicates.jsonl",
        "rejects: news.dedup.rejects.jsonl",
    ]
    assert re.fullmatch(r"seconds: \d+\.\d\d, [\d,]+ stories a second", said[3])
    assert ids(done.stdout) == ["s1", "s2"]


def test_an_index_is_looked_after_quietly_or_in_detail(tmp_path: Path) -> None:
    """Quietly the exit code says it; what was asked for is printed all the same."""
    run("filter", stdin=lines(1), folder=tmp_path)
    size = (tmp_path / "news.dedup").stat().st_size

    assert run("index", "check", "news.dedup", "--quiet", folder=tmp_path).stdout == b""
    assert json.loads(run("index", "info", "news.dedup", "-q", folder=tmp_path).stdout)["stories"] == 1
    told = run("index", "check", "news.dedup", "--verbose", folder=tmp_path)
    assert told.stdout == b"news.dedup: no faults\n"
    assert re.fullmatch(rf"news\.dedup: \d+\.\d\d s, {size:,} bytes\n", told.stderr.decode())


def test_an_index_is_described_as_json(tmp_path: Path) -> None:
    """Stories, size, days and recipe."""
    run("filter", stdin=lines(1, 2, 3), folder=tmp_path)
    told = json.loads(run("index", "info", "news.dedup", folder=tmp_path).stdout)

    assert (told["stories"], told["held"]) == (3, 0)
    assert told["bytes"] == (tmp_path / "news.dedup").stat().st_size
    assert told["first_seen"] <= told["last_seen"]
    assert told["recipe"]["partial"] == 0.15


def test_an_index_that_drops_changed_copies_can_be_rebuilt_to_keep_them(tmp_path: Path) -> None:
    """It remembers the setting until then; one that was built otherwise is not used."""

    def kept() -> bool:
        told = json.loads(run("index", "info", "news.dedup", folder=tmp_path).stdout)
        return bool(told["recipe"]["keep_changed"])

    run("filter", "--drop-changed", stdin=lines(1), folder=tmp_path)
    run("filter", stdin=lines(2), folder=tmp_path)
    assert not kept()

    run("index", "rebuild", "news.dedup", "--no-drop-changed", folder=tmp_path)
    assert kept()

    refused = run("filter", "--drop-changed", stdin=lines(3), folder=tmp_path, code=2)
    assert b"keep_changed=True" in refused.stderr


def test_a_sound_index_is_said_to_be_sound(tmp_path: Path) -> None:
    """With exit code 0."""
    run("filter", stdin=lines(1, 2, 3), folder=tmp_path)

    assert run("index", "check", "news.dedup", folder=tmp_path).stdout == b"news.dedup: no faults\n"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE texts SET body = x'00' WHERE seq = 2", "story 2 ('s2'): its text cannot be unpacked"),
        (
            "UPDATE texts SET body = (SELECT body FROM texts WHERE seq = 1)",
            "its text has changed since it was stored",
        ),
        ("DELETE FROM texts WHERE seq = 3", "story 3 ('s3'): its text is missing"),
        ("DELETE FROM stories WHERE seq = 1", "2 stories are stored, 3 were counted"),
        ("DELETE FROM stories WHERE seq = 1", "keys of stories that do not exist"),
    ],
)
def test_what_is_wrong_in_an_index_is_named(tmp_path: Path, statement: str, said: str) -> None:
    """With exit code 1."""
    run("filter", stdin=lines(1, 2, 3), folder=tmp_path)
    connection = sqlite3.connect(tmp_path / "news.dedup")
    connection.execute(statement)
    connection.commit()
    connection.close()

    assert said in run("index", "check", "news.dedup", folder=tmp_path, code=1).stderr.decode()


def test_pruning_removes_what_is_over_the_limits(tmp_path: Path) -> None:
    """All at once; the room is given back when asked."""
    run("filter", stdin=lines(*range(60)), folder=tmp_path)
    before = (tmp_path / "news.dedup").stat().st_size
    done = run("index", "prune", "news.dedup", "--capacity", 5, "--compact", folder=tmp_path)

    assert done.stdout == b"news.dedup: 55 stories removed\n"
    assert stored(tmp_path / "news.dedup") == [f"s{number}" for number in range(55, 60)]
    assert (tmp_path / "news.dedup").stat().st_size < before / 2
    run("index", "check", "news.dedup", folder=tmp_path)


@pytest.mark.parametrize("fault", ["cut", "emptied", "changed", "shortened"])
def test_an_export_that_is_not_whole_is_not_imported(tmp_path: Path, fault: str) -> None:
    """Its last line counts the stories and has their digest; no index and no export is left half-made."""
    run("filter", stdin=lines(1, 2, 3), folder=tmp_path)
    run("index", "export", "news.dedup", "stories.jsonl", folder=tmp_path)
    exported = (tmp_path / "stories.jsonl").read_bytes().splitlines(keepends=True)
    damaged = {
        "cut": exported[:-1],
        "emptied": [],
        "changed": [exported[0], exported[1].replace(b"s1", b"s9"), *exported[2:]],
        "shortened": [exported[0], *exported[2:]],
    }
    refused = run("index", "import", "other.dedup", stdin=b"".join(damaged[fault]), folder=tmp_path, code=2)

    message = "it was cut" if fault in {"cut", "emptied"} else "it was changed"
    assert f"{message}; nothing was imported" in refused.stderr.decode()
    assert not (tmp_path / "other.dedup").exists()
    assert json.loads(exported[-1])["stories"] == 3
    assert not list(tmp_path.glob("*.unfinished"))


def test_an_export_can_be_imported(tmp_path: Path) -> None:
    """With its days; twice changes nothing; the copy answers like the original."""
    run("filter", stdin=lines(1, 2, 3), folder=tmp_path)
    run("index", "export", "news.dedup", "stories.jsonl", folder=tmp_path)
    first = run("index", "import", "other.dedup", "stories.jsonl", folder=tmp_path)
    exported = (tmp_path / "stories.jsonl").read_bytes()
    second = run("index", "import", "other.dedup", stdin=exported, folder=tmp_path)

    assert first.stdout.startswith(b"other.dedup: 3 stories stored, 0 skipped")
    assert second.stdout.startswith(b"other.dedup: 0 stories stored, 3 skipped")
    assert run("index", "export", "other.dedup", folder=tmp_path).stdout == exported
    done = run("filter", "--index", "other.dedup", stdin=lines(2), folder=tmp_path)
    assert json.loads(done.stdout)["dedup"]["relation"] == "same"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"id": 1}\n', "the first line has the schema None"),
        (b"x\n", "line 1 is not JSON"),
        (b'{"schema": "dedup-index/1"}\n[]\n', "line 2 is not a JSON object; nothing was imported"),
        (b'\n{"text": "a", "first_seen": 1, "last_seen": 2}\n', "the first line has the schema None"),
        (
            b'{"schema": "dedup-index/1"}\n{"text": "a", "first_seen": true, "last_seen": 2}\n',
            "line 2 has no usable first_seen",
        ),
        (
            b'{"schema": "dedup-index/1"}\n\n{"first_seen": 1, "last_seen": 2}\n',
            "line 3 has no text; nothing was imported",
        ),
        (b'{"schema": "dedup-index/1"}\n{"text": "a"}\n', "line 2 has no usable first_seen"),
    ],
)
def test_what_is_no_export_is_not_imported(tmp_path: Path, content: bytes, said: str) -> None:
    """All or nothing."""
    done = run("index", "import", "news.dedup", stdin=content, folder=tmp_path, code=2)

    assert said in done.stderr.decode()
    assert not (tmp_path / "news.dedup").exists()


@pytest.mark.parametrize("action", ["info", "check", "prune", "export", "rebuild"])
def test_no_index_is_made_by_a_wrong_name(tmp_path: Path, action: str) -> None:
    """Only the filter and an import make one."""
    done = run("index", action, "nwes.dedup", folder=tmp_path, code=2)

    assert b"nwes.dedup: no such file" in done.stderr
    assert list(tmp_path.iterdir()) == []


def said_after(change: Callable[[], object], folder: Path) -> bytes:
    """Change an index between two lines of a filter; returns what that says, which fails."""
    command = [sys.executable, "-m", "dedup", "filter", "--unbuffered"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(lines(1))
        process.stdin.flush()
        process.stdout.readline()
        change()
        process.stdin.write(lines(2))
        process.stdin.close()
        message = process.stderr.read()

    assert process.returncode == 2
    return message


def test_who_has_an_index_open_hears_of_its_rebuilding(tmp_path: Path) -> None:
    """It would put stories under keys of another recipe otherwise."""
    rebuild = partial(run, "index", "rebuild", "news.dedup", "--threshold", 0.5, folder=tmp_path)

    message = said_after(rebuild, tmp_path)

    assert b"rebuilt with another recipe since it was opened; open it again" in message


def test_who_has_an_index_open_hears_of_its_removal(tmp_path: Path) -> None:
    """Writing on into a file without a name would lose every story."""
    message = said_after((tmp_path / "news.dedup").unlink, tmp_path)

    assert b"the file was removed or replaced while it was in use" in message
