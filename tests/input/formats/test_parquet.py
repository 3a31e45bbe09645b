"""Parquet: a row is a document."""

import datetime as dt
import gzip
import io
import random
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from dedup import find_duplicates
from dedup.input import Fields, read
from dedup.input.formats import parquet as parquet_format
from dedup.input.from_frame import from_frame
from dedup.model import Document, Problem
from dedup.model.document_batch import load
from tests.inputs import documents, only, problems, put, read_both_ways


def table(columns: dict[str, Any], **settings: Any) -> bytes:  # noqa: ANN401 - as pyarrow takes them
    """Write columns as a Parquet file."""
    written = io.BytesIO()
    parquet.write_table(pa.table(columns), written, **settings)
    return written.getvalue()


def test_a_row_carries_every_field(tmp_path: Path) -> None:
    """Columns are fields by name; a row without id is called by its number."""
    columns = {
        "text": ["x", "y"],
        "id": ["7", None],
        "title": ["t", None],
        "date": ["1402", None],
        "source": ["s", ""],
        "url": ["u", None],
        "other": [1, 2],
    }

    found = list(read_both_ways([put(tmp_path / "a.parquet", table(columns))]))

    assert found == [
        Document(
            "7", "x", title="t", source="s", published="1402", url="u", path="a.parquet", encoding="utf-8"
        ),
        Document("a.parquet#2", "y", path="a.parquet", encoding="utf-8"),
    ]


@pytest.mark.parametrize(
    ("values", "named"),
    [
        (pa.array([None, True]), "a boolean"),
        (pa.array([["Alpha"], None]), "a list"),
        (pa.array([["Alpha"], None], pa.large_list(pa.string())), "a list"),
        (pa.array([["Alpha"], None], pa.list_(pa.string(), 1)), "a list"),
        (pa.array([{"name": "Alpha"}, None]), "an object"),
        (pa.array([[("name", "Alpha")], None], pa.map_(pa.string(), pa.string())), "an object"),
        (pa.array([dt.time(12), None]), "a time of day"),
        (pa.array([dt.timedelta(days=1), None]), "a duration"),
    ],
)
def test_a_column_of_another_type_is_named_once(tmp_path: Path, values: pa.Array, named: str) -> None:
    """Its values count as missing, and the rows are read."""
    path = put(tmp_path / "a.parquet", table({"text": ["one", "two"], "source": values}))

    entries = list(read_both_ways([path]))

    assert [(each.text, each.source) for each in entries if isinstance(each, Document)] == [
        ("one", ""),
        ("two", ""),
    ]
    (problem,) = [each for each in entries if isinstance(each, Problem)]
    assert problem.path == "a.parquet"
    assert f"in the column `source`, got {named}; its values count as missing" in str(problem.reason)


@pytest.mark.skipif(not hasattr(pa, "list_view"), reason="this pyarrow has no views of lists")
@pytest.mark.parametrize("make", ["list_view", "large_list_view"])
def test_a_column_of_views_of_lists_is_named(tmp_path: Path, make: str) -> None:
    """As one of lists is."""
    values = pa.array([["Alpha"], None], getattr(pa, make)(pa.string()))
    try:
        path = put(tmp_path / "a.parquet", table({"text": ["one", "two"], "source": values}))
    except pa.ArrowNotImplementedError:
        pytest.skip("this pyarrow writes no views of lists")

    (problem,) = [each for each in read_both_ways([path]) if isinstance(each, Problem)]

    assert "in the column `source`, got a list; its values count as missing" in str(problem.reason)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (pa.bool_(), True),
        (pa.list_(pa.string()), ["Alpha"]),
        (pa.struct([("name", pa.string())]), {"name": "Alpha"}),
        (pa.time32("s"), dt.time(12)),
    ],
    ids=str,
)
def test_a_column_of_another_type_is_named_if_it_has_a_value(
    tmp_path: Path, kind: pa.DataType, value: object
) -> None:
    """Be it in the last of many rows: without one nothing is lost."""
    texts = ["one"] * 600
    empty = put(tmp_path / "empty.parquet", table({"text": texts, "source": pa.nulls(600, kind)}))
    late = pa.array([*[None] * 599, value], kind)
    last = put(tmp_path / "last.parquet", table({"text": texts, "source": late}))

    (problem,) = [each for each in read_both_ways([empty, last]) if isinstance(each, Problem)]

    assert Path(problem.path).name == "last.parquet"


