"""Inputs to documents: forms, fields, names, and every way an input can be bad."""

import bz2
import errno
import gzip
import io
import json
import lzma
import os
import random
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup.input import read
from dedup.model import Document, Problem
from dedup.model.errors import SettingError
from tests.inputs import documents, line, only, problems, put

BODY = "وزیر امور خارجه در گفت\u200cوگوی تلفنی با همتای خود رایزنی کرد."


# ---- forms and fields


def test_a_text_file_is_one_document(tmp_path: Path) -> None:
    """A .txt file keeps its whole text; its id and path are its name."""
    file = put(tmp_path / "a.txt", f"وزیران دیدار کردند\n{BODY}\r\n")

    assert only(file) == Document(
        "a.txt",
        f"وزیران دیدار کردند\n{BODY}\r\n",
        title="وزیران دیدار کردند",
        path="a.txt",
        encoding="utf-8",
    )


def test_json_lines_carry_every_field(tmp_path: Path) -> None:
    """All fields of a line of JSON lines reach the document, with the line it was on."""
    content = line(id="7", text=BODY, title="t", published="1402", source="s", url="u")
    file = put(tmp_path / "a.jsonl", f"\n{content}\n")

    assert only(file) == Document(
        "7", BODY, title="t", source="s", published="1402", url="u", path="a.jsonl", line=2, encoding="utf-8"
    )


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".JSONL"])
def test_json_lines_without_id_are_named_by_file_and_line(tmp_path: Path, suffix: str) -> None:
    """A line without id is called path:line, whatever the spelling of the suffix."""
    put(tmp_path / f"a{suffix}", f"{line(text='x')}\n{line(text='y')}")

    assert [entry.id for entry in documents(list(read([tmp_path])))] == [f"a{suffix}:1", f"a{suffix}:2"]


def test_a_json_file_may_hold_one_object(tmp_path: Path) -> None:
    """The object of a .json file is called by the path, and has no line."""
    file = put(tmp_path / "a.json", '{\n "text": "x"\n}\n')

    assert only(file) == Document("a.json", "x", path="a.json", encoding="utf-8")


def test_a_json_file_may_hold_a_list(tmp_path: Path) -> None:
    """Items of a list are numbered from 1 where they have no id."""
    file = put(tmp_path / "a.json", ' [ {"text": "x"} ,\n {"id": "b", "text": "y"},{"text": "z"} ] \n')

    assert [(entry.id, entry.text) for entry in documents(list(read([file])))] == [
        ("a.json#1", "x"),
        ("b", "y"),
        ("a.json#3", "z"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_json_file_may_hold_an_object_a_line(tmp_path: Path, encoding: str) -> None:
    """Dumps such as C4 call JSON lines .json: two lines with an object each show it."""
    content = '{"text": "x"}\r\n\n {"text": "y"}\n{'

    *found, broken = read([put(tmp_path / "a.json", content.encode(encoding))])

    assert [(entry.id, entry.line) for entry in documents(found)] == [("a.json:1", 1), ("a.json:3", 3)]
    assert (broken.path, broken.line) == ("a.json", 4)


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", "x"), ("a.json", '{"text": "x"}'), ("a.jsonl", '{"text": "x"}\n')]
)
def test_every_form_may_be_packed(tmp_path: Path, name: str, content: str) -> None:
    """The same file with .gz gives the same text."""
    put(tmp_path / f"{name}.gz", gzip.compress(content.encode()))

    entry = only(tmp_path)

    assert isinstance(entry, Document)
    assert (entry.text, entry.path) == ("x", f"{name}.gz")


def test_several_gzip_members_are_one_file(tmp_path: Path) -> None:
    """Archives made with `cat a.gz b.gz` are read to the end."""
    packed = gzip.compress(line(text="x").encode() + b"\n") + gzip.compress(line(text="y").encode())
    file = put(tmp_path / "a.jsonl.gz", packed)

    assert [entry.text for entry in documents(list(read([file])))] == ["x", "y"]


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("id", 12, "12"),
        ("id", None, "a.jsonl:1"),
        ("id", "", "a.jsonl:1"),
        ("id", True, "a.jsonl:1"),
        ("id", ["b"], "a.jsonl:1"),
        ("title", None, ""),
        ("title", {"fa": "x"}, ""),
        ("published", 1402, "1402"),
        ("published", 1402.5, "1402.5"),
        ("published", None, ""),
        ("source", 5, "5"),
        ("url", False, ""),
    ],
)
def test_fields_that_are_not_strings(tmp_path: Path, field: str, value: object, wanted: str) -> None:
    """Numbers become strings; null and other types count as missing."""
    entry = only(put(tmp_path / "a.jsonl", line(**{"text": "x", field: value})))

    assert getattr(entry, field) == wanted


