"""What `dedup report` writes besides the summary, and where it refuses to."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow import parquet

from dedup.cli.main import main
from tests.cli.test_main import PROGRAM, ROOT, jsonl, run
from tests.made_up_news import reworded, story


def put(path: Path, *records: object) -> Path:
    """Write records as a file of JSON lines, and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(jsonl(*records))
    return path


def a_story(name: str, number: int, **more: object) -> dict[str, object]:
    """Make a record."""
    return {"id": name, "text": story(number), **more}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two copies, another story, a text too short and a line that is broken; with fields of their own."""
    return put(
        tmp_path / "in" / "archive.jsonl",
        a_story("a", 1, tags=["x"], n=1.50),
        a_story("b", 1),
        "{broken",
        a_story("c", 2),
        {"id": "d", "text": "short"},
    )


def test_what_is_kept_is_the_lines_that_came(archive: Path, tmp_path: Path) -> None:
    """In their order, byte for byte; the summary says how many. The broken line is a problem, no document."""
    lines = archive.read_bytes().splitlines(keepends=True)

    done = run("report", str(archive), "--no-rank", "--keep", str(tmp_path / "kept.jsonl"))

    assert (tmp_path / "kept.jsonl").read_bytes() == lines[0] + lines[3] + lines[4]
    assert done.stdout.endswith(f"kept 3 of 4 documents in {tmp_path / 'kept.jsonl'}; 1 copy left out\n")
    assert archive.read_bytes() == b"".join(lines)


def test_what_is_kept_can_stand_on_standard_output(archive: Path) -> None:
    """Alone; how many they are goes to standard error."""
    done = run("report", str(archive), "--no-rank", "--keep", "-")

    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "c", "d"]
    assert done.stderr.endswith("dedup: kept 3 of 4 documents; 1 copy left out\n")
    assert run("report", str(archive), "--no-rank", "--keep", "-", "--quiet").stderr == ""


def test_nothing_is_written_unless_asked_for(archive: Path, tmp_path: Path) -> None:
    """A run changes nothing."""
    before = sorted(tmp_path.rglob("*"))

    run("report", str(archive), "--no-rank")

    assert sorted(tmp_path.rglob("*")) == before


def test_what_is_kept_has_no_copies(archive: Path, tmp_path: Path) -> None:
    """Read again it gives nothing to leave out."""
    run("report", str(archive), "--no-rank", "--keep", str(tmp_path / "kept.jsonl"))

    done = run("report", str(tmp_path / "kept.jsonl"), "--no-rank", "--keep", "-")

    assert done.stdout.encode() == (tmp_path / "kept.jsonl").read_bytes()


def test_texts_are_kept_as_records(tmp_path: Path) -> None:
    """A folder of files becomes lines with the names of the files."""
    (tmp_path / "one.txt").write_text(story(1), encoding="utf-8")
    (tmp_path / "two.txt").write_text(story(1), encoding="utf-8")

    done = run("report", str(tmp_path), "--no-rank", "--keep", "-")

    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["one.txt"]


def test_files_are_written_whoever_leaves_standard_output(archive: Path, tmp_path: Path) -> None:
    """`| head` may be gone before the summary comes; what was asked for in a file is there anyway."""
    reader, writer = os.pipe()
    os.close(reader)

    with os.fdopen(writer, "wb") as nobody:
        done = subprocess.run(
            [*PROGRAM, "report", str(archive), "--no-rank", "--keep", str(tmp_path / "kept.jsonl")],
            stdout=nobody,
            cwd=ROOT,
            check=False,
        )

    assert done.returncode == 0
    assert len((tmp_path / "kept.jsonl").read_bytes().splitlines()) == 3


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a full disk is a device of Linux")  # noqa: PTH110
def test_a_full_disk_costs_no_other_result(archive: Path, tmp_path: Path) -> None:
    """The summary and the other files are written before the run ends with 2."""
    done = run(
        "report", str(archive), "--no-rank", "--csv", "/dev/full", "--keep", str(tmp_path / "kept.jsonl")
    )

    assert done.returncode == 2
    assert done.stderr.endswith("dedup: /dev/full: cannot be written: No space left on device\n")
    assert done.stdout.startswith("4 documents")
    assert len((tmp_path / "kept.jsonl").read_bytes().splitlines()) == 3


@pytest.mark.parametrize("name", ["", "."])
def test_a_result_is_a_file(name: str, archive: Path) -> None:
    """A folder, or no name at all, is refused before the work, not after it."""
    done = run("report", str(archive), "--no-rank", "--json", name)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"output={name!r} is not usable" in done.stderr


@pytest.mark.parametrize("name", ["kept.jsonl", "deep/kept.jsonl"])
def test_what_is_kept_is_not_put_among_what_is_read(name: str, archive: Path) -> None:
    """The next run would find a copy of every story."""
    (archive.parent / "deep").mkdir()
    place = archive.parent / name

    done = run("report", str(archive.parent), "--keep", str(place))

    assert (done.returncode, place.exists()) == (2, False)
    assert "it is in an input folder" in done.stderr


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("kept.jsonl.gz", 2),
        ("kept.csv", 2),
        ("kept.txt", 2),
        ("kept.ndjson", 0),
        ("kept.json", 0),
        ("kept", 0),
    ],
)
def test_what_is_kept_is_not_called_what_it_is_not(
    name: str, code: int, archive: Path, tmp_path: Path
) -> None:
    """Under a name that tells another format the next run could not read it."""
    done = run("report", str(archive), "--no-rank", "--quiet", "--keep", str(tmp_path / name))

    assert done.returncode == code
    assert ("--keep writes plain JSON lines" in done.stderr) == (code == 2)


@pytest.mark.parametrize("option", ["--json", "--csv", "--parquet", "--html"])
def test_a_story_in_a_folder_is_not_overwritten(option: str, archive: Path) -> None:
    """Nor by another name for the same file."""
    before = archive.read_bytes()
    other = archive.parent.parent / "other"
    os.link(archive, other)

    for given, place in ((archive.parent, archive), (archive.parent, other), (archive, other)):
        done = run("report", str(given), "--no-rank", option, str(place))

        assert (done.returncode, done.stdout) == (2, "")
        assert f"output={str(place)!r} is not usable: stories were read from it" in done.stderr
    assert archive.read_bytes() == before


def test_an_earlier_report_in_the_folder_is_overwritten(archive: Path) -> None:
    """It holds no stories: a run can be repeated as it was."""
    command = ("report", str(archive.parent), "--no-rank", "--json", str(archive.parent / "report.json"))
    run(*command)

    done = run(*command)

    assert done.returncode == 0
    assert json.loads((archive.parent / "report.json").read_bytes())["counts"]["documents"] == 4


def test_members_as_parquet(archive: Path, tmp_path: Path) -> None:
    """In a file, or on standard output that is no terminal."""
    done = run("report", str(archive), "--no-rank", "--parquet", str(tmp_path / "out.parquet"))

    assert done.stdout.startswith("4 documents")
    assert parquet.read_table(tmp_path / "out.parquet").column("id").to_pylist() == ["a", "b"]


def test_parquet_is_nothing_for_a_terminal(
    archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes that would garble it."""
    terminal = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdout", terminal)

    assert main(["report", str(archive), "--parquet", "-"]) == 2
    assert "a terminal cannot show Parquet" in capsys.readouterr().err


