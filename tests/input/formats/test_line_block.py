"""JSON lines read as columns: the same documents and problems as line by line, whatever the lines are."""

import io
import json
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import core
from dedup.input import Fields, read
from dedup.input.formats import line_block
from dedup.model import Document, Problem
from dedup.model.document_batch import load

PRESET = Fields(id=("id", "nr"), text=("maintext", "text"), source=("source", "site"), url=("source", "url"))


def line_by_line(content: bytes, **wanted: object) -> tuple[list[Document], list[Problem]]:
    """Read a stream as `read` gives it."""
    entries = list(read(["-"], stdin=io.BytesIO(content), **wanted))  # type: ignore[arg-type]
    return (
        [entry for entry in entries if isinstance(entry, Document)],
        [entry for entry in entries if isinstance(entry, Problem)],
    )


def in_blocks(content: bytes, **wanted: object) -> tuple[list[Document], list[Problem]]:
    """Read the same in batches."""
    reading = read(["-"], stdin=io.BytesIO(content), **wanted)  # type: ignore[arg-type]
    batches = [load(task) for task in reading.document_batches()]
    return (
        list(chain.from_iterable(batch.documents.documents() for batch in batches)),
        list(chain.from_iterable(batch.problems for batch in batches)),
    )


def as_lines(*lines: str | bytes) -> bytes:
    """Join lines after one that shows the format."""
    return b"\n".join(
        [b'{"text": "first"}', *(line.encode() if isinstance(line, str) else line for line in lines)]
    )


HOSTILE = [
    '{"text": "a", "id": 7}',
    '{"text": "a", "id": -7, "title": 0}',
    '{"text": "a", "id": -0}',
    '{"text": "a", "id": 1.50, "source": 1e5}',
    '{"text": "a", "id": 123456789012345678, "source": 1234567890123456789012}',
    '{"text": "a", "id": true, "title": null, "source": {"name": "x"}, "url": ["y"]}',
    '{"text": 5}',
    '{"text": null}',
    '{"text": ""}',
    '{"text": {"text": "a"}}',
    '{"id": "x"}',
    "{}",
    "[]",
    '"text"',
    "null",
    '{"text": "a", "text": "b"}',
    '{"id": "1", "text": "a", "id": "2"}',
    '{"te\\u0078t": "b"}',
    '{"text": "a", "te\\u0078t": "b"}',
    '{"text": "tab\\t line\\n quote\\" slash\\/ back\\\\ \\b\\f\\r"}',
    '{"text": "\\u0633\\u0644\\u0627\\u0645 \\ud83d\\ude00 \\u00e9 \\u0000"}',
    '{"text": "half \\ud83d"}',
    '{"text": "half \\ude00\\ud83d"}',
    '{"text": "a", "views": "half \\ud83d"}',
    '{"text": "\\x"}',
    '{"text": "\\u12g4"}',
    '{"text": "control \x01"}',
    '{"text": "سلام دنیا 😀 é"}',
    '{"text": "a", "published": "None", "date": "2024"}',
    '{"text": "a", "published": "", "date": "nan"}',
    '{"text": "a", "published": "\\u004eone"}',
    '{"text": "a", "published": 1709251200}',
    '{"text": "a"} ',
    '\t {"text": "a"}\r',
    '{"text": "a"} x',
    '{"text": "a"}{"text": "b"}',
    '{"text": "a",}',
    '{"text" "a"}',
    '{text: "a"}',
    "{'text': 'a'}",
    '{"text": "a"',
    '{"text": "a',
    '{"text": "a", "n": 01}',
    '{"text": "a", "n": 1.}',
    '{"text": "a", "n": -}',
    '{"text": "a", "n": 1e}',
    '{"text": "a", "n": 1e999}',
    '{"text": "a", "n": NaN}',
    '{"text": "a", "n": Infinity}',
    '{"text": "a", "n": tru}',
    '{"text": "a", "n": ' + "9" * 5000 + "}",
    '{"text": "a", "n": ' + "[" * 70 + "]" * 70 + "}",
    '{"text": "a", "n": ' + "[" * 2000 + "]" * 2000 + "}",
    '{"text": "a", "n": {"text": "b", "text": [1, {"id": 2}]}}',
    '{"text": "a", "n": [1 2]}',
    '{"text": "a", "n": {1: 2}}',
    "\ufeff" + '{"text": "a"}',
    "",
    " \t\r",
    "\x0b\x0c",
    "not json",
    b'{"text": "\xc7\xe1\xd3\xe1\xc7\xe3 \xda\xe1\xed\xdf\xe3"}',
    b'{"text": "\xff\xfe"}',
    b'{"text": "\xc0\x80"}',
    b'{"text": "\xe0\x80\x80"}',
    b'{"text": "\xed\xa0\x80"}',
    b'{"text": "\xf0\x80\x80\x80"}',
    b'{"text": "\xf4\x90\x80\x80"}',
    b'{"text": "\xd8"}',
    b'{"text": "a", "other": "\xff"}',
    b'{"text": "a\x00"}',
    b'\x00{"text": "a"}',
    '{"text": "' + "سلام دنیا " * 200 + '"}',
    '{"text": "' + "plain words of a long text " * 50 + '\\n"}',
]


