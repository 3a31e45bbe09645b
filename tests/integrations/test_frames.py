"""What a run found, beside the rows it was given, and as frames of their own."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import dedup
from dedup.model.document_like import Frame
from dedup.model.errors import ReadingError, SettingError
from tests.made_up_news import reworded, story

ONE, OTHER, THIRD = story(1), story(2), story(3)
FIRST, LAST = story(8, words=90), story(9, words=90)
COLUMNS = [
    "report_id",
    "cluster",
    "representative",
    "verdict",
    "confidence",
    "jaccard",
    "containment",
    "dropped",
]
MAKERS: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "pandas": pd.DataFrame,
    "pandas, arrow": lambda rows: pd.DataFrame(rows).convert_dtypes(dtype_backend="pyarrow"),
    "polars": pl.DataFrame,
    "pyarrow": pa.table,
}
every_library = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def rows_of(frame: Frame) -> list[dict[str, Any]]:
    """List the rows of any frame, what is missing as None."""
    if isinstance(frame, pd.DataFrame):
        frame = frame.astype(object).where(frame.notna(), None).to_dict("list")
    elif isinstance(frame, pa.Table):
        frame = frame.to_pydict()
    return pl.DataFrame(frame).to_dicts()


@every_library
def test_each_row_gets_what_was_found_of_it(make: Callable[[dict[str, list[Any]]], Any]) -> None:
    """A copy, a story that has none, a row without a text, and the story that was first."""
    frame = make(
        {
            "id": ["late", "alone", "empty", "early"],
            "text": [ONE, OTHER, None, ONE],
            "date": ["2024-03-02", None, None, "2024-03-01"],
        }
    )

    annotated = dedup.annotate(frame, dedup.find_duplicates(frame))

    assert isinstance(annotated, type(frame))
    assert [tuple(row[name] for name in COLUMNS) for row in rows_of(annotated)] == [
        ("late", 1, "early", "identical", 1.0, 1.0, 1.0, True),
        ("alone", None, None, None, None, None, None, False),
        (None, None, None, None, None, None, None, False),
        ("early", 1, "early", None, 1.0, 1.0, 1.0, False),
    ]
    assert [row["id"] for row in rows_of(annotated)] == ["late", "alone", "empty", "early"]


@every_library
def test_nothing_found_leaves_the_columns_empty(make: Callable[[dict[str, list[Any]]], Any]) -> None:
    """They have their types all the same."""
    frame = make({"text": [ONE, OTHER]})

    annotated = dedup.annotate(frame, dedup.find_duplicates(frame))

    assert [row["report_id"] for row in rows_of(annotated)] == ["0", "1"]
    assert {row[name] for row in rows_of(annotated) for name in COLUMNS[1:-1]} == {None}
    assert [row["dropped"] for row in rows_of(annotated)] == [False, False]


def test_pandas_keeps_its_index_and_its_frame() -> None:
    """Repeated labels included; the given frame is not changed."""
    frame = pd.DataFrame({"text": [ONE, OTHER, ONE]}, index=[5, 5, 3])

    annotated = dedup.annotate(frame, dedup.find_duplicates(frame))

    assert annotated.index.tolist() == [5, 5, 3]
    assert annotated["representative"].fillna("").tolist() == ["0", "", "0"]
    assert annotated["cluster"].dtype == "Int64"
    assert frame.columns.tolist() == ["text"]


def test_rows_without_a_verdict_are_the_archive_without_copies() -> None:
    """One of each cluster, and those in none."""
    frame = pl.DataFrame(
        {
            "id": ["b", "a", "c", "d"],
            "text": [ONE, ONE, OTHER, reworded(ONE, every=40)],
            "date": ["2024-03-02", "2024-03-01", None, "2024-03-03"],
        }
    )

    annotated = dedup.annotate(frame, dedup.find_duplicates(frame))

    assert annotated.filter(pl.col("verdict").is_null())["id"].to_list() == ["a", "c"]


def test_an_earlier_answer_is_replaced() -> None:
    """A notebook's cell is run twice."""
    frame = pl.DataFrame({"text": [ONE, ONE]})
    report = dedup.find_duplicates(frame)

    once = dedup.annotate(frame, report)

    assert dedup.annotate(once, report).equals(once)


