"""CSV and TSV: a row is a document."""

import csv
import io
from pathlib import Path

import pytest

from dedup.input import Fields, read
from dedup.model import Document, Problem
from tests.inputs import documents, only, problems, put


def table(rows: list[list[str]], *, delimiter: str = ",") -> str:
    """Write rows as a spreadsheet does."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


def test_a_row_carries_every_field(tmp_path: Path) -> None:
    """The header names the cells; a row is called by the line it begins in."""
    rows = [["id", "text", "title", "date", "source", "url", "other"], ["7", "x", "t", "1402", "s", "u", "o"]]

    assert only(put(tmp_path / "a.csv", table(rows))) == Document(
        "7", "x", title="t", source="s", published="1402", url="u", path="a.csv", line=2, encoding="utf-8"
    )


def test_a_cell_may_hold_line_ends_quotes_and_separators(tmp_path: Path) -> None:
    """Quoted cells come back as they were; the next row knows its line."""
    text = 'one, "two"\r\n\r\nthree; \u2028four'
    found = documents(list(read([put(tmp_path / "a.csv", table([["text"], [text], ["y"]]))])))

    assert [(entry.text, entry.line, entry.id) for entry in found] == [
        (text, 2, "a.csv:2"),
        ("y", 5, "a.csv:5"),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "title,text\nt,x\n"),
        ("a.csv", "title;text\nt;x\n"),
        ("a.csv", "title\ttext\nt\tx\n"),
        ("a.csv", "\n\ntitle;text\n\nt;x\n\n"),
        ("a.tsv", "title\ttext\nt\tx\n"),
        ("a.tab", "title\ttext\nt\tx\n"),
        ("a.csv", " title , text \nt,x\n"),
    ],
)
def test_the_header_shows_the_separator(tmp_path: Path, name: str, content: str) -> None:
    """Comma, semicolon or tab: the one that occurs most often in the first line of a .csv file."""
    (entry,) = documents(list(read([put(tmp_path / name, content)])))

    assert (entry.title, entry.text) == ("t", "x")


def test_a_tsv_keeps_commas(tmp_path: Path) -> None:
    """Only tabs separate the cells of a .tsv file."""
    entry = only(put(tmp_path / "a.tsv", "text\nx, y, z; a\n"))

    assert isinstance(entry, Document)
    assert entry.text == "x, y, z; a"


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+1", "-1", '=HYPERLINK("http://a.example";"x")'])
def test_a_formula_is_text(tmp_path: Path, cell: str) -> None:
    """Cells that a spreadsheet would work out are read as they are."""
    entry = only(put(tmp_path / "a.csv", table([["text", "id"], [cell, "1"]])))

    assert isinstance(entry, Document)
    assert entry.text == cell


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256"])
def test_every_encoding(tmp_path: Path, encoding: str) -> None:
    """Text comes back from every encoding, with its name; the letter jeem is no comma of UTF-16."""
    text = "وزير امور خارجه جمهوري با همتاي خود گفت وگو كرد، ج ج ج ج ج ج"
    content = table([["id", "text"], ["1", text]], delimiter=";")

    entry = only(put(tmp_path / "a.csv", content.encode(encoding)))

    assert isinstance(entry, Document)
    assert entry.text == text
    assert entry.encoding == {"utf-16": "utf-16-le"}.get(encoding, encoding)


def test_each_row_has_its_own_encoding(tmp_path: Path) -> None:
    """A Windows-1256 row among UTF-8 rows is read and counted as such."""
    rows = [b"id,text", "1,خبر فارسي".encode("cp1256"), "2,خبر فارسی".encode()]

    found = documents(list(read([put(tmp_path / "a.csv", b"\n".join(rows))])))

    assert [(entry.text, entry.encoding) for entry in found] == [
        ("خبر فارسي", "cp1256"),
        ("خبر فارسی", "utf-8"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_may_end_in_carriage_returns_alone(tmp_path: Path, encoding: str) -> None:
    """As spreadsheets of a Mac write them, with other line ends inside cells."""
    content = 'sep=;\rid;text\r7;x\r8;"y\nz\r\n"\r9;w'
    file = put(tmp_path / "a.csv", content.encode(encoding))

    found = documents(list(read([file])))

    assert [(entry.id, entry.text.strip()) for entry in found] == [("7", "x"), ("8", "y\nz"), ("9", "w")]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("1,x,y", "the row has 3 cells, the header 2; row skipped"),
        ("1", "the field `text` is missing, not a string; skipped"),
        ('1,"x"y', "',' expected after '\"'; row skipped"),
        ("1,a\rb", "there is a carriage return in a cell without quotes; row skipped"),
        ("1," + "x" * 300, "the row is longer than the 200 bytes allowed; row skipped"),
    ],
)
def test_a_bad_row_is_named_and_later_ones_are_read(tmp_path: Path, bad: str, reason: str) -> None:
    """A bad row is a problem with the line it begins in, and the last row is read."""
    file = put(tmp_path / "a.csv", f"id,text\n0,before\n{bad}\n9,after\n")

    found = list(read([file], max_bytes=200))

    first, last = found[0], found[-1]
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert (first.text, last.text) == ("before", "after")
    told = problems(found)[0]
    assert told.line == 3
    assert told.reason.startswith(reason)


def test_a_quote_that_is_never_closed_costs_its_row(tmp_path: Path) -> None:
    """Rows behind it are read, though the quote took them in; half rows are no documents."""
    rows = ["id,text", "1,x", '2,"y', "half a row", "3,z", "4,w"]

    first, broken, *rest = read([put(tmp_path / "a.csv", "\n".join(rows))])

    assert isinstance(first, Document)
    assert broken == Problem("a.csv", 3, "a quote is opened but never closed; row skipped")
    assert [(entry.id, entry.text, entry.line) for entry in documents(rest)] == [("3", "z", 5), ("4", "w", 6)]
    assert not problems(rest)


def test_a_quote_that_the_next_one_closes_costs_its_row(tmp_path: Path) -> None:
    """The quote of a later row closes the open one: both it and the rows between are read."""
    rows = ["id,text", '1,"x', "2,y", '3,"z, z"', "4,w"]

    broken, *rest = read([put(tmp_path / "a.csv", "\n".join(rows))])

    assert broken == Problem("a.csv", 2, "',' expected after '\"'; row skipped")
    assert [entry.text for entry in documents(rest)] == ["y", "z, z", "w"]
    assert not problems(rest)


def test_bad_bytes_inside_a_quoted_cell_end_that_row(tmp_path: Path) -> None:
    """A NUL in the second line of a cell spoils its row, and the rows behind are read in step."""
    filler = "1," + "x" * 70_000
    file = put(tmp_path / "a.csv", f'id,text\n{filler}\n2,"a\nb\0c"\n3,after\n')

    filled, problem, after = read([file])

    assert isinstance(filled, Document)
    assert problem == Problem(
        "a.csv", 3, "it holds NUL bytes, as binary files do, and is not UTF-16; row skipped"
    )
    assert isinstance(after, Document)
    assert (after.text, after.line) == ("after", 5)


def test_an_endless_cell_costs_its_row(tmp_path: Path) -> None:
    """A quote that stays open for 1 MB is one problem, with some kB in memory; the last row is read."""
    import tracemalloc

    file = put(tmp_path / "a.csv", b'id,text\n1,x\n2,"' + b"word word word word\n" * 50_000 + b"3,z\n")
    tracemalloc.start()
    first, problem, *_, last = read([file], max_bytes=100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert isinstance(first, Document)
    assert problem == Problem(
        "a.csv", 3, "the row is longer than the 100000 bytes allowed (a quote may be open); row skipped"
    )
    assert isinstance(last, Document)
    assert (last.text, last.line) == ("z", 50_003)
    assert peak < 4_800_000  # of which 4.2 MB are buffers, whatever the size


def test_no_row_may_be_larger_than_16_mebibytes(tmp_path: Path) -> None:
    """Whatever `max_bytes` is: a cell takes six times its size while it is read."""
    file = put(tmp_path / "a.csv", b"text\n" + b"x" * (16 * 1024 * 1024 + 1) + b"\ny\n")

    problem, after = read([file])

    assert problem == Problem("a.csv", 2, "the row is longer than the 16777216 bytes allowed; row skipped")
    assert isinstance(after, Document)


def test_the_limit_of_a_cell_is_left_as_it_was(tmp_path: Path) -> None:
    """The csv module has one limit for the whole process; reading a long cell does not change it."""
    before = csv.field_size_limit()
    reading = read([put(tmp_path / "a.csv", "text\n" + "x" * 200_000 + "\ny\n")])

    entry = next(reading)

    assert isinstance(entry, Document)
    assert len(entry.text) == 200_000
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "there is no header row in it; skipped"),
        ("\n \n", "no column is called `text` (``)"),
        ("title,body\nt,x\n", "no column is called `text` (`title`, `body`); try --field text=body; skipped"),
        ("nr,zzz\n1," + 20 * "word " + "\n", "try --field text=zzz; skipped"),
        (",".join(f"c{n}" for n in range(40)), "`c11` and 28 more); name"),
        ("text,title\n", "there is only a header row in it; no document was read"),
        ('"text\nx\n', "a quote is opened but never closed; skipped"),
    ],
)
def test_a_table_without_text_is_reported(tmp_path: Path, content: str, reason: str) -> None:
    """A file without a header, a text column or a row is one problem for the file."""
    entry = only(put(tmp_path / "a.csv", content))

    assert isinstance(entry, Problem)
    assert entry.line is None
    assert reason in entry.reason


def test_of_columns_with_one_name_the_first_counts(tmp_path: Path) -> None:
    """A name that occurs twice in the header means its first column."""
    entry = only(put(tmp_path / "a.csv", "text,text\nx,y\n"))

    assert isinstance(entry, Document)
    assert entry.text == "x"


def test_a_cut_row_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    """Where packed data breaks off, the row in which it does is no document, however whole it looks."""
    import gzip
    import random

    shuffled = random.Random(3)
    texts = ["".join(shuffled.choices("abcdefghijklmnop", k=200)) for _ in range(2000)]
    packed = gzip.compress(table([["text"], *([text] for text in texts)]).encode())

    found = list(read([put(tmp_path / "a.csv.gz", packed[: len(packed) // 2])]))

    kept = documents(found)
    assert 900 < len(kept) < 1100
    assert [entry.text for entry in kept] == texts[: len(kept)]
    assert "the rows before it are kept" in found[-1].reason  # type: ignore[union-attr]


def test_dotted_names_may_be_columns(tmp_path: Path) -> None:
    """A column may be called with dots, as tables made of nested records are."""
    file = put(tmp_path / "a.csv", "body.text\nx\n")

    entry = only(file, fields=Fields(text=("body.text",)))

    assert isinstance(entry, Document)
    assert entry.text == "x"


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        ('sep=;\r\ntitle;text\r\n"a,b";x\r\n', ("a,b", "x")),
        ("\ufeffsep=|\ntitle|text\na|x\n", ("a", "x")),
        ("title|text\na|x\n", ("a", "x")),
        ('title,text\na,"He said \\"no\\", twice"\n', ("a", 'He said "no", twice')),
        ('title,text\n"C:\\\\",""\n"a\\\\b","\\"x\\""\n', ("a\\b", '"x"')),
        ("title,text,\na,x,\n", ("a", "x")),
        ("title,text\na,x,,\n", ("a", "x")),
        ('title, text\n"a, b", "x, y"\n', ("a, b", "x, y")),
        ('title ,text\n"a ""b"" c" ,"x, y" \n', ('a "b" c', "x, y")),
        ("Title,TEXT\na,x\n", ("a", "x")),
        ("TEXT,text,title\nz,x,a\n", ("a", "x")),
        ('text\n"one, two; three"\n', ("", "one, two; three")),
        ("text\none, two; three\n", ("", "one, two; three")),
    ],
)
def test_every_dialect(tmp_path: Path, content: str, cells: tuple[str, str]) -> None:
    """Named separators, escapes, trailing commas, blanks around quotes, capitals, one column."""
    *_, entry = documents(list(read([put(tmp_path / "a.csv", content)])))

    assert (entry.title, entry.text) == cells
    assert not problems(list(read([put(tmp_path / "a.csv", content)])))


def test_a_line_is_counted_behind_a_named_separator(tmp_path: Path) -> None:
    """`sep=;` is the first line of the file."""
    entry = only(put(tmp_path / "a.csv", "sep=;\ntext;id\nx;\n"))

    assert entry == Document("a.csv:3", "x", path="a.csv", line=3, encoding="utf-8")


def test_a_row_in_another_encoding_is_read_as_its_file(tmp_path: Path) -> None:
    """What is guessed of all lines is right for a row that has one letter."""
    rows = ["id;text", "1;Une tempête a fermé les routes, a indiqué la police.", "2;Le café"]

    found = documents(list(read([put(tmp_path / "a.csv", "\r\n".join(rows).encode("cp1252"))])))

    assert [(entry.text, entry.encoding) for entry in found] == [(row[2:], "cp1252") for row in rows[1:]]