def test_date_replaces_a_missing_published(tmp_path: Path) -> None:
    """`date` is taken where `published` is missing or empty, not where it is given."""
    rows = [
        line(text="x", date="d"),
        line(text="x", date="d", published=""),
        line(text="x", date="d", published="p"),
    ]
    file = put(tmp_path / "a.jsonl", "\n".join(rows))

    assert [entry.published for entry in documents(list(read([file])))] == ["d", "d", "p"]


def test_a_line_separator_inside_a_string_ends_no_line(tmp_path: Path) -> None:
    """U+2028 and U+0085 inside a JSON string stay in the text."""
    entry = only(put(tmp_path / "a.jsonl", line(text="a\u2028b\u0085c") + "\r\n\r\n"))

    assert isinstance(entry, Document)
    assert entry.text == "a\u2028b\u0085c"


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_half_characters_are_replaced(tmp_path: Path, name: str) -> None:
    """A lone surrogate escape becomes U+FFFD in every field; a pair becomes its character."""
    file = put(tmp_path / name, r'{"id": "\ud800", "text": "a\udfffb \ud83d\ude00", "title": "\uD800"}')

    entry = only(file)

    assert isinstance(entry, Document)
    assert (entry.id, entry.text, entry.title) == ("\ufffd", "a\ufffdb \U0001f600", "\ufffd")


def test_empty_texts_are_documents(tmp_path: Path) -> None:
    """An empty file and an empty text are documents: whether they are too short is decided later."""
    put(tmp_path / "a.txt", "")
    put(tmp_path / "b.jsonl", line(text=""))

    assert [entry.text for entry in documents(list(read([tmp_path])))] == ["", ""]


# ---- folders and names


def test_a_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    """Files come by name, folder by folder, with their relative POSIX path as id."""
    for name in ("b.txt", "a/2.txt", "a/10.txt", "a/c/1.txt"):
        put(tmp_path / name, "x")

    assert [entry.id for entry in documents(list(read([tmp_path])))] == [
        "a/10.txt",
        "a/2.txt",
        "a/c/1.txt",
        "b.txt",
    ]


def test_a_lone_name_may_be_given_without_a_list(tmp_path: Path) -> None:
    """A string in place of the list is one input, not one for each letter."""
    assert [entry.path for entry in read(str(put(tmp_path / "a.txt", "x")))] == ["a.txt"]


def test_with_several_inputs_names_begin_with_the_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two folders with equal file names give different ids."""
    monkeypatch.chdir(tmp_path)
    for name, content in (("a/1.txt", "x"), ("b/1.txt", "x"), ("c/d.jsonl", line(text="x"))):
        put(tmp_path / name, content)

    found = list(read(["a/", "./b", "c/d.jsonl", "-"], stdin=io.BytesIO(b"x")))

    assert [entry.id for entry in documents(found)] == ["a/1.txt", "b/1.txt", "c/d.jsonl:1", "-"]
    assert [entry.path for entry in found] == ["a/1.txt", "b/1.txt", "c/d.jsonl", "-"]


def test_the_current_folder_adds_nothing_to_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With several inputs, files of `.` keep their relative path."""
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "a/1.txt", "x")

    assert [entry.path for entry in read([".", "a"])] == ["a/1.txt", "a/1.txt"]


