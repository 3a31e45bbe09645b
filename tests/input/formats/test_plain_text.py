"""Plain text, what is above it, and exports of news databases."""

import re
from pathlib import Path

import pytest

from dedup.input import read
from dedup.model import Document, Problem
from tests.inputs import documents, only, put

LEXIS = """
                               1 of 2 DOCUMENTS

                              The Valley Paper

                            January 8, 2024 Monday
                              Late Edition - Final

Snow Closes Roads

BYLINE: By STAFF

SECTION: Section A; Pg. 1

LENGTH: 27 words

  Snow closed the road
between two valleys.

  Buses wait.

URL: https://paper.example/1

LOAD-DATE: January 9, 2024

LANGUAGE: ENGLISH

                   Copyright 2024 The Valley Paper
                              All Rights Reserved

                               2 of 2 DOCUMENTS

                              The Hill Paper

                            January 9, 2024 Tuesday

HEADLINE: Snow again

LENGTH: 9 words

Snow closed another road.
"""
NEXIS = """Snow Closes Roads
The Valley Paper
January 8, 2024 Monday

Copyright 2024 The Valley Paper All Rights Reserved
Section: NEWS
Length: 27 words
Byline: Staff

Body

Snow closed the road between two valleys.

Buses wait.

Load-Date: January 9, 2024

End of Document

Snow again
The Hill Paper
January 9, 2024 Tuesday

Length: 9 words

Body

Snow closed another road.

End of Document
"""
FACTIVA_TAGS = """
SE
News
HD
Snow Closes Roads
BY
Staff
WC
27 words
PD
8 January 2024
ET
06:00
SN
The Valley Paper
LA
English
LP
Snow closed the road between
two valleys.
TD
Buses wait.
AN
Document VALLEY0020240108ek1800001

HD   Snow again
WC   9 words
PD   9 January 2024
SN   The Hill Paper
LP   Snow closed another road.

Document HILLPA0020240109ek1900001
"""
FACTIVA = """Snow Closes Roads

Staff
27 words
8 January 2024
06:00
The Valley Paper
VALLEY
English
(c) 2024 The Valley Paper

Snow closed the road between two valleys.

Buses wait.

Document VALLEY0020240108ek1800001

Snow again

9 words
9 January 2024
The Hill Paper
HILLPA
English
(c) 2024 The Hill Paper

Snow closed another road.

Document HILLPA0020240109ek1900001
"""
PROQUEST = """____________________________________________________________

Snow Closes Roads

Author: Staff

Publication info: The Valley Paper ; Two Valleys [Two Valleys]. 8 Jan 2024.

Full text: Snow closed the road between two valleys.

Buses wait.

Title: Snow Closes Roads

Publication title: The Valley Paper

Publication date: Jan 8, 2024

ProQuest document ID: 111

Document URL: https://paper.example/1

____________________________________________________________

Document 2 of 2

Snow again

Full text: Snow closed another road.

Publication title: The Hill Paper

Publication date: Jan 9, 2024

ProQuest document ID: 222

____________________________________________________________

Contact the publisher.
"""


@pytest.mark.parametrize("export", [LEXIS, NEXIS, FACTIVA_TAGS, FACTIVA, PROQUEST])
def test_an_export_is_split_into_its_stories(tmp_path: Path, export: str) -> None:
    """Each with text, title, paper and date, called by its number in the database or by its line."""
    first, second = documents(list(read([put(tmp_path / "a.txt", export.replace("\n", "\r\n"))])))

    assert first.text == "Snow closed the road between two valleys.\nBuses wait."
    assert second.text == "Snow closed another road."
    assert (first.title, second.title) == ("Snow Closes Roads", "Snow again")
    assert (first.source, second.source) == ("The Valley Paper", "The Hill Paper")
    assert "2024" in first.published
    assert "2024" in second.published
    assert first.line is not None
    assert second.line is not None
    assert first.line < second.line
    assert first.id in {"a.txt:1", "a.txt:4", "VALLEY0020240108ek1800001", "111"}


