"""The archive without its copies: lines of JSON."""

import json

import pytest

from dedup.model import Document
from dedup.output.to_archive import to_archive
from tests.report_samples import a_report


def lines_of(*documents: Document) -> list[bytes]:
    """Write documents, a line each."""
    return list(to_archive(a_report(kept=documents)))


def test_a_record_is_written_as_it_came() -> None:
    """Unknown fields, blanks and the spelling of numbers included."""
    assert lines_of(Document("a", "x", record=b'{"id":"a",  "text":"x", "n": 1.50}')) == [
        b'{"id":"a",  "text":"x", "n": 1.50}\n'
    ]


def test_other_documents_are_spelt_by_their_fields() -> None:
    """Those that are known, the text last; where it came from is no field of a story."""
    full = Document("a", "متن", "t", "s", "1402", "u", path="p.txt", line=3, encoding="utf-8")

    assert lines_of(full, Document("b", "")) == [
        '{"id": "a", "title": "t", "source": "s", "published": "1402", "url": "u", "text": "متن"}\n'.encode(),
        b'{"id": "b", "text": ""}\n',
    ]


@pytest.mark.parametrize("text", ["a\nb\r\u2028c", '"\\', "\ud800x", "\x00\x1b[31m"])
def test_any_text_is_one_line_and_reads_back(text: str) -> None:
    """Half a character is escaped."""
    (line,) = lines_of(Document("a", text))

    assert line.count(b"\n") == 1
    assert json.loads(line) == {"id": "a", "text": text}
