"""ZIP and TAR archives, their limits and their faults."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dedup.input import read
from dedup.model import Document, Problem
from tests.inputs import documents, line, only, problems, put, read_both_ways


def zipped(files: dict[str, bytes]) -> bytes:
    """Make a ZIP archive."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    """Make a TAR archive."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return written.getvalue()


FILES = {
    "a/one.txt": "خبر تازه".encode(),
    "two.jsonl.gz": gzip.compress(line(id="7", text="x").encode()),
    "photo.JPG": b"x",
    "inner.zip": b"PK",
    "README": b"x",
    "../up.csv": b"id,text\n8,y\n",
}


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz"])
def test_files_in_an_archive_are_read_as_in_a_folder(tmp_path: Path, name: str) -> None:
    """Packed ones too; others are counted by their suffix; names are but names."""
    data = zipped(FILES) if name == "a.zip" else tarred(FILES)
    file = put(tmp_path / name, gzip.compress(data) if name.endswith("gz") else data)

    found = list(read_both_ways([file]))

    assert [(entry.id, entry.path) for entry in documents(found)] == [
        (f"{name}/a/one.txt", f"{name}/a/one.txt"),
        ("7", f"{name}/two.jsonl.gz"),
        ("8", f"{name}/../up.csv"),
    ]
    reason = "3 files in it are of kinds that are not read (1 .jpg, 1 .zip, 1 without suffix); skipped"
    assert problems(found) == [Problem(name, None, reason, kind="skipped")]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_archive_is_recognised_by_its_content(tmp_path: Path, pack: object) -> None:
    """On standard input, and under a name without suffix."""
    assert callable(pack)
    data = pack({"one.txt": b"x"})

    (given,) = read(["-"], stdin=io.BytesIO(data))
    entry = only(put(tmp_path / "a", data))

    assert isinstance(given, Document)
    assert isinstance(entry, Document)
    assert (given.id, entry.id) == ("-/one.txt", "a/one.txt")


def test_a_bomb_is_abandoned(tmp_path: Path) -> None:
    """All files of an archive together are bounded; nothing is kept of the one that is too much."""
    data = zipped(
        {
            "one.txt": b"x",
            "two.jsonl": b'{"text": "y"}\n' * 5_000_000,
            "three.txt": b"z" * 1_000_000,
            "4.txt": b"w",
        }
    )

    found = list(read([put(tmp_path / "a.zip", data)]))

    assert [entry.text for entry in documents(found)] == ["x"]
    assert "unpacks to more than 250 times its size" in problems(found)[-1].reason


def test_a_limit_on_unpacked_bytes_holds_for_an_archive(tmp_path: Path) -> None:
    """Not for each of its files."""
    files = {f"{number}.txt": bytes([97 + number]) * 1000 for number in range(5)}

    for name, data in (("a.zip", zipped(files)), ("a.tar", tarred(files))):
        found = list(read([put(tmp_path / name, data)], max_unpacked=2500))
        assert len([entry for entry in documents(found) if len(entry.text) == 1000]) == 2
        assert any("more than the 2500 bytes allowed" in entry.reason for entry in problems(found))


def three_files() -> tuple[bytes, bytes]:
    """Make the files of a TAR archive, each with its header in 1,024 bytes, and the end mark."""
    data = tarred({f"{name}.txt": f"story {name}".encode() for name in "abc"})
    return data[:3072], data[3072:]


