"""The boilerplate that `--keep` writes beside the archive, and what later commands make of it."""

import json
from pathlib import Path

import pytest

from tests.cli.test_main import jsonl, run
from tests.report.test_made_up_archives import some_stories

NOTICE = "Please switch off your ad blocker and subscribe to the evening letter of our paper"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep an archive of ten stories under one notice, three of which come twice."""
    folder = tmp_path_factory.mktemp("kept")
    archive, kept = folder / "archive.jsonl", folder / "kept.jsonl"
    stories = some_stories(10, words=40)
    texts = [f"{NOTICE}\n{story}" for story in [*stories, *stories[:3]]]
    archive.write_bytes(jsonl(*({"id": f"{row:02}", "text": text} for row, text in enumerate(texts))))
    assert run("report", str(archive), "--no-rank", "--keep", str(kept)).returncode == 0
    return kept


def beside(path: Path) -> Path:
    """Name the file of boilerplate of an archive."""
    return path.with_name(path.name + ".boilerplate")


def two_of(kept: Path, folder: Path) -> Path:
    """Write an archive of two stories, with the boilerplate of the whole."""
    two = folder / "two.jsonl"
    two.write_bytes(b"".join(kept.read_bytes().splitlines(keepends=True)[:2]))
    beside(two).write_bytes(beside(kept).read_bytes())
    return two


def boilerplate_named(path: Path, *options: str) -> list[str]:
    """Report, and return the passages that the JSON names."""
    found = json.loads(run("report", str(path), "--no-rank", "--quiet", "--json", "-", *options).stdout)
    return [passage["text"] for passage in found["boilerplate"]]


def test_the_boilerplate_is_kept_beside_the_archive(kept: Path) -> None:
    """The notice, as far as windows of 20 letters reach: ten distinct texts have it."""
    head, *passages = map(json.loads, beside(kept).read_text(encoding="utf-8").splitlines())

    assert head == {"schema": "dedup-boilerplate/1", "letters": 20}
    assert [(passage["text"], passage["documents"]) for passage in passages] == [
        (NOTICE.removesuffix(" paper"), 10)
    ]


def test_two_texts_know_what_the_archive_taught(kept: Path, tmp_path: Path) -> None:
    """Two are too few to learn from; `--boilerplate 0` leaves what is known aside too."""
    two = two_of(kept, tmp_path)

    assert boilerplate_named(two) == [NOTICE.removesuffix(" paper")]
    assert boilerplate_named(two, "--boilerplate", "0") == []


def test_a_second_run_keeps_the_same_boilerplate(kept: Path, tmp_path: Path) -> None:
    """What is known and learnt again is written once."""
    again = tmp_path / "again.jsonl"

    run("report", str(kept), "--no-rank", "--keep", str(again))

    assert (again.read_bytes(), beside(again).read_bytes()) == (kept.read_bytes(), beside(kept).read_bytes())


def test_what_the_archive_teaches_is_added(kept: Path, tmp_path: Path) -> None:
    """Three stories under a line of their own, beside what is known."""
    three = tmp_path / "three.jsonl"
    line = "Our readers write to us every day of the week and we answer all of them"
    texts = [f"{line}\n{story}" for story in some_stories(3, words=40, seed=4)]
    three.write_bytes(jsonl(*({"id": str(row), "text": text} for row, text in enumerate(texts))))
    beside(three).write_bytes(beside(kept).read_bytes())

    assert len(boilerplate_named(three)) == 2


def test_a_comparison_in_the_archive_leaves_it_out(kept: Path, tmp_path: Path) -> None:
    """The notice is a third of each text; without the file it is what they share."""
    two = two_of(kept, tmp_path)
    knowing = run("compare", "00", "01", "--archive", str(two)).stdout
    beside(two).unlink()

    assert run("compare", "00", "01", "--archive", str(two)).stdout != knowing


def test_nothing_is_written_where_nothing_is_known(tmp_path: Path) -> None:
    """But an older file is replaced."""
    archive, kept = tmp_path / "archive.jsonl", tmp_path / "kept.jsonl"
    texts = some_stories(2, words=40)
    archive.write_bytes(jsonl(*({"id": str(row), "text": text} for row, text in enumerate(texts))))

    run("report", str(archive), "--no-rank", "--keep", str(kept))
    written = beside(kept).exists()
    beside(kept).write_text("of another archive", encoding="utf-8")
    run("report", str(archive), "--no-rank", "--keep", str(kept))

    assert not written
    assert beside(kept).read_text(encoding="utf-8") == '{"schema": "dedup-boilerplate/1", "letters": 20}\n'


def test_a_damaged_file_is_refused_in_one_line(kept: Path, tmp_path: Path) -> None:
    """With exit code 2, and what to do."""
    two = two_of(kept, tmp_path)
    beside(two).write_bytes(b"{")

    done = run("report", str(two), "--no-rank", "--quiet")

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "two.jsonl.boilerplate: cannot be read as boilerplate" in done.stderr
    assert "remove it to learn again" in done.stderr
