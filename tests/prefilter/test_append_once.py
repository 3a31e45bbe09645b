"""Files of lines, each once; and lines as they come."""

import io
import os
import sys
from pathlib import Path

import pytest

from dedup.model.errors import WritingError
from dedup.prefilter.append_once import AppendOnceFile, lines_at_hand

TAGGED = b'{"id": 1, "dedup": {"verdict": null, "reasons": []}}'
RETAGGED = b'{"id": 1, "dedup": {"verdict": "identical", "reasons": []}}'


def saved(path: Path, *lines: bytes) -> bytes:
    """Append lines without tags in one run, and return the file."""
    with AppendOnceFile(path) as file:
        for line in lines:
            file.add(line, base=line)
    return path.read_bytes()


def test_no_line_no_file(tmp_path: Path) -> None:
    """A run without broken lines leaves no file for them."""
    with AppendOnceFile(tmp_path / "none") as file:
        file.flush(sync=True)

    assert not (tmp_path / "none").exists()


def test_a_line_that_was_there_is_not_written_again(tmp_path: Path) -> None:
    """A second run of the same input changes nothing; what is new comes behind."""
    path = tmp_path / "lines"
    saved(path, b"a", b"b")

    assert saved(path, b"a", b"b", b"c") == b"a\nb\nc\n"


def test_lines_of_one_run_are_all_written(tmp_path: Path) -> None:
    """Twice in the input is twice in the file, however often it is run."""
    path = tmp_path / "lines"
    saved(path, b"a", b"a")

    assert saved(path, b"a", b"a", b"a") == b"a\na\na\n"


def test_another_tag_makes_no_other_line(tmp_path: Path) -> None:
    """The second run knows the story, so it tags it otherwise."""
    path = tmp_path / "lines"
    for line in (TAGGED, RETAGGED):
        with AppendOnceFile(path) as file:
            file.add(line, base=b'{"id": 1 }')

    assert path.read_bytes() == TAGGED + b"\n"


def test_a_tag_inside_a_story_is_the_story_s_own(tmp_path: Path) -> None:
    """Another program's, in a field of a field: the line is known as it is written."""
    line = b'{"id": 1, "raw": {"a": 2, "dedup": {"verdict": null}}}'
    path = tmp_path / "lines"
    saved(path, line)

    assert saved(path, line) == line + b"\n"


def test_a_line_cut_off_by_a_crash_is_taken_out(tmp_path: Path) -> None:
    """The story will be offered again."""
    path = tmp_path / "lines"
    path.write_bytes(b"a\nhal")

    assert saved(path, b"half") == b"a\nhalf\n"


def test_a_last_line_that_only_lacks_its_end_stays(tmp_path: Path) -> None:
    """Another program may have written it so; it gets its end, and is known."""
    path = tmp_path / "lines"
    path.write_bytes(b'{"id": 1}\n{"id": 2}')

    assert saved(path, b'{"id": 3}', b'{"id": 2}') == b'{"id": 1}\n{"id": 2}\n{"id": 3}\n'


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_is_named() -> None:
    """As an error of writing; a device is not read first, for this one never ends."""
    file = AppendOnceFile("/dev/full")
    file.add(b"a", base=b"a")
    with pytest.raises(WritingError, match="/dev/full: cannot be written: No space left"):
        file.flush(sync=True)
    file.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_named_pipe_takes_every_line(tmp_path: Path) -> None:
    """It cannot be looked into, nor waited for until it is on a disk."""
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    with AppendOnceFile(tmp_path / "pipe") as file:
        file.add(b"a", base=b"a")
        file.add(b"a", base=b"a")
        file.flush(sync=True)

    assert os.read(reader, 100) == b"a\na\n"
    os.close(reader)


def test_it_knows_what_stood_there_before(tmp_path: Path) -> None:
    """Until it was offered again; not what this run wrote, and a question makes no file."""
    path = tmp_path / "lines"
    saved(path, b"a")
    with AppendOnceFile(path) as file:
        before = file.contains(b"a"), file.contains(b"b")
        file.add(b"a", base=b"a")
        file.add(b"b", base=b"b")
        after = file.contains(b"a"), file.contains(b"b")
    none = AppendOnceFile(tmp_path / "none")

    assert (before, after) == ((True, False), (False, False))
    assert not none.contains(b"a")
    assert not none.path.exists()


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    """As an error of writing."""
    with pytest.raises(WritingError, match="none/lines: cannot be written: No such file"):
        saved(tmp_path / "none" / "lines", b"a")