def test_other_suffixes_in_a_folder_are_skipped_and_named(tmp_path: Path) -> None:
    """A file that is not read is a problem of kind skipped, which names what is read."""
    for name in ("a.exe", "b.bin.gz", "c", "d.gz"):
        put(tmp_path / name, "x")

    found = problems(list(read([tmp_path])))

    assert [(entry.path, entry.kind) for entry in found] == [
        ("a.exe", "skipped"),
        ("b.bin.gz", "skipped"),
        ("c", "skipped"),
        ("d.gz", "skipped"),
    ]
    assert all(".json, .jsonl," in entry.reason and ".zst" in entry.reason for entry in found)
    assert "'.exe'" in found[0].reason
    assert "without suffix" in found[2].reason


def test_a_missing_input_is_named(tmp_path: Path) -> None:
    """An input that is not there is a problem, and the next input is read."""
    put(tmp_path / "a.txt", "x")

    missing, there = read([tmp_path / "no", tmp_path / "a.txt"])

    assert isinstance(missing, Problem)
    assert missing.path == str(tmp_path / "no")
    assert missing.reason == "the input cannot be found (No such file or directory); skipped"
    assert isinstance(there, Document)


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 5000])
def test_an_impossible_name_is_a_problem(name: str) -> None:
    """Names the system refuses are named like missing ones."""
    (entry,) = read([name])

    assert isinstance(entry, Problem)
    assert "\0" not in entry.path


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    """A folder with nothing but empty folders is an error that says so."""
    (tmp_path / "a/b").mkdir(parents=True)

    entry = only(tmp_path)

    assert isinstance(entry, Problem)
    assert (entry.path, entry.kind) == (str(tmp_path), "unreadable")
    assert "no file in the folder" in entry.reason


def test_links_are_not_followed_unless_named(tmp_path: Path) -> None:
    """A link inside a folder is skipped, to a folder as to a file; a link named as input is read."""
    put(tmp_path / "real/a.txt", "x")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/file.txt").symlink_to(tmp_path / "real/a.txt")
    (tmp_path / "in/folder").symlink_to(tmp_path / "real")
    (tmp_path / "in/gone.txt").symlink_to(tmp_path / "nothing")

    inside = problems(list(read([tmp_path / "in"])))

    assert [(entry.path, entry.kind) for entry in inside] == [
        ("file.txt", "skipped"),
        ("folder", "skipped"),
        ("gone.txt", "skipped"),
    ]
    assert [entry.path for entry in read([tmp_path / "in/folder"])] == ["a.txt"]
    assert isinstance(only(tmp_path / "in/file.txt"), Document)


def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only regular files are opened; a pipe would block for ever."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("a.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("b.txt")
        inside = problems(list(read([tmp_path])))
    (named,) = problems(list(read(["a.txt"])))
    (device,) = problems(list(read(["/dev/null"])))

    assert [entry.reason for entry in inside] == [
        "it is a named pipe, not a regular file; not opened",
        "it is a socket, not a regular file; not opened",
    ]
    assert "a named pipe" in named.reason
    assert "a device" in device.reason


