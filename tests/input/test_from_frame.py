"""Data frames to documents: what each library calls missing, a date, an id."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import narwhals
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from dedup import find_duplicates, to_minhash_lsh
from dedup.input.fields import Fields
from dedup.input.from_frame import ROWS, from_frame
from dedup.input.presets import preset
from dedup.model import Document, Problem
from dedup.model.document_batch import load
from dedup.model.document_like import Frame, as_documents, is_frame
from dedup.model.errors import ReadingError, SettingError
from tests.made_up_news import story

MAKERS: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "pandas": pd.DataFrame,
    "pandas, nullable": lambda rows: pd.DataFrame(rows).convert_dtypes(),
    "pandas, arrow": lambda rows: pd.DataFrame(rows).convert_dtypes(dtype_backend="pyarrow"),
    "pandas, objects": lambda rows: pd.DataFrame(rows, dtype=object),
    "polars": pl.DataFrame,
    "polars, lazy": pl.LazyFrame,
    "pyarrow": pa.table,
    "narwhals": lambda rows: narwhals.from_native(pl.DataFrame(rows)),
}
every_library = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def in_batches(frame: Frame) -> tuple[list[Document], list[Problem]]:
    """Read a frame in columns."""
    batches = [load(task) for task in from_frame(frame).document_batches()]
    return (
        [document for batch in batches for document in batch.documents.documents()],
        [problem for batch in batches for problem in batch.problems],
    )


def documents_of(frame: Frame) -> list[Document]:
    """Read a frame in which every row has a text."""
    items = list(from_frame(frame))
    assert all(isinstance(item, Document) for item in items)
    assert in_batches(frame) == (items, [])
    return items  # type: ignore[return-value]


@every_library
def test_every_field_of_a_record_is_taken(make: Callable[[dict[str, list[Any]]], Any]) -> None:
    """Columns are found by the names of the fields; others are left alone."""
    frame = make(
        {
            "views": [3],
            "id": ["a"],
            "text": ["متن"],
            "title": ["تیتر"],
            "source": ["مهر"],
            "published": ["2024-03-01"],
            "url": ["https://example.ir/1"],
        }
    )

    assert is_frame(frame)
    assert documents_of(frame) == [
        Document("a", "متن", "تیتر", "مهر", "2024-03-01", "https://example.ir/1"),
    ]


@every_library
def test_what_is_missing_is_empty(make: Callable[[dict[str, list[Any]]], Any]) -> None:
    """None in a column of strings, of whole numbers and of times; the id is then the position."""
    frame = make(
        {
            "id": [7, None],
            "text": ["یک", "دو"],
            "title": ["تیتر", None],
            "date": [datetime(2024, 3, 1, 9, 30), None],  # noqa: DTZ001 - as most frames have them
        }
    )

    assert documents_of(frame) == [
        Document("7", "یک", "تیتر", published="2024-03-01T09:30:00"),
        Document("1", "دو"),
    ]


@every_library
def test_a_row_without_a_text_is_a_problem_in_its_place(
    make: Callable[[dict[str, list[Any]]], Any],
) -> None:
    """It is named by its position, and the rows beside it are read."""
    first, second, third = from_frame(make({"text": ["یک", None, "سه"]}))

    assert (first, third) == (Document("0", "یک"), Document("2", "سه"))
    assert getattr(second, "reason", "") == "the field `text` is null, not a string (item 1); skipped"


@pytest.mark.parametrize("missing", [None, float("nan"), np.float64("nan"), pd.NA, pd.NaT], ids=repr)
def test_every_nothing_of_pandas_is_missing(missing: object) -> None:
    """In a column of objects, as a text, an id and a date."""
    frame = pd.DataFrame(
        {"id": [missing, missing], "text": ["متن", missing], "date": [missing, missing]}, dtype=object
    )

    document, problem = from_frame(frame)

    assert document == Document("0", "متن")
    assert getattr(problem, "reason", "").startswith("the field `text` is null")


def test_nan_is_missing_in_polars_too() -> None:
    """Though polars tells it from null."""
    assert documents_of(pl.DataFrame({"text": ["متن"], "id": [float("nan")]})) == [Document("0", "متن")]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (12.0, "12"),
        (1.5, "1.5"),
        (np.int64(3), "3"),
        (2.0**70, "1180591620717411303424"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (0, "0"),
        (True, "0"),
        ([1], "0"),
        (Decimal("1.50"), "1.50"),
    ],
    ids=repr,
)
def test_an_id_is_spelt(value: object, written: str) -> None:
    """Whole numbers without a fraction, though pandas has it; what names nothing is no id."""
    frame = pd.DataFrame({"text": ["متن"], "id": pd.Series([value], dtype=object)})

    assert documents_of(frame)[0].id == written


@pytest.mark.parametrize(
    ("column", "written"),
    [
        (pl.Series([date(2024, 3, 1)]), "2024-03-01"),
        (pl.Series([datetime(2024, 3, 1, 9, tzinfo=UTC)]), "2024-03-01T09:00:00+00:00"),
        (pl.Series([1402]), "1402"),
        (pl.Series(["۱۴۰۲/۱۲/۱۱"]), "۱۴۰۲/۱۲/۱۱"),
    ],
    ids=["date", "time with zone", "year", "string"],
)
def test_a_date_is_written_in_iso_8601(column: pl.Series, written: str) -> None:
    """Years and strings stay as they are."""
    frame = pl.DataFrame({"text": ["متن"], "date": column})

    assert documents_of(frame)[0].published == written


def test_published_comes_before_date_where_it_is_filled() -> None:
    """Row by row."""
    frame = pl.DataFrame(
        {"text": ["یک", "دو"], "published": [date(2024, 3, 1), None], "date": [date(2024, 3, 9)] * 2}
    )

    assert [document.published for document in documents_of(frame)] == ["2024-03-01", "2024-03-09"]


def test_columns_of_other_names_are_mapped() -> None:
    """By a mapping, or by the fields that the reader has; a struct is looked into."""
    frame = pl.DataFrame({"maintext": ["متن"], "meta": [{"key": "k1"}]})
    expected = [Document("k1", "متن")]

    assert list(from_frame(frame, fields={"text": "maintext", "id": "meta.key"})) == expected
    assert list(from_frame(frame, fields=Fields(text=("maintext",), id=("meta.key",)))) == expected
    assert list(from_frame(frame, fields=preset("news-please"))) == [Document("0", "متن")]


@pytest.mark.parametrize("fields", [{"body": "text"}, {"text": 3}], ids=["part", "name"])
def test_a_mapping_names_parts_of_a_document(fields: dict[str, Any]) -> None:
    """The error lists them, before a row is read."""
    with pytest.raises(SettingError, match=r"names by id, text, title, source, published, url"):
        from_frame(pl.DataFrame({"text": ["متن"]}), fields=fields)


def test_a_frame_without_texts_is_refused() -> None:
    """The error lists what columns there are, a dozen at most, and says how to name one."""
    frame = pl.DataFrame({f"c{number}": [1] for number in range(14)})

    with pytest.raises(ReadingError) as caught:
        from_frame(frame)

    assert str(caught.value).startswith("no column of the frame is called 'text' (it has: 'c0', 'c1',")
    assert "'c11', and more)" in str(caught.value)
    assert "fields={'text': 'NAME'}" in str(caught.value)


def test_the_column_that_is_likely_meant_is_proposed() -> None:
    """With other parts under names that they often have."""
    frame = pl.DataFrame({"headline": ["تیتر"], "content": ["متن"], "views": [3]})

    with pytest.raises(ReadingError) as caught:
        from_frame(frame)

    assert str(caught.value).endswith("try fields={'text': 'content', 'title': 'headline'}")


def test_columns_may_be_spelt_in_another_case() -> None:
    """Spreadsheets often begin names with a capital letter."""
    frame = pl.DataFrame({"ID": ["a"], "Text": ["متن"], "Title": ["تیتر"]})

    assert list(from_frame(frame)) == [Document("a", "متن", "تیتر")]


@every_library
def test_a_column_whose_values_count_as_missing_is_a_problem(
    make: Callable[[dict[str, list[Any]]], Any],
) -> None:
    """It is named once, and the rows are read without it."""
    frame = make({"id": ["a", "b"], "text": [story(1)] * 2, "title": [["One", "Two"], ["Three", "Four"]]})

    report = find_duplicates(frame)

    assert [str(problem.reason) for problem in report.problems] == [
        "expected strings, numbers or dates in the column `title`, got a list; its values count as missing"
    ]
    assert [(each.id, each.title) for each in report.clusters[0].members] == [("a", ""), ("b", "")]


@pytest.mark.parametrize(
    ("values", "named"),
    [
        (pa.array([False, True]), "a boolean"),
        (pa.array([None, b"Alpha"]), "bytes"),
        (pa.array([{"name": "Alpha"}] * 2), "an object"),
        (pa.array([[("name", "Alpha")]] * 2, pa.map_(pa.string(), pa.string())), "an object"),
        (pa.array([timedelta(days=1)] * 2), "a duration"),
        (pa.array([time(12)] * 2), "a time of day"),
    ],
)
def test_the_type_of_unusable_values_is_named(values: pa.Array, named: str) -> None:
    """By the first value of the column that is there."""
    (problem,) = from_frame(pa.table({"text": ["one", "two"], "source": values})).unusable

    assert f"in the column `source`, got {named};" in str(problem.reason)


@pytest.mark.parametrize(
    "values",
    [
        pa.array([{"name": "Alpha"}] * 2),
        pa.array([[("name", "Alpha")]] * 2, pa.map_(pa.string(), pa.string())),
    ],
    ids=["struct", "map"],
)
def test_a_dotted_name_leads_into_a_column(values: pa.Array) -> None:
    """Such a column is usable."""
    rows = from_frame(pa.table({"text": ["one", "two"], "source": values}), fields={"source": "source.name"})

    assert rows.unusable == []
    assert [row.source for row in rows if isinstance(row, Document)] == ["Alpha", "Alpha"]


def test_a_frame_narwhals_refuses_is_refused() -> None:
    """Two columns of one name leave open which is meant."""
    frame = pd.DataFrame([["متن", "متن"]], columns=["text", "text"])

    with pytest.raises(
        ReadingError, match=r"DataFrame that cannot be used as a data frame: .*'text' 2 times"
    ):
        from_frame(frame)


def test_columns_that_pandas_does_not_name_by_strings_are_ignored() -> None:
    """Numbers and tuples name no part of a document."""
    frame = pd.DataFrame([["a", "one", 7, 8]], columns=["id", "text", 0, ("text", "more")])

    assert list(from_frame(frame)) == [Document("a", "one")]


def test_without_a_named_column_the_error_lists_what_is_there() -> None:
    """As a frame without a header has them."""
    with pytest.raises(ReadingError, match=r"no column of the frame is called 'text' .*\(it has: 0, 1\)"):
        from_frame(pd.DataFrame([["a", "one"]]))


def test_other_objects_than_frames_are_refused() -> None:
    """A list has no columns."""
    with pytest.raises(ReadingError, match="a list that cannot be used as a data frame"):
        from_frame(["متن"])  # type: ignore[arg-type]


def test_without_narwhals_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is in it."""
    monkeypatch.setitem(sys.modules, "narwhals.stable.v2", None)

    with pytest.raises(ReadingError, match=r"a data frame needs narwhals; .*newsdedup\[frames\]"):
        from_frame(pl.DataFrame({"text": ["متن"]}))