def test_a_dotted_name_leads_into_a_column_of_objects(tmp_path: Path) -> None:
    """Such a column is usable."""
    path = put(tmp_path / "a.parquet", table({"text": ["one"], "source": [{"name": "Alpha"}]}))

    assert [*read([path], fields={"source": "source.name"})] == [
        Document("a.parquet#1", "one", source="Alpha", path="a.parquet", encoding="utf-8")
    ]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (pa.array([2**63 - 1]), str(2**63 - 1)),
        (pa.array([2**64 - 1], pa.uint64()), str(2**64 - 1)),
        (pa.array([1.5]), "1.5"),
        (pa.array([1e25]), "1e+25"),
        (pa.array([float("nan")]), ""),
        (pa.array([True]), ""),
        (pa.array([dt.date(2024, 2, 3)]), "2024-02-03"),
        (pa.array([dt.datetime(2024, 2, 3, 4, 5)]), "2024-02-03T04:05:00"),  # noqa: DTZ001 - as written
        (pa.array([dt.datetime(2024, 2, 3, 4, 5, tzinfo=dt.UTC)]), "2024-02-03T04:05:00+00:00"),
        (pa.array(["1402"]).dictionary_encode(), "1402"),
        (pa.array(["1402"], pa.large_string()), "1402"),
        (pa.array(["1402"], pa.string_view()), "1402"),
        (pa.array([b"1402"]), "1402"),
        (pa.array([["1402"]]), ""),
        (pa.nulls(1), ""),
    ],
)
def test_columns_of_every_type(tmp_path: Path, values: "pa.Array", wanted: str) -> None:
    """Numbers and dates become strings, bytes are decoded; all else counts as missing."""
    try:
        content = table({"text": ["x"], "published": values})
    except pa.ArrowNotImplementedError as error:  # pyarrow 16 writes no string_view
        pytest.skip(str(error))

    (entry,) = documents(list(read_both_ways([put(tmp_path / "a.parquet", content)])))

    assert entry.published == wanted


def test_dots_lead_inside_structs(tmp_path: Path) -> None:
    """A field of a struct is taken like one of a nested JSON object."""
    file = put(tmp_path / "a.parquet", table({"content": ["x"], "headers": [{"uri": "u", "n": 1}]}))

    entry = only(file, fields=Fields(text=("content",), url=("headers.uri",)))

    assert isinstance(entry, Document)
    assert (entry.text, entry.url) == ("x", "u")


@pytest.mark.parametrize("compression", ["snappy", "gzip", "brotli", "zstd", "lz4", "none"])
def test_every_compression_of_its_own(tmp_path: Path, compression: str) -> None:
    """Parquet's own ways to pack are read."""
    entry = only(put(tmp_path / "a.parquet", table({"text": ["x"]}, compression=compression)))

    assert isinstance(entry, Document)


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    """A .parquet.gz file is unpacked beside and read."""
    entry = only(put(tmp_path / "a.parquet.gz", gzip.compress(table({"text": ["x"]}))))

    assert isinstance(entry, Document)
    assert entry.path == "a.parquet.gz"


def test_a_packed_file_has_its_limits(tmp_path: Path) -> None:
    """What is unpacked beside may not be larger than is allowed, and not be cut."""
    packed = gzip.compress(table({"text": ["x"]}))
    put(tmp_path / "a.parquet.gz", packed)
    put(tmp_path / "b.parquet.gz", packed[:-20])

    large, cut = problems(list(read_both_ways([tmp_path], max_unpacked=100)))
    (cut_only,) = problems(list(read_both_ways([tmp_path / "b.parquet.gz"])))

    assert large.reason == "the packed data holds more than the 100 bytes allowed; skipped"
    assert cut.path == "b.parquet.gz"
    assert cut_only.reason.startswith("the packed data is damaged (")


