"""The members of clusters in typed columns."""

import io
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from pyarrow import parquet

from dedup.model import Report, Verdict
from dedup.model.errors import WritingError
from dedup.output import to_parquet as module
from dedup.output.to_csv import COLUMNS
from dedup.output.to_parquet import to_parquet
from tests.report_samples import DAY, FIGURE, a_cluster, a_member, a_report, the_seeds


def table_of(report: Report) -> pa.Table:
    """Write and read back."""
    return parquet.read_table(io.BytesIO(to_parquet(report)))


def test_the_columns_are_those_of_the_csv() -> None:
    """With types: numbers are numbers, and what is not known is null."""
    table = table_of(the_seeds())

    assert tuple(table.schema.names) == COLUMNS
    assert table.schema.field("jaccard").type == pa.float64()
    assert table.schema.field("cluster").type == pa.int64()
    assert table.to_pylist() == [
        {
            "cluster": 1,
            "representative": "000.txt",
            "id": "000.txt",
            "verdict": None,
            "confidence": 1.0,
            "jaccard": 1.0,
            "containment": 1.0,
            "tfidf": 1.0,
            "rank": 0,
            "dropped": False,
            "title": "تلاش ایران",
            "source": "فارس",
            "published": "2023-10-17",
            "published_utc": datetime(2023, 10, 17, tzinfo=UTC),
            "url": None,
            "path": "000.txt",
            "changed": None,
            "credits": None,
        },
        {
            "cluster": 1,
            "representative": "000.txt",
            "id": "001.txt",
            "verdict": "contained",
            "confidence": 0.9313,
            "jaccard": 0.3512,
            "containment": 0.7689,
            "tfidf": 0.81,
            "rank": 1,
            "dropped": True,
            "title": "رایزنی",
            "source": "مهر",
            "published": None,
            "published_utc": None,
            "url": "https://example.ir/1",
            "path": "001.txt",
            "changed": None,
            "credits": None,
        },
    ]


def test_changed_facts_of_a_copy_are_one_text() -> None:
    """As in the CSV; null where nothing was changed."""
    copy = a_member("b", Verdict.NEAR_DUPLICATE, changed=(FIGURE, DAY))

    table = table_of(a_report(clusters=(a_cluster(a_member("a"), copy),)))

    assert table.column("changed").to_pylist() == [None, "40 -> 14; شنبه -> جمعه"]


def test_a_side_is_told_where_there_is_a_reference() -> None:
    """As a boolean."""
    cluster = a_cluster(replace(a_member("o"), reference=True), a_member("n", Verdict.IDENTICAL))

    table = table_of(a_report(clusters=(cluster,), scope={"reference": 1}))

    assert table.column("reference").to_pylist() == [True, False]


def test_a_report_without_clusters_has_columns_and_no_rows() -> None:
    """So that readers of many files find the same columns in each."""
    table = table_of(a_report())

    assert (tuple(table.schema.names), table.num_rows) == (COLUMNS, 0)


def test_text_is_written_as_it_is() -> None:
    """No apostrophe before what a spreadsheet would run; half a character is U+FFFD, a whole one stays."""
    titles = ["=1+1", "a\nb\x00", "x\ud800y", "\U0001f600"]
    members = [a_member(str(number), title=title) for number, title in enumerate(titles)]

    table = table_of(a_report(clusters=(a_cluster(*members),)))

    assert table.column("title").to_pylist() == ["=1+1", "a\nb\x00", "x\ufffdy", "\U0001f600"]


def test_rows_are_written_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three members, two at a time, keep their order."""
    monkeypatch.setattr(module, "ROWS", 2)
    members = [a_member(name) for name in ("c", "a", "b")]

    table = table_of(a_report(clusters=(a_cluster(*members),)))

    assert table.column("id").to_pylist() == ["c", "a", "b"]


def test_equal_reports_give_equal_bytes() -> None:
    """Nothing in the file tells when it was written."""
    assert to_parquet(the_seeds()) == to_parquet(the_seeds())


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(WritingError) as caught:
        to_parquet(a_report())

    assert str(caught.value) == (
        "writing Parquet needs pyarrow; install it with `pip install 'newsdedup[parquet]'`"
    )