def test_names_with_invalid_utf8_stay_printable_and_distinct(tmp_path: Path) -> None:
    """Bytes outside UTF-8 and control characters in file names are spelt as escapes."""
    for name in (b"a\xfe.txt", b"a\xff.txt", b"b\n\x1b.txt"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:  # noqa: PTH118, PTH123 - bytes
            file.write(b"x")

    paths = [entry.path for entry in read([tmp_path])]

    assert paths == [r"a\udcfe.txt", r"a\udcff.txt", r"b\x0a\x1b.txt"]


def test_a_file_that_may_not_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without permission, the file is a problem and the next one is read."""
    put(tmp_path / "a.txt", "x")
    put(tmp_path / "b.txt", "y")

    def guarded(path: str, flags: int) -> int:
        if Path(path).name == "a.txt":
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return os_open(path, flags)

    os_open = os.open
    monkeypatch.setattr("dedup.input.reader.os.open", guarded)

    closed, there = read([tmp_path])

    assert closed == Problem("a.txt", None, "the file cannot be opened (Permission denied); skipped")
    assert there.path == "b.txt"


def test_a_folder_that_may_not_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without permission, a folder is a problem and the others are read."""
    put(tmp_path / "a/1.txt", "x")
    put(tmp_path / "b/1.txt", "y")
    iterate = Path.iterdir

    def guarded(path: Path) -> Iterator[Path]:
        if path.name == "a":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return iterate(path)

    monkeypatch.setattr(Path, "iterdir", guarded)

    assert [entry.path for entry in read([tmp_path])] == ["a", "b/1.txt"]
    assert only(tmp_path / "a") == Problem(
        str(tmp_path / "a"), None, "it cannot be opened (Permission denied); skipped"
    )


# ---- standard input and unknown suffixes


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (b' \n{"text": "x"}\n{"text": "y"}', ["-:2", "-:3"]),
        (b'\n[{"text": "x"}]', ["-#1"]),
        (b'{\n  "text": "x"\n}', ["-"]),
        ('{"text": "x"}'.encode("utf-8-sig"), ["-:1"]),
        ('{"text": "x"}'.encode("utf-16-le"), ["-:1"]),
    ],
)
def test_without_a_suffix_the_content_decides_the_form(
    tmp_path: Path, content: bytes, ids: list[str]
) -> None:
    """The first non-blank character distinguishes JSON lines from a JSON list, on `-` and in files."""
    file = put(tmp_path / "archive.dat", content)

    from_stdin = documents(list(read(["-"], stdin=io.BytesIO(content))))
    from_file = documents(list(read([file])))

    assert [entry.id for entry in from_stdin] == ids
    assert [entry.id for entry in from_file] == [name.replace("-", "archive.dat") for name in ids]


def test_standard_input_is_the_process_own_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `stdin`, `-` reads sys.stdin; where that is closed, it says so."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x")))
    (given,) = read(["-"])
    monkeypatch.setattr(sys, "stdin", None)
    (closed,) = read(["-"])

    assert isinstance(given, Document)
    assert closed == Problem("-", None, "standard input is closed; nothing was read")


def test_gzip_data_without_its_suffix_is_reported(tmp_path: Path) -> None:
    """Packed bytes under another name are named as such, not read as text."""
    entry = only(put(tmp_path / "a.txt", gzip.compress(b"x")))

    assert isinstance(entry, Problem)
    assert "gzip" in entry.reason


def test_nothing_to_read_gives_nothing() -> None:
    """No input, no document, no problem."""
    assert list(read([])) == []


def test_max_bytes_must_be_positive() -> None:
    """A limit below 1 is refused at the door, before anything is read."""
    with pytest.raises(SettingError, match="at least 1"):
        read(["-"], max_bytes=0)


# ---- bad JSON


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('{"text": "x"', "column 13: Expecting ',' delimiter"),
        ('{"text": NaN}', "the field `text` is null, not a string"),
        ('{"n": ' + "9" * 5000 + "}", "value has 5000 digits; line skipped"),
        ('{"n": ' + "[" * 200_000, "nested too deeply"),
        ("[1]", "expected an object, got a list"),
        ("null", "expected an object, got null"),
        ("true", "expected an object, got a boolean"),
        ("1.5", "expected an object, got a number"),
        ('"x"', "expected an object, got a string"),
        ("{}", "`text` is missing"),
        ('{"text": null}', "`text` is null"),
        ('{"text": 5}', "`text` is a number"),
        ('{"text": {"a": 1}}', "`text` is an object"),
        ('{"text": "\x00"}', "NUL"),
        ('{"text": "\x01"}', "Invalid control character"),
    ],
)
def test_a_bad_line_is_named_and_the_next_is_read(tmp_path: Path, bad: str, reason: str) -> None:
    """Each bad line is one problem with its line, one line of reason, and ends nothing."""
    file = put(tmp_path / "a.jsonl", f"{line(text='before')}\n{bad}\n{line(text='after')}\n")

    before, problem, after = read([file])

    assert isinstance(before, Document)
    assert isinstance(problem, Problem)
    assert (problem.path, problem.line, problem.kind) == ("a.jsonl", 2, "unreadable")
    assert reason in problem.reason
    assert "\n" not in problem.reason
    assert problem.reason.endswith("skipped")
    assert isinstance(after, Document)
    assert after.id == "a.jsonl:3"