def test_a_pipe_has_its_limits() -> None:
    """Standard input that has to be kept beside may not be larger than a packed file may."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    (entry,) = read(["-"], stdin=Pipe(table({"text": ["x"]})), max_unpacked=100)

    assert entry == Problem("-", None, "it is larger than the 100 bytes allowed; skipped")


def test_standard_input_is_recognised_by_its_content() -> None:
    """Parquet on `-` is known by its first bytes, though a pipe cannot go back to them."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    (entry,) = read(["-"], stdin=Pipe(table({"text": ["x"]})))

    assert isinstance(entry, Document)
    assert entry.id == "-#1"


def test_rows_of_many_groups_come_in_order(tmp_path: Path) -> None:
    """Row groups and batches leave no trace in the numbers."""
    texts = [f"story {number}" for number in range(1000)]
    file = put(tmp_path / "a.parquet", table({"text": texts}, row_group_size=300))

    found = documents(list(read_both_ways([file])))

    assert [entry.text for entry in found] == texts
    assert found[999].id == "a.parquet#1000"


def test_a_repeated_long_text_takes_no_memory(tmp_path: Path) -> None:
    """A small file that repeats a story of a MB is read a row at a time."""
    before = pa.total_allocated_bytes()
    file = put(tmp_path / "a.parquet", table({"text": ["x" * 1_000_000] * 150}))
    assert file.stat().st_size < 200_000

    reading = read([file], max_ratio=1_000_000)
    sizes = [len(entry.text) for entry in (next(reading), next(reading)) if isinstance(entry, Document)]

    assert sizes == [1_000_000, 1_000_000]
    assert pa.total_allocated_bytes() - before < 30_000_000


def test_a_bomb_of_repeated_texts_is_stopped(tmp_path: Path) -> None:
    """More text than `max_ratio` times the file ends it; what came before is kept."""
    file = put(tmp_path / "a.parquet", table({"text": ["x" * 1_000_000] * 150}))

    *kept, problem = read([file])

    assert 60 < len(kept) < 80
    assert isinstance(problem, Problem)
    assert (
        "unpacks to more than 250 times its size, like a decompression bomb; kept are the" in problem.reason
    )


def test_a_bomb_of_one_column_is_refused(tmp_path: Path) -> None:
    """A column that says it unpacks to too much is not opened, but other columns may."""
    texts = ["x" * 90_000_000 + "y"]
    put(tmp_path / "a.parquet", table({"text": texts}, compression="zstd", use_dictionary=False))
    put(
        tmp_path / "b.parquet",
        table({"text": ["x"], "other": texts}, compression="zstd", use_dictionary=False),
    )

    refused, read_without = read([tmp_path])

    assert refused == Problem(
        "a.parquet",
        None,
        "the packed data unpacks to more than 250 times its size, like a decompression bomb; skipped",
    )
    assert isinstance(read_without, Document)


def test_a_long_row_is_skipped(tmp_path: Path) -> None:
    """A text beyond `max_bytes` is a problem, the next row is read."""
    long, short = read([put(tmp_path / "a.parquet", table({"text": ["x" * 101, "y"]}))], max_bytes=100)

    assert long == Problem("a.parquet", None, "row 1 is larger than the 100 bytes allowed; skipped")
    assert isinstance(short, Document)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"body": ["x"]}, "no column is called `text` (`body`); try --field text=body"),
        ({"text": pa.array([], pa.string())}, "there is no row in it; no document was read"),
        ({"text": [None]}, "the field `text` is null, not a string (item 1); skipped"),
        ({"text": [5]}, "the field `text` is a number, not a string (item 1); skipped"),
        ({"text": [b"\xff\xfe\xb5"]}, "`text` in row 1 is not text: byte 1 (0xff) is not UTF-8"),
        ({"text": [b"a\0b"]}, "`text` in row 1 is not text: it holds NUL bytes"),
    ],
)
def test_a_table_or_row_without_text_is_reported(
    tmp_path: Path, columns: dict[str, Any], reason: str
) -> None:
    """What is no story is named, in the file or in the row."""
    entry = only(put(tmp_path / "a.parquet", table(columns)))

    assert isinstance(entry, Problem)
    assert entry.reason.startswith(reason)