def test_a_missing_library_is_named_before_the_work(
    archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not after an hour of it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    assert main(["report", str(archive), "--parquet", "out.parquet"]) == 2
    assert "newsdedup[parquet]" in capsys.readouterr().err


# -- a reference --------------------------------------------------------------------------------------------


def test_new_stories_against_old_ones(tmp_path: Path) -> None:
    """Of three new ones two are known; of the two old copies nothing is said."""
    new = put(tmp_path / "new/today.jsonl", a_story("n1", 1), a_story("n2", 2), a_story("n3", 3))
    put(tmp_path / "old/a.jsonl", a_story("o1", 1), a_story("o2", 1))
    put(tmp_path / "old/b.jsonl", {"id": "o3", "text": reworded(story(2), every=40)})

    done = run(
        *("report", str(new.parent), "--reference", str(tmp_path / "old"), "--no-rank"),
        *("--keep", str(tmp_path / "kept.jsonl"), "--json", str(tmp_path / "out.json")),
    )

    report = json.loads((tmp_path / "out.json").read_bytes())
    assert (done.returncode, report["scope"]) == (0, {"reference": 3})
    assert [(pair["left"], pair["right"], pair["reference"]) for pair in report["pairs"]] == [
        ("n1", "o1", "right"),
        ("n1", "o2", "right"),
        ("n2", "o3", "right"),
    ]
    assert [[member["reference"] for member in each["members"]] for each in report["clusters"]] == [
        [True, False],
        [True, False],
    ]
    assert "3 new documents compared with a reference of 3 documents: 2 with a copy there\n" in done.stdout
    assert done.stdout.endswith(f"kept 1 of 3 documents in {tmp_path / 'kept.jsonl'}; 2 copies left out\n")
    assert json.loads((tmp_path / "kept.jsonl").read_bytes())["id"] == "n3"


def test_what_was_kept_can_join_the_reference(tmp_path: Path) -> None:
    """The daily loop: what is kept of a day goes to the archive, which never holds copies."""
    for day, numbers in enumerate([(1, 2), (2, 3), (1, 3, 4)]):
        new = put(tmp_path / "new.jsonl", *(a_story(f"{day}-{number}", number) for number in numbers))
        (tmp_path / "old").mkdir(exist_ok=True)
        put(tmp_path / "old" / "first.jsonl", a_story("0", 0))
        kept = tmp_path / "kept.jsonl"
        assert (
            run("report", str(new), "--reference", str(tmp_path / "old"), "--keep", str(kept)).returncode == 0
        )
        kept.rename(tmp_path / "old" / f"{day}.jsonl")

    lines = b"".join(path.read_bytes() for path in sorted((tmp_path / "old").glob("[0-9]*"))).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["0-1", "0-2", "1-3", "2-4"]


def test_a_reference_inside_the_input_is_read_as_one(tmp_path: Path) -> None:
    """And the input inside the reference as that: no story is compared with itself."""
    put(tmp_path / "a.jsonl", a_story("a", 1))
    put(tmp_path / "old/b.jsonl", a_story("b", 2))

    def counted(one: Path, other: Path) -> tuple[int, int, int]:
        found = run("report", str(one), "--reference", str(other), "--no-rank", "--json", "-")
        report = json.loads(found.stdout)
        return report["counts"]["documents"], report["scope"]["reference"], report["counts"]["pairs"]

    assert counted(tmp_path, tmp_path / "old") == (2, 1, 0)
    assert counted(tmp_path / "old" / "b.jsonl", tmp_path) == (2, 1, 0)


@pytest.mark.parametrize("reference", ["{0}", "{0}/../in", "-"])
def test_a_reference_is_no_input(reference: str, archive: Path) -> None:
    """Every story would be a copy of itself."""
    done = run(
        *("report", str(archive.parent) if reference != "-" else "-"),
        *("--reference", reference.format(archive.parent)),
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert "it is an input too; name it only once" in done.stderr


def test_a_reference_that_is_missing_is_refused(archive: Path, tmp_path: Path) -> None:
    """A name mistyped would make every story a new one."""
    done = run(
        "report", str(archive), "--reference", str(tmp_path / "achive"), "--keep", str(tmp_path / "new")
    )

    assert (done.returncode, done.stdout, (tmp_path / "new").exists()) == (2, "", False)
    assert "not found; without it every story would count as new" in done.stderr


def test_an_empty_reference_is_warned_of(archive: Path, tmp_path: Path) -> None:
    """The first run of an archive holds it against nothing, and says so."""
    (tmp_path / "old").mkdir()

    done = run("report", str(archive), "--no-rank", "--reference", str(tmp_path / "old"))

    assert done.returncode == 0
    assert (
        f"dedup: warning: nothing readable in the reference {tmp_path / 'old'}: every story counts as new"
        in done.stderr
    )


def test_a_reference_is_not_overwritten(archive: Path, tmp_path: Path) -> None:
    """It is read as any input is."""
    new = put(tmp_path / "new.jsonl", a_story("n", 1))

    for place in (archive, archive.parent / "kept.jsonl"):
        done = run("report", str(new), "--reference", str(archive.parent), "--keep", str(place))

        assert (done.returncode, done.stdout) == (2, "")


def test_a_reference_alone_is_nothing_to_report_on(archive: Path, tmp_path: Path) -> None:
    """As without any readable input."""
    empty = put(tmp_path / "new.jsonl")

    done = run("report", str(empty), "--reference", str(archive))

    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing readable" in done.stderr


# -- sources and warnings -----------------------------------------------------------------------------------


def test_copies_between_sources() -> None:
    """Two of one paper are no pair; without sources there is a warning, and no pair at all."""
    records = [a_story("a", 1, source="x"), a_story("b", 1, source="x"), a_story("c", 1, source="y")]

    named = run("report", "-", "--cross-source", "--no-rank", "--json", "-", stdin=jsonl(*records))
    bare = run("report", "-", "--cross-source", "--no-rank", stdin=jsonl(a_story("a", 1), a_story("b", 1)))

    assert [pair["left"] + pair["right"] for pair in json.loads(named.stdout)["pairs"]] == ["ac", "bc"]
    assert bare.stdout == (
        "2 documents \u00b7 no copies found\n"
        "warning: no document names its source: between sources there is nothing to compare\n"
    )


def test_warnings_stand_in_the_summary_in_the_json_or_on_standard_error(tmp_path: Path) -> None:
    """Wherever the result goes, somebody sees them."""
    stories = [a_story(f"w{number}", number, source="wire") for number in range(10)]
    path = put(tmp_path / "a.jsonl", *stories, *(a_story(f"x{n}", n, source="p\x1b[31m") for n in range(10)))
    said = r"'p\x1b[31m' would lose 10 of its 10 documents as copies"

    summary = run("report", str(path), "--no-rank")
    written = run("report", str(path), "--no-rank", "--json", "-")

    assert f"\nwarning: {said}\n" in summary.stdout
    assert written.stderr == f"dedup: warning: {said}\n"
    assert json.loads(written.stdout)["warnings"] == [
        {"kind": "source", "name": "p\x1b[31m", "documents": 10, "of": 10, "reason": said}
    ]


def test_decisions_of_people_are_obeyed(archive: Path, tmp_path: Path) -> None:
    """What is kept is what was chosen; a file of something else is refused before any work."""
    path = tmp_path / "decisions.json"
    path.write_text('{"schema": "dedup-decisions/1", "keep": ["b"], "not_copies": []}', encoding="utf-8")

    run("report", str(archive), "--decisions", str(path), "--keep", str(tmp_path / "kept.jsonl"))

    kept = (tmp_path / "kept.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in kept] == ["b", "c", "d"]
    path.write_text("[]", encoding="utf-8")
    assert main(["report", str(archive), "--decisions", str(path)]) == 2


def test_decisions_that_cannot_be_applied_are_named(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An id that the archive lacks, and the second of two documents to keep that are copies of each other."""
    path = tmp_path / "decisions.json"
    path.write_text(
        '{"schema": "dedup-decisions/1", "keep": ["a", "b"], "not_copies": [["c", "gone"]]}', encoding="utf-8"
    )

    main(["report", str(archive), "--decisions", str(path)])

    told = capsys.readouterr().err
    assert "1 of 4 ids of the decisions are not in the archive, such as gone" in told
    assert "b was to be kept, but is a copy of a, which represents the cluster" in told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("in.jsonl", '{"id": "a", "text": "one", "publish_date": "2024-03-02"}\n'),
        ("in.json", '[{"id": "a", "text": "one", "publish_date": "2024-03-02"}]'),
        ("in.csv", "id,text,publish_date\na,one,2024-03-02\n"),
    ],
)
def test_a_field_that_looks_like_the_date_is_named(
    name: str, content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no date was read, with the option that reads it; with that, nothing more is said."""
    path = put(tmp_path / name, content)

    main(["report", str(path)])
    told = capsys.readouterr().err
    main(["report", str(path), "--field", "published=publish_date"])

    assert (
        "dedup: no dates were read; `publish_date` looks like one: try --field published=publish_date\n"
        in told
    )
    assert "no dates" not in capsys.readouterr().err


def test_a_size_without_its_unit_is_refused(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody means two bytes."""
    with pytest.raises(SystemExit):
        main(["report", str(archive), "--memory", "2"])

    assert "expected a size such as 2G or 800M, got 2" in capsys.readouterr().err
