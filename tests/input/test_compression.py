"""Packed inputs: each way to pack, and each way in which packed data can be bad."""

import bz2
import gzip
import io
import lzma
import random
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from dedup.input import compression, read
from dedup.input.byte_source import Limits
from dedup.model import Document, Problem
from dedup.model.errors import SettingError
from tests.inputs import documents, line, only, problems, put

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

type Pack = Callable[[bytes], bytes]

PACKS: dict[str, Pack] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": partial(lzma.compress, preset=0),
    "zst": zstd.compress,
}
EACH = pytest.mark.parametrize("suffix", PACKS)
FORMS = [
    ("a.txt", "x"),
    ("a.json", '[{"text": "x"}]'),
    ("a.jsonl", '{"text": "x"}\n'),
    ("a.csv", "text\nx\n"),
]


def rows(count: int) -> bytes:
    """Lines that do not pack well, so that a cut falls between them."""
    shuffled = random.Random(5)
    texts = ("".join(shuffled.choices("abcdefghijklmnop", k=200)) for _ in range(count))
    return "\n".join(line(text=text) for text in texts).encode()


@EACH
@pytest.mark.parametrize(("name", "content"), FORMS)
def test_every_form_may_be_packed_in_every_way(tmp_path: Path, suffix: str, name: str, content: str) -> None:
    """The same file packed gives the same text, under its own name."""
    put(tmp_path / f"{name}.{suffix}", PACKS[suffix](content.encode()))

    entry = only(tmp_path)

    assert isinstance(entry, Document)
    assert (entry.text, entry.path) == ("x", f"{name}.{suffix}")


@EACH
def test_members_one_behind_the_other_are_one_file(tmp_path: Path, suffix: str) -> None:
    """Archives made with `cat` are read to the end, padded ones too."""
    pack = PACKS[suffix]
    packed = pack(line(text="x").encode() + b"\n") + pack(line(text="y").encode())

    assert [entry.text for entry in documents(list(read([put(tmp_path / f"a.jsonl.{suffix}", packed)])))] == [
        "x",
        "y",
    ]


def test_padding_after_xz_data_is_not_damage(tmp_path: Path) -> None:
    """The xz format allows NUL bytes between and behind its streams."""
    packed = lzma.compress(line(text="x").encode()) + bytes(4)

    assert isinstance(only(put(tmp_path / "a.jsonl.xz", packed)), Document)