@pytest.mark.parametrize(
    ("content", "kept", "at", "reason"),
    [
        ('{"text": "x",\n"id" 1}', 0, 2, "line 2 column 6: Expecting ':' delimiter"),
        (
            '[{"text": "x"},\n {"text" 1}]',
            1,
            2,
            "line 2 column 10: Expecting ':' delimiter; kept are the 1 items",
        ),
        ('[{"text": "x"}\n {"text": "y"}]', 1, 2, "line 2 column 2: Expecting ',' or ']'"),
        ('[{"text": "x"}', 1, 1, "column 15: Expecting ',' or ']'"),
        ('[{"text": "x"},', 1, 1, "Expecting value"),
        ('[{"text": "x"}]\n [', 1, 1, "Extra data after the list"),
        ("[\n" + '{"text": "x"},\n' * 2 + "[" * 200_000, 2, 4, "line 4 column 1: it is nested too deeply"),
        ('{"text":\n"x"}\n{"text": "y"} 5', 2, 3, "Extra data behind an object; kept are the 2 items"),
        ("", 0, 1, "Expecting value"),
    ],
)
def test_a_broken_json_file_keeps_the_documents_before_the_fault(
    tmp_path: Path, content: str, kept: int, at: int, reason: str
) -> None:
    """Items before the error are documents; the error is named with line and column."""
    found = list(read([put(tmp_path / "a.json", content)]))

    (problem,) = problems(found)
    assert len(documents(found)) == kept
    assert problem.line == at
    assert reason in problem.reason


def test_bad_items_of_a_list_are_numbered(tmp_path: Path) -> None:
    """An item that is no story is named by its place; the others are read."""
    found = list(read([put(tmp_path / "a.json", '[1, {"text": "x"}, {"text": null}]')]))

    assert [entry.reason for entry in problems(found)] == [
        "expected an object, got a number (item 1); skipped",
        "the field `text` is null, not a string (item 3); skipped",
    ]
    assert [entry.id for entry in documents(found)] == ["a.json#2"]


@pytest.mark.parametrize(
    ("name", "content"), [("a.jsonl", ""), ("a.jsonl", "\n \r\n"), ("a.json", " [ ] "), ("a.jsonl.gz", "")]
)
def test_an_archive_without_documents_is_reported(tmp_path: Path, name: str, content: str) -> None:
    """An archive file without a line or item is never passed over in silence."""
    entry = only(put(tmp_path / name, content))

    assert isinstance(entry, Problem)
    assert "no document was read" in entry.reason


# ---- limits


def test_a_long_line_is_skipped(tmp_path: Path) -> None:
    """A line of `max_bytes` is read, one byte more is skipped, and the next line is read."""
    fits = line(text="a" * 86)
    assert len(fits) == 98
    file = put(tmp_path / "a.jsonl", f"{fits}\n{fits} \n{fits}")

    first, skipped, last = read([file], max_bytes=98)

    assert (isinstance(first, Document), isinstance(last, Document)) == (True, True)
    assert skipped == Problem("a.jsonl", 2, "the line is longer than the 98 bytes allowed; skipped")
    assert last.line == 3