@every_library
def test_rows_that_share_an_id_are_told_apart(make: Callable[[dict[str, list[Any]]], Any]) -> None:
    """By what they hold, as the report does, whatever the order of the rows.

    Of rows with one id the first in the order of texts keeps it; ONE is a copy of the row `x`, and OTHER of
    the row `y`.
    """
    texts = {"x": ONE, "y": OTHER}
    named = sorted((ONE, OTHER, THIRD))
    report_ids = {text: f"7#{number}" if number > 1 else "7" for number, text in enumerate(named, start=1)}
    for twins in ([ONE, OTHER, THIRD], [THIRD, OTHER, ONE]):
        frame = make({"id": ["x", "7", "7", "7", "y"], "text": [ONE, *twins, OTHER]})

        found = rows_of(dedup.annotate(frame, dedup.find_duplicates(frame)))

        assert [row["report_id"] for row in found[1:4]] == [report_ids[text] for text in twins]
        partners = {
            row["text"]: {each["text"] for each in found if each["cluster"] == row["cluster"]}
            for row in found
        }
        assert partners[texts["x"]] == {ONE}
        assert partners[texts["y"]] == {OTHER}
        assert [row["cluster"] for row in found if row["text"] == THIRD] == [None]


def test_a_position_that_is_another_row_s_id_is_no_mistake() -> None:
    """The row at place 1 has no id, the row at place 0 is called 1."""
    frame = pl.DataFrame({"id": ["1", None, None], "text": [ONE, OTHER, OTHER]})

    annotated = dedup.annotate(frame, dedup.find_duplicates(frame))

    assert annotated["cluster"].to_list() == [None, 1, 1]
    assert annotated["report_id"].n_unique() == 3


def test_a_roundup_is_shown_where_it_represents() -> None:
    """It holds two stories, and has a copy of its own."""
    roundup = f"{FIRST} {LAST}"
    frame = pl.DataFrame(
        {
            "id": ["first", "last", "roundup", "copy", "first 2"],
            "text": [FIRST, LAST, roundup, roundup, FIRST],
        }
    )
    report = dedup.find_duplicates(frame)
    homes = [cluster.representative for cluster in report.clusters]
    assert sum(member.id == "copy" for cluster in report.clusters for member in cluster.members) > 1

    annotated = dedup.annotate(frame, report)

    shown = {row["id"]: row for row in annotated.to_dicts()}
    assert "copy" in homes
    assert (shown["copy"]["representative"], shown["copy"]["verdict"]) == ("copy", None)
    assert annotated["verdict"].null_count() == len(homes)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([ONE, ONE], "the report is about 3 documents, the frame has 2"),
        ([OTHER, ONE, ONE], "the text of '0' is not the one that the report is about"),
    ],
    ids=["filtered", "sorted"],
)
def test_another_frame_is_refused(texts: list[str], said: str) -> None:
    """Its rows would be given the copies of others."""
    report = dedup.find_duplicates(pl.DataFrame({"text": [ONE, ONE, OTHER]}))

    with pytest.raises(ReadingError, match=said):
        dedup.annotate(pl.DataFrame({"text": texts}), report)


def test_a_frame_with_other_ids_is_refused() -> None:
    """The report knows rows that it has not."""
    report = dedup.find_duplicates(pl.DataFrame({"text": [ONE, ONE]}))

    with pytest.raises(ReadingError, match="the text of '0'"):
        dedup.annotate(pl.DataFrame({"id": ["a", "b"], "text": [ONE, ONE]}), report)


def test_a_lazy_frame_is_refused() -> None:
    """Its copies can be found, but its rows have no order that lasts."""
    frame = pl.LazyFrame({"text": [ONE, ONE]})
    report = dedup.find_duplicates(frame)

    assert report.counts["clusters"] == 1
    with pytest.raises(ReadingError, match="collect it"):
        dedup.annotate(frame, report)


