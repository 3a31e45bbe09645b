"""A file of an unknown kind is refused with what could be meant, never read as one story."""

import io
from pathlib import Path

import pytest

from dedup.input import read
from dedup.model import Document, Problem
from tests.inputs import only, put


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "a.dat",
            b"some words",
            (
                "'.dat' is not a known suffix, and the content has no known format: "
                "if it is plain text, name it .txt"
            ),
        ),
        ("a.jsno", b"some words", "was .json meant?"),
        ("a.docx", b"some words", "save it as plain text (.txt) or HTML"),
        ("a.docx.gz", b"", "'.docx' is not a known suffix"),
        ("a.sqlite", b"SQLite format 3\0", "it is a SQLite database, which is not read: export the table"),
        ("a.rtf", b"{\\rtf1 words}", "it is Rich Text, which is not read: save it as plain text"),
        ("a", b"<office>words</office>", "it is markup that is not read ('<office>words</office>')"),
        ("a.\x1b[31m", b"words", r"'.\\x1b[31m'"),
    ],
)
def test_it_is_refused_with_what_could_be_meant(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    """By its suffix, or by how it begins."""
    if name.endswith(".gz"):
        import gzip

        content = gzip.compress(content)

    entry = only(put(tmp_path / name, content))

    assert isinstance(entry, Problem)
    assert reason in entry.reason
    assert "\x1b" not in entry.reason


def test_a_folder_is_reported_in_the_same_way(tmp_path: Path) -> None:
    """In the problem of a file that is left out."""
    put(tmp_path / "a.docx", "x")
    put(tmp_path / "b.txt", "x")

    left_out, _ = read([tmp_path])

    assert left_out == Problem(
        "a.docx",
        None,
        "the suffix '.docx' is not read in a folder (save it as plain text (.txt) or HTML); skipped",
        kind="skipped",
    )


def test_text_without_a_suffix_and_on_standard_input_is_one_story(tmp_path: Path) -> None:
    """So is a file of any suffix that a pattern chose."""
    (given,) = read(["-"], stdin=io.BytesIO(b"some words"))
    entry = only(put(tmp_path / "story", "some words"))
    put(tmp_path / "folder/a.story", "some words")
    (chosen,) = read([tmp_path / "folder"], glob=["*.story"])

    assert all(isinstance(each, Document) for each in (given, entry, chosen))


def test_names_cannot_turn_what_a_terminal_shows(tmp_path: Path) -> None:
    """Characters that change the order of others are spelt as escapes."""
    missing = only(tmp_path / "a\u202egnp.txt")

    assert isinstance(missing, Problem)
    assert missing.path.endswith(r"a\u202egnp.txt")