def test_only_the_columns_of_documents_are_collected() -> None:
    """A column that cannot be computed does no harm to a lazy frame whose texts can."""
    frame = pl.LazyFrame({"text": ["متن"], "n": ["x"]}).with_columns(pl.col("n").cast(pl.Int64))

    assert documents_of(frame) == [Document("0", "متن")]


def test_positions_are_those_of_the_whole_frame() -> None:
    """Also behind the first batch of rows."""
    frame = pl.DataFrame({"text": [str(number) for number in range(2 * ROWS + 1)]})

    assert [document.id for document in documents_of(frame)] == frame["text"].to_list()


@pytest.mark.parametrize("make", [pd.Series, pl.Series, pa.array, list, iter], ids=lambda make: make.__name__)
def test_a_column_of_texts_is_not_a_frame(make: Callable[[list[str]], Any]) -> None:
    """It is a list of texts like any other."""
    column = make(["یک", "دو"])

    assert not is_frame(column)
    assert list(as_documents(column, [])) == [Document("0", "یک"), Document("1", "دو")]


def test_a_frame_is_not_taken_for_its_column_names() -> None:
    """Iterating over a pandas frame gives these."""
    with pytest.raises(ReadingError, match=r"give dedup.from_frame\(frame\)"):
        as_documents(pd.DataFrame({"text": ["متن"]}), [])