@pytest.mark.parametrize(
    ("cut", "ids", "reason"),
    [
        (lambda files, end: files[:1024] + b"x" + files[1025:] + end, "a", "bad checksum"),
        (lambda files, _: files[:2148], "ab", "truncated header"),
        (lambda files, _: files[:2048], "ab", "it has no end mark"),
        (lambda files, _: files[:1536], "a", "unexpected end of data"),
        (lambda files, end: files + end + b"x" * 512, "abc", "what follows its end mark is not an archive"),
    ],
)
def test_files_after_a_fault_of_a_tar_are_not_lost_in_silence(
    tmp_path: Path, cut: Callable[[bytes, bytes], bytes], ids: str, reason: str
) -> None:
    """The files before it are read, and the fault is a problem."""
    found = list(read_both_ways([put(tmp_path / "a.tar", cut(*three_files()))]))

    assert [entry.id for entry in documents(found) if entry.text] == [f"a.tar/{name}.txt" for name in ids]
    assert any(f"the archive is damaged ({reason}" in entry.reason for entry in problems(found))


def test_a_tar_appended_to_another_is_read(tmp_path: Path) -> None:
    """As `cat` puts them together, each with its end mark."""
    both = tarred({"a.txt": b"one"}) + tarred({"b.txt": b"two"})

    found = list(read_both_ways([put(tmp_path / "a.tar", both)]))

    assert [entry.text for entry in documents(found)] == ["one", "two"]
    assert not problems(found)


def test_zeros_after_a_tar_are_padding(tmp_path: Path) -> None:
    """However many: 17 MB are more than a header may take."""
    padded = gzip.compress(b"".join(three_files()) + bytes(17_000_000), 1)

    found = list(read([put(tmp_path / "a.tar.gz", padded)]))

    assert [entry.text for entry in documents(found)] == ["story a", "story b", "story c"]
    assert not problems(found)


def test_a_tar_header_cannot_fill_the_memory(tmp_path: Path) -> None:
    """Attributes of 100 MB before a file are refused."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as archive:
        entry = tarfile.TarInfo("one.txt")
        entry.pax_headers = {"comment": "x" * 40_000_000}
        archive.addfile(entry)

    problem = only(put(tmp_path / "a.tar.gz", gzip.compress(written.getvalue(), 1)))

    assert isinstance(problem, Problem)
    assert "the data between two files is larger than 16777216 bytes" in problem.reason


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.zip", b"PK\x03\x04broken", "the archive is damaged"),
        ("a.zip", b"", "the archive is damaged"),
        ("a.zip", zipped({}), "there is no file in the archive"),
        (
            "a.zip",
            zipped({"[Content_Types].xml": b"<x/>"}),
            "it is an Office document; save it as plain text",
        ),
        ("a.zip", zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "it is an Office document; save it as"),
        ("a.zip", zipped({"META-INF/container.xml": b"<x/>"}), "it is an EPUB book; name it .epub"),
        ("a.tar", b"\x01" * 2000, "the archive is damaged"),
        ("a.tar.gz", gzip.compress(tarred({"one.txt": b"x"}), mtime=0)[:40], "the packed data is damaged"),
    ],
)
def test_a_broken_archive_is_named(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """One problem for the archive."""
    entry = only(put(tmp_path / name, content))

    assert isinstance(entry, Problem)
    assert reason in entry.reason


def test_eight_kinds_that_are_not_read_are_named(tmp_path: Path) -> None:
    """All are counted."""
    file = put(tmp_path / "a.zip", zipped({f"x.q{number}": b"x" for number in range(9)}))

    entry = only(file)

    named = ", ".join(f"1 .q{number}" for number in range(8))
    assert isinstance(entry, Problem)
    assert entry.reason == f"9 files in it are of kinds that are not read ({named}); skipped"


def test_a_damaged_file_in_an_archive_costs_that_file(tmp_path: Path) -> None:
    """Its checksum shows it; the next file is read."""
    data = zipped({"one.txt": b"abcdefgh" * 40, "two.txt": b"y"})
    at = data.index(b"one.txt") + len(b"one.txt")
    file = put(tmp_path / "a.zip", data[:at] + b"\xff\xff" + data[at + 2 :])

    found = list(read([file]))

    assert [entry.id for entry in documents(found)] == ["a.zip/two.txt"]
    assert problems(found)[0].path == "a.zip/one.txt"