class Pipe(io.RawIOBase):
    """A stream that gives what was written to it in the pieces it was written in."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)

    def read(self, _size: int = -1) -> bytes:
        """Return the next piece."""
        return self.pieces.pop(0) if self.pieces else b""


def test_lines_are_handed_over_as_they_come() -> None:
    """No batch waits for another piece; a line in two pieces is one line; the last needs no end."""
    pipe = Pipe(b"a\nb\nc", b"c\n", b"\n", b"d")

    assert list(lines_at_hand(pipe, most=10, max_bytes=100)) == [[b"a", b"b"], [b"cc"], [b""], [b"d"]]


def test_a_batch_has_a_limit() -> None:
    """Five lines in batches of two."""
    pipe = Pipe(b"1\n2\n3\n4\n5\n")

    assert list(lines_at_hand(pipe, most=2, max_bytes=100)) == [[b"1", b"2"], [b"3", b"4"], [b"5"]]


@pytest.mark.parametrize(
    "pieces", [(b"a\n", b"long", b"er\nb\n"), (b"a\nlonger\nb\n",), (b"a\nlonger\n", b"b")]
)
def test_a_line_that_is_too_long_is_left_out(pieces: tuple[bytes, ...]) -> None:
    """Only that line, whether it comes in one piece or in several."""
    lines = [line for batch in lines_at_hand(Pipe(*pieces), most=9, max_bytes=5) for line in batch]

    assert lines == [b"a", None, b"b"]


def test_a_long_line_at_the_end_is_left_out_too() -> None:
    """Without an end of its own."""
    assert list(lines_at_hand(Pipe(b"123", b"456"), most=9, max_bytes=5)) == [[None]]


def test_a_pipe_is_not_waited_for() -> None:
    """What has been written is answered before its writer goes on."""
    reader, writer = os.pipe()
    with open(reader, "rb") as stream:  # noqa: PTH123
        os.write(writer, b"one\n")
        batches = lines_at_hand(stream, most=9, max_bytes=100)
        first = next(batches)
        os.write(writer, b"two\n")
        os.close(writer)

        assert (first, list(batches)) == ([b"one"], [[b"two"]])


# -- several processes, and a full disk ---------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")
def test_lines_of_two_writers_do_not_mix(tmp_path: Path) -> None:
    """Each writes whole lines, behind those of the other."""
    path = tmp_path / "lines"
    with AppendOnceFile(path) as one, AppendOnceFile(path) as other:
        for number in range(3):
            one.add(b"a" * 50_000, base=b"a%d" % number)
            other.add(b"b" * 50_000, base=b"b%d" % number)
            one.flush()
            other.flush()

    assert path.read_bytes().split() == [b"a" * 50_000, b"b" * 50_000] * 3


def test_what_another_writer_left_half_is_removed(tmp_path: Path) -> None:
    """One that was killed while this one runs; whole lines of it stay."""
    path = tmp_path / "lines"
    with AppendOnceFile(path) as file:
        file.add(b"a", base=b"a")
        file.flush()
        with path.open("ab") as other:
            other.write(b"b\n" + b"half" * 400_000)
        file.add(b"c", base=b"c")

    assert path.read_bytes() == b"a\nb\nc\n"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_full_disk_takes_all_lines_or_none(tmp_path: Path) -> None:
    """The file stays as it was; later there may be room again."""
    from tests.full_disk import full_disk

    path = tmp_path / "lines"
    with AppendOnceFile(path) as file:
        file.add(b"a", base=b"a")
        file.flush(sync=True)
        with full_disk(8):
            for line in (b"b" * 4, b"c" * 4):
                file.add(line, base=line)
            with pytest.raises(WritingError, match="lines: cannot be written: File too large"):
                file.flush(sync=True)
        full = path.read_bytes()
        file.add(b"d", base=b"d")

    assert (full, path.read_bytes()) == (b"a\n", b"a\nd\n")