def test_rows_go_wherever_documents_go() -> None:
    """A row without a text is no hindrance."""
    frame = pl.DataFrame({"id": ["a", "b", "c"], "text": [story(1), None, story(2)]})

    index = to_minhash_lsh(from_frame(frame))

    assert sorted(index.keys) == ["a", "c"]


@pytest.mark.parametrize("library", ["pandas", "polars", "polars, lazy", "pyarrow", "pandas, arrow"])
def test_usual_rows_are_not_read_one_by_one(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Strings, whole numbers and times go from Arrow's memory into columns."""
    frame = MAKERS[library](
        {
            "id": [7, 8],
            "text": ["یک", "دو"],
            "source": [None, "مهر"],
            "date": [datetime(2024, 3, 1, 9, 30), None],  # noqa: DTZ001 - as most frames have them
        }
    )
    monkeypatch.setattr("dedup.input.from_frame.entries_of", None)

    assert in_batches(frame) == (
        [Document("7", "یک", published="2024-03-01T09:30:00"), Document("8", "دو", source="مهر")],
        [],
    )


def test_values_of_several_types_in_a_column_are_read_one_by_one() -> None:
    """What is no text is a problem, the rest is read; numbers and strings are both ids."""
    frame = pd.DataFrame({"text": ["یک", 2, "سه"], "id": ["a", "b", 3]}, dtype=object)

    assert in_batches(frame) == (
        [Document("a", "یک"), Document("3", "سه")],
        [Problem("", None, "the field `text` is a number, not a string (item 1); skipped")],
    )


def test_date_beyond_the_calendar() -> None:
    """A date that Python has no year for costs its row the date alone, and other dates stay as they were."""
    text = "the mayor opened the new bridge over the river this morning " * 2
    days = pa.array([0, 99_999_999, None], pa.date32())
    report = find_duplicates(pa.table({"text": [text] * 3, "date": days, "id": ["a", "b", "c"]}))
    published = {member.id: member.published for member in report.clusters[0].members}
    assert (published["a"], published["c"]) == ("1970-01-01", "")
    assert report.counts["documents"] == 3
    assert [problem.kind for problem in report.problems] == ["undated"]


def test_a_record_batch_is_a_frame() -> None:
    """Batches of pyarrow are read as its tables are."""
    batch = pa.RecordBatch.from_pydict({"id": ["7", "8"], "text": ["x", "y"]})

    assert [each.id for each in from_frame(batch) if isinstance(each, Document)] == ["7", "8"]


@pytest.mark.parametrize("days", [2_932_897, -800_000])
def test_dates_beyond_what_python_knows_are_spelt(days: int) -> None:
    """In polars, years beyond 9999 and before 1 are words, and the other rows are read."""
    dates = pl.Series([days, 0], dtype=pl.Int32).cast(pl.Date)

    far, near = from_frame(pl.DataFrame({"text": ["x", "y"], "published": dates}))

    assert isinstance(far, Document)
    assert isinstance(near, Document)
    assert far.published
    assert near.published == "1970-01-01"


@pytest.mark.parametrize("nested", ["list", "struct"])
def test_a_zone_that_nobody_knows_inside_a_cell_costs_no_row(nested: str) -> None:
    """There is no one time in such a cell: the story is undated."""
    times = pa.array([10**15]).cast(pa.timestamp("us", "Foo/Bar"))
    column = (
        pa.ListArray.from_arrays(pa.array([0, 1], pa.int32()), times)
        if nested == "list"
        else pa.StructArray.from_arrays([times], ["at"])
    )

    assert in_batches(pa.table({"id": ["1"], "text": ["یک"], "date": column})) == ([Document("1", "یک")], [])