@pytest.mark.parametrize("records", [False, True])
@pytest.mark.parametrize(
    "fields", [Fields(), PRESET, Fields(text=("n.text", "text"))], ids=["own", "preset", "dots"]
)
def test_a_hostile_line_is_read_as_the_strict_reader_does(
    records: bool,  # noqa: FBT001 - a parameter of the test
    fields: Fields,
) -> None:
    """Alone, and between two good ones; the problems have the same words and numbers."""
    wanted = {"records": records, "fields": fields}
    contents = [as_lines(line, *last) for line in HOSTILE for last in ([], ['{"text": "last", "id": "z"}'])]

    other = [each for each in contents if in_blocks(each, **wanted) != line_by_line(each, **wanted)]

    assert other == []


@pytest.mark.parametrize(
    "bad",
    [
        b'"',
        b"\\",
        b"\x1f",
        b"\x00",
        b"\xc1\xbf",
        b"\xc2",
        b"\xb3",
        b"\xd8\xd8\xb3",
        b"\xe2\x80",
        b"\xf8",
        b"ok",
    ],
)
def test_a_bad_byte_is_seen_wherever_it_is(bad: bytes) -> None:
    """Before and behind letters of one and two bytes, at every place of eight that are checked together."""
    letters = "سلام".encode()
    lines = [
        b'{"text": "%b%b%b%b"}' % (b"a" * before, letters, bad, letters * 3 + b"a" * behind)
        for before in range(8)
        for behind in range(8)
    ]

    assert in_blocks(as_lines(*lines)) == line_by_line(as_lines(*lines))


def test_usual_lines_are_not_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiled kernel takes escapes, numbers as ids, unwanted nested fields and other scripts."""
    if core.NAME != "compiled":
        pytest.skip("the numpy kernel leaves every line to the strict reader")
    lines = [HOSTILE[at] for at in (0, 1, 5, 8, 19, 20, 27, 32, 33, 53)]

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("dedup.input.formats.json_lines.read_entry", refuse)

    documents, problems = in_blocks(as_lines(*lines))

    assert (len(documents), problems) == (11, [])


letters = st.text(max_size=6) | st.sampled_from(["None", "nan", "\\", '"', "سلام"])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | letters
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(letters, inner, max_size=2)
)
names = st.sampled_from(["id", "text", "title", "source", "published", "date", "url", "n"])
records = st.dictionaries(names, values, max_size=5).map(lambda record: {"text": "x", **record})
spelt = st.tuples(records, st.booleans()).map(lambda both: json.dumps(both[0], ensure_ascii=both[1]))


def damaged(line: str, at: int, byte: int, drop: int) -> bytes:
    """Put a byte into a line, and leave some out."""
    data = line.encode("utf-8", "surrogatepass").replace(b"\n", b" ")
    place = at % (len(data) + 1)
    return data[:place] + bytes([byte] if byte != ord("\n") else []) + data[place + drop :]


hurt = st.builds(damaged, spelt, st.integers(0, 200), st.integers(0, 255), st.integers(0, 3))
lines = st.lists(spelt | hurt | st.sampled_from(HOSTILE), max_size=6)


@settings(deadline=None, max_examples=150)
@given(lines, st.sampled_from([1, 40, 10**6]), st.integers(1, 3), st.sampled_from([30, 10**6]), st.booleans())
def test_any_lines_are_read_as_the_strict_reader_does(
    lines: list[str | bytes],
    block: int,
    block_lines: int,
    max_bytes: int,
    last_feed: bool,  # noqa: FBT001 - drawn
) -> None:
    """However the stream is cut into blocks, and whatever is the longest line allowed."""
    content = as_lines(*lines) + b"\n" * last_feed
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_block, "BLOCK", block)
        patch.setattr(line_block, "BLOCK_LINES", block_lines)
        patch.setattr("dedup.input.byte_source.HEAD", 20)
        patch.setattr("dedup.input.byte_source.PLAIN_CHUNK", 20)

        assert in_blocks(content, max_bytes=max_bytes) == line_by_line(content, max_bytes=max_bytes)