class Endless(io.RawIOBase):
    """A stream of one letter for a while, then a line of JSON."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1) -> bytes:
        """Return the letters, then the line."""
        if self.left <= 0:
            return b""
        self.left -= size
        return b"{" * size if self.left > 0 else b'\n{"text": "x"}'


def test_a_long_line_is_not_kept_in_memory() -> None:
    """Of 300 MB without a line end, a few MB are in memory; the line after it is read."""
    import tracemalloc

    tracemalloc.start()
    found = list(read(["-"], stdin=Endless(300 * 1024 * 1024), max_bytes=1000))  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [type(entry) for entry in found] == [Problem, Document]
    assert peak < 10_000_000


@pytest.mark.parametrize("name", ["a.txt", "a.json"])
def test_a_large_whole_file_is_skipped(tmp_path: Path, name: str) -> None:
    """Texts and JSON files have the same limit, to the byte."""
    content = "x" * 100 if name == "a.txt" else '{"text": "' + "x" * 88 + '"}'
    file = put(tmp_path / name, content)

    assert isinstance(only(file, max_bytes=100), Document)
    assert only(file, max_bytes=99) == Problem(name, None, "it is larger than the 99 bytes allowed; skipped")


@pytest.mark.parametrize("name", ["a.txt.gz", "a.json.gz", "a.jsonl.gz"])
def test_a_gzip_bomb_is_skipped(tmp_path: Path, name: str) -> None:
    """The limit counts unpacked bytes: 20 MB of blanks in 20 kB of file are refused."""
    entry = only(put(tmp_path / name, gzip.compress(b"x" * 20_000_000)), max_bytes=1_000_000)

    assert isinstance(entry, Problem)
    assert "1000000 bytes allowed" in entry.reason


# ---- damage


def packed_lines(count: int) -> bytes:
    """Lines that do not pack well, so that a cut falls between them."""
    shuffled = random.Random(5)
    rows = (line(text="".join(shuffled.choices("abcdefghijklmnop", k=200))) for _ in range(count))
    return gzip.compress("\n".join(rows).encode())


def test_a_truncated_archive_keeps_the_lines_before_the_cut(tmp_path: Path) -> None:
    """Documents come until the cut; the line it fell in is named."""
    whole = packed_lines(3000)
    found = list(read([put(tmp_path / "a.jsonl.gz", whole[: len(whole) // 2])]))

    (problem,) = problems(found)
    kept = documents(found)
    assert 1400 < len(kept) < 1600
    assert problem.line == len(kept) + 1
    assert problem.reason.startswith("the packed data is damaged (Compressed file ended before")
    assert found[-1] is problem


def test_an_archive_damaged_in_the_middle_keeps_what_came_before(tmp_path: Path) -> None:
    """Damaged bytes end the file there, and nowhere else: the next file is read."""
    whole = bytearray(packed_lines(3000))
    half = len(whole) // 2
    whole[half:] = random.Random(1).randbytes(half)
    put(tmp_path / "a.jsonl.gz", bytes(whole))
    put(tmp_path / "b.txt", "x")

    found = list(read([tmp_path]))

    assert len(documents(found)) > 1000
    assert "damaged (Error -3 while decompressing" in found[-2].reason  # type: ignore[union-attr]
    assert found[-1].path == "b.txt"


def test_a_wrong_checksum_keeps_the_lines_and_is_reported(tmp_path: Path) -> None:
    """Where only the checksum is wrong, every line is a document and the damage is named."""
    whole = bytearray(gzip.compress(line(text="x").encode()))
    whole[-8] ^= 1

    document, problem = read([put(tmp_path / "a.jsonl.gz", bytes(whole))])

    assert isinstance(document, Document)
    assert isinstance(problem, Problem)
    assert (problem.line, "CRC" in problem.reason) == (2, True)


def test_a_file_that_is_not_gzip_is_reported(tmp_path: Path) -> None:
    """A .gz file of other bytes is a problem in every form."""
    for name in ("a.json.gz", "b.jsonl.gz", "c.txt.gz"):
        put(tmp_path / name, "no gzip")

    found = list(read([tmp_path]))

    assert [entry.path for entry in found] == ["a.json.gz", "b.jsonl.gz", "c.txt.gz"]
    assert all("it is not gzip data" in entry.reason and entry.line == 1 for entry in problems(found))
    assert not documents(found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_truncated_text_keeps_its_beginning(tmp_path: Path, encoding: str) -> None:
    """The text before the cut is a document without half characters, followed by the problem."""
    text = f"{BODY}\n" + "".join(random.Random(6).choices("ابپتثجچحخدذرز ", k=4000))
    packed = gzip.compress(text.encode(encoding))
    for cut in range(9, 14):
        document, problem = read([put(tmp_path / "a.txt.gz", packed[: len(packed) // 2 + cut])])

        assert isinstance(document, Document)
        assert len(document.text) > 1000
        assert text.startswith(document.text)
        assert isinstance(problem, Problem)
        assert (problem.line, "the text before it is kept" in problem.reason) == (2, True)


def test_a_truncated_json_list_keeps_its_whole_items(tmp_path: Path) -> None:
    """Items before the cut are documents; the problem names the damage, not the broken JSON."""
    shuffled = random.Random(7)
    rows = [line(text="".join(shuffled.choices("abcdefghijklmnop", k=200))) for _ in range(100)]
    packed = gzip.compress(f"[{',\n'.join(rows)}]".encode())

    found = list(read([put(tmp_path / "a.json.gz", packed[: len(packed) // 2])]))

    (problem,) = problems(found)
    assert 40 < len(documents(found)) < 60
    assert f"kept are the {len(documents(found))} items before it" in problem.reason
    assert "damaged" in problem.reason


class Failing(io.RawIOBase):
    """A stream that fails after its first chunk, as a lost network drive does."""

    def __init__(self, first: bytes) -> None:
        self.chunks = [first]

    def read(self, size: int = -1) -> bytes:
        """Return the chunk, then fail."""
        assert size > 0
        if self.chunks:
            return self.chunks.pop()
        raise OSError(errno.EIO, "Input/output error")


def test_an_error_while_reading_is_a_problem() -> None:
    """What came before the error is kept, the half line after it is not taken for a broken one."""
    stream = Failing(b'{"text": "x"}\nbroken\n{"text": "y"}\n{"te')

    found = list(read(["-"], stdin=stream))  # type: ignore[arg-type]

    assert [entry.line for entry in found] == [1, 2, 3, 4]
    assert [entry.line for entry in problems(found)] == [2, 4]
    assert found[-1] == Problem(
        "-", 4, "reading broke off (Input/output error) in line 4; the lines before it are kept"
    )


# ---- encodings in archives


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1256"])
@pytest.mark.parametrize("marked", [False, True])
@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl"])
def test_every_encoding_in_every_form(tmp_path: Path, encoding: str, *, marked: bool, name: str) -> None:
    """The text comes back, with the name of the encoding it was read in."""
    text = "وزير امور خارجه با همتاي خود گفت وگو كرد: ژاپن، پاريس، گچ\n12" * 2
    content = text if name == "a.txt" else line(id="1", text=text)
    mark = "\ufeff" if marked and encoding.startswith("utf-16") else ""
    file = put(tmp_path / name, (mark + content).encode(encoding))

    entry = only(file)

    assert isinstance(entry, Document)
    assert (entry.text, entry.encoding) == (text, encoding)


def test_utf16_lines_split_at_their_own_line_ends(tmp_path: Path) -> None:
    """U+0A0A and U+060A have the byte of a line end but end no line."""
    text = "سلام بر شما \u0a0a \u060a"
    content = f"{line(text=text)}\r\n{line(text='دوم')}\n"
    found = documents(list(read([put(tmp_path / "a.jsonl", content.encode("utf-16-be"))])))

    assert [entry.text for entry in found] == [text, "دوم"]
    assert [entry.line for entry in found] == [1, 2]


def test_lines_of_mixed_encodings_are_each_read(tmp_path: Path) -> None:
    """Windows-1256 lines and bad bytes in a UTF-8 archive: the first are read, the second named."""
    rows = [
        line(text="خبر فارسی").encode(),
        line(text="خبر فارسي").encode("cp1256"),
        line(text="خبر فارسی دیگر").encode()[:-3] + b'"}',
        b"\xef\xbb\xbf" + line(text="پایان").encode(),
    ]
    found = list(read([put(tmp_path / "a.jsonl", b"\n".join(rows))]))

    assert [(entry.text, entry.encoding) for entry in documents(found)] == [
        ("خبر فارسی", "utf-8"),
        ("خبر فارسي", "cp1256"),
        ("پایان", "utf-8"),
    ]
    (problem,) = problems(found)
    assert problem.line == 3
    assert "is not UTF-8" in problem.reason


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"\x7fELF\x02\x01\x01" + bytes(60)),
        ("a.jsonl", b"\x00\x01\x02" * 50),
        ("a.json", b"PK\x03\x04" + bytes(range(256))),
        ("a.txt", b"text" * 20_000 + b"\0"),
        ("a.txt", "x".encode("utf-32")),
        ("a.txt", b"\x89\xff\xfe\xb5" * 9),
    ],
)
def test_binary_files_are_named(tmp_path: Path, name: str, content: bytes) -> None:
    """Bytes that are no text are one problem for the whole file."""
    entry = only(put(tmp_path / name, content))

    assert isinstance(entry, Problem)
    assert entry.line is None
    assert entry.reason.endswith("; skipped")


# ---- whatever comes

FUZZ = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=100).map(str.encode),
        st.text(max_size=100).map(lambda text: text.encode("utf-16-le")),
        st.text(',;\t\n"\\x', max_size=100).map(lambda text: f"text,title\n{text}".encode()),
        st.binary(max_size=100).map(lambda data: b"WARC/1.0\r\nContent-Length: 9\r\n" + data),
        st.binary(max_size=100).map(lambda data: b"PAR1" + data + b"PAR1"),
        st.text("<>/pbhtml &;x", max_size=100).map(lambda text: f"<html><p>{text}".encode()),
    ),
    suffix=st.builds(
        str.__add__,
        st.sampled_from([".txt", ".json", ".jsonl", ".csv", ".tsv", ".html", ".parquet", ".warc", ".dat"]),
        st.sampled_from(["", ".gz", ".bz2", ".xz", ".zst"]),
    ),
    packed=st.booleans(),
    limit=st.integers(1, 400),
)
def test_any_bytes_are_documents_or_problems(
    tmp_path: Path, content: bytes, suffix: str, *, packed: bool, limit: int
) -> None:
    """Nothing raises, nothing is silent, every string can be written as UTF-8."""
    pack = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}.get(
        suffix.rsplit(".", 1)[1], bytes
    )
    file = put(tmp_path / f"a{suffix}", pack(content) if packed else content)

    found = list(read([file], max_bytes=limit))

    assert found
    for entry in found:
        str(entry).encode()
        if isinstance(entry, Document):
            entry.text.encode()
        else:
            assert entry.reason
            assert "\n" not in entry.reason


GOOD = st.text(max_size=20).map(lambda text: json.dumps({"text": text}).encode())
BAD = st.sampled_from([b"{", b"[1]", b"{}", b'{"text": null}', b'{"text": "\xff"}', b"x\x00", b"\xff\xd8"])


@FUZZ
@given(rows=st.lists(st.one_of(GOOD, BAD, st.sampled_from([b"", b" ", b"\r"])), max_size=20))
def test_every_filled_line_is_a_document_or_a_problem(tmp_path: Path, rows: list[bytes]) -> None:
    """Documents and problems name each line that is not blank, once and in order."""
    file = put(tmp_path / "a.jsonl", b"\n".join([b'{"text": "x"}', *rows]))

    found = list(read([file]))

    filled = [number for number, row in enumerate(rows, 2) if row.strip()]
    assert [entry.line for entry in found] == [1, *filled]