def test_of_two_columns_of_one_name_the_first_counts(tmp_path: Path) -> None:
    """As in a table of separated values."""
    twice = pa.Table.from_arrays([pa.array(["x", "z"]), pa.array(["y", "w"])], names=["text", "text"])
    written = io.BytesIO()
    parquet.write_table(twice, written)

    found = list(read_both_ways([put(tmp_path / "a.parquet", written.getvalue())]))

    assert [entry.text for entry in documents(found)] == ["x", "z"]


def test_a_text_may_be_nested_in_a_column(tmp_path: Path) -> None:
    """`doc.text` is the field `text` of the column `doc`; so are lists, with the number of an item."""
    rows = [{"text": "x", "ids": [7]}, {"text": "y", "ids": [8]}]
    file = put(tmp_path / "a.parquet", table({"doc": rows}))

    found = list(read_both_ways([file], fields=Fields(text=("doc.text",), id=("doc.ids.0",))))

    assert [(entry.id, entry.text) for entry in documents(found)] == [("7", "x"), ("8", "y")]


def test_a_long_text_inside_a_column_is_skipped(tmp_path: Path) -> None:
    """It has the limit of all texts."""
    file = put(tmp_path / "a.parquet", table({"doc": [{"text": "x" * 101}]}))

    entry = only(file, fields=Fields(text=("doc.text",)), max_bytes=100)

    assert entry == Problem("a.parquet", None, "row 1 is larger than the 100 bytes allowed; skipped")


def test_ids_may_be_bytes(tmp_path: Path) -> None:
    """Those of a column of 16 bytes are UUIDs, others hexadecimal digits where they are no text."""
    columns = {"text": ["x", "y"], "id": pa.array([b"abcdefghijklmnop"] * 2, pa.binary(16))}
    free = {"text": ["x", "y"], "id": [b"\xff\xc8", b"ab"]}

    uuids = read_both_ways([put(tmp_path / "a.parquet", table(columns))])
    digits = read_both_ways([put(tmp_path / "b.parquet", table(free))])

    assert [entry.id for entry in documents(list(uuids))] == ["61626364-6566-6768-696a-6b6c6d6e6f70"] * 2
    assert [entry.id for entry in documents(list(digits))] == ["ffc8", "ab"]


def test_columns_may_be_called_in_capitals(tmp_path: Path) -> None:
    """`Text` is the text where no column is called `text`."""
    file = put(tmp_path / "a.parquet", table({"ID": ["7"], "Text": ["x"]}))

    assert only(file) == Document("7", "x", path="a.parquet", encoding="utf-8")


def test_strings_with_invalid_utf8_are_damage(tmp_path: Path) -> None:
    """Bytes that a file declares to be UTF-8 and are not end it there."""
    wrong = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe"))

    found = list(read_both_ways([put(tmp_path / "a.parquet", table({"text": wrong}))]))

    assert not documents(found)
    assert problems(found)


@pytest.mark.parametrize("kept", [0, 3, 4, 8, 100, 1000])
def test_a_cut_file_is_damaged(tmp_path: Path, kept: int) -> None:
    """Without its end, where the columns are listed, a file cannot be read."""
    put(tmp_path / "a.parquet", table({"text": ["x" * 2000]})[:kept])
    put(tmp_path / "b.txt", "x")

    damaged, after = read([tmp_path])

    assert isinstance(damaged, Problem)
    assert damaged.reason.startswith("the Parquet data is damaged (")
    assert after.path == "b.txt"


def test_damage_in_the_middle_keeps_the_rows_before_it(tmp_path: Path) -> None:
    """Overwritten pages end the file where they begin."""
    shuffled = random.Random(4)
    texts = ["".join(shuffled.choices("abcdefghijkl", k=300)) for _ in range(3000)]
    data = bytearray(
        table({"text": texts}, row_group_size=500, use_dictionary=False, write_page_checksum=True)
    )
    half = len(data) // 2
    data[half : half + 5000] = random.Random(1).randbytes(5000)

    found = list(read_both_ways([put(tmp_path / "a.parquet", bytes(data))]))

    kept = documents(found)
    (problem,) = problems(found)
    assert [entry.text for entry in kept] == texts[: len(kept)]
    assert f"kept are the {len(kept)} rows before it" in problem.reason


