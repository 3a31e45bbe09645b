"""Which files of a folder are read: patterns, links, and what is no regular file."""

import os
import threading
from pathlib import Path

import pytest

from dedup.input import read
from dedup.input.files import InputFile
from dedup.input.formats import by_suffix
from dedup.model import Document, Problem
from tests.inputs import only, put


def paths(folder: Path, **settings: object) -> list[str]:
    """Name what is read of a folder, or why not."""
    return [entry.path for entry in read([folder], **settings)]  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with files in two others."""
    for name in ("2023/a.txt", "2023/b.json", "2024/a.txt", "2024/drafts/c.txt"):
        put(tmp_path / name, '{"text": "x"}')
    return tmp_path


@pytest.mark.parametrize(
    ("glob", "chosen"),
    [
        (["*.json"], ["2023/b.json"]),
        (["a.*"], ["2023/a.txt", "2024/a.txt"]),
        (["2024/*"], ["2024/a.txt", "2024/drafts/c.txt"]),
        (["*.json", "c.???"], ["2023/b.json", "2024/drafts/c.txt"]),
        (["[bc].*"], ["2023/b.json", "2024/drafts/c.txt"]),
        ([], ["2023/a.txt", "2023/b.json", "2024/a.txt", "2024/drafts/c.txt"]),
    ],
)
def test_patterns_choose_by_path_or_name(folder: Path, glob: list[str], chosen: list[str]) -> None:
    """A pattern matches the path inside the folder or the bare name, and `*` crosses folders."""
    assert paths(folder, glob=glob) == chosen


@pytest.mark.parametrize(
    ("exclude", "left"),
    [
        (["drafts"], ["2023/a.txt", "2023/b.json", "2024/a.txt"]),
        (["2023"], ["2024/a.txt", "2024/drafts/c.txt"]),
        (["2024/drafts", "*.json"], ["2023/a.txt", "2024/a.txt"]),
        (["a.txt"], ["2023/b.json", "2024/drafts/c.txt"]),
    ],
)
def test_excluded_folders_are_not_walked(folder: Path, exclude: list[str], left: list[str]) -> None:
    """A pattern leaves out files, and folders with all that is in them, without a problem each."""
    assert paths(folder, exclude=exclude) == left


def test_a_folder_without_matching_files_is_reported(folder: Path) -> None:
    """A folder of which nothing is chosen is one problem that blames the patterns."""
    entry = only(folder, glob=["*.xyz"])

    assert isinstance(entry, Problem)
    assert "no file in the folder that the patterns choose" in entry.reason


def test_a_folder_whose_files_are_all_given_is_reported(tmp_path: Path) -> None:
    """The folder is not empty, as who sees the file in it would object."""
    put(tmp_path / "in/a.txt", "x")

    (entry,) = read([tmp_path / "in"], apart=[tmp_path / "in/a.txt"])

    assert isinstance(entry, Problem)
    assert "no file in the folder other than those given as inputs" in entry.reason


def test_a_chosen_file_may_have_any_suffix(tmp_path: Path) -> None:
    """Files that a pattern names are read by their content, such as the parts that Spark writes."""
    put(tmp_path / "part-00000", '{"text": "x"}\n{"text": "y"}')
    put(tmp_path / "_SUCCESS", "")

    assert [(entry.path, entry.line) for entry in read([tmp_path], glob=["part-*"])] == [  # type: ignore[union-attr]
        ("part-00000", 1),
        ("part-00000", 2),
    ]


def test_patterns_do_not_concern_files_that_are_named(folder: Path) -> None:
    """An input that is a file is read whatever the patterns say."""
    assert [entry.path for entry in read([folder / "2023/a.txt"], glob=["*.json"], exclude=["a.txt"])] == [
        "a.txt"
    ]


def test_links_are_followed_on_request(tmp_path: Path) -> None:
    """With `follow_links`, linked files and folders are read under the name of the link."""
    put(tmp_path / "elsewhere/a.txt", "x")
    put(tmp_path / "elsewhere/deep/b.txt", "y")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/file.txt").symlink_to(tmp_path / "elsewhere/a.txt")
    (tmp_path / "in/folder").symlink_to(tmp_path / "elsewhere/deep")

    assert paths(tmp_path / "in", follow_links=True) == ["file.txt", "folder/b.txt"]


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    """A link to a folder that was walked is not walked again; a link to nothing is a problem."""
    put(tmp_path / "in/a.txt", "x")
    (tmp_path / "in/up").symlink_to(tmp_path)
    (tmp_path / "in/self").symlink_to(tmp_path / "in")
    (tmp_path / "in/zgone.txt").symlink_to(tmp_path / "nothing")

    a, gone = read([tmp_path / "in"], follow_links=True)

    assert a.path == "a.txt"
    assert isinstance(gone, Problem)
    assert (gone.path, gone.reason) == (
        "zgone.txt",
        "it cannot be opened (No such file or directory); skipped",
    )


def test_two_links_to_one_file_are_read_once(tmp_path: Path) -> None:
    """What two links reach is one document and one problem of kind skipped."""
    put(tmp_path / "real.txt", "x")
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).symlink_to(tmp_path / "real.txt")

    first, second = read([tmp_path / "in"], follow_links=True)

    assert first.path == "a.txt"
    assert second == Problem("b.txt", None, "it was given before; read once", kind="skipped")


def test_a_link_is_skipped_with_advice(tmp_path: Path) -> None:
    """Without the setting no link is opened, and the problem names the option."""
    put(tmp_path / "outside.txt", "x")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").symlink_to(tmp_path / "outside.txt")

    entry = only(tmp_path / "in")

    assert isinstance(entry, Problem)
    assert (entry.kind, "--follow-links" in entry.reason) == ("skipped", True)


def test_a_pipe_that_took_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that became a pipe after it was found is refused when it is opened."""
    os.mkfifo(tmp_path / "a.txt")
    as_it_was = InputFile(tmp_path / "a.txt", "a.txt", by_suffix("txt"))
    monkeypatch.setattr("dedup.input.reader.find", lambda *_, **__: iter([as_it_was]))
    found: list[Document | Problem] = []
    reader = threading.Thread(target=lambda: found.extend(read([tmp_path])), daemon=True)

    reader.start()
    reader.join(10)

    assert found == [Problem("a.txt", None, "it is a named pipe, not a regular file; not opened")]
