"""How far reading has come."""

import gzip
import io
from pathlib import Path

from dedup.input import ReadProgress, expected, read
from tests.inputs import line, put


def test_files_are_counted_by_format(tmp_path: Path) -> None:
    """By the first suffix of the format, with that of the packing; sizes as they lie on the disk."""
    packed = gzip.compress(line(text="a story").encode())
    put(tmp_path / "a.txt", "a story")
    put(tmp_path / "b.txt", "another story")
    put(tmp_path / "c.jsonl.gz", packed)
    read_progress = ReadProgress()

    found = list(read([tmp_path], read_progress=read_progress))

    assert len(found) == 3
    assert read_progress.forms == {"txt": 2, "jsonl.gz": 1}
    assert (read_progress.size, read_progress.read()) == (20 + len(packed), 20 + len(packed))


def test_the_place_inside_a_file_is_known(tmp_path: Path) -> None:
    """A file of 3 MB is read in pieces: after the first of its lines some of it is, not all."""
    content = (line(text="x" * 1000) + "\n") * 3000
    read_progress = ReadProgress()
    found = read([put(tmp_path / "a.jsonl", content)], read_progress=read_progress)

    next(found)
    early = read_progress.read()
    list(found)

    assert 0 < early < len(content) // 2
    assert read_progress.read() == len(content)


def test_standard_input_has_no_size() -> None:
    """Its format is recognised by its content."""
    read_progress = ReadProgress()

    list(read(["-"], stdin=io.BytesIO(b'{"text": "a story"}\n'), read_progress=read_progress))

    assert (dict(read_progress.forms), read_progress.size, read_progress.read()) == ({"jsonl": 1}, 0, 0)


def test_what_will_be_read_is_added_up(tmp_path: Path) -> None:
    """Files that are chosen and have a suffix that is read; the rest is not."""
    put(tmp_path / "in" / "a.txt", "12345")
    put(tmp_path / "in" / "b.txt", "123")
    put(tmp_path / "in" / "c.jpg", "1")
    put(tmp_path / "d.txt", "12")
    put(tmp_path / "in" / "below" / "e.jsonl.gz", "12345678")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "d.txt")

    assert expected([tmp_path / "in", tmp_path / "d.txt", tmp_path / "gone"]) == 18
    assert expected([tmp_path / "in"], exclude=["b.*", "below"]) == 5
    assert expected([tmp_path / "in"], glob=["*.jpg"]) == 1
    assert expected([tmp_path / "in", "-"]) == 0