@pytest.mark.parametrize("seed", range(40))
def test_random_damage_never_ends_the_run(tmp_path: Path, seed: int) -> None:
    """A file with bytes changed at random gives documents and problems, and the next file is read."""
    generator = random.Random(seed)
    data = bytearray(table({"text": [f"story {number}" for number in range(50)], "id": list(range(50))}))
    for _ in range(generator.randint(1, 30)):
        data[generator.randrange(len(data))] = generator.randrange(256)
    put(tmp_path / "a.parquet", bytes(data))
    put(tmp_path / "b.txt", "x")

    found = list(read_both_ways([tmp_path]))

    assert found[-1].path == "b.txt"


def test_without_its_library_a_file_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pyarrow is missing, the problem says what to install."""
    file = put(tmp_path / "a.parquet", table({"text": ["x"]}))
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    assert only(file) == Problem(
        "a.parquet",
        None,
        "Parquet data needs pyarrow; install it with `pip install 'newsdedup[parquet]'`; skipped",
    )


def test_usual_rows_are_not_read_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Strings, whole numbers, days and missing values come in columns; a row without a text does not."""
    columns = {"id": [7, None], "text": ["a", ""], "date": [dt.date(2024, 3, 1), None], "title": [None, "x"]}
    usual = put(tmp_path / "a.parquet", table(columns))
    unusual = put(tmp_path / "b.parquet", table({"text": ["a", None]}))
    monkeypatch.setattr(parquet_format, "row_entry", None)

    (batch,) = read([usual]).document_batches()

    assert load(batch).documents.documents() == [
        Document("7", "a", published="2024-03-01", path="a.parquet", encoding="utf-8"),
        Document("a.parquet#2", "", title="x", path="a.parquet", encoding="utf-8"),
    ]
    with pytest.raises(TypeError):
        list(read([unusual]).document_batches())


def test_a_date_beyond_the_calendar_ends_nothing(tmp_path: Path) -> None:
    """A date that Python has no year for is spelt as Arrow spells it; the rows around it are read."""
    path = tmp_path / "days.parquet"
    days = pa.array([0, 2_932_897, None], pa.date32())  # the second is the day after 9999-12-31
    parquet.write_table(pa.table({"text": ["one", "two", "three"], "date": days}), path)
    assert [document.published for document in documents(read([path]))] == ["1970-01-01", "10000-01-01", ""]
    report = find_duplicates(read([path]))
    assert report.counts["documents"] == 3
    assert "10000-01-01" in " ".join(problem.reason for problem in report.problems)


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../../etc/passwd", "\x1b[31m"])
@pytest.mark.parametrize("of_a_file", [True, False])
def test_a_zone_that_nobody_knows_costs_no_row(tmp_path: Path, zone: str, *, of_a_file: bool) -> None:
    """Arrow keeps times in UTC, and they are read as such; one beyond the calendar is spelt."""
    times = pa.array([1_700_000_000, 253_402_300_800, None], pa.timestamp("s", tz=zone))
    content = {"text": ["one", "two", "three"], "date": times}
    file = put(tmp_path / "a.parquet", table(content))

    found = read([file]) if of_a_file else from_frame(pa.table(content))

    first, second, third = (document.published for document in documents(found))
    assert (first, third) == ("2023-11-14T22:13:20+00:00", "")
    assert second.startswith("10000-01-01")


def test_damage_that_ends_the_process_is_not_looked_at() -> None:
    """Asked about a column chunk of this file, pyarrow would abort; reading it is one problem."""
    entry = only(Path(__file__).parents[1] / "damaged" / "histogram.parquet")

    assert isinstance(entry, Problem)
    assert "the Parquet data is damaged" in entry.reason