@EACH
def test_a_truncated_archive_keeps_the_documents_before_the_cut(tmp_path: Path, suffix: str) -> None:
    """Documents come until the cut; the line it fell in is named as the last entry."""
    whole = PACKS[suffix](rows(8000))

    found = list(read([put(tmp_path / f"a.jsonl.{suffix}", whole[: len(whole) * 3 // 4])]))

    (problem,) = problems(found)
    kept = documents(found)
    assert len(kept) > 1000
    assert found[-1] is problem
    assert problem.line == len(kept) + 1
    assert problem.reason.startswith("the packed data is damaged (")
    assert problem.reason.endswith(f"in line {len(kept) + 1}; the lines before it are kept")


@EACH
def test_damage_in_the_middle_ends_that_file_alone(tmp_path: Path, suffix: str) -> None:
    """Random bytes from the middle on are damage; the next file is read."""
    whole = bytearray(PACKS[suffix](rows(8000)))
    half = len(whole) // 2
    whole[half:] = random.Random(1).randbytes(half)
    put(tmp_path / f"a.jsonl.{suffix}", bytes(whole))
    put(tmp_path / "b.txt", "x")

    found = list(read([tmp_path]))

    assert "the packed data is damaged (" in found[-2].reason  # type: ignore[union-attr]
    assert found[-1].path == "b.txt"


@EACH
def test_bytes_that_are_not_packed_are_reported(tmp_path: Path, suffix: str) -> None:
    """What does not begin like packed data is reported as not packed."""
    entry = only(put(tmp_path / f"a.jsonl.{suffix}", "only words"))

    name = compression.packing_of(suffix)
    assert name
    assert isinstance(entry, Problem)
    assert entry.reason.startswith(f"the packed data is damaged (it is not {name.name} data)")


@EACH
def test_an_empty_packed_file_holds_nothing(tmp_path: Path, suffix: str) -> None:
    """No byte is no damage."""
    entry = only(put(tmp_path / f"a.jsonl.{suffix}", b""))

    assert isinstance(entry, Problem)
    assert entry.reason == "there is nothing in it; no document was read"


@EACH
def test_packed_data_under_another_name_is_identified(tmp_path: Path, suffix: str) -> None:
    """Packed bytes in a .jsonl file are named with the suffix they should have."""
    entry = only(put(tmp_path / "a.jsonl", PACKS[suffix](b"{}")))

    assert isinstance(entry, Problem)
    assert f"only from a file named .{suffix} (or with `" in entry.reason


@EACH
def test_a_bomb_is_stopped_by_its_ratio(tmp_path: Path, suffix: str) -> None:
    """Past 1 MiB, more than the chosen `max_ratio` end the file; what came before is kept."""
    bomb = PACKS[suffix](line(text="x").encode() + b"\n" + b"x" * 30_000_000)
    put(tmp_path / f"a.jsonl.{suffix}", bomb)
    put(tmp_path / "b.txt", "x")

    document, problem, after = read([tmp_path], max_ratio=100)

    assert isinstance(document, Document)
    assert isinstance(problem, Problem)
    assert (
        "the packed data unpacks to more than 100 times its size, like a decompression bomb in line 2"
        in problem.reason
    )
    assert after.path == "b.txt"


@EACH
def test_the_beginning_of_a_bomb_is_not_a_story(tmp_path: Path, suffix: str) -> None:
    """A text of which the rest is refused is refused."""
    problem = only(put(tmp_path / f"a.txt.{suffix}", PACKS[suffix](b"x" * 30_000_000)), max_ratio=100)

    assert isinstance(problem, Problem)
    assert (
        problem.reason
        == "the packed data unpacks to more than 100 times its size, like a decompression bomb; skipped"
    )


@EACH
def test_a_bomb_is_stopped_by_its_size(tmp_path: Path, suffix: str) -> None:
    """A packed file may not hold more than `max_unpacked` bytes, however honest its ratio."""
    file = put(tmp_path / f"a.jsonl.{suffix}", PACKS[suffix](rows(2000)))

    *kept, problem = read([file], max_unpacked=200_000)

    assert len(kept) > 500
    assert isinstance(problem, Problem)
    assert "holds more than the 200000 bytes allowed" in problem.reason


def test_repetitive_news_is_not_a_bomb(tmp_path: Path) -> None:
    """Below the floor, an archive of one story a thousand times is read whole."""
    packed = lzma.compress(b"\n".join([line(text="x" * 500).encode()] * 1000))
    assert len(packed) * 250 < 1000 * 500

    found = list(read([put(tmp_path / "a.jsonl.xz", packed)]))

    assert len(documents(found)) == 1000


def test_a_bomb_takes_no_memory(tmp_path: Path) -> None:
    """Of 100 MB that pack into some kB, no more than some MB are ever held."""
    import tracemalloc

    packer = bz2.BZ2Compressor()
    packed = b"".join([*(packer.compress(b"x" * 1_000_000) for _ in range(100)), packer.flush()])
    file = put(tmp_path / "a.jsonl.bz2", packed)
    tracemalloc.start()
    found = list(read([file], max_bytes=1000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "like a decompression bomb" in found[-1].reason  # type: ignore[union-attr]
    assert peak < 10_000_000


def test_a_decoder_may_not_ask_for_any_memory(tmp_path: Path) -> None:
    """A file that claims to need a window of a GiB is damaged, not believed."""
    wide = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}]
    put(tmp_path / "a.jsonl.xz", lzma.compress(b"{}", filters=wide))
    packer = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 30})
    put(tmp_path / "b.jsonl.zst", packer.compress(bytes(1000)) + packer.flush())

    reasons = [entry.reason for entry in problems(list(read([tmp_path])))]

    assert "emory usage limit" in reasons[0]
    assert "too much memory" in reasons[1]


def test_without_its_library_zst_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no library unpacks .zst, the problem says what to install, and other files are read."""
    put(tmp_path / "a.jsonl.zst", PACKS["zst"](line(text="x").encode()))
    put(tmp_path / "b.txt", "x")
    for name in ("backports.zstd", "compression.zstd"):
        monkeypatch.setitem(sys.modules, name, None)

    missing, there = read([tmp_path])

    assert missing == Problem(
        "a.jsonl.zst",
        None,
        "Zstandard data (.zst) needs backports.zstd; install it with `pip install 'newsdedup[zstd]'`; "
        "skipped",
    )
    assert there.path == "b.txt"


@pytest.mark.parametrize("limit", ["max_ratio", "max_unpacked", "max_bytes"])
def test_limits_must_be_positive(limit: str) -> None:
    """A limit below 1 is refused at the door."""
    with pytest.raises(SettingError, match=f"{limit}=0 is not usable: expected at least 1"):
        read(["-"], stdin=io.BytesIO(b"x"), **{limit: 0})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limits", "floor"), [(Limits(), 64 * 1024 * 1024), (Limits(max_ratio=3), 1024 * 1024)]
)
def test_the_ratio_is_checked_above_64_or_1_mebibytes(limits: Limits, floor: int) -> None:
    """Above 1 MiB, if the user chose the ratio; a smaller size is harmless, however well it was packed."""
    assert not limits.bomb(floor, packed=1)
    assert "like a decompression bomb" in limits.bomb(floor + 1, packed=1)