@pytest.mark.parametrize("left_out", ["Title", "ProQuest document ID", "(?:Title|ProQuest document ID)"])
def test_an_export_of_proquest_may_lack_fields(tmp_path: Path, left_out: str) -> None:
    """The user chooses them when exporting; the first line of a story is its title then."""
    export = re.sub(rf"(?m)^{left_out}: .*\n", "", PROQUEST)

    found = documents(list(read([put(tmp_path / "a.txt", export)])))

    assert [entry.title for entry in found] == ["Snow Closes Roads", "Snow again"]


@pytest.mark.parametrize(
    "text",
    [
        "One of 2 DOCUMENTS was lost.\n\nLENGTH: 5 words",
        "End of Document",
        "See Document VALLEY0020240108ek1800001",
        "____________________________________________________________\n\nFull text: none",
    ],
)
def test_a_text_that_speaks_of_exports_is_one_story(tmp_path: Path, text: str) -> None:
    """It has no stories to be split into."""
    entry = only(put(tmp_path / "a.txt", text))

    assert isinstance(entry, Document)
    assert entry.text == text


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl", "a.csv"])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.4\n1 0 obj\n", "it is a PDF document, not text: name it .pdf; skipped"),
        (
            b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip",
            "it is an EPUB book, not text: name it .epub; skipped",
        ),
        (
            b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml",
            "it is an Office document, not text: save it as plain text; skipped",
        ),
        (b"PK\x03\x04" + bytes(26) + b"one.txt", "it is a ZIP archive, not text: name it .zip; skipped"),
        (b"\x89PNG\r\n\x1a\n", "it is a picture, not text: name a file with text; skipped"),
    ],
    ids=["pdf", "epub", "office", "zip", "picture"],
)
def test_binary_files_are_recognised_by_their_first_bytes(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    """Whatever its name says."""
    assert only(put(tmp_path / name, content)) == Problem(name, None, reason)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.markdown"])
def test_lines_above_a_text_name_its_parts(tmp_path: Path, name: str) -> None:
    """YAML and TOML; they are no part of the text."""
    yaml = "---\ntitle: 'It''s snow'\ndate: 2024-01-08 # Monday\nlink: https://paper.example/1\n"
    yaml += "tags:\n  - a\n---\nx\n"
    toml = '+++\ntitle = "It\'s snow"\ndate = 2024-01-08\nurl = "https://paper.example/1"\n'
    toml += "[more]\na = 1\n+++\nx\n"
    wanted = Document(
        name, "x\n", "It's snow", "", "2024-01-08", "https://paper.example/1", name, encoding="utf-8"
    )

    assert only(put(tmp_path / name, yaml)) == wanted
    assert only(put(tmp_path / name, toml)) == wanted


@pytest.mark.parametrize(
    "text", ["---\nA story between rules.\n---\nx\n", "---\nno end\n", "+++\n= x\n+++\ny"]
)
def test_lines_of_dashes_in_a_text_are_not_fields(tmp_path: Path, text: str) -> None:
    """A text that begins with a rule keeps all of it."""
    entry = only(put(tmp_path / "a.md", text))

    assert isinstance(entry, Document)
    assert entry.text == text


def test_the_heading_of_markdown_is_its_title(tmp_path: Path) -> None:
    """Where no field names one."""
    entry = only(put(tmp_path / "a.md", "# Snow closes roads #\n\nx\n"))

    assert isinstance(entry, Document)
    assert entry.title == "Snow closes roads"


def test_json_lines_named_txt_are_read_as_such(tmp_path: Path) -> None:
    """Each line is a story, and one that is not JSON is a problem; they would be one story without a word."""
    lines = '\ufeff{"id": "a", "text": "one"}\n{"id": "b", "text": "two"}\nbroken\n'

    found = list(read([put(tmp_path / "news.txt", lines.encode())]))

    assert [(entry.id, entry.text, entry.line) for entry in documents(found)] == [
        ("a", "one", 1),
        ("b", "two", 2),
    ]
    assert [entry.line for entry in found if isinstance(entry, Problem)] == [3]


@pytest.mark.parametrize(
    "text", ['{"quoted": said the minister\nand left', '{\n "id": 1\n}', "{ braces } in a text"]
)
def test_a_text_that_begins_with_a_brace_is_a_story(tmp_path: Path, text: str) -> None:
    """Unless its first line is an object."""
    assert [entry.text for entry in documents(read([put(tmp_path / "a.txt", text.encode())]))] == [text]