def test_columns_of_other_names_are_mapped_both_ways() -> None:
    """`annotate` reads the frame as `from_frame` did."""
    frame = pl.DataFrame({"key": ["a", "b"], "body": [ONE, ONE]})
    fields = {"text": "body", "id": "key"}

    report = dedup.find_duplicates(dedup.from_frame(frame, fields=fields))

    assert dedup.annotate(frame, report, fields=fields)["report_id"].to_list() == ["a", "b"]


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_a_report_makes_frames(backend: Literal["pandas", "polars", "pyarrow"]) -> None:
    """A row for each member, and for each pair with a verdict."""
    report = dedup.find_duplicates(
        [{"id": "a", "text": ONE, "title": "تیتر"}, {"id": "b", "text": ONE}], recipe=dedup.Recipe(rank=False)
    )

    members = rows_of(dedup.to_frame(report, backend=backend))
    pairs = rows_of(dedup.to_frame(report, "pairs", backend=backend))

    assert [(row["cluster"], row["representative"], row["id"]) for row in members] == [
        (1, "a", "a"),
        (1, "a", "b"),
    ]
    assert [(row["verdict"], row["tfidf"], row["rank"]) for row in members] == [
        (None, None, 0),
        ("identical", None, 1),
    ]
    assert [row["title"] for row in members] == ["تیتر", ""]
    assert pairs == [
        {
            "left": "a",
            "right": "b",
            "verdict": "identical",
            "confidence": 1.0,
            "jaccard": 1.0,
            "containment": 1.0,
            "tfidf": None,
            "reasons": "the folded texts are equal",
            "changed": "",
        }
    ]


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_frames_name_changed_figures(backend: Literal["pandas", "polars", "pyarrow"]) -> None:
    """As the representative, or the left text, has it and as the other does; empty where nothing changed."""
    told = f"{FIRST} The spokesman counted 40 houses. {LAST}"
    report = dedup.find_duplicates(
        [{"id": "a", "text": told}, {"id": "b", "text": told.replace("40", "14")}],
        recipe=dedup.Recipe(rank=False),
    )

    members = rows_of(dedup.to_frame(report, backend=backend))
    pairs = rows_of(dedup.to_frame(report, "pairs", backend=backend))

    assert [(row["id"], row["changed"]) for row in members] == [("a", ""), ("b", "40 -> 14")]
    assert [(row["left"], row["right"], row["changed"]) for row in pairs] == [("a", "b", "40 -> 14")]


@pytest.mark.parametrize("rows", ["members", "pairs"])
def test_an_empty_report_makes_frames_with_columns(rows: Literal["members", "pairs"]) -> None:
    """Of the same types as others."""
    nothing, something = (
        dedup.to_frame(dedup.find_duplicates(texts), rows, backend="polars") for texts in ([], [ONE, ONE])
    )

    assert nothing.schema == something.schema
    assert (len(nothing), len(something)) == (0, 2 if rows == "members" else 1)


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_half_characters_become_replacements(backend: Literal["pandas", "polars", "pyarrow"]) -> None:
    """No library has a column for them."""
    stories = {"id": ["\ud83d", "\u0628"], "text": [ONE, ONE]}
    frame = pd.DataFrame(stories, dtype=object)
    report = dedup.find_duplicates(frame)

    members = rows_of(dedup.to_frame(report, backend=backend))
    annotated = dedup.annotate(frame, report)

    assert sorted(row["id"] for row in members) == ["\u0628", "\ufffd"]
    assert list(annotated["report_id"]) == ["\ufffd", "\u0628"]


def test_ids_lead_back_to_rows() -> None:
    """Pairs join with the annotated frame."""
    frame = pd.DataFrame({"id": ["a", "a", "b"], "text": [OTHER, ONE, ONE], "n": [10, 20, 30]})
    report = dedup.find_duplicates(frame)

    annotated = dedup.annotate(frame, report).set_index("report_id")
    (pair,) = dedup.to_frame(report, "pairs").itertuples()

    assert {annotated.loc[pair.left, "n"], annotated.loc[pair.right, "n"]} == {20, 30}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"rows": "clusters"}, "rows='clusters' is not usable: expected members or pairs"),
        ({"backend": "dask"}, "backend='dask' is not usable: expected one of pandas, polars, pyarrow"),
    ],
    ids=["rows", "backend"],
)
def test_what_cannot_be_made_is_refused(asked: dict[str, Any], said: str) -> None:
    """The error says what can."""
    with pytest.raises(SettingError, match=said):
        dedup.to_frame(dedup.find_duplicates([]), **asked)


def test_a_library_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Narwhals comes with neither."""
    monkeypatch.setattr("dedup.integrations.frames.find_spec", lambda _name: None)

    with pytest.raises(SettingError, match="and installed"):
        dedup.to_frame(dedup.find_duplicates([]))


def test_without_narwhals_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is in it."""
    report = dedup.find_duplicates([])
    monkeypatch.setitem(sys.modules, "narwhals.stable.v2", None)

    with pytest.raises(ReadingError, match=r"newsdedup\[frames\]"):
        dedup.to_frame(report)


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_members_have_the_time_of_their_date(backend: str) -> None:
    """In UTC, whatever it was written in; missing where it is unknown."""
    text = "The river rose by two metres overnight and flooded the old town."
    documents = [{"id": "a", "text": text, "date": "۱۸ دی ۱۴۰۲ ۰۹:۰۰"}, {"id": "b", "text": text}]

    frame = dedup.to_frame(dedup.find_duplicates(documents), backend=backend)  # type: ignore[arg-type]

    times = nw.from_native(frame)["published_utc"]
    assert times.dtype == nw.Datetime("us", "UTC")
    assert times.is_null().to_list() == [False, True]
    assert times.drop_nulls().to_list() == [datetime(2024, 1, 8, 9, tzinfo=UTC)]
