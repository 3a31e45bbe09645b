"""Files of boilerplate that are read again."""

from pathlib import Path

import pytest

from dedup.input.boilerplate_file import read_boilerplate
from dedup.model.errors import ReadingError
from dedup.model.known_boilerplate import KnownPassage

HEAD = '{"schema": "dedup-boilerplate/1", "letters": 20}\n'


def written(folder: Path, content: str) -> Path:
    """Write a file."""
    path = folder / "kept.jsonl.boilerplate"
    path.write_text(content, encoding="utf-8")
    return path


def test_passages_are_read_with_their_shingles_in_order(tmp_path: Path) -> None:
    """Sixteen digits each: 31 and 2."""
    line = f'{{"text": "read more", "documents": 3, "shingles": "{31:016x}{2:016x}"}}'

    passages = read_boilerplate(written(tmp_path, HEAD + line), letters=20)

    assert passages == [KnownPassage("read more", 3, (2, 31))]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "cannot be read as boilerplate"),
        ("[]", "cannot be read as boilerplate"),
        (HEAD.replace("20", "9"), "with letters=9.; remove it to learn again"),
        (HEAD.replace("/1", "/2"), "got dedup-boilerplate/2"),
        (HEAD + '{"text": 1}', "cannot be read as boilerplate"),
        (HEAD + '{"text": "a", "documents": 3, "shingles": "1f"}', "groups of 16 hexadecimal digits"),
        (HEAD + '{"text": "a", "documents": -3, "shingles": ""}', "a text and a number of documents"),
    ],
)
def test_what_is_damaged_is_refused(tmp_path: Path, content: str, message: str) -> None:
    """The message says what to do."""
    with pytest.raises(ReadingError, match=message) as refused:
        read_boilerplate(written(tmp_path, content), letters=20)

    assert "to learn again" in str(refused.value)
