"""Bytes by position: the same in memory and in the file, and the error when there is no room."""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.model.errors import WritingError
from dedup.report import spill
from dedup.report.spill import MemoryBudget, Spill


def filled(pieces: list[bytes], *, in_memory: int) -> tuple[Spill, list[int]]:
    """Append pieces; give the spill and where each begins."""
    held = Spill(MemoryBudget(in_memory))
    return held, [held.append(piece) for piece in pieces]


@settings(deadline=None)
@given(st.lists(st.binary(max_size=9), max_size=9), st.sampled_from([0, 1, 7, 20, 10**6]), st.data())
def test_memory_and_file_give_the_same_bytes(
    pieces: list[bytes], in_memory: int, data: st.DataObject
) -> None:
    """Any stretch of what was appended, wherever the file was begun."""
    held, starts = filled(pieces, in_memory=in_memory)
    written = b"".join(pieces)

    assert held.size == len(written)
    assert starts == [len(b"".join(pieces[:place])) for place in range(len(pieces))]
    start = data.draw(st.integers(0, len(written)))
    end = data.draw(st.integers(start, len(written)))
    assert held.read(start, end) == written[start:end]
    assert [held.read(at, at + len(piece)) for at, piece in zip(starts, pieces, strict=True)] == pieces


def test_the_file_is_begun_when_memory_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four bytes fit into four; with the fifth a file is opened, once."""
    opened = []
    temporary = tempfile.TemporaryFile

    def opening(**wanted: int) -> object:
        opened.append(wanted)
        return temporary(**wanted)  # type: ignore[call-overload]

    monkeypatch.setattr(spill.tempfile, "TemporaryFile", opening)
    held = Spill(MemoryBudget(4))

    held.append(b"abcd")
    assert opened == []
    held.append(b"e")
    held.append(b"f")
    assert len(opened) == 1
    assert held.read(0, 6) == b"abcdef"


def test_nothing_is_left_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file has no name, where the system allows that, and is gone with the spill anyhow."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    held, _ = filled([b"abc"], in_memory=0)
    assert held.read(1, 3) == b"bc"

    del held

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("in_memory", [0, 10**6])
def test_arrays_are_bytes(in_memory: int) -> None:
    """An array of 64-bit numbers takes eight bytes each; an empty one takes none."""
    held = Spill(MemoryBudget(in_memory))

    starts = [held.append(np.array(values, dtype=np.uint64)) for values in ([], [1, 2**64 - 1], [], [3])]

    assert starts == [0, 0, 16, 16]
    assert np.frombuffer(held.read(8, 24), dtype=np.uint64).tolist() == [2**64 - 1, 3]


@pytest.mark.parametrize("in_memory", [0, 5, 10**6])
@pytest.mark.parametrize(
    ("starts", "sizes", "expected"),
    [
        ([5, 0, 4, 0, 3], [3, 2, 0, 2, 2], b"fghababde"),
        ([2, 0], [4, 8], b"cdefabcdefgh"),
        ([], [], b""),
        ([8], [0], b""),
    ],
    ids=["inside a piece", "across pieces", "none", "at the end"],
)
def test_spans_are_gathered_in_the_order_asked_for(
    in_memory: int, starts: list[int], sizes: list[int], expected: bytes
) -> None:
    """From memory and from the file, repeated and empty ones too."""
    held, _ = filled([b"abc", b"de", b"fgh"], in_memory=in_memory)

    assert held.gather(np.array(starts, dtype=np.int64), np.array(sizes, dtype=np.int64)) == expected


@pytest.mark.parametrize("in_memory", [0, 10**6])
def test_many_threads_read_and_none_disturbs_another(in_memory: int) -> None:
    """Eight threads read 4,000 stretches of a spill, each what is there."""
    content = np.random.default_rng(5).bytes(200_000)
    held, _ = filled([content], in_memory=in_memory)
    stretches = [(at * 37 % 190_000, at * 37 % 190_000 + at % 5000) for at in range(4000)]

    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda stretch: held.read(*stretch), stretches))

    assert read == [content[start:end] for start, end in stretches]


@pytest.mark.parametrize("in_memory", [0, 5000, 10**6])
def test_many_threads_append_and_each_is_told_where(in_memory: int) -> None:
    """Eight threads append 800 pieces; every piece is whole, at the returned position."""
    pieces = [bytes([at % 251]) * (at % 90) for at in range(800)]
    held = Spill(MemoryBudget(in_memory))

    with ThreadPoolExecutor(8) as pool:
        starts = list(pool.map(held.append, pieces))

    assert held.size == sum(map(len, pieces))
    assert [held.read(at, at + len(piece)) for at, piece in zip(starts, pieces, strict=True)] == pieces


class Slow:
    """A file that takes and gives three bytes at a time, as an unbuffered one may."""

    def __init__(self) -> None:
        self.content = b""
        self.at = 0

    def write(self, view: memoryview) -> int:
        """Take three bytes."""
        self.content += bytes(view[:3])
        return min(3, len(view))

    def seek(self, at: int) -> None:
        """Go there."""
        self.at = at

    def readinto(self, room: memoryview) -> int:
        """Return three bytes, or what is left."""
        given = self.content[self.at : self.at + min(3, len(room))]
        room[: len(given)] = given
        self.at += len(given)
        return len(given)

    def fileno(self) -> int:
        """Return a number that `preadv` below knows."""
        return -7

    def preadv(self, number: int, rooms: list[memoryview], at: int) -> int:
        """Do what the system does where it can read at a place."""
        assert number == self.fileno()
        self.seek(at)
        return self.readinto(rooms[0])


@pytest.fixture(params=["preadv", "seek"])
def slow(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Slow:
    """Stand in for the temporary file, on a system that can read at a place and on one that cannot."""
    file = Slow()
    monkeypatch.setattr(spill.tempfile, "TemporaryFile", lambda **_: file)
    if request.param == "preadv":
        monkeypatch.setattr(spill.os, "preadv", file.preadv, raising=False)
    else:
        monkeypatch.delattr(spill.os, "preadv", raising=False)
    return file


@pytest.mark.usefixtures("slow")
def test_a_file_that_takes_little_at_a_time_is_served_on() -> None:
    """All bytes are written, and read back."""
    held, _ = filled([b"abcdefgh", b"", b"ijklm"], in_memory=0)

    assert held.read(1, 12) == b"bcdefghijkl"


def test_a_file_that_was_cut_short_is_an_error(slow: Slow) -> None:
    """What is missing is not made up."""
    held, _ = filled([b"abcdefgh"], in_memory=0)
    slow.content = b"abcd"

    with pytest.raises(WritingError, match="cut short"):
        held.read(2, 8)


def test_a_full_temporary_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    """A file may have 1,000 bytes: the message names the folder, the reason and TMPDIR."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from dedup.model.errors import WritingError; from dedup.report.spill import MemoryBudget, Spill\n"
        "held = Spill(MemoryBudget(10))\n"
        "held.append(b'x' * 900)\n"
        "try: held.append(b'x' * 900)\n"
        "except WritingError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert done.stdout == (
        f"{tmp_path}: the texts of a large archive are kept there during a run, and that failed "
        "(File too large); name a folder with room in TMPDIR\n"
    )


def test_a_machine_without_any_temporary_folder_is_told_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where even looking for a folder fails, the error is ours and names TMPDIR."""

    def nowhere() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_get_default_tempdir", nowhere)

    with pytest.raises(WritingError, match=r"No usable temporary directory found.*TMPDIR"):
        Spill(MemoryBudget(0)).append(b"x")
